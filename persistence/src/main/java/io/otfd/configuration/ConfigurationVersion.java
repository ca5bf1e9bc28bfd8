package io.otfd.configuration;

import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.WorkspaceId;
import java.time.Instant;
import java.util.Optional;

/**
 * A configuration of a workspace, from the upload on.
 *
 * @param status {@code pending}, {@code uploaded}, {@code errored} or {@code archived}
 * @param speculative its runs are plan-only
 */
public record ConfigurationVersion(
        ConfigurationVersionId id,
        WorkspaceId workspace,
        String status,
        String source,
        boolean autoQueueRuns,
        boolean speculative,
        boolean provisional,
        Instant createdAt,
        Optional<Instant> uploadedAt) {

    public boolean isUploaded() {
        return status.equals("uploaded");
    }

    /** Where its archive is. */
    public String blobKey() {
        return "configuration/" + id.value();
    }
}
