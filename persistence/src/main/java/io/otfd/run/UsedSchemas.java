package io.otfd.run;

import io.otfd.JsonEvents;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The schemas of every resource that a plan mentions, out of all that its providers have. */
final class UsedSchemas {

    /** Types by provider and {@code resource_schemas} or {@code data_source_schemas}; what is found goes. */
    private final Map<String, Map<String, Set<String>>> wanted = new HashMap<>();

    /** @param member of the plan that the change is an item of */
    void want(String member, JsonValue change) {
        switch (member) {
            case "resource_changes", "resource_drift" -> want(change.asJsonObject());
            case "deferred_changes" -> want(change.asJsonObject().getJsonObject("resource_change"));
            default -> {}
        }
    }

    private void want(JsonObject resource) {
        String kind = resource.getString("mode", "managed").equals("data") ? "data_source_schemas" : "resource_schemas";
        wanted.computeIfAbsent(resource.getString("provider_name"), provider -> new HashMap<>())
                .computeIfAbsent(kind, any -> new HashSet<>())
                .add(resource.getString("type"));
    }

    /** @return whether nothing is missing */
    boolean write(JsonParser schemas, JsonGenerator out) {
        JsonEvents.expect(schemas.next(), Event.START_OBJECT);
        boolean versioned = false;
        boolean present = false;
        while (schemas.next() == Event.KEY_NAME) {
            String name = schemas.getString();
            Event value = schemas.next();
            if (name.equals("format_version")) {
                JsonEvents.expect(value, Event.VALUE_STRING);
                out.write("provider_format_version", schemas.getString());
                versioned = true;
            } else if (name.equals("provider_schemas") && value == Event.START_OBJECT && !present) {
                present = true;
                providers(schemas, out);
            } else {
                JsonEvents.skip(schemas, value);
            }
        }
        if (!present) {
            out.writeStartObject("provider_schemas").writeEnd();
        }
        return versioned
                && wanted.values().stream()
                        .map(Map::values)
                        .flatMap(Collection::stream)
                        .allMatch(Set::isEmpty);
    }

    private void providers(JsonParser schemas, JsonGenerator out) {
        out.writeStartObject("provider_schemas");
        while (schemas.next() == Event.KEY_NAME) {
            String provider = schemas.getString();
            Event value = schemas.next();
            if (value != Event.START_OBJECT || !wanted.containsKey(provider)) {
                JsonEvents.skip(schemas, value);
                continue;
            }
            out.writeStartObject(provider);
            kinds(schemas, wanted.get(provider), out);
            out.writeEnd();
        }
        out.writeEnd();
    }

    private static void kinds(JsonParser schemas, Map<String, Set<String>> wanted, JsonGenerator out) {
        while (schemas.next() == Event.KEY_NAME) {
            String kind = schemas.getString();
            Event value = schemas.next();
            if (value != Event.START_OBJECT || !wanted.containsKey(kind)) {
                JsonEvents.skip(schemas, value);
                continue;
            }
            out.writeStartObject(kind);
            while (schemas.next() == Event.KEY_NAME) {
                String type = schemas.getString();
                Event schema = schemas.next();
                if (wanted.get(kind).remove(type)) {
                    out.write(type, schemas.getValue());
                } else {
                    JsonEvents.skip(schemas, schema);
                }
            }
            out.writeEnd();
        }
    }
}
