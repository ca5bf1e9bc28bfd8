package io.otfd.agent;

import java.io.PrintStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where an agent's own lines go. Secrets and signed URLs are never among the fields. */
@FunctionalInterface
public interface AgentLog {

    /** How much a line matters; each more than the one before. */
    enum Level {
        TRACE,
        DEBUG,
        /** A step of a job, in the words of tfc-agent: a line of level debug, except in its own format. */
        STEP,
        INFO,
        WARN,
        ERROR;

        /** As it is shown. */
        String word() {
            return this == STEP ? DEBUG.name() : name();
        }
    }

    /** @param fields in the order in which they are shown */
    record Line(Instant time, Level level, String message, Map<String, Object> fields) {}

    void write(Line line);

    /** @param fields keys and values in turn; a null value leaves the pair out */
    default void debug(String message, Object... fields) {
        write(new Line(Instant.now(), Level.DEBUG, message, pairs(fields)));
    }

    /** @param fields as with {@link #debug} */
    default void step(String message, Object... fields) {
        write(new Line(Instant.now(), Level.STEP, message, pairs(fields)));
    }

    /** @param fields as with {@link #debug} */
    default void info(String message, Object... fields) {
        write(new Line(Instant.now(), Level.INFO, message, pairs(fields)));
    }

    /** @param fields as with {@link #debug} */
    default void warn(String message, Object... fields) {
        write(new Line(Instant.now(), Level.WARN, message, pairs(fields)));
    }

    /** @param fields as with {@link #debug} */
    default void error(String message, Object... fields) {
        write(new Line(Instant.now(), Level.ERROR, message, pairs(fields)));
    }

    /**
     * Leaves out what matters less.
     *
     * @param stepsAsInfo whether steps count as much as {@link Level#INFO}
     */
    default AgentLog from(Level least, boolean stepsAsInfo) {
        return line -> {
            Level level = line.level() == Level.STEP && stepsAsInfo ? Level.INFO : line.level();
            if (level.compareTo(least) >= 0) {
                write(line);
            }
        };
    }

    /** Lines of level info and above, as text in local time. */
    static AgentLog text(PrintStream out) {
        return new TextLog(out).from(Level.INFO, false);
    }

    /** Lines of level info and above, each a JSON object. */
    static AgentLog json(PrintStream out) {
        return new JsonLog(out).from(Level.INFO, false);
    }

    private static Map<String, Object> pairs(Object... fields) {
        Map<String, Object> pairs = new LinkedHashMap<>();
        for (int i = 0; i + 1 < fields.length; i += 2) {
            if (fields[i + 1] != null) {
                pairs.put((String) fields[i], fields[i + 1]);
            }
        }
        return pairs;
    }
}
