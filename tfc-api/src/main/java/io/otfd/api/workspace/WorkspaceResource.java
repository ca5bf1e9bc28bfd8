package io.otfd.api.workspace;

import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.FLAGS;
import static io.otfd.api.Schema.NUMBER;
import static io.otfd.api.Schema.OBJECT;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TEXTS;
import static io.otfd.api.Schema.TIME;

import io.otfd.api.Permissions;
import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.api.retention.RetentionPolicyResource;
import io.otfd.organization.ExecutionMode;
import io.otfd.workspace.Lock;
import io.otfd.workspace.Settings;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import java.util.Map;
import java.util.Optional;

/** The {@code workspaces} document (cloud-docs/api-docs/workspaces). Mode and pool are the effective ones. */
public final class WorkspaceResource {

    public static final Schema SCHEMA = Schema.of("workspaces")
            .writable(TEXT, "name", "execution-mode", "terraform-version", "source", "otf-engine")
            .writable(
                    TEXT.orNull(),
                    "description",
                    "auto-destroy-activity-duration",
                    "working-directory",
                    "source-name",
                    "source-url")
            .writable(TIME.orNull(), "auto-destroy-at")
            .writable(
                    FLAG,
                    "operations",
                    "allow-destroy-plan",
                    "assessments-enabled",
                    "auto-apply",
                    "auto-apply-run-trigger",
                    "inherits-project-auto-destroy",
                    "file-triggers-enabled",
                    "global-remote-state",
                    "project-remote-state",
                    "queue-all-runs",
                    "speculative-enabled",
                    "structured-run-output-enabled")
            .writable(TEXTS, "trigger-patterns", "trigger-prefixes")
            .writable(FLAGS, "setting-overwrites")
            .writeOnly(TEXT.orNull(), "agent-pool-id")
            .readOnly(TEXT, "environment")
            .readOnly(TEXT.orNull(), "auto-destroy-status", "vcs-repo-identifier", "locked-reason", "oauth-client-name")
            .writable(OBJECT.orNull(), "vcs-repo")
            .writable(FLAG, "hyok-enabled")
            .readOnly(FLAG, "locked", "can-queue-destroy-plan", "no-code-upgrade-available")
            .readOnly(TEXTS, "tag-names")
            .readOnly(TIME, "created-at", "updated-at", "latest-change-at")
            .readOnly(TIME.orNull(), "last-assessment-result-at")
            .readOnly(NUMBER, "resource-count")
            .readOnly(
                    NUMBER.orNull(),
                    "apply-duration-average",
                    "plan-duration-average",
                    "policy-check-failures",
                    "run-failures",
                    "workspace-kpis-runs-count")
            .readOnly(FLAGS, "actions", "permissions")
            .one("organization", "organizations")
            .one("project", "projects")
            .oneOrNone("agent-pool", "agent-pools")
            .writableRelationships("project", "agent-pool")
            .oneOrNone("current-run", "runs")
            .oneOrNone("latest-run", "runs")
            .oneOrNone("current-state-version", "state-versions")
            .oneOrNone("current-configuration-version", "configuration-versions")
            .many("outputs", "workspace-outputs")
            .many("vars", "vars")
            .oneOrNone("ssh-key", "ssh-keys")
            .oneOrNone("readme", "workspace-readme")
            .oneOrNone("locked-by", "users", "teams", "runs")
            .oneOrNone("data-retention-policy", RetentionPolicyResource.TYPES)
            .link("remote-state-consumers")
            .link("tag-bindings")
            .writeOnly(Schema.Reach.RESOURCES, "tag-bindings", "tag-bindings")
            .writeOnly(Schema.Reach.RESOURCES, "tags", "tags")
            .link("effective-tag-bindings", "effective-tag-bindings");

    private WorkspaceResource() {}

    public static Resource of(WorkspaceView view) {
        Workspace workspace = view.workspace();
        Settings settings = workspace.settings();
        ExecutionMode mode = workspace.effectiveMode();
        boolean own = workspace.executionMode().isPresent();
        String id = workspace.id().value();
        Resource resource = new Resource(SCHEMA, id)
                .attribute("name", settings.name())
                .attribute("description", settings.description())
                .attribute("execution-mode", mode.wireName())
                .attribute("setting-overwrites", Map.of("execution-mode", own, "agent-pool", own))
                .attribute("operations", !(mode instanceof ExecutionMode.Local))
                .attribute("allow-destroy-plan", settings.allowDestroyPlan())
                .attribute("assessments-enabled", settings.assessmentsEnabled())
                .attribute("auto-apply", settings.autoApply())
                .attribute("auto-apply-run-trigger", settings.autoApplyRunTrigger())
                .attribute("auto-destroy-at", settings.autoDestroy().at())
                .attribute("auto-destroy-activity-duration", workspace.effectiveAutoDestroyDuration())
                .attribute("auto-destroy-status", null)
                .attribute(
                        "inherits-project-auto-destroy", settings.autoDestroy().inherits())
                .attribute("file-triggers-enabled", settings.fileTriggersEnabled())
                .attribute("global-remote-state", settings.globalRemoteState())
                .attribute("project-remote-state", settings.projectRemoteState())
                .attribute("queue-all-runs", settings.queueAllRuns())
                .attribute("speculative-enabled", settings.speculativeEnabled())
                .attribute("structured-run-output-enabled", settings.structuredRunOutputEnabled())
                .attribute("terraform-version", settings.terraformVersion())
                .attribute("otf-engine", settings.engine())
                .attribute("trigger-patterns", settings.triggerPatterns())
                .attribute("trigger-prefixes", settings.triggerPrefixes())
                // null, never {}: an object stops plan -out and apply (observed: Terraform 1.11).
                .attribute("vcs-repo", null)
                .attribute("vcs-repo-identifier", null)
                .attribute("working-directory", settings.workingDirectory())
                .attribute("source", settings.source())
                .attribute("source-name", settings.sourceName())
                .attribute("source-url", settings.sourceUrl())
                .attribute("hyok-enabled", false)
                .attribute("tag-names", workspace.tagNames())
                .attribute("environment", "default")
                .attribute("locked", workspace.lock().isPresent())
                .attribute("locked-reason", workspace.lock().flatMap(Lock::reason))
                .attribute("created-at", workspace.createdAt())
                .attribute("updated-at", workspace.updatedAt())
                .attribute("latest-change-at", workspace.latestChangeAt())
                .attribute("last-assessment-result-at", null)
                .attribute("resource-count", workspace.resourceCount())
                .attribute("apply-duration-average", null)
                .attribute("plan-duration-average", null)
                .attribute("policy-check-failures", null)
                .attribute("run-failures", null)
                .attribute("workspace-kpis-runs-count", null)
                .attribute("can-queue-destroy-plan", settings.allowDestroyPlan())
                .attribute("no-code-upgrade-available", false)
                .attribute("oauth-client-name", null)
                .attribute("actions", Map.of("is-destroyable", true))
                .attribute("permissions", Permissions.workspace(view.grants()))
                .toOne("organization", "organizations", workspace.organizationName())
                .toOne("project", "projects", workspace.project().value())
                .toOne("agent-pool", "agent-pools", mode.agentPool())
                .toOne("current-run", "runs", workspace.currentRun())
                .toOne("latest-run", "runs", workspace.currentRun())
                .toOne("current-state-version", "state-versions", workspace.currentStateVersion())
                .toOne(
                        "current-configuration-version",
                        "configuration-versions",
                        workspace.currentConfigurationVersion())
                .toMany("outputs", "workspace-outputs", workspace.outputs())
                .toMany("vars", "vars", workspace.variables())
                .related("remote-state-consumers", "/api/v2/workspaces/" + id + "/relationships/remote-state-consumers")
                .toOne("ssh-key", "ssh-keys", workspace.sshKey())
                .toOne("readme", "workspace-readme", Optional.empty())
                .related("tag-bindings", "/api/v2/workspaces/" + id + "/tag-bindings")
                .related("effective-tag-bindings", "/api/v2/workspaces/" + id + "/effective-tag-bindings")
                .link(
                        "self",
                        "/api/v2/organizations/" + workspace.organizationName() + "/workspaces/" + settings.name())
                .link("self-html", "/app/" + workspace.organizationName() + "/workspaces/" + settings.name());
        return lockedBy(RetentionPolicyResource.relate(resource, workspace.retention()), workspace.lock());
    }

    private static Resource lockedBy(Resource resource, Optional<Lock> lock) {
        if (lock.isEmpty()) {
            return resource.toOne("locked-by", "users", Optional.empty());
        }
        return switch (lock.get().holder()) {
            case Lock.Holder.User user ->
                resource.toOne("locked-by", "users", user.id().value());
            case Lock.Holder.Team team ->
                resource.toOne("locked-by", "teams", team.id().value());
            case Lock.Holder.Run run ->
                resource.toOne("locked-by", "runs", run.id().value());
        };
    }
}
