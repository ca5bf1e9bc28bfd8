package io.otfd.agent;

import jakarta.json.Json;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where an agent's own lines go. Secrets and signed URLs are never among the fields. */
@FunctionalInterface
public interface AgentLog {

    /** How much a line matters. */
    enum Level {
        INFO,
        WARN,
        ERROR
    }

    /** @param fields in the order in which they are shown */
    record Line(Instant time, Level level, String message, Map<String, Object> fields) {}

    void write(Line line);

    /** @param fields keys and values in turn; a null value leaves the pair out */
    default void info(String message, Object... fields) {
        write(new Line(Instant.now(), Level.INFO, message, pairs(fields)));
    }

    /** @param fields as with {@link #info} */
    default void warn(String message, Object... fields) {
        write(new Line(Instant.now(), Level.WARN, message, pairs(fields)));
    }

    /** @param fields as with {@link #info} */
    default void error(String message, Object... fields) {
        write(new Line(Instant.now(), Level.ERROR, message, pairs(fields)));
    }

    /** Lines such as {@code 2023/12/04 21:52:06 INFO registered successfully agent.id=agent-1}, in local time. */
    static AgentLog text(PrintStream out) {
        DateTimeFormatter clock =
                DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss").withZone(ZoneId.systemDefault());
        return line -> {
            StringBuilder text = new StringBuilder()
                    .append(clock.format(line.time()))
                    .append(' ')
                    .append(line.level())
                    .append(' ')
                    .append(line.message());
            line.fields()
                    .forEach((key, value) ->
                            text.append(' ').append(key).append('=').append(quoted(value)));
            out.println(text);
        };
    }

    /** One JSON object per line: {@code time}, {@code level}, {@code msg} and the fields. */
    static AgentLog json(PrintStream out) {
        return line -> {
            var object = Json.createObjectBuilder()
                    .add("time", line.time().toString())
                    .add("level", line.level().name())
                    .add("msg", line.message());
            line.fields().forEach((key, value) -> {
                switch (value) {
                    case Boolean flag -> object.add(key, flag);
                    case Integer number -> object.add(key, number);
                    case Long number -> object.add(key, number);
                    default -> object.add(key, value.toString());
                }
            });
            out.println(object.build());
        };
    }

    private static String quoted(Object value) {
        String text = value.toString();
        boolean plain = !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c != '"' && c != '=' && c != 0x7f);
        if (plain) {
            return text;
        }
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
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
