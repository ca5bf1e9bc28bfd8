package io.otfd.run;

import io.otfd.workspace.WorkspaceView;
import java.util.Optional;

/**
 * A run, its workspace, and what the caller may do there.
 *
 * @param waiting why it waits, if it waits for its workspace or an agent
 */
public record RunView(Run run, WorkspaceView workspace, Optional<Waiting> waiting) {

    /** Of the phase that waits. */
    public Optional<Waiting> waiting(Phase.Kind kind) {
        boolean apply = run.status() == RunStatus.CONFIRMED || run.status() == RunStatus.APPLY_QUEUED;
        return waiting.filter(reason -> apply == (kind == Phase.Kind.APPLY));
    }
}
