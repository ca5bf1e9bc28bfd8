package io.otfd.log;

import io.otfd.Ids.PhaseId;
import io.otfd.Refusal;
import io.otfd.blob.Spool;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.event.Events;
import io.otfd.event.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Logs of plans and applies. A log begins with STX and ends with ETX, both written here: the client stops reading at
 * ETX, so it may stand only where the phase is over (observed: Terraform 1.11). Bytes once written never change.
 */
public final class Logs {

    private static final byte[] START = {0x02};
    private static final byte[] END = {0x03};

    /** Beyond it a log is cut: nobody reads more, and agents stop sending when told. */
    public static final long MAX_SIZE = 256L << 20;

    /** How much of a long one is in memory at a time. */
    private static final int PIECE = 1 << 20;

    private final Database database;
    private final Events events;

    public Logs(Database database, Events events) {
        this.database = database;
        this.events = events;
    }

    private record Head(long size, boolean ended) {}

    private static Head head(Row row) {
        return new Head(row.number("log_size"), row.flag("log_ended"));
    }

    /** The start marker, when the phase is queued. */
    public void begin(Tx tx, PhaseId phase) {
        tx.update("log.begin", "phase_id", phase, "data", START);
    }

    /** The end marker, in the transaction that ends the phase. */
    public void end(Tx tx, PhaseId phase) {
        Head head = begun(tx, phase);
        if (!head.ended()) {
            write(tx, phase, head.size(), END);
            tx.update("log.ended", "phase_id", phase);
        }
    }

    /** Text of the server's own, such as why a run ended. */
    public void say(Tx tx, PhaseId phase, String line) {
        Head head = begun(tx, phase);
        if (!head.ended()) {
            write(tx, phase, head.size(), plain(("\n" + line + "\n").getBytes(StandardCharsets.UTF_8)));
        }
    }

    /**
     * Appends what an agent sends. Markers of an agent that writes its own are dropped.
     *
     * @param claim number of the claim under which the agent writes, from 1; 0 for a writer that names none
     * @param offset position in the agent's stream, from 0, or negative when the agent does not say
     * @return bytes of the agent's stream that are here now
     * @throws LogGap when bytes before these are missing
     * @throws Refusal.Conflict when the log is over, or another claim's
     */
    public long append(PhaseId phase, int claim, long offset, byte[] data) {
        return database.transact(tx -> {
            tx.update("log.heard", "phase_id", phase, "attempt", claim);
            Head head = begun(tx, phase);
            byte[] text = offset < 0 ? withoutMarkers(data) : data;
            long held = head.size() - START.length - (head.ended() ? END.length : 0);
            long position = offset < 0 ? held : offset;
            if (head.ended()) {
                if (offset >= 0 && position + text.length <= held) {
                    return held;
                }
                throw new Refusal.Conflict("The log is over: its phase has ended.");
            }
            if (claim > 0 && !tx.exists("job.is_writer", "phase_id", phase, "attempt", claim)) {
                throw new Refusal.Conflict("The log is another agent's: the job was taken from this one.");
            }
            if (position > held) {
                throw new LogGap(held);
            }
            // What came before and came again is skipped.
            int known = (int) Math.min(text.length, held - position);
            byte[] fresh = Arrays.copyOfRange(text, known, text.length);
            if (head.size() + fresh.length > MAX_SIZE) {
                throw new Refusal.TooLarge("The log is larger than " + MAX_SIZE + " bytes.");
            }
            if (fresh.length > 0) {
                write(tx, phase, head.size(), fresh);
            }
            return held + fresh.length;
        });
    }

    /**
     * Appends a piece of a stream that has markers of its own, which its offsets count. Its writer cannot send anything anew,
     * and a refusal would break its engine's output: what comes again is skipped, and what does not fit its place is taken
     * as it comes. Markers count at the stream's ends only; what is beyond {@link #MAX_SIZE} is dropped.
     *
     * @param claim number of the claim under which the agent writes
     * @param offset of the first byte, from 0
     * @throws Refusal.Conflict when the log is over, or another claim's
     */
    public void appendMarked(PhaseId phase, int claim, long offset, byte[] data) {
        database.transactVoid(tx -> {
            tx.update("log.heard", "phase_id", phase, "attempt", claim);
            Head head = begun(tx, phase);
            if (head.ended() || !tx.exists("job.is_writer", "phase_id", phase, "attempt", claim)) {
                throw new Refusal.Conflict("The log is over, or another agent's.");
            }
            byte[] text = plain(withoutMarkers(data, offset == 0, true));
            long place = Math.max(START.length, offset);
            int known = Math.clamp(head.size() - place, 0, text.length);
            boolean again =
                    known > 0 && Arrays.equals(read(tx, phase, place, known), Arrays.copyOfRange(text, 0, known));
            int from = again ? known : 0;
            int to = from + Math.clamp(MAX_SIZE - head.size(), 0, text.length - from);
            if (to > from) {
                write(tx, phase, head.size(), Arrays.copyOfRange(text, from, to));
            }
        });
    }

    /** The same by a writer that is not checked. */
    public long append(PhaseId phase, long offset, byte[] data) {
        return append(phase, 0, offset, data);
    }

    /** The whole log once more, from an agent that does not count: what is here stays, what is missing is added. */
    public void complete(PhaseId phase, int claim, Spool whole) {
        try (InputStream in = whole.open()) {
            byte[] piece = in.readNBytes(PIECE);
            long offset = 0;
            boolean first = true;
            // Also where it is empty: that it is over is worth a refusal.
            do {
                byte[] next = in.readNBytes(PIECE);
                byte[] text = withoutMarkers(piece, first, next.length == 0);
                append(phase, claim, offset, text);
                offset += text.length;
                piece = next;
                first = false;
            } while (piece.length > 0);
        } catch (IOException e) {
            throw new IllegalStateException("reading a spooled log", e);
        }
    }

    private static byte[] withoutMarkers(byte[] data) {
        return withoutMarkers(data, true, true);
    }

    private static byte[] withoutMarkers(byte[] data, boolean first, boolean last) {
        int from = first && data.length > 0 && data[0] == START[0] ? 1 : 0;
        int to = last && data.length > from && data[data.length - 1] == END[0] ? data.length - 1 : data.length;
        return Arrays.copyOfRange(data, from, to);
    }

    /** A marker inside the text would end it for its readers. */
    private static byte[] plain(byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (text[i] == START[0] || text[i] == END[0]) {
                text[i] = '?';
            }
        }
        return text;
    }

    /** Bytes {@code [offset, offset + limit)} of the log, fewer at its end. */
    public byte[] read(PhaseId phase, long offset, int limit) {
        return database.read(sql -> read(sql, phase, offset, limit));
    }

    private static byte[] read(Sql sql, PhaseId phase, long offset, int limit) {
        record Chunk(long position, byte[] data) {}
        List<Chunk> chunks = sql.list(
                "log.read",
                row -> new Chunk(row.number("position"), row.bytes("data")),
                "phase_id",
                phase,
                "from",
                offset,
                "to",
                offset + limit);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Chunk chunk : chunks) {
            int from = (int) Math.max(0, offset - chunk.position());
            int to = (int) Math.min(chunk.data().length, offset + limit - chunk.position());
            if (to > from) {
                bytes.write(chunk.data(), from, to - from);
            }
        }
        return bytes.toByteArray();
    }

    /** Held, its start marker written. */
    private Head begun(Tx tx, PhaseId phase) {
        Head head = lock(tx, phase);
        if (head.size() > 0) {
            return head;
        }
        write(tx, phase, 0, START);
        return lock(tx, phase);
    }

    private static Head lock(Tx tx, PhaseId phase) {
        return tx.one("log.lock", Logs::head, "phase_id", phase).orElseThrow(Refusal.NotFound::new);
    }

    private void write(Tx tx, PhaseId phase, long position, byte[] data) {
        tx.update("log.insert", "phase_id", phase, "position", position, "data", data);
        tx.update("log.grow", "phase_id", phase, "size", position + data.length);
        events.publish(tx, Topics.log(phase));
    }

    /** Bytes are missing before those that came. */
    public static final class LogGap extends RuntimeException {
        private final long held;

        private LogGap(long held) {
            super("bytes are missing from " + held, null, false, false);
            this.held = held;
        }

        /** Where to go on from, in the agent's stream. */
        public long held() {
            return held;
        }
    }
}
