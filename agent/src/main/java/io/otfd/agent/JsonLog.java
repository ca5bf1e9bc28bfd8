package io.otfd.agent;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.PrintStream;
import java.util.Map;

/** One JSON object per line: {@code time}, {@code level}, {@code msg} and the fields. */
final class JsonLog implements AgentLog {

    private final PrintStream out;

    JsonLog(PrintStream out) {
        this.out = out;
    }

    @Override
    public void write(Line line) {
        JsonObjectBuilder object = Json.createObjectBuilder()
                .add("time", line.time().toString())
                .add("level", line.level().word())
                .add("msg", line.message());
        add(object, line.fields());
        out.println(object.build());
    }

    static void add(JsonObjectBuilder object, Map<String, Object> fields) {
        fields.forEach((key, value) -> {
            switch (value) {
                case Boolean flag -> object.add(key, flag);
                case Integer number -> object.add(key, number);
                case Long number -> object.add(key, number);
                default -> object.add(key, value.toString());
            }
        });
    }
}
