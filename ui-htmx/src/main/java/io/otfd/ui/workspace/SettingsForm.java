package io.otfd.ui.workspace;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.ProjectId;
import io.otfd.organization.ExecutionMode;
import io.otfd.ui.Edition;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.workspace.Engine;
import io.otfd.workspace.Settings;
import io.otfd.workspace.TerraformVersion;
import io.otfd.workspace.Workspace;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A workspace's general settings as a form. Fields are named like the attributes of the API. */
final class SettingsForm {

    static final String MODE = "execution-mode";
    static final String POOL = "agent-pool-id";

    /** Who may read the state. */
    private static final String SHARED = "remote-state";

    private static final String ORGANIZATION = "organization";
    private static final String PROJECT = "project";
    private static final String SPECIFIC = "specific";

    /** Takes the project's or the organization's mode. */
    static final String DEFAULT = "default";

    private SettingsForm() {}

    static Edition edition(Workspace workspace) {
        return Edition.of(workspace.settings(), workspace.executionMode(), workspace.project());
    }

    /** @param project name of its project */
    static Filled of(Workspace workspace, String project) {
        Settings settings = workspace.settings();
        Map<String, String> fields = new HashMap<>();
        fields.put("name", settings.name());
        fields.put("project", project);
        fields.put("description", settings.description().orElse(""));
        fields.put(MODE, workspace.executionMode().map(ExecutionMode::wireName).orElse(DEFAULT));
        workspace.executionMode().flatMap(ExecutionMode::agentPool).ifPresent(pool -> fields.put(POOL, pool.value()));
        fields.put("auto-apply", Boolean.toString(settings.autoApply()));
        fields.put("auto-apply-run-trigger", Boolean.toString(settings.autoApplyRunTrigger()));
        fields.put("otf-engine", settings.engine().toString());
        fields.put("terraform-version", settings.terraformVersion());
        fields.put("working-directory", settings.workingDirectory().orElse(""));
        fields.put("allow-destroy-plan", Boolean.toString(settings.allowDestroyPlan()));
        fields.put(
                SHARED,
                settings.globalRemoteState() ? ORGANIZATION : settings.projectRemoteState() ? PROJECT : SPECIFIC);
        fields.put("structured-run-output-enabled", Boolean.toString(settings.structuredRunOutputEnabled()));
        return Filled.of(fields);
    }

    /**
     * @param project that it moves to, or stays in
     * @throws io.otfd.Refusal.Conflict when somebody else changed the workspace meanwhile
     */
    static Workspace applied(Workspace before, Form form, ProjectId project) {
        edition(before).require(form);
        return before.with(settings(before.settings(), form), mode(form), project);
    }

    static Optional<ExecutionMode> mode(Form form) {
        String mode = form.exact(MODE);
        return mode.equals(DEFAULT)
                ? Optional.empty()
                : Optional.of(ExecutionMode.of(
                        mode,
                        form.first(POOL).filter(id -> mode.equals("agent")).map(AgentPoolId::new)));
    }

    private static Settings settings(Settings before, Form form) {
        String shared = form.exact(SHARED);
        Engine engine =
                Engine.of(form.first("otf-engine").orElse(before.engine().toString()));
        return new Settings(
                form.first("name").orElse(""),
                Optional.of(form.exact("description").strip()).filter(text -> !text.isEmpty()),
                form.has("allow-destroy-plan"),
                before.assessmentsEnabled(),
                form.exact("auto-apply").equals("true"),
                form.has("auto-apply-run-trigger"),
                before.autoDestroy(),
                before.fileTriggersEnabled(),
                shared.equals(ORGANIZATION),
                shared.equals(PROJECT),
                before.queueAllRuns(),
                before.source(),
                before.sourceName(),
                before.sourceUrl(),
                before.speculativeEnabled(),
                form.has("structured-run-output-enabled"),
                engine,
                version(before, engine, form),
                before.triggerPatterns(),
                before.triggerPrefixes(),
                form.first("working-directory"));
    }

    /** The other engine's version would mean nothing. */
    private static String version(Settings before, Engine engine, Form form) {
        String version = form.first("terraform-version").orElse(before.terraformVersion());
        return engine != before.engine() && version.equals(before.terraformVersion())
                ? TerraformVersion.LATEST
                : version;
    }
}
