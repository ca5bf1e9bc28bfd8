package io.otfd.api.taskstage;

import static io.otfd.api.Schema.FLAGS;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;
import static io.otfd.api.Schema.TIMES;

import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.taskstage.TaskStage;
import io.otfd.taskstage.TaskStageView;
import java.util.LinkedHashMap;
import java.util.Map;

/** cloud-docs/api-docs/run-tasks/run-task-stages-results. */
public final class TaskStageResource {

    public static final Schema SCHEMA = Schema.of("task-stages")
            .readOnly(TEXT, "stage", "status")
            .readOnly(TIMES, "status-timestamps")
            .readOnly(TIME, "created-at", "updated-at")
            .readOnly(FLAGS, "permissions", "actions")
            .one("run", "runs")
            .sometimes("run")
            .many("task-results", "task-results")
            .many("policy-evaluations", "policy-evaluations");

    private TaskStageResource() {}

    public static Resource of(TaskStageView view) {
        TaskStage stage = view.stage();
        return new Resource(SCHEMA, stage.id().value())
                .attribute("stage", stage.stage())
                .attribute("status", stage.status())
                .attribute("status-timestamps", stage.statusTimestamps())
                .attribute("created-at", stage.createdAt())
                .attribute("updated-at", stage.updatedAt())
                .attribute("permissions", permissions(view))
                .attribute("actions", Map.of("is-overridable", view.overridable()))
                .toOne("run", "runs", stage.run().value())
                .toMany("task-results", "task-results", stage.results())
                .toMany("policy-evaluations", "policy-evaluations", stage.evaluations())
                .link("self", "/api/v2/task-stages/" + stage.id().value());
    }

    private static Map<String, Boolean> permissions(TaskStageView view) {
        Map<String, Boolean> permissions = new LinkedHashMap<>();
        permissions.put("can-override-policy", view.canOverride());
        permissions.put("can-override-tasks", false);
        permissions.put("can-override", view.canOverride());
        return permissions;
    }
}
