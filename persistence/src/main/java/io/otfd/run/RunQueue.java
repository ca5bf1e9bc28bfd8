package io.otfd.run;

import io.otfd.Ids.RunId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.database.Tx;
import io.otfd.workspace.Workspaces;
import java.util.Optional;

/** Whose turn it is in a workspace: one run that may change its state at a time, in order of creation. */
final class RunQueue {

    private RunQueue() {}

    /** A run that gets the workspace now. */
    record Turn(RunId run, RunStatus status) {}

    /**
     * Gives a free workspace to the next run that waits for it. Where somebody has locked the workspace, that run is the
     * current one all the same: by that the CLI knows that it waits for the lock (observed: Terraform 1.11).
     */
    static Optional<Turn> next(Tx tx, WorkspaceId workspace) {
        boolean free = Workspaces.isFree(tx, workspace);
        Optional<Turn> turn = tx.one(
                "run.next_in_queue",
                row -> new Turn(new RunId(row.text("id")), RunStatus.of(row.text("status"))),
                "workspace_id",
                workspace);
        if (free) {
            turn.ifPresent(next -> Workspaces.giveTo(tx, workspace, next.run()));
            return turn;
        }
        turn.ifPresent(next -> Workspaces.pointTo(tx, workspace, next.run()));
        return Optional.empty();
    }
}
