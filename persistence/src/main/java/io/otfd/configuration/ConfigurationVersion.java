package io.otfd.configuration;

import io.otfd.Ids;
import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import java.time.Instant;
import java.util.Optional;

/**
 * A configuration of a workspace, or one that tests a module of the registry, from the upload on.
 *
 * @param owner the workspace or the module
 * @param status {@code pending}, {@code uploaded}, {@code errored}, {@code archived}, {@code backing_data_soft_deleted} or
 *     {@code backing_data_permanently_deleted}
 * @param provisional becomes the workspace's current one when a run has applied it
 * @param speculative its runs are plan-only
 */
public record ConfigurationVersion(
        ConfigurationVersionId id,
        Ids.Id owner,
        String status,
        String source,
        boolean autoQueueRuns,
        boolean speculative,
        boolean provisional,
        Instant createdAt,
        Optional<Instant> uploadedAt,
        Optional<Instant> archivedAt) {

    /**
     * Whose runs may have it.
     *
     * @throws Refusal.NotFound for one that tests a module: for workspaces it does not exist
     */
    public WorkspaceId workspace() {
        if (owner instanceof WorkspaceId workspace) {
            return workspace;
        }
        throw new Refusal.NotFound();
    }

    public boolean isUploaded() {
        return status.equals("uploaded");
    }

    /** Where its archive is. */
    public String blobKey() {
        return "configuration/" + id.value();
    }
}
