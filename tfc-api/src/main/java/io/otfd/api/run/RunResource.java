package io.otfd.api.run;

import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.FLAGS;
import static io.otfd.api.Schema.NUMBER;
import static io.otfd.api.Schema.OBJECTS;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TEXTS;
import static io.otfd.api.Schema.TIME;
import static io.otfd.api.Schema.TIMES;
import static io.otfd.api.Schema.WORDS;

import io.otfd.access.WorkspacePermission;
import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.run.Run;
import io.otfd.run.RunHistory;
import io.otfd.run.RunOptions;
import io.otfd.run.RunView;
import io.otfd.run.Waiting;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code runs} document (cloud-docs/api-docs/run). */
public final class RunResource {

    public static final Schema SCHEMA = Schema.of("runs")
            .readOnly(TEXT, "status", "source", "trigger-reason", "otf-engine")
            .writable(TEXT, "message", "terraform-version")
            .writable(
                    FLAG,
                    "is-destroy",
                    "refresh",
                    "refresh-only",
                    "auto-apply",
                    "plan-only",
                    "save-plan",
                    "allow-empty-apply",
                    "allow-config-generation")
            .writable(TEXTS, "target-addrs", "replace-addrs", "policy-paths", "invoke-action-addrs")
            .writable(OBJECTS, "variables")
            .readOnly(TIME, "created-at")
            .readOnly(TIME.orNull(), "canceled-at", "force-cancel-available-at")
            .readOnly(FLAG, "has-changes")
            .readOnly(NUMBER, "position-in-queue")
            .readOnly(TIMES, "status-timestamps")
            .readOnly(FLAGS, "actions", "permissions")
            .readOnly(WORDS.orNull(), "otf-waiting")
            .one("workspace", "workspaces")
            .one("configuration-version", "configuration-versions")
            .writableRelationships("workspace", "configuration-version")
            .one("plan", "plans")
            .one("apply", "applies")
            .oneOrNone("created-by", "users")
            .oneOrNone("confirmed-by", "users")
            .many("task-stages", "task-stages")
            .many("policy-checks", "policy-checks")
            .many("run-events", "run-events")
            .many("comments", "comments");

    public static final Schema EVENTS = Schema.of("run-events")
            .readOnly(TEXT, "action")
            .readOnly(TEXT.orNull(), "description")
            .readOnly(TIME, "created-at")
            .oneOrNone("actor", "users")
            .oneOrNone("comment", "comments");

    private RunResource() {}

    public static Resource of(RunView view) {
        Run run = view.run();
        RunOptions options = run.options();
        String self = "/api/v2/runs/" + run.id().value();
        return new Resource(SCHEMA, run.id().value())
                .attribute("status", run.status())
                .attribute("message", run.message())
                .attribute("source", run.source())
                .attribute("created-at", run.createdAt())
                .attribute("canceled-at", timestamp(run, "canceled-at").or(() -> timestamp(run, "force-canceled-at")))
                .attribute("status-timestamps", run.statusTimestamps())
                .attribute("has-changes", run.hasChanges())
                .attribute("is-destroy", options.destroy())
                .attribute("refresh", options.refresh())
                .attribute("refresh-only", options.refreshOnly())
                .attribute("auto-apply", options.autoApply())
                .attribute("plan-only", options.planOnly())
                .attribute("save-plan", options.savePlan())
                .attribute("allow-empty-apply", options.allowEmptyApply())
                .attribute("allow-config-generation", options.allowConfigGeneration())
                .attribute("target-addrs", options.targetAddrs())
                .attribute("replace-addrs", options.replaceAddrs())
                .attribute("terraform-version", run.terraformVersion())
                .attribute("otf-engine", run.engine())
                .attribute("trigger-reason", run.triggerReason())
                .attribute("policy-paths", options.policyPaths())
                .attribute("invoke-action-addrs", options.invokeActionAddrs())
                .attribute("position-in-queue", run.positionInQueue())
                .attribute("variables", variables(options))
                .attribute("force-cancel-available-at", run.forceCancelAvailableAt())
                .attribute("otf-waiting", waiting(view.waiting()))
                .attribute("actions", actions(view))
                .attribute("permissions", permissions(view))
                .toOne("workspace", "workspaces", run.workspace().value())
                .toOne(
                        "configuration-version",
                        "configuration-versions",
                        run.configurationVersion().value())
                .toOne("plan", "plans", run.plan().id().value())
                .toOne("apply", "applies", run.apply().id().value())
                .toOne("created-by", "users", run.createdBy())
                .toOne("confirmed-by", "users", run.confirmedBy())
                .toMany("task-stages", "task-stages", run.stagesInOrder())
                .toMany("policy-checks", "policy-checks", List.of())
                .toMany("run-events", "run-events", run.events())
                .related("run-events", self + "/run-events")
                .toMany("comments", "comments", run.comments())
                .related("comments", self + "/comments")
                .link("self", self);
    }

    /** Ours: why it waits for its workspace or an agent, as a word and as a sentence; null when it does not. */
    static Map<String, String> waiting(Optional<Waiting> waiting) {
        return waiting.map(why -> Map.of("reason", why.reason().toString(), "message", why.message()))
                .orElse(null);
    }

    private static Optional<String> timestamp(Run run, String key) {
        return Optional.ofNullable(run.statusTimestamps().get(key));
    }

    private static List<Map<String, String>> variables(RunOptions options) {
        return options.variables().stream()
                .map(variable -> Map.of("key", variable.key(), "value", variable.value()))
                .toList();
    }

    /** What the caller can do now: what the life cycle allows, and the permissions too. */
    private static Map<String, Boolean> actions(RunView view) {
        Run run = view.run();
        boolean apply = has(view, WorkspacePermission.CAN_QUEUE_APPLY);
        boolean queue = has(view, WorkspacePermission.CAN_QUEUE_RUN);
        Map<String, Boolean> actions = new LinkedHashMap<>();
        actions.put("is-cancelable", queue && run.isCancelable());
        actions.put("is-confirmable", apply && run.isConfirmable());
        actions.put("is-discardable", apply && run.isDiscardable());
        actions.put(
                "is-force-cancelable",
                has(view, WorkspacePermission.CAN_FORCE_UNLOCK) && run.isForceCancelable(Instant.now()));
        return actions;
    }

    private static Map<String, Boolean> permissions(RunView view) {
        boolean apply = has(view, WorkspacePermission.CAN_QUEUE_APPLY);
        boolean queue = has(view, WorkspacePermission.CAN_QUEUE_RUN);
        boolean force = has(view, WorkspacePermission.CAN_FORCE_UNLOCK);
        Map<String, Boolean> permissions = new LinkedHashMap<>();
        permissions.put("can-apply", apply);
        permissions.put("can-cancel", queue);
        permissions.put("can-comment", queue);
        permissions.put("can-discard", apply);
        permissions.put("can-force-cancel", force);
        permissions.put("can-force-execute", force);
        permissions.put("can-override-policy-check", false);
        return permissions;
    }

    private static boolean has(RunView view, WorkspacePermission permission) {
        return view.workspace().grants().has(permission);
    }

    static Resource event(RunHistory event) {
        return new Resource(EVENTS, event.id().value())
                .attribute("action", event.action())
                .attribute("description", null)
                .attribute("created-at", event.createdAt())
                .toOne("actor", "users", event.actor())
                .toOne("comment", "comments", event.comment())
                .link("self", "/api/v2/run-events/" + event.id().value());
    }
}
