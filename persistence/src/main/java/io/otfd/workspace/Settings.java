package io.otfd.workspace;

import io.otfd.Refusal;
import io.otfd.organization.Names;
import java.util.List;
import java.util.Optional;

/** What a user sets on a workspace, but for where it runs. Defaults: cloud-docs/api-docs/workspaces. */
public record Settings(
        String name,
        Optional<String> description,
        boolean allowDestroyPlan,
        boolean assessmentsEnabled,
        boolean autoApply,
        boolean autoApplyRunTrigger,
        AutoDestroy autoDestroy,
        boolean fileTriggersEnabled,
        boolean globalRemoteState,
        boolean projectRemoteState,
        boolean queueAllRuns,
        String source,
        Optional<String> sourceName,
        Optional<String> sourceUrl,
        boolean speculativeEnabled,
        boolean structuredRunOutputEnabled,
        Engine engine,
        String terraformVersion,
        List<String> triggerPatterns,
        List<String> triggerPrefixes,
        Optional<String> workingDirectory) {

    public Settings {
        Names.workspace(name);
        triggerPatterns = List.copyOf(triggerPatterns);
        triggerPrefixes = List.copyOf(triggerPrefixes);
        TerraformVersion.check(terraformVersion);
        if (globalRemoteState && projectRemoteState) {
            throw Refusal.Invalid.at(
                    "/data/attributes/project-remote-state",
                    "Project remote state cannot be enabled when global remote state sharing is enabled");
        }
        if (!triggerPatterns.isEmpty() && !triggerPrefixes.isEmpty()) {
            throw Refusal.Invalid.attribute("trigger-patterns", "cannot be set together with trigger-prefixes");
        }
        if (workingDirectory
                .filter(directory -> directory.startsWith("/")
                        || List.of(directory.split("/")).contains(".."))
                .isPresent()) {
            throw Refusal.Invalid.attribute(
                    "working-directory", "must be a path inside the configuration, without '..'");
        }
    }

    public static Settings fresh(String name, String terraformVersion) {
        return new Settings(
                name,
                Optional.empty(),
                true,
                false,
                false,
                false,
                AutoDestroy.INHERITED,
                true,
                true,
                false,
                false,
                "tfe-api",
                Optional.empty(),
                Optional.empty(),
                true,
                true,
                Engine.TERRAFORM,
                terraformVersion,
                List.of(),
                List.of(),
                Optional.empty());
    }
}
