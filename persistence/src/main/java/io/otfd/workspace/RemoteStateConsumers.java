package io.otfd.workspace;

import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.database.Database;
import io.otfd.database.Tx;
import java.util.List;

/** Workspaces that may read another one's state. */
public final class RemoteStateConsumers {

    private final Database database;

    public RemoteStateConsumers(Database database) {
        this.database = database;
    }

    /** Everybody it shares its state with, whichever way. */
    public Page<WorkspaceView> list(Caller caller, WorkspaceId id, Page.Request page) {
        return database.read(sql -> {
            WorkspaceView view = Workspaces.view(sql, caller, id);
            List<WorkspaceId> ids = sql.list(
                    "workspace.consumers",
                    row -> new WorkspaceId(row.text("id")),
                    "id",
                    id,
                    "limit",
                    page.size(),
                    "offset",
                    page.offset());
            // Of the same organization, and so with the same grants.
            return new Page<>(
                    WorkspaceStore.find(sql, ids).stream()
                            .map(workspace -> new WorkspaceView(workspace, view.grants()))
                            .toList(),
                    page,
                    sql.count("workspace.count_consumers", "id", id));
        });
    }

    /** One that is there already is fine. */
    public void add(Caller caller, WorkspaceId id, List<WorkspaceId> consumers) {
        database.transactVoid(tx -> insert(tx, writable(tx, caller, id), consumers));
    }

    public void replace(Caller caller, WorkspaceId id, List<WorkspaceId> consumers) {
        database.transactVoid(tx -> {
            Workspace workspace = writable(tx, caller, id);
            tx.update("workspace.delete_all_consumers", "workspace_id", id);
            insert(tx, workspace, consumers);
        });
    }

    /** One that is not there is fine. */
    public void remove(Caller caller, WorkspaceId id, List<WorkspaceId> consumers) {
        database.transactVoid(tx -> {
            writable(tx, caller, id);
            tx.update("workspace.delete_consumers", "workspace_id", id, "consumer_ids", consumers);
        });
    }

    private static Workspace writable(Tx tx, Caller caller, WorkspaceId id) {
        WorkspaceView view = Workspaces.lockedView(tx, caller, id);
        view.grants().require(WorkspacePermission.CAN_UPDATE);
        if (view.workspace().settings().globalRemoteState()) {
            throw Refusal.Invalid.document("Remote state consumers cannot be changed while the workspace shares its "
                    + "state with the whole organization: set global-remote-state to false first.");
        }
        return view.workspace();
    }

    private static void insert(Tx tx, Workspace workspace, List<WorkspaceId> consumers) {
        for (WorkspaceId consumer : consumers) {
            if (consumer.equals(workspace.id())) {
                throw Refusal.Invalid.document("A workspace cannot be a remote state consumer of itself.");
            }
            long inserted = tx.update(
                    "workspace.insert_consumer",
                    "workspace_id",
                    workspace.id(),
                    "consumer_id",
                    consumer,
                    "organization_id",
                    workspace.organization());
            if (inserted == 0) {
                throw Refusal.Invalid.document("Workspace " + consumer.value() + " not found.");
            }
        }
    }
}
