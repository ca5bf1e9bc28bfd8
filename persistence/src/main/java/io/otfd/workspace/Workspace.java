package io.otfd.workspace;

import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.SshKeyId;
import io.otfd.Ids.StateVersionId;
import io.otfd.Ids.StateVersionOutputId;
import io.otfd.Ids.VariableId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.organization.ExecutionMode;
import io.otfd.retention.RetentionPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A workspace.
 *
 * @param executionMode its own, or empty to inherit
 * @param inheritedMode its project's or organization's
 * @param projectAutoDestroy its project's activity duration
 * @param currentRun the latest run that is not speculative, also when it is over
 * @param tagNames flat tags, in order of insertion; bindings of keys to values stand elsewhere
 * @param outputs of its current state
 * @param sshKey for its modules
 * @param retention its own, or empty to take the organization's
 */
public record Workspace(
        WorkspaceId id,
        OrganizationId organization,
        String organizationName,
        ProjectId project,
        Instant createdAt,
        Instant updatedAt,
        Instant latestChangeAt,
        Settings settings,
        Optional<ExecutionMode> executionMode,
        ExecutionMode inheritedMode,
        Optional<String> projectAutoDestroy,
        Optional<Lock> lock,
        Optional<RunId> currentRun,
        Optional<StateVersionId> currentStateVersion,
        Optional<ConfigurationVersionId> currentConfigurationVersion,
        int resourceCount,
        List<String> tagNames,
        List<VariableId> variables,
        List<StateVersionOutputId> outputs,
        Optional<SshKeyId> sshKey,
        Optional<RetentionPolicy> retention,
        Optional<Kpis> kpis,
        boolean hasReadme) {

    public Workspace {
        tagNames = List.copyOf(tagNames);
        variables = List.copyOf(variables);
        outputs = List.copyOf(outputs);
    }

    /** Its own mode, or else the inherited one. */
    public ExecutionMode effectiveMode() {
        return executionMode.orElse(inheritedMode);
    }

    /** Its own activity duration, or else the project's while it inherits. */
    public Optional<String> effectiveAutoDestroyDuration() {
        AutoDestroy own = settings.autoDestroy();
        return own.inherits() ? projectAutoDestroy : own.activityDuration();
    }

    public String name() {
        return settings.name();
    }

    public Workspace with(Settings changed) {
        return with(changed, executionMode, project);
    }

    public Workspace with(Settings changed, Optional<ExecutionMode> mode, ProjectId movedTo) {
        return new Workspace(
                id,
                organization,
                organizationName,
                movedTo,
                createdAt,
                updatedAt,
                latestChangeAt,
                changed,
                mode,
                inheritedMode,
                projectAutoDestroy,
                lock,
                currentRun,
                currentStateVersion,
                currentConfigurationVersion,
                resourceCount,
                tagNames,
                variables,
                outputs,
                sshKey,
                retention,
                kpis,
                hasReadme);
    }
}
