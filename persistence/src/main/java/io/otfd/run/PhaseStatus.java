package io.otfd.run;

import java.util.Locale;

/** Status of a plan or an apply. */
public enum PhaseStatus {
    PENDING,
    QUEUED,
    RUNNING,
    FINISHED,
    ERRORED,
    CANCELED,
    UNREACHABLE;

    public boolean isFinal() {
        return switch (this) {
            case FINISHED, ERRORED, CANCELED, UNREACHABLE -> true;
            case PENDING, QUEUED, RUNNING -> false;
        };
    }

    /** Wire name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Key in {@code status-timestamps}, as in {@code started-at}. */
    public String timestampKey() {
        return this == RUNNING ? "started-at" : this + "-at";
    }

    static PhaseStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
