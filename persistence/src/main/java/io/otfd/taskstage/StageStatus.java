package io.otfd.taskstage;

import java.util.Locale;

/** Status of a stage. */
public enum StageStatus {
    PENDING,
    RUNNING,
    PASSED,
    FAILED,
    AWAITING_OVERRIDE,
    ERRORED,
    CANCELED,
    UNREACHABLE;

    /** Wire name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Key in {@code status-timestamps}, as in {@code running-at}. */
    public String timestampKey() {
        return toString().replace('_', '-') + "-at";
    }

    static StageStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
