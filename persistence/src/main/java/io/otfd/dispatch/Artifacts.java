package io.otfd.dispatch;

import io.otfd.Ids.PhaseId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import io.otfd.blob.Blobs;
import io.otfd.blob.Spool;
import io.otfd.database.Database;

/** What agents hand in beside logs and reports: plans, schemas, the directory that an apply goes on from. */
public final class Artifacts {

    private final Database database;

    public Artifacts(Database database) {
        this.database = database;
    }

    /**
     * Keeps what was handed in under a claim.
     *
     * @param claim number of the claim, from 1; 0 for whichever holds
     * @throws Refusal.Conflict when the phase is over, or another claim's
     */
    public void write(PhaseId phase, int claim, String key, WorkspaceId workspace, Spool spool) {
        Blobs.storing(database, spool, tx -> {
            if (!tx.exists("job.is_writer", "phase_id", phase, "attempt", claim)) {
                throw new Refusal.Conflict("The job is over, or was taken from this agent.");
            }
            Blobs.write(tx, key, workspace, spool);
        });
    }
}
