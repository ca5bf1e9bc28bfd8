package io.otfd.agent;

import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.stream.Collectors;

/** Lines such as {@code 2023/12/04 21:52:06 INFO registered successfully agent.id=agent-1}, in local time. */
final class TextLog implements AgentLog {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private final PrintStream out;

    TextLog(PrintStream out) {
        this.out = out;
    }

    @Override
    public void write(Line line) {
        out.println(
                CLOCK.format(line.time()) + ' ' + line.level().word() + ' ' + line.message() + pairs(line.fields()));
    }

    /** Each {@code key=value} with a blank before it; quoted where a reader could not tell where the value ends. */
    static String pairs(Map<String, Object> fields) {
        return fields.entrySet().stream()
                .map(field -> " " + field.getKey() + "=" + quoted(field.getValue()))
                .collect(Collectors.joining());
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
}
