package io.otfd.ui.state;

import io.otfd.ui.Badge;
import io.otfd.ui.Badge.Tone;
import io.otfd.ui.plan.AttributeDiff;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What differs between two states (format version 4): instances of resources, and outputs. What a state marks as sensitive is
 * not shown. States come from clients, so that nothing in them is taken for granted.
 */
record StateDiff(List<Entry> resources, List<Entry> outputs) {

    /** @param name address, or name of the output */
    record Entry(String name, Badge kind, AttributeDiff diff) {}

    private static final Badge ADDED = new Badge("Added", Tone.GOOD);
    private static final Badge CHANGED = new Badge("Changed", Tone.ATTENTION);
    private static final Badge REMOVED = new Badge("Removed", Tone.BAD);

    /** A value, and which parts of it are sensitive, in the form of a plan's marks. */
    private record Marked(JsonValue value, JsonValue sensitive) {}

    /**
     * @throws ClassCastException for what is no state
     * @throws NullPointerException for what is no state
     */
    static StateDiff of(JsonObject before, JsonObject after) {
        return new StateDiff(entries(instances(before), instances(after)), entries(outputs(before), outputs(after)));
    }

    private static List<Entry> entries(Map<String, Marked> before, Map<String, Marked> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<Entry> entries = new ArrayList<>();
        for (String name : names) {
            Marked was = before.get(name);
            Marked is = after.get(name);
            if (was == null || is == null || !was.value().equals(is.value())) {
                entries.add(new Entry(
                        name, was == null ? ADDED : is == null ? REMOVED : CHANGED, AttributeDiff.of(change(was, is))));
            }
        }
        return entries;
    }

    private static JsonObject change(Marked was, Marked is) {
        JsonObjectBuilder change = Json.createObjectBuilder();
        if (was != null) {
            change.add("before", was.value()).add("before_sensitive", was.sensitive());
        }
        if (is != null) {
            change.add("after", is.value()).add("after_sensitive", is.sensitive());
        }
        return change.build();
    }

    private static Map<String, Marked> outputs(JsonObject state) {
        Map<String, Marked> outputs = new LinkedHashMap<>();
        if (state.get("outputs") instanceof JsonObject all) {
            all.forEach((name, value) -> {
                JsonObject output = value.asJsonObject();
                outputs.put(
                        name,
                        new Marked(
                                output.getOrDefault("value", JsonValue.NULL),
                                output.getOrDefault("sensitive", JsonValue.FALSE)));
            });
        }
        return outputs;
    }

    private static Map<String, Marked> instances(JsonObject state) {
        Map<String, Marked> instances = new LinkedHashMap<>();
        if (state.get("resources") instanceof JsonArray resources) {
            for (JsonValue each : resources) {
                JsonObject resource = each.asJsonObject();
                String address = address(resource);
                if (resource.get("instances") instanceof JsonArray all) {
                    for (JsonValue one : all) {
                        JsonObject instance = one.asJsonObject();
                        instances.put(
                                address + suffix(instance),
                                new Marked(
                                        instance.getOrDefault("attributes", JsonValue.EMPTY_JSON_OBJECT),
                                        marks(instance.get("sensitive_attributes"))));
                    }
                }
            }
        }
        return instances;
    }

    private static String address(JsonObject resource) {
        String module = resource.getString("module", "");
        return (module.isEmpty() ? "" : module + ".")
                + (resource.getString("mode", "").equals("data") ? "data." : "")
                + resource.getString("type", "?") + "." + resource.getString("name", "?");
    }

    private static String suffix(JsonObject instance) {
        String key = switch (instance.get("index_key")) {
            case JsonString name -> "[\"" + name.getString() + "\"]";
            case JsonNumber number -> "[" + number + "]";
            case null, default -> "";
        };
        String deposed = instance.getString("deposed", "");
        return deposed.isEmpty() ? key : key + " (deposed " + deposed + ")";
    }

    /** @param paths lists of steps; from the first one on that is no attribute's name, all is sensitive */
    private static JsonValue marks(JsonValue paths) {
        JsonValue marks = JsonValue.EMPTY_JSON_OBJECT;
        if (paths instanceof JsonArray all) {
            for (JsonValue path : all) {
                marks = marked(marks, path.asJsonArray(), 0);
            }
        }
        return marks;
    }

    private static JsonValue marked(JsonValue marks, JsonArray path, int step) {
        if (step == path.size()
                || !(marks instanceof JsonObject object)
                || !(path.get(step) instanceof JsonObject named)
                || !named.getString("type", "").equals("get_attr")) {
            return JsonValue.TRUE;
        }
        String name = named.getString("value", "");
        return Json.createObjectBuilder(object)
                .add(name, marked(object.getOrDefault(name, JsonValue.EMPTY_JSON_OBJECT), path, step + 1))
                .build();
    }
}
