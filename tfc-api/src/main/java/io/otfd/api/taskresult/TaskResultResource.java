package io.otfd.api.taskresult;

import static io.otfd.api.Schema.NUMBER;
import static io.otfd.api.Schema.OBJECT;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;
import static io.otfd.api.Schema.TIMES;

import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.taskresult.TaskOutcome;
import io.otfd.taskresult.TaskResult;

/** cloud-docs/api-docs/run-tasks/run-task-stages-results. */
public final class TaskResultResource {

    public static final Schema SCHEMA = Schema.of("task-results")
            .writable(TEXT, "status", "message", "url")
            .readOnly(TIMES, "status-timestamps")
            .readOnly(TIME, "created-at", "updated-at")
            .readOnly(TEXT, "task-id", "task-name", "task-url", "stage", "workspace-task-enforcement-level")
            .readOnly(TEXT.orNull(), "workspace-task-id", "agent-pool-id")
            .readOnly(NUMBER, "task-result-outcomes-count")
            .one("task-stage", "task-stages")
            .sometimes("task-stage")
            .many("outcomes", "task-result-outcomes")
            .sometimes("outcomes")
            .writeOnly(Schema.Reach.RESOURCES, "outcomes", "task-result-outcomes");

    static final Schema OUTCOMES = Schema.of("task-result-outcomes")
            .writable(TEXT, "outcome-id", "description")
            .writeOnly(TEXT, "body")
            .writable(TEXT.orNull(), "url")
            .writable(OBJECT, "tags")
            .readOnly(TIME, "created-at")
            .one("task-result", "task-results");

    private TaskResultResource() {}

    public static Resource of(TaskResult result) {
        String self = "/api/v2/task-results/" + result.id().value();
        return new Resource(SCHEMA, result.id().value())
                .attribute("status", result.status())
                .attribute("message", result.message())
                .attribute("url", result.url())
                .attribute("status-timestamps", result.statusTimestamps())
                .attribute("created-at", result.createdAt())
                .attribute("updated-at", result.updatedAt())
                .attribute("task-id", result.task().value())
                .attribute("task-name", result.taskName())
                .attribute("task-url", result.taskUrl())
                .attribute("stage", result.stage())
                .attribute("workspace-task-id", result.workspaceTask().map(id -> id.value()))
                .attribute("workspace-task-enforcement-level", result.enforcement())
                .attribute("agent-pool-id", null)
                .attribute("task-result-outcomes-count", result.outcomes().size())
                .toOne("task-stage", "task-stages", result.taskStage().value())
                .toMany("outcomes", "task-result-outcomes", result.outcomes())
                .related("outcomes", self + "/outcomes")
                .link("self", self);
    }

    static Resource of(TaskOutcome outcome) {
        String self = "/api/v2/task-result-outcomes/" + outcome.id().value();
        Resource resource = new Resource(OUTCOMES, outcome.id().value())
                .attribute("outcome-id", outcome.outcomeId())
                .attribute("description", outcome.description())
                .attribute("url", outcome.url().isEmpty() ? null : outcome.url())
                .attribute("tags", outcome.tags())
                .attribute("created-at", outcome.createdAt())
                .toOne("task-result", "task-results", outcome.result().value())
                .link("self", self);
        return outcome.hasBody() ? resource.link("body", self + "/body") : resource;
    }
}
