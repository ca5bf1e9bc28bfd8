package io.otfd.api.workspace;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.ProjectId;
import io.otfd.Refusal;
import io.otfd.api.Patch;
import io.otfd.api.Permissions;
import io.otfd.api.Resource;
import io.otfd.api.retention.RetentionPolicyResource;
import io.otfd.workspace.ExecutionMode;
import io.otfd.workspace.Lock;
import io.otfd.workspace.Settings;
import io.otfd.workspace.Tags;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code workspaces} document (cloud-docs/api-docs/workspaces). Mode and pool are the effective ones. */
public final class WorkspaceResource {

    private WorkspaceResource() {}

    public static Resource of(WorkspaceView view) {
        Workspace workspace = view.workspace();
        Settings settings = workspace.settings();
        ExecutionMode mode = workspace.effectiveMode();
        boolean own = workspace.executionMode().isPresent();
        String id = workspace.id().value();
        Resource resource = new Resource("workspaces", id)
                .attribute("name", settings.name())
                .attribute("description", settings.description())
                .attribute("execution-mode", mode.wireName())
                .attribute("setting-overwrites", Map.of("execution-mode", own, "agent-pool", own))
                .attribute("operations", !(mode instanceof ExecutionMode.Local))
                .attribute("allow-destroy-plan", settings.allowDestroyPlan())
                .attribute("assessments-enabled", settings.assessmentsEnabled())
                .attribute("auto-apply", settings.autoApply())
                .attribute("auto-apply-run-trigger", settings.autoApplyRunTrigger())
                .attribute("auto-destroy-at", settings.autoDestroyAt())
                .attribute("auto-destroy-activity-duration", settings.autoDestroyActivityDuration())
                .attribute("auto-destroy-status", null)
                .attribute("inherits-project-auto-destroy", false)
                .attribute("file-triggers-enabled", settings.fileTriggersEnabled())
                .attribute("global-remote-state", settings.globalRemoteState())
                .attribute("project-remote-state", settings.projectRemoteState())
                .attribute("queue-all-runs", settings.queueAllRuns())
                .attribute("speculative-enabled", settings.speculativeEnabled())
                .attribute("structured-run-output-enabled", settings.structuredRunOutputEnabled())
                .attribute("terraform-version", settings.terraformVersion())
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
                .attribute(
                        "tag-names",
                        workspace.tags().stream().map(Workspace.Tag::key).toList())
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

    /** What the request mentions, on what is there. Attributes that only we write are not read. */
    static Workspace change(Workspace before, Patch patch) {
        Settings settings = before.settings();
        Settings after = new Settings(
                patch.text("name", settings.name()),
                patch.optionalText("description", settings.description()),
                patch.flag("allow-destroy-plan", settings.allowDestroyPlan()),
                patch.flag("assessments-enabled", settings.assessmentsEnabled()),
                patch.flag("auto-apply", settings.autoApply()),
                patch.flag("auto-apply-run-trigger", settings.autoApplyRunTrigger()),
                patch.optionalTime("auto-destroy-at", settings.autoDestroyAt()),
                patch.optionalText("auto-destroy-activity-duration", settings.autoDestroyActivityDuration()),
                patch.flag("file-triggers-enabled", settings.fileTriggersEnabled()),
                patch.flag("global-remote-state", settings.globalRemoteState()),
                patch.flag("project-remote-state", settings.projectRemoteState()),
                patch.flag("queue-all-runs", settings.queueAllRuns()),
                patch.text("source", settings.source()),
                patch.optionalText("source-name", settings.sourceName()),
                patch.optionalText("source-url", settings.sourceUrl()),
                patch.flag("speculative-enabled", settings.speculativeEnabled()),
                patch.flag("structured-run-output-enabled", settings.structuredRunOutputEnabled()),
                patch.text("terraform-version", settings.terraformVersion()),
                patch.texts("trigger-patterns", settings.triggerPatterns()),
                patch.texts("trigger-prefixes", settings.triggerPrefixes()),
                patch.optionalText("working-directory", settings.workingDirectory())
                        .filter(text -> !text.isEmpty()));
        ProjectId project = patch.reference("project").map(ProjectId::new).orElse(before.project());
        return before.with(after, executionMode(before, patch), project);
    }

    /**
     * The workspace's own mode after the request, or empty to inherit. {@code operations} is the old way to say remote
     * or local.
     */
    private static Optional<ExecutionMode> executionMode(Workspace before, Patch patch) {
        Map<String, Boolean> overwrites = patch.flags("setting-overwrites");
        Boolean ofMode = overwrites.get("execution-mode");
        Boolean ofPool = overwrites.get("agent-pool");
        if (ofMode != null && ofPool != null && !ofMode.equals(ofPool)) {
            throw Refusal.Invalid.at(
                    "/data/attributes/setting-overwrites",
                    "If agent-pool and execution-mode are both included in setting-overwrites, "
                            + "their values must be the same.");
        }
        boolean inherits = Boolean.FALSE.equals(ofMode) || Boolean.FALSE.equals(ofPool);
        // The provider sends "" for no pool.
        Optional<AgentPoolId> pool =
                patch.optionalText("agent-pool-id").filter(id -> !id.isEmpty()).map(WorkspaceResource::poolId);
        Optional<String> mode = mode(patch);
        if (mode.isEmpty() && inherits) {
            if (pool.isPresent()) {
                throw Refusal.Invalid.attribute(
                        "agent-pool-id", "must not be specified unless using 'agent' execution mode");
            }
            return Optional.empty();
        }
        if (mode.isEmpty() && pool.isEmpty()) {
            return before.executionMode()
                    .or(() -> Boolean.TRUE.equals(ofMode) ? Optional.of(before.effectiveMode()) : Optional.empty());
        }
        String wanted = mode.orElse(before.effectiveMode().wireName());
        if (pool.isEmpty() && wanted.equals("agent")) {
            pool = before.effectiveMode().agentPool();
        }
        return Optional.of(ExecutionMode.of(wanted, pool));
    }

    private static Optional<String> mode(Patch patch) {
        Optional<String> mode = patch.optionalText("execution-mode");
        if (!patch.mentions("operations")) {
            return mode;
        }
        if (mode.isPresent()) {
            throw Refusal.Invalid.attribute("operations", "must not be combined with execution-mode");
        }
        return Optional.of(patch.flag("operations", true) ? "remote" : "local");
    }

    private static AgentPoolId poolId(String text) {
        try {
            return new AgentPoolId(text);
        } catch (Refusal.NotFound e) {
            throw Refusal.Invalid.attribute("agent-pool-id", "not found in the organization");
        }
    }

    static Resource tag(Workspace.Tag tag) {
        return new Resource("tag-bindings", tag.id())
                .attribute("key", tag.key())
                .attribute("value", tag.value())
                .attribute("created-at", tag.createdAt());
    }

    static Resource plainTag(Tags.Counted counted) {
        return new Resource("tags", counted.tag().id())
                .attribute("name", counted.tag().key())
                .attribute("created-at", counted.tag().createdAt())
                .attribute("instance-count", counted.instances());
    }

    static Resource effectiveTag(Workspace.Tag tag) {
        return new Resource("effective-tag-bindings", tag.id())
                .attribute("key", tag.key())
                .attribute("value", tag.value());
    }

    static List<Resource> tags(List<Workspace.Tag> tags) {
        return tags.stream().map(WorkspaceResource::tag).toList();
    }
}
