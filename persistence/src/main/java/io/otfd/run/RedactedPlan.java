package io.otfd.run;

import io.otfd.JsonTrees;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A plan as a client may see it: changes only, secrets replaced, with the schemas that are needed to render it
 * (observed: Terraform 1.11 panics when a schema is missing).
 *
 * <p>Null stays null, and equal secrets stay equal: a secret becomes a short keyed hash under a key that nobody keeps.
 */
public final class RedactedPlan {

    private static final List<String> KEPT = List.of(
            "resource_changes",
            "resource_drift",
            "relevant_attributes",
            "output_changes",
            "deferred_changes",
            "action_invocations");

    private static final Map<String, String> SENSITIVE =
            Map.of("before", "before_sensitive", "after", "after_sensitive", "config_values", "config_sensitive");

    private final Mac mac;

    private RedactedPlan(Mac mac) {
        this.mac = mac;
    }

    /**
     * @param plan {@code terraform show -json} of the plan
     * @param schemas {@code terraform providers schema -json}
     * @return empty when a schema is missing or something is not what it should be
     */
    public static Optional<byte[]> of(byte[] plan, byte[] schemas) {
        try {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return new RedactedPlan(mac)
                    .build(read(plan), read(schemas))
                    .map(document -> document.toString().getBytes(StandardCharsets.UTF_8));
        } catch (JsonException | ClassCastException | NullPointerException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject read(byte[] bytes) {
        try (var reader = JsonTrees.JSON.createReader(new ByteArrayInputStream(bytes))) {
            return reader.readObject();
        }
    }

    private Optional<JsonObject> build(JsonObject plan, JsonObject schemas) {
        Optional<JsonObject> used = usedSchemas(plan, schemas.getJsonObject("provider_schemas"));
        if (used.isEmpty()) {
            return Optional.empty();
        }
        JsonObjectBuilder document = JsonTrees.JSON
                .createObjectBuilder()
                .add("plan_format_version", plan.getString("format_version"))
                .add("provider_format_version", schemas.getString("format_version"))
                .add("provider_schemas", used.get());
        for (String name : KEPT) {
            if (plan.containsKey(name)) {
                document.add(name, redactChanges(plan.get(name)));
            }
        }
        return Optional.of(document.build());
    }

    /** The schemas of every resource that the plan mentions. */
    private static Optional<JsonObject> usedSchemas(JsonObject plan, JsonObject schemas) {
        Map<String, Map<String, Set<String>>> wanted = new HashMap<>();
        for (String name : List.of("resource_changes", "resource_drift")) {
            for (JsonValue value : array(plan, name)) {
                want(wanted, value.asJsonObject());
            }
        }
        for (JsonValue value : array(plan, "deferred_changes")) {
            want(wanted, value.asJsonObject().getJsonObject("resource_change"));
        }
        JsonObjectBuilder used = JsonTrees.JSON.createObjectBuilder();
        for (var provider : wanted.entrySet()) {
            JsonObject all = schemas == null ? null : schemas.getJsonObject(provider.getKey());
            JsonObjectBuilder kept = JsonTrees.JSON.createObjectBuilder();
            for (var kind : provider.getValue().entrySet()) {
                JsonObjectBuilder ofKind = JsonTrees.JSON.createObjectBuilder();
                for (String type : kind.getValue()) {
                    JsonObject present = all == null ? null : all.getJsonObject(kind.getKey());
                    if (present == null || !present.containsKey(type)) {
                        return Optional.empty();
                    }
                    ofKind.add(type, present.get(type));
                }
                kept.add(kind.getKey(), ofKind);
            }
            used.add(provider.getKey(), kept);
        }
        return Optional.of(used.build());
    }

    private static void want(Map<String, Map<String, Set<String>>> wanted, JsonObject change) {
        String kind = change.getString("mode", "managed").equals("data") ? "data_source_schemas" : "resource_schemas";
        wanted.computeIfAbsent(change.getString("provider_name"), provider -> new HashMap<>())
                .computeIfAbsent(kind, any -> new HashSet<>())
                .add(change.getString("type"));
    }

    private static JsonArray array(JsonObject object, String name) {
        return object.get(name) instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
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
