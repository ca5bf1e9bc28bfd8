package io.otfd.task;

import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.PhaseId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.TaskResultId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.taskstage.Stage;
import java.time.Instant;
import java.util.Optional;

/**
 * What a task is asked.
 *
 * @param about empty for a test of its URL
 */
public record TaskRequest(String url, Optional<String> hmacKey, Optional<About> about) {

    /**
     * A run that has come to a stage.
     *
     * @param token with which it may answer, and read the run's plan and configuration
     * @param createdBy username
     * @param workingDirectory of the configuration
     */
    public record About(
            Stage stage,
            String token,
            TaskResultId result,
            Enforcement enforcement,
            boolean speculative,
            RunId run,
            String runMessage,
            Instant runCreatedAt,
            Optional<String> createdBy,
            WorkspaceId workspace,
            String workspaceName,
            Optional<String> workingDirectory,
            String organizationName,
            ConfigurationVersionId configuration,
            PhaseId plan) {}
}
