package io.otfd.state;

import io.otfd.JsonEvents;
import io.otfd.JsonTrees;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.util.HashMap;
import java.util.Map;

/** The resources of a state as its document shows them: {@code {name, type, count, module, provider}}. */
final class ResourceSummary {

    /** More are counted, but not listed: every answer with the state version carries the list. */
    private static final int MAX_LISTED = 10_000;

    private final JsonArrayBuilder listed = JsonTrees.JSON.createArrayBuilder();
    private int resources;
    private int managed;

    void readAll(JsonParser parser, Event value) {
        if (value != Event.START_ARRAY) {
            JsonEvents.skip(parser, value);
            return;
        }
        for (Event next = parser.next(); next != Event.END_ARRAY; next = parser.next()) {
            JsonEvents.expect(next, Event.START_OBJECT);
            read(parser);
        }
    }

    private void read(JsonParser parser) {
        Map<String, String> texts = new HashMap<>();
        int instances = 0;
        while (parser.next() == Event.KEY_NAME) {
            String name = parser.getString();
            Event value = parser.next();
            if (name.equals("instances") && value == Event.START_ARRAY) {
                instances = count(parser);
            } else if (value == Event.VALUE_STRING) {
                texts.put(name, parser.getString());
            } else {
                JsonEvents.skip(parser, value);
            }
        }
        add(texts, instances);
    }

    private static int count(JsonParser parser) {
        int count = 0;
        for (Event next = parser.next(); next != Event.END_ARRAY; next = parser.next()) {
            JsonEvents.skip(parser, next);
            count++;
        }
        return count;
    }

    private void add(Map<String, String> texts, int instances) {
        String mode = texts.getOrDefault("mode", "");
        if (mode.equals("managed")) {
            managed += instances;
        }
        if (++resources > MAX_LISTED) {
            return;
        }
        listed.add(JsonTrees.JSON
                .createObjectBuilder()
                .add("name", texts.getOrDefault("name", ""))
                .add("type", (mode.equals("data") ? "data." : "") + texts.getOrDefault("type", ""))
                .add("count", instances)
                .add("module", texts.getOrDefault("module", "root"))
                .add("provider", texts.getOrDefault("provider", "")));
    }

    int managed() {
        return managed;
    }

    String json() {
        return listed.build().toString();
    }
}
