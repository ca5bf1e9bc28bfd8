package io.otfd.ui.run;

import io.otfd.ui.log.LogCursor;

/** How far a reader is in both logs. Its text is the id of an event, and fits into a query. */
record LiveCursor(LogCursor plan, LogCursor apply) {

    private static final String SEPARATOR = "_";

    /** From the start for anything that is not one of ours. */
    static LiveCursor parse(String text) {
        int middle = text.indexOf(SEPARATOR);
        return middle < 0
                ? new LiveCursor(LogCursor.START, LogCursor.START)
                : new LiveCursor(
                        LogCursor.parse(text.substring(0, middle)), LogCursor.parse(text.substring(middle + 1)));
    }

    @Override
    public String toString() {
        return plan + SEPARATOR + apply;
    }
}
