package io.otfd.state;

import io.otfd.Ids.StateVersionId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.database.Database;
import io.otfd.database.Sql;
import io.otfd.workspace.Workspaces;

/**
 * Takes the bytes of old states away, and brings them back while they are only hidden (cloud-docs/api-docs/state-versions,
 * Mark for garbage collection). The current state stays.
 */
public final class BackingData {

    private static final String HIDDEN = "backing_data_soft_deleted";

    private final Database database;

    public BackingData(Database database) {
        this.database = database;
    }

    /** Hides the bytes; {@link #restore} brings them back. */
    public void softDelete(Caller caller, StateVersionId id) {
        change(caller, id, "finalized", HIDDEN, "deleted");
    }

    public void restore(Caller caller, StateVersionId id) {
        change(caller, id, HIDDEN, "finalized", "restored");
    }

    /** For good. */
    public void deletePermanently(Caller caller, StateVersionId id) {
        change(caller, id, HIDDEN, "backing_data_permanently_deleted", "deleted");
    }

    private void change(Caller caller, StateVersionId id, String from, String to, String word) {
        database.transactVoid(tx -> {
            StateVersion version = StateVersions.find(tx, id);
            Workspaces.lockedView(tx, caller, version.workspace()).grants().require(WorkspacePermission.CAN_UPDATE);
            version = StateVersions.find(tx, id);
            String refused = "transition not allowed: state version could not be " + word + " because it is ";
            if (!version.status().equals(from)) {
                throw new Refusal.Conflict(refused + version.status());
            }
            if (isCurrent(tx, id)) {
                throw new Refusal.Conflict(refused + "current");
            }
            tx.update("state.update_status", "id", id, "status", to);
            if (to.equals("backing_data_permanently_deleted")) {
                tx.update("blob.delete", "key", version.blobKey());
                tx.update("blob.delete", "key", version.jsonBlobKey());
            }
        });
    }

    private static boolean isCurrent(Sql sql, StateVersionId id) {
        return sql.exists("state.is_current", "id", id);
    }
}
