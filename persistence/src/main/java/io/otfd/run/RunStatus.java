package io.otfd.run;

import io.otfd.taskstage.Stage;
import java.util.Locale;
import java.util.Optional;

/** Status of a run, by TFC's names (cloud-docs/run/states). */
public enum RunStatus {
    PENDING,
    PRE_PLAN_RUNNING,
    PRE_PLAN_COMPLETED,
    PLAN_QUEUED,
    PLANNING,
    PLANNED,
    POST_PLAN_RUNNING,
    /** Something that may be overridden stands against the run. */
    POST_PLAN_AWAITING_DECISION,
    /** As good as {@link #PLANNED}, in a run with checks after the plan (observed: tfe provider, tfe_workspace_run). */
    POST_PLAN_COMPLETED,
    PLANNED_AND_FINISHED,
    PLANNED_AND_SAVED,
    CONFIRMED,
    PRE_APPLY_RUNNING,
    PRE_APPLY_COMPLETED,
    APPLY_QUEUED,
    APPLYING,
    POST_APPLY_RUNNING,
    POST_APPLY_COMPLETED,
    APPLIED,
    DISCARDED,
    ERRORED,
    CANCELED,
    FORCE_CANCELED;

    /** Nothing happens to the run any more. */
    public boolean isFinal() {
        return switch (this) {
            case PLANNED_AND_FINISHED, APPLIED, DISCARDED, ERRORED, CANCELED, FORCE_CANCELED -> true;
            case PENDING,
                    PRE_PLAN_RUNNING,
                    PRE_PLAN_COMPLETED,
                    PLAN_QUEUED,
                    PLANNING,
                    PLANNED,
                    POST_PLAN_RUNNING,
                    POST_PLAN_AWAITING_DECISION,
                    POST_PLAN_COMPLETED,
                    PLANNED_AND_SAVED,
                    CONFIRMED,
                    PRE_APPLY_RUNNING,
                    PRE_APPLY_COMPLETED,
                    APPLY_QUEUED,
                    APPLYING,
                    POST_APPLY_RUNNING,
                    POST_APPLY_COMPLETED -> false;
        };
    }

    /** The stage that the run is in, if it waits for what others say. */
    public Optional<Stage> stage() {
        return switch (this) {
            case PRE_PLAN_RUNNING -> Optional.of(Stage.PRE_PLAN);
            case POST_PLAN_RUNNING, POST_PLAN_AWAITING_DECISION -> Optional.of(Stage.POST_PLAN);
            case PRE_APPLY_RUNNING -> Optional.of(Stage.PRE_APPLY);
            case POST_APPLY_RUNNING -> Optional.of(Stage.POST_APPLY);
            default -> Optional.empty();
        };
    }

    /** An agent works on it. */
    public boolean isRunning() {
        return this == PLANNING || this == APPLYING;
    }

    /** For its workspace, or for an agent. */
    public boolean isWaiting() {
        return this == PENDING || this == PLAN_QUEUED || this == CONFIRMED || this == APPLY_QUEUED;
    }

    /** Wire name, as in {@code plan_queued}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Key in {@code status-timestamps}, as in {@code plan-queued-at}. */
    public String timestampKey() {
        return toString().replace('_', '-') + "-at";
    }

    static RunStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
