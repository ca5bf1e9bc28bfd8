package io.otfd.run;

import java.util.Locale;

/** Status of a run, by TFC's names (cloud-docs/run/states). */
public enum RunStatus {
    PENDING,
    PLAN_QUEUED,
    PLANNING,
    PLANNED,
    PLANNED_AND_FINISHED,
    PLANNED_AND_SAVED,
    CONFIRMED,
    APPLY_QUEUED,
    APPLYING,
    APPLIED,
    DISCARDED,
    ERRORED,
    CANCELED,
    FORCE_CANCELED;

    /** Nothing happens to the run any more. */
    public boolean isFinal() {
        return switch (this) {
            case PLANNED_AND_FINISHED, APPLIED, DISCARDED, ERRORED, CANCELED, FORCE_CANCELED -> true;
            case PENDING, PLAN_QUEUED, PLANNING, PLANNED, PLANNED_AND_SAVED, CONFIRMED, APPLY_QUEUED, APPLYING -> false;
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
