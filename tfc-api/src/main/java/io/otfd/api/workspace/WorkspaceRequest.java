package io.otfd.api.workspace;

import io.otfd.Ids.ProjectId;
import io.otfd.Refusal;
import io.otfd.api.ExecutionRequest;
import io.otfd.api.Patch;
import io.otfd.api.tag.TagResource;
import io.otfd.api.tagbinding.TagBindingResource;
import io.otfd.organization.ExecutionNames;
import io.otfd.workspace.AutoDestroy;
import io.otfd.workspace.Engine;
import io.otfd.workspace.Settings;
import io.otfd.workspace.TerraformVersion;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.Workspaces;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What requests say of a workspace (cloud-docs/api-docs/workspaces). Attributes that only we write are not read. */
final class WorkspaceRequest {

    private WorkspaceRequest() {}

    static Optional<ProjectId> project(Patch patch) {
        return patch.reference("project", ProjectId::new);
    }

    static Workspaces.Labels labels(Patch patch) {
        return new Workspaces.Labels(
                TagResource.references(patch.related("tags").orElse(List.of())),
                TagBindingResource.wanted(patch).orElse(List.of()));
    }

    /** What the request mentions, on what is there. */
    static Workspace change(Workspace before, Patch patch, boolean isNew) {
        refuseWhatWouldDoNothing(patch);
        Settings settings = before.settings();
        Engine engine = Engine.of(patch.text("otf-engine", settings.engine().toString()));
        Settings after = new Settings(
                patch.text("name", settings.name()),
                patch.optionalText("description", settings.description()),
                patch.flag("allow-destroy-plan", settings.allowDestroyPlan()),
                patch.flag("assessments-enabled", settings.assessmentsEnabled()),
                patch.flag("auto-apply", settings.autoApply()),
                patch.flag("auto-apply-run-trigger", settings.autoApplyRunTrigger()),
                autoDestroy(settings.autoDestroy(), patch),
                patch.flag("file-triggers-enabled", settings.fileTriggersEnabled()),
                shares(patch, "global-remote-state", settings.globalRemoteState(), "project-remote-state"),
                shares(patch, "project-remote-state", settings.projectRemoteState(), "global-remote-state"),
                patch.flag("queue-all-runs", settings.queueAllRuns()),
                patch.text("source", settings.source()),
                patch.optionalText("source-name", settings.sourceName()),
                patch.optionalText("source-url", settings.sourceUrl()),
                patch.flag("speculative-enabled", settings.speculativeEnabled()),
                patch.flag("structured-run-output-enabled", settings.structuredRunOutputEnabled()),
                engine,
                // The other engine's version would mean nothing.
                patch.text(
                        "terraform-version",
                        engine == settings.engine() ? settings.terraformVersion() : TerraformVersion.LATEST),
                triggers(patch, "trigger-patterns", settings.triggerPatterns(), "trigger-prefixes"),
                triggers(patch, "trigger-prefixes", settings.triggerPrefixes(), "trigger-patterns"),
                patch.optionalText("working-directory", settings.workingDirectory())
                        .filter(text -> !text.isEmpty()));
        return before.with(
                after,
                ExecutionRequest.of(patch, ExecutionNames.WORKSPACE)
                        .own(before.executionMode(), before.effectiveMode(), isNew),
                project(patch).orElse(before.project()));
    }

    /** A time and a duration exclude each other, too (the provider relies on it: it sends the one that is configured). */
    private static AutoDestroy autoDestroy(AutoDestroy before, Patch patch) {
        String time = "auto-destroy-at";
        String activity = "auto-destroy-activity-duration";
        Optional<Instant> at = patch.optionalTime(time, before.at());
        Optional<String> duration = patch.optionalText(activity, before.activityDuration());
        boolean newAt = patch.mentions(time) && at.isPresent();
        boolean newDuration = patch.mentions(activity) && duration.isPresent();
        return before.with(
                newDuration && !newAt ? Optional.empty() : at,
                newAt && !newDuration ? Optional.empty() : duration,
                patch.optionalFlag("inherits-project-auto-destroy"));
    }

    /** The two ways to share exclude each other: setting one ends the other, unless the request says both. */
    private static boolean shares(Patch patch, String name, boolean current, String other) {
        boolean ended = !patch.mentions(name) && patch.flag(other, false);
        return !ended && patch.flag(name, current);
    }

    /** So do the two kinds of triggers; an empty list counts, too (observed: the provider sends one of them). */
    private static List<String> triggers(Patch patch, String name, List<String> current, String other) {
        boolean ended = !patch.mentions(name) && patch.mentions(other);
        return ended ? List.of() : patch.texts(name, current);
    }

    /** To take them and not act on them would promise encryption with the customer's key, or runs on every push. */
    private static void refuseWhatWouldDoNothing(Patch patch) {
        if (patch.flag("hyok-enabled", false)) {
            throw Refusal.Invalid.attribute("hyok-enabled", "hold your own key is not available on this server");
        }
        if (patch.has("vcs-repo")) {
            throw Refusal.Invalid.attribute("vcs-repo", "VCS connections are not available on this server");
        }
    }
}
