package io.otfd.planexport;

import io.otfd.Ids.PhaseId;
import io.otfd.Ids.PlanExportId;
import java.time.Instant;

/**
 * Permission to fetch what was made of a plan, for an hour. What is fetched is made then, so an export is finished from its
 * beginning.
 *
 * @param expired its hour is over
 */
public record PlanExport(
        PlanExportId id, PhaseId plan, String dataType, Instant createdAt, Instant expiresAt, boolean expired) {

    public String status() {
        return expired ? "expired" : "finished";
    }
}
