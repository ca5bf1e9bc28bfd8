package io.otfd.ui.run;

import io.otfd.access.Grants;
import io.otfd.access.WorkspacePermission;
import io.otfd.run.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the visitor may do to a run now. The service has the last word. */
public enum RunAction {
    CONFIRM("Confirm and apply"),
    OVERRIDE("Override and continue"),
    DISCARD("Discard"),
    CANCEL("Cancel"),
    FORCE_CANCEL("Force cancel"),
    FORCE_EXECUTE("Run this plan now"),
    RETRY("Retry");

    private final String label;

    RunAction(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** As in the path of the form. */
    public String path() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What people ought to know before; such an action takes a second click. */
    public Optional<String> warning() {
        return switch (this) {
            case CONFIRM, DISCARD, CANCEL, RETRY -> Optional.empty();
            case OVERRIDE -> Optional.of("The run goes on although it breaks mandatory policies.");
            case FORCE_CANCEL ->
                Optional.of("The engine is killed and the workspace is free at once. "
                        + "What it was changing may be missing from the state.");
            case FORCE_EXECUTE ->
                Optional.of("Every run before it is discarded or canceled, also one that is being applied.");
        };
    }

    static Optional<RunAction> of(String path) {
        for (RunAction action : values()) {
            if (action.path().equals(path)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }

    static List<RunAction> allowed(Run run, Grants<WorkspacePermission> grants, Instant now) {
        List<RunAction> allowed = new ArrayList<>();
        for (RunAction action : values()) {
            if (grants.has(action.permission()) && action.fits(run, now)) {
                allowed.add(action);
            }
        }
        return allowed;
    }

    private WorkspacePermission permission() {
        return switch (this) {
            case CONFIRM, DISCARD -> WorkspacePermission.CAN_QUEUE_APPLY;
            case OVERRIDE -> WorkspacePermission.CAN_OVERRIDE_POLICY;
            case CANCEL, RETRY -> WorkspacePermission.CAN_QUEUE_RUN;
            case FORCE_CANCEL, FORCE_EXECUTE -> WorkspacePermission.CAN_FORCE_UNLOCK;
        };
    }

    private boolean fits(Run run, Instant now) {
        return switch (this) {
            case CONFIRM -> run.isConfirmable();
            case OVERRIDE -> run.isOverridable();
            case DISCARD -> run.isDiscardable();
            case CANCEL -> run.isCancelable();
            case FORCE_CANCEL -> run.isForceCancelable(now);
            case FORCE_EXECUTE -> run.isForceExecutable();
            case RETRY ->
                switch (run.status()) {
                    case ERRORED, CANCELED, FORCE_CANCELED, DISCARDED -> true;
                    default -> false;
                };
        };
    }
}
