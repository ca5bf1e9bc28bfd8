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
import io.otfd.retention.RetentionPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A workspace.
 *
 * @param executionMode its own, or empty to take the organization's
 * @param inheritedMode what it would run with if it had none of its own
 * @param currentRun the latest run that is not speculative, also when it is over
 * @param tags keys with their values, in order of insertion
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
        Optional<Lock> lock,
        Optional<RunId> currentRun,
        Optional<StateVersionId> currentStateVersion,
        Optional<ConfigurationVersionId> currentConfigurationVersion,
        int resourceCount,
        List<Tag> tags,
        List<VariableId> variables,
        List<StateVersionOutputId> outputs,
        Optional<SshKeyId> sshKey,
        Optional<RetentionPolicy> retention) {

    public Workspace {
        tags = List.copyOf(tags);
        variables = List.copyOf(variables);
        outputs = List.copyOf(outputs);
    }

    /** A tag; a plain one has the value {@code ""}. */
    public record Tag(String id, String key, String value, Instant createdAt) {}

    /** Its own mode, or else the inherited one. */
    public ExecutionMode effectiveMode() {
        return executionMode.orElse(inheritedMode);
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
                lock,
                currentRun,
                currentStateVersion,
                currentConfigurationVersion,
                resourceCount,
                tags,
                variables,
                outputs,
                sshKey,
                retention);
    }
}
