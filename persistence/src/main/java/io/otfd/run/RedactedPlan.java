package io.otfd.run;

import io.otfd.JsonEvents;
import io.otfd.JsonTrees;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A plan as a client may see it: changes only, secrets replaced, with the schemas that are needed to render it
 * (observed: Terraform 1.11 panics when a schema is missing). Plans and schemas of large providers have tens of megabytes:
 * both are read as streams, and one change or one resource's schema at a time is in memory.
 *
 * <p>Null stays null, and equal secrets stay equal: a secret becomes a short keyed hash under a key that nobody keeps.
 */
public final class RedactedPlan {

    private static final Set<String> KEPT = Set.of(
            "resource_changes",
            "resource_drift",
            "relevant_attributes",
            "output_changes",
            "deferred_changes",
            "action_invocations");

    private static final Map<String, String> SENSITIVE =
            Map.of("before", "before_sensitive", "after", "after_sensitive", "config_values", "config_sensitive");

    private final Mac mac;
    private final JsonGenerator document;
    private final UsedSchemas used = new UsedSchemas();

    private RedactedPlan(Mac mac, JsonGenerator document) {
        this.mac = mac;
        this.document = document;
    }

    /**
     * Writes the document.
     *
     * @param plan {@code terraform show -json} of the plan
     * @param schemas {@code terraform providers schema -json}
     * @return false when a schema is missing or something is not what it should be: what was written then is no document
     */
    public static boolean write(InputStream plan, InputStream schemas, OutputStream out) {
        try (JsonParser fromPlan = JsonTrees.JSON.createParser(plan);
                JsonParser fromSchemas = JsonTrees.JSON.createParser(schemas)) {
            // Closed by success alone: it does not close over half a document.
            JsonGenerator document = JsonTrees.JSON.createGenerator(out);
            document.writeStartObject();
            RedactedPlan redacted = new RedactedPlan(hash(), document);
            redacted.changes(fromPlan);
            if (!redacted.used.write(fromSchemas, document)) {
                return false;
            }
            document.writeEnd();
            document.close();
            return true;
        } catch (JsonException
                | ClassCastException
                | NullPointerException
                | NoSuchElementException
                | IllegalStateException e) {
            return false;
        }
    }

    private static Mac hash() {
        try {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new LinkageError("every JDK has HmacSHA256", e);
        }
    }

    private void changes(JsonParser plan) {
        JsonEvents.expect(plan.next(), Event.START_OBJECT);
        boolean versioned = false;
        while (plan.next() == Event.KEY_NAME) {
            String name = plan.getString();
            Event value = plan.next();
            if (name.equals("format_version")) {
                JsonEvents.expect(value, Event.VALUE_STRING);
                document.write("plan_format_version", plan.getString());
                versioned = true;
            } else if (!KEPT.contains(name)) {
                JsonEvents.skip(plan, value);
            } else if (value == Event.START_ARRAY) {
                document.writeStartArray(name);
                plan.getArrayStream().forEach(change -> {
                    used.want(name, change);
                    document.write(redactChanges(change));
                });
                document.writeEnd();
            } else if (value == Event.START_OBJECT) {
                document.writeStartObject(name);
                plan.getObjectStream()
                        .forEach(change -> document.write(change.getKey(), redactChanges(change.getValue())));
                document.writeEnd();
            } else {
                document.write(name, plan.getValue());
            }
        }
        if (!versioned) {
            throw new JsonException("no version");
        }
    }

    /** Walks down to every object with a value and a note of what in it is sensitive. */
    private JsonValue redactChanges(JsonValue value) {
        return switch (value) {
            case JsonArray array -> {
                var redacted = JsonTrees.JSON.createArrayBuilder();
                array.forEach(item -> redacted.add(redactChanges(item)));
                yield redacted.build();
            }
            case JsonObject object -> {
                JsonObjectBuilder redacted = JsonTrees.JSON.createObjectBuilder();
                object.forEach((name, member) -> {
                    String sensitive = SENSITIVE.get(name);
                    redacted.add(
                            name,
                            sensitive != null && object.containsKey(sensitive)
                                    ? redact(member, object.get(sensitive))
                                    : redactChanges(member));
                });
                yield redacted.build();
            }
            default -> value;
        };
    }

    private JsonValue redact(JsonValue value, JsonValue sensitive) {
        if (value == JsonValue.NULL || value.getValueType() == JsonValue.ValueType.NULL) {
            return value;
        }
        return switch (sensitive.getValueType()) {
            case TRUE -> JsonTrees.JSON.createValue(placeholder(value));
            case OBJECT -> {
                if (!(value instanceof JsonObject object)) {
                    yield value;
                }
                JsonObjectBuilder redacted = JsonTrees.JSON.createObjectBuilder();
                JsonObject marks = sensitive.asJsonObject();
                object.forEach((name, member) ->
                        redacted.add(name, redact(member, marks.getOrDefault(name, JsonValue.FALSE))));
                yield redacted.build();
            }
            case ARRAY -> {
                if (!(value instanceof JsonArray array)) {
                    yield value;
                }
                var redacted = JsonTrees.JSON.createArrayBuilder();
                JsonArray marks = sensitive.asJsonArray();
                for (int i = 0; i < array.size(); i++) {
                    redacted.add(redact(array.get(i), i < marks.size() ? marks.get(i) : JsonValue.FALSE));
                }
                yield redacted.build();
            }
            case FALSE, NULL, STRING, NUMBER -> value;
        };
    }

    private String placeholder(JsonValue value) {
        byte[] hash = mac.doFinal(value.toString().getBytes(StandardCharsets.UTF_8));
        return "redacted-" + HexFormat.of().formatHex(hash, 0, 8);
    }
}
