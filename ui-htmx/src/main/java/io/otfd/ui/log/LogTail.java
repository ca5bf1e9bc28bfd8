package io.otfd.ui.log;

import io.otfd.Ids.PhaseId;
import io.otfd.log.Logs;
import io.otfd.run.Phase;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Follows a log, whole lines at a time. */
public final class LogTail {

    private static final int CHUNK = 64 * 1024;

    /** A page shows no more of a log than its last bytes; the rest is in the raw one. */
    private static final long PAGE = 1 << 20;

    private static final byte START_MARKER = 0x02;
    private static final byte END_MARKER = 0x03;

    private final Logs logs;
    private final PhaseId phase;
    private final String name;
    private final boolean cut;
    private LogCursor cursor;

    private LogTail(Logs logs, PhaseId phase, LogCursor cursor, boolean cut) {
        this.logs = logs;
        this.phase = phase;
        this.name = phase.value().substring(0, phase.value().indexOf('-'));
        this.cursor = cursor;
        this.cut = cut;
    }

    public static LogTail from(Logs logs, PhaseId phase, LogCursor cursor) {
        return new LogTail(logs, phase, cursor, false);
    }

    /** The last part that fits on a page. */
    public static LogTail end(Logs logs, Phase phase) {
        long skipped = Math.max(0, phase.logSize() - PAGE);
        if (skipped > 0) {
            byte[] bytes = logs.read(phase.id(), skipped, CHUNK);
            skipped += firstLineFeed(bytes) + 1;
        }
        return new LogTail(logs, phase.id(), new LogCursor(skipped, AnsiStyle.PLAIN), skipped > 0);
    }

    /** Earlier lines are left out. */
    public boolean isCut() {
        return cut;
    }

    public LogCursor cursor() {
        return cursor;
    }

    /** HTML of what is there and was not given yet. */
    public String all(boolean over) {
        StringBuilder html = new StringBuilder();
        for (String next = next(over); !next.isEmpty(); next = next(over)) {
            html.append(next);
        }
        return html.toString();
    }

    /**
     * HTML of some more lines, or {@code ""} when no more are there.
     *
     * @param over nothing will be written any more: a last line without a line feed counts as well
     */
    public String next(boolean over) {
        byte[] bytes = logs.read(phase, cursor.offset(), CHUNK);
        boolean ended = bytes.length > 0 && bytes[bytes.length - 1] == END_MARKER;
        int lines = lastLineFeed(bytes) + 1;
        boolean endless = bytes.length == CHUNK && lines == 0;
        boolean all = endless || bytes.length < CHUNK && (over || ended);
        int length = all ? bytes.length : lines;
        if (length == 0) {
            return "";
        }
        LogLines.Rendered rendered =
                LogLines.render(Arrays.copyOf(bytes, length), cursor.style(), name, cursor.offset());
        cursor = new LogCursor(cursor.offset() + length, rendered.style());
        // Markers alone make no text, and more may follow them.
        return rendered.html().isEmpty() ? next(over) : rendered.html();
    }

    private static int firstLineFeed(byte[] bytes) {
        int i = 0;
        while (i < bytes.length && bytes[i] != '\n') {
            i++;
        }
        return i < bytes.length ? i : -1;
    }

    private static int lastLineFeed(byte[] bytes) {
        int i = bytes.length - 1;
        while (i >= 0 && bytes[i] != '\n') {
            i--;
        }
        return i;
    }

    /** All of the log as it came, without the markers around it. */
    public static void copy(Logs logs, PhaseId phase, OutputStream out) throws IOException {
        long offset = 0;
        for (byte[] bytes = logs.read(phase, 0, CHUNK); bytes.length > 0; bytes = logs.read(phase, offset, CHUNK)) {
            int from = offset == 0 && bytes[0] == START_MARKER ? 1 : 0;
            int to = bytes.length > from && bytes[bytes.length - 1] == END_MARKER ? bytes.length - 1 : bytes.length;
            out.write(bytes, from, to - from);
            offset += bytes.length;
        }
    }
}
