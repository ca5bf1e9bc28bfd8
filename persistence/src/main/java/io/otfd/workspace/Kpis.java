package io.otfd.workspace;

import io.otfd.Ids.WorkspaceId;
import io.otfd.database.Row;
import io.otfd.database.Tx;
import java.time.Duration;
import java.util.Optional;

/**
 * How the last thirty runs of a workspace went that could have been applied (cloud-docs/api-docs/workspaces).
 *
 * @param runs how many of them there are
 * @param failures those that have errored
 */
public record Kpis(int runs, int failures, Optional<Duration> planAverage, Optional<Duration> applyAverage) {

    static Optional<Kpis> of(Row row) {
        return row.optionalNumber("kpi_runs")
                .map(runs -> new Kpis(
                        Math.toIntExact(runs),
                        row.integer("kpi_failures"),
                        row.optionalNumber("plan_duration_average").map(Duration::ofMillis),
                        row.optionalNumber("apply_duration_average").map(Duration::ofMillis)));
    }

    /** For runs: one has ended, the workspace's row is held. */
    public static void update(Tx tx, WorkspaceId workspace) {
        tx.update("workspace.kpis", "id", workspace);
    }
}
