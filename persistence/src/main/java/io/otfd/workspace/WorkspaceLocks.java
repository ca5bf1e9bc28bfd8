package io.otfd.workspace;

import io.otfd.Ids.TeamId;
import io.otfd.Ids.UserId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Tx;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The lock of a workspace, in the hands of people, teams and runs. */
public final class WorkspaceLocks {

    private final Database database;
    private final BiConsumer<Tx, WorkspaceId> whenUnlocked;

    /** @param whenUnlocked lets the next run have its turn, inside the transaction */
    public WorkspaceLocks(Database database, BiConsumer<Tx, WorkspaceId> whenUnlocked) {
        this.database = database;
        this.whenUnlocked = whenUnlocked;
    }

    /** For a run whose workspace it is already, this changes nothing: its engine locks without need. */
    public WorkspaceView lock(Caller caller, WorkspaceId id, Optional<String> reason) {
        return database.transact(tx -> {
            WorkspaceView view = Workspaces.lockedView(tx, caller, id);
            view.grants().require(WorkspacePermission.CAN_LOCK);
            Optional<Lock> present = view.workspace().lock();
            if (present.isPresent()) {
                if (present.get().isHeldBy(caller)) {
                    if (caller instanceof Caller.Run) {
                        return view;
                    }
                }
                throw new Refusal.Conflict("Workspace is already locked. It is locked by "
                        + present.get().heldBy());
            }
            // Announced under an earlier lock, and never sent: nobody may finish it any more.
            tx.update("state.discard_pending", "workspace_id", id);
            tx.update(
                    "workspace.lock",
                    "id",
                    id,
                    "user_id",
                    caller.userId().orElse(null),
                    "team_id",
                    caller.teamId().orElse(null),
                    "run_id",
                    caller instanceof Caller.Run run ? run.id() : null,
                    "reason",
                    reason.orElse(null));
            return Workspaces.view(tx, caller, id);
        });
    }

    /** By who locked it. */
    public WorkspaceView unlock(Caller caller, WorkspaceId id) {
        return database.transact(tx -> {
            WorkspaceView view = Workspaces.lockedView(tx, caller, id);
            view.grants().require(WorkspacePermission.CAN_UNLOCK);
            Lock lock = view.workspace()
                    .lock()
                    .orElseThrow(() -> new Refusal.Conflict("Workspace is already unlocked, or was never locked."));
            if (!lock.isHeldBy(caller)) {
                throw new Refusal.Conflict("Unable to unlock workspace. The workspace is locked by " + lock.heldBy());
            }
            if (caller instanceof Caller.Run) {
                return view;
            }
            if (tx.exists("state.pending", "workspace_id", id)) {
                // Not 409: the CLI takes that for "already unlocked" and does not try again (observed: Terraform 1.11).
                throw Refusal.Invalid.document("The workspace's latest state version is still pending.");
            }
            return release(tx, caller, id);
        });
    }

    /** From whoever holds it. A run that goes on keeps its workspace. */
    public WorkspaceView forceUnlock(Caller caller, WorkspaceId id) {
        return database.transact(tx -> {
            WorkspaceView view = Workspaces.lockedView(tx, caller, id);
            view.grants().require(WorkspacePermission.CAN_FORCE_UNLOCK);
            if (view.workspace().lock().isEmpty()) {
                throw new Refusal.Conflict("Workspace is already unlocked, or was never locked.");
            }
            tx.update("state.discard_pending", "workspace_id", id);
            return release(tx, caller, id);
        });
    }

    private WorkspaceView release(Tx tx, Caller caller, WorkspaceId id) {
        tx.update("workspace.unlock", "id", id);
        whenUnlocked.accept(tx, id);
        return Workspaces.view(tx, caller, id);
    }

    /** For other services: what a team holds that is about to go. */
    public void releaseAll(Tx tx, TeamId team) {
        release(tx, tx.list("workspace.locked_by_team", WorkspaceLocks::id, "team_id", team));
    }

    /** For other services: what a person holds who is about to go. */
    public void releaseAll(Tx tx, UserId user) {
        release(tx, tx.list("workspace.locked_by_user", WorkspaceLocks::id, "user_id", user));
    }

    private static WorkspaceId id(Row row) {
        return new WorkspaceId(row.text("id"));
    }

    private void release(Tx tx, List<WorkspaceId> ids) {
        for (WorkspaceId id : ids) {
            tx.update("workspace.unlock", "id", id);
            whenUnlocked.accept(tx, id);
        }
    }
}
