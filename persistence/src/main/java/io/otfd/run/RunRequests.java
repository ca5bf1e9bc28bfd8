package io.otfd.run;

import io.otfd.Refusal;
import io.otfd.configuration.ConfigurationVersion;
import io.otfd.organization.ExecutionMode;
import io.otfd.workspace.Workspace;
import java.util.List;
import java.util.Optional;

/** What may be asked of a run in a workspace. */
final class RunRequests {

    private RunRequests() {}

    /** A run that nobody gave options to. */
    static RunOptions defaults(Workspace workspace) {
        return defaults(workspace, workspace.settings().autoApply());
    }

    /** A run because another workspace has applied. */
    static RunOptions ofTrigger(Workspace workspace) {
        return defaults(workspace, workspace.settings().autoApplyRunTrigger());
    }

    private static RunOptions defaults(Workspace workspace, boolean autoApply) {
        return new RunOptions(
                false,
                autoApply,
                false,
                true,
                false,
                false,
                false,
                false,
                workspace.settings().structuredRunOutputEnabled(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }

    static RunOptions check(RunOptions options, Workspace workspace, ConfigurationVersion configuration) {
        if (workspace.effectiveMode() instanceof ExecutionMode.Local) {
            throw Refusal.Invalid.document("The workspace has the execution mode local: runs execute on your machine.");
        }
        if (options.destroy() && !workspace.settings().allowDestroyPlan()) {
            throw Refusal.Invalid.attribute("is-destroy", "is not allowed: the workspace forbids destroy plans");
        }
        if (options.refreshOnly() && !options.refresh()) {
            throw Refusal.Invalid.attribute("refresh-only", "cannot be combined with refresh=false");
        }
        if (options.destroy() && options.refreshOnly()) {
            throw Refusal.Invalid.attribute("refresh-only", "cannot be combined with is-destroy");
        }
        boolean planOnly = options.planOnly() || configuration.speculative();
        if (planOnly && !options.query() && !workspace.settings().speculativeEnabled()) {
            throw Refusal.Invalid.document("The workspace does not allow speculative plans.");
        }
        if (options.terraformVersion().isPresent() && !planOnly) {
            throw Refusal.Invalid.attribute("terraform-version", "can be set for plan-only runs only");
        }
        return new RunOptions(
                planOnly,
                options.autoApply() && !planOnly,
                options.destroy(),
                options.refresh(),
                options.refreshOnly(),
                options.savePlan() && !planOnly,
                options.allowEmptyApply(),
                options.allowConfigGeneration(),
                options.structuredOutput(),
                options.targetAddrs(),
                options.replaceAddrs(),
                options.terraformVersion(),
                options.variables(),
                options.policyPaths(),
                options.invokeActionAddrs(),
                options.query());
    }
}
