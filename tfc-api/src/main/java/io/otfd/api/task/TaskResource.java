package io.otfd.api.task;

import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.OBJECT;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TEXTS;
import static io.otfd.api.Schema.TIME;

import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.task.Task;
import io.otfd.task.WorkspaceTask;
import io.otfd.taskstage.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** cloud-docs/api-docs/run-tasks/run-tasks. */
final class TaskResource {

    static final Schema SCHEMA = Schema.of("tasks")
            .writable(TEXT, "category", "name", "url", "description")
            .writable(TEXT.orNull(), "hmac-key")
            .writable(FLAG, "enabled")
            .writable(OBJECT.orNull(), "global-configuration")
            .readOnly(TIME, "created-at", "updated-at")
            .one("organization", "organizations")
            .many("workspace-tasks", "workspace-tasks");

    static final Schema WORKSPACE_TASKS = Schema.of("workspace-tasks")
            .writable(TEXT, "enforcement-level", "stage")
            .writable(TEXTS, "stages")
            .readOnly(TIME, "created-at", "updated-at")
            .one("task", "tasks")
            .sometimes("task")
            .writableRelationships("task")
            .one("workspace", "workspaces");

    private TaskResource() {}

    /** The key is never shown. */
    static Resource of(Task task) {
        return new Resource(SCHEMA, task.id().value())
                .attribute("category", "task")
                .attribute("name", task.name())
                .attribute("url", task.url())
                .attribute("description", task.description())
                .attribute("hmac-key", null)
                .attribute("enabled", task.enabled())
                .attribute("global-configuration", global(task.global()))
                .attribute("created-at", task.createdAt())
                .attribute("updated-at", task.updatedAt())
                .toOne("organization", "organizations", task.organizationName())
                .toMany("workspace-tasks", "workspace-tasks", task.workspaceTasks())
                .link("self", "/api/v2/tasks/" + task.id().value());
    }

    /** Null where the organization is not entitled to it. */
    private static Map<String, Object> global(Optional<Task.Global> global) {
        return global.<Map<String, Object>>map(terms -> {
                    Map<String, Object> members = new LinkedHashMap<>();
                    members.put("enabled", terms.enabled());
                    members.put("stages", names(terms.stages()));
                    members.put("enforcement-level", terms.enforcement());
                    return members;
                })
                .orElse(null);
    }

    /** {@code stage} is the first one, for clients that know of one only. */
    static Resource of(WorkspaceTask task) {
        return new Resource(WORKSPACE_TASKS, task.id().value())
                .attribute("enforcement-level", task.enforcement())
                .attribute("stage", task.stages().getFirst())
                .attribute("stages", names(task.stages()))
                .attribute("created-at", task.createdAt())
                .attribute("updated-at", task.updatedAt())
                .toOne("task", "tasks", task.task().value())
                .toOne("workspace", "workspaces", task.workspace().value())
                .link(
                        "self",
                        "/api/v2/workspaces/" + task.workspace().value() + "/tasks/"
                                + task.id().value());
    }

    private static List<String> names(List<Stage> stages) {
        return stages.stream().map(Stage::toString).toList();
    }
}
