package io.otfd.taskresult;

import java.util.Locale;

/** Status of what a task says. */
public enum ResultStatus {
    /** It is not asked yet, or has not taken the question. */
    PENDING,
    RUNNING,
    PASSED,
    FAILED,
    /** It could not be asked, or has not answered in time. */
    ERRORED,
    CANCELED,
    /** It was not asked. */
    UNREACHABLE;

    /** The task may still say something. */
    public boolean isOpen() {
        return this == PENDING || this == RUNNING;
    }

    /** Wire name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Key in {@code status-timestamps}, as in {@code passed-at}. */
    String timestampKey() {
        return this + "-at";
    }

    static ResultStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
