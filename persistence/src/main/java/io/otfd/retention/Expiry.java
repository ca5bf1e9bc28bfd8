package io.otfd.retention;

import io.otfd.Ids.WorkspaceId;
import io.otfd.database.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away the bytes and outputs of states that are older than the policy says, for good. The state version itself stays
 * in the list, and the current state of a workspace stays whole, however old it is.
 */
public final class Expiry {

    private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

    /** Workspaces in one transaction, which keeps them locked. */
    private static final int BATCH = 50;

    private final Database database;
    private final Clock clock;

    public Expiry(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Due(WorkspaceId workspace, int days) {}

    /** Several servers may do this at once. */
    public void run() {
        Instant now = clock.instant();
        for (int workspaces = batch(now); workspaces > 0; workspaces = batch(now)) {
            LOG.info("expired states of workspaces={}", workspaces);
        }
    }

    private int batch(Instant now) {
        return database.transact(tx -> {
            List<Due> due = tx.list(
                    "retention.lock_due",
                    row -> new Due(new WorkspaceId(row.text("id")), row.integer("days")),
                    "now",
                    now,
                    "limit",
                    BATCH);
            due.forEach(each ->
                    tx.update("retention.expire", "workspace_id", each.workspace(), "days", each.days(), "now", now));
            return due.size();
        });
    }
}
