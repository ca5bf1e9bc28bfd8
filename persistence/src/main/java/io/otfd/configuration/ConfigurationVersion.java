package io.otfd.configuration;

import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.WorkspaceId;
import java.time.Instant;
import java.util.Optional;

/**
 * A configuration of a workspace, from the upload on.
 *
 * @param status {@code pending}, {@code uploaded}, {@code errored}, {@code archived}, {@code backing_data_soft_deleted} or
 *     {@code backing_data_permanently_deleted}
 * @param provisional becomes the workspace's current one when a run has applied it
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
        Optional<Instant> uploadedAt,
        Optional<Instant> archivedAt) {

    public boolean isUploaded() {
        return status.equals("uploaded");
    }

    /** Where its archive is. */
    public String blobKey() {
        return "configuration/" + id.value();
    }
}
