package io.otfd.api;

import io.otfd.JsonTrees;
import io.otfd.Refusal;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a request document mentions: each attribute is absent, null or a value. Absent keeps what is there. {@code type}
 * is not looked at: clients send odd ones (observed: go-tfe sends none with a lock, and {@code agent-tokens}).
 */
public final class Patch {

    private final Optional<String> id;
    private final JsonObject attributes;
    private final JsonObject relationships;

    private Patch(Optional<String> id, JsonObject attributes, JsonObject relationships) {
        this.id = id;
        this.attributes = attributes;
        this.relationships = relationships;
    }

    /** Of a request without a body. */
    public static Patch empty() {
        return new Patch(Optional.empty(), JsonValue.EMPTY_JSON_OBJECT, JsonValue.EMPTY_JSON_OBJECT);
    }

    /** A document {@code {"data":{…}}}. */
    public static Patch of(byte[] body) {
        JsonValue data = parse(body).get("data");
        if (data == null) {
            throw Refusal.Invalid.at("/data", "The document must have a member 'data'.");
        }
        if (!(data instanceof JsonObject object)) {
            throw Refusal.Invalid.at("/data", "'data' must be an object.");
        }
        return of(object);
    }

    /** One element of a document {@code {"data":[…]}}. */
    static Patch of(JsonObject resource) {
        return new Patch(
                resource.get("id") instanceof JsonString id ? Optional.of(id.getString()) : Optional.empty(),
                object(resource, "attributes", "/data/attributes"),
                object(resource, "relationships", "/data/relationships"));
    }

    /** Every element of a document {@code {"data":[…]}}. */
    static List<Patch> all(byte[] body) {
        if (!(parse(body).get("data") instanceof JsonArray array)) {
            throw Refusal.Invalid.at("/data", "'data' must be an array.");
        }
        List<Patch> all = new ArrayList<>();
        for (JsonValue item : array) {
            if (!(item instanceof JsonObject object)) {
                throw Refusal.Invalid.at("/data", "Every element of 'data' must be an object.");
            }
            all.add(of(object));
        }
        return all;
    }

    /** Ids of a document {@code {"data":[{"type":…,"id":…}]}}. */
    static List<String> identifiers(byte[] body) {
        if (!(parse(body).get("data") instanceof JsonArray array)) {
            throw Refusal.Invalid.at("/data", "'data' must be an array.");
        }
        return array.stream().map(Patch::identifier).toList();
    }

    private static String identifier(JsonValue element) {
        if (element instanceof JsonObject object && object.get("id") instanceof JsonString id) {
            return id.getString();
        }
        throw Refusal.Invalid.at("/data", "Every element of 'data' must have an 'id'.");
    }

    /** Id of a document {@code {"data":{"type":…,"id":…}}}, or of {@code {"data":null}} none. */
    public static Optional<String> identifier(byte[] body) {
        return isNull(body)
                ? Optional.empty()
                : Optional.of(identifier(parse(body).get("data")));
    }

    /** Whether the document says {@code {"data":null}}. */
    public static boolean isNull(byte[] body) {
        return parse(body).get("data") == JsonValue.NULL;
    }

    /** Of the document's resource, where a route takes more than one. */
    public static Optional<String> type(byte[] body) {
        return parse(body).get("data") instanceof JsonObject data && data.get("type") instanceof JsonString type
                ? Optional.of(type.getString())
                : Optional.empty();
    }

    static JsonObject parse(byte[] body) {
        if (body.length == 0) {
            throw new Refusal.Malformed("The request has no body.");
        }
        try (JsonReader reader = JsonTrees.JSON.createReader(new ByteArrayInputStream(body))) {
            if (reader.readValue() instanceof JsonObject object) {
                return object;
            }
            throw new Refusal.Malformed("The body must be a JSON object.");
        } catch (JsonException e) {
            throw new Refusal.Malformed("The body is not JSON.");
        }
    }

    /** The text of a plain {@code {"reason":…}} or of the attribute {@code reason}. */
    public static Optional<String> reason(byte[] body) {
        JsonObject document = parse(body);
        if (document.get("reason") instanceof JsonString reason) {
            return Optional.of(reason.getString());
        }
        return document.containsKey("data") ? of(body).optionalText("reason") : Optional.empty();
    }

    /** A text of a plain {@code {"name":…}} that may be missing, as may the body. */
    public static Optional<String> plainText(byte[] body, String name) {
        if (body.length == 0) {
            return Optional.empty();
        }
        return switch (parse(body).get(name)) {
            case JsonString text -> Optional.of(text.getString());
            case null -> Optional.empty();
            case JsonValue other when other.getValueType() == JsonValue.ValueType.NULL -> Optional.empty();
            default -> throw Refusal.Invalid.at("/" + name, "'" + name + "' must be a string.");
        };
    }

    private static JsonObject object(JsonObject parent, String name, String pointer) {
        return switch (parent.get(name)) {
            case null -> JsonValue.EMPTY_JSON_OBJECT;
            case JsonObject object -> object;
            case JsonValue other when other.getValueType() == JsonValue.ValueType.NULL -> JsonValue.EMPTY_JSON_OBJECT;
            default -> throw Refusal.Invalid.at(pointer, "'" + name + "' must be an object.");
        };
    }

    /** The resource's id, where the document names one. */
    public Optional<String> id() {
        return id.filter(text -> !text.isEmpty());
    }

    public boolean mentions(String name) {
        return attributes.containsKey(name);
    }

    /** It is mentioned, and not null. */
    public boolean has(String name) {
        return value(name).isPresent();
    }

    private Optional<JsonValue> value(String name) {
        return Optional.ofNullable(attributes.get(name))
                .filter(value -> value.getValueType() != JsonValue.ValueType.NULL);
    }

    /** A text that must be there. */
    public String requiredText(String name) {
        return value(name)
                .map(value -> text(name, value))
                .orElseThrow(() -> Refusal.Invalid.attribute(name, "can't be blank"));
    }

    /** A text, or what is there already when it is absent or null. */
    public String text(String name, String current) {
        return value(name).map(value -> text(name, value)).orElse(current);
    }

    /** A text that null clears. */
    public Optional<String> optionalText(String name, Optional<String> current) {
        return mentions(name) ? value(name).map(value -> text(name, value)) : current;
    }

    public Optional<String> optionalText(String name) {
        return optionalText(name, Optional.empty());
    }

    /** A text or null, but one of the two. */
    public Optional<String> nullableText(String name) {
        if (!mentions(name)) {
            throw Refusal.Invalid.attribute(name, "must be a string or null");
        }
        return optionalText(name);
    }

    private static String text(String name, JsonValue value) {
        if (value instanceof JsonString string) {
            return string.getString();
        }
        throw Refusal.Invalid.attribute(name, "must be a string");
    }

    public boolean flag(String name, boolean current) {
        return value(name).map(value -> flag(name, value)).orElse(current);
    }

    /** A flag where it is mentioned. */
    public Optional<Boolean> optionalFlag(String name) {
        return value(name).map(value -> flag(name, value));
    }

    private static boolean flag(String name, JsonValue value) {
        return switch (value.getValueType()) {
            case TRUE -> true;
            case FALSE -> false;
            case STRING, NUMBER, OBJECT, ARRAY, NULL -> throw Refusal.Invalid.attribute(name, "must be true or false");
        };
    }

    /** A whole number that null clears. */
    public Optional<Integer> optionalInteger(String name, Optional<Integer> current) {
        return mentions(name)
                ? value(name).map(value -> Math.toIntExact(integer(name, value, Integer.MAX_VALUE)))
                : current;
    }

    /** A whole number that must be there. */
    public long requiredInteger(String name) {
        return value(name)
                .map(value -> integer(name, value, Long.MAX_VALUE))
                .orElseThrow(() -> Refusal.Invalid.attribute(name, "can't be blank"));
    }

    private static long integer(String name, JsonValue value, long most) {
        if (value instanceof JsonNumber number && number.isIntegral()) {
            try {
                long exact = number.longValueExact();
                if (exact >= 0 && exact <= most) {
                    return exact;
                }
            } catch (ArithmeticException e) {
                // Falls through: too large.
            }
        }
        throw Refusal.Invalid.attribute(name, "must be a whole number that is not negative");
    }

    public List<String> texts(String name, List<String> current) {
        return value(name)
                .map(value -> {
                    if (!(value instanceof JsonArray array)) {
                        throw Refusal.Invalid.attribute(name, "must be an array of strings");
                    }
                    return array.stream().map(item -> text(name, item)).toList();
                })
                .orElse(current);
    }

    /** A time (RFC 3339) that null clears. */
    public Optional<Instant> optionalTime(String name, Optional<Instant> current) {
        if (!mentions(name)) {
            return current;
        }
        return value(name).map(value -> {
            try {
                return OffsetDateTime.parse(text(name, value)).toInstant();
            } catch (DateTimeParseException e) {
                throw Refusal.Invalid.attribute(name, "must be a time such as 2026-01-31T12:00:00Z");
            }
        });
    }

    /** Flags of an attribute that is an object, such as {@code setting-overwrites}; those that are mentioned. */
    public Map<String, Boolean> flags(String name) {
        return value(name)
                .map(value -> {
                    if (!(value instanceof JsonObject object)) {
                        throw Refusal.Invalid.attribute(name, "must be an object");
                    }
                    Map<String, Boolean> flags = new java.util.HashMap<>();
                    object.forEach((key, member) -> {
                        if (member.getValueType() != JsonValue.ValueType.NULL) {
                            flags.put(key, flag(name, member));
                        }
                    });
                    return flags;
                })
                .orElse(Map.of());
    }

    /** An attribute that is an object; empty when it is absent or null. */
    public Optional<Patch> object(String name) {
        return value(name).map(value -> {
            if (value instanceof JsonObject object) {
                return new Patch(Optional.empty(), object, JsonValue.EMPTY_JSON_OBJECT);
            }
            throw Refusal.Invalid.attribute(name, "must be an object");
        });
    }

    /** The attributes as they came. */
    public JsonObject attributes() {
        return attributes;
    }

    /** Objects of an attribute that is an array of them. */
    public List<Patch> objects(String name) {
        return value(name)
                .map(value -> {
                    if (!(value instanceof JsonArray array)) {
                        throw Refusal.Invalid.attribute(name, "must be an array of objects");
                    }
                    return array.stream()
                            .map(item -> {
                                if (item instanceof JsonObject object) {
                                    return new Patch(Optional.empty(), object, JsonValue.EMPTY_JSON_OBJECT);
                                }
                                throw Refusal.Invalid.attribute(name, "must be an array of objects");
                            })
                            .toList();
                })
                .orElse(List.of());
    }

    public boolean relates(String name) {
        return relationships.containsKey(name);
    }

    /** Id of a to-one relationship; empty when it is absent or null ({@link #relates} tells which). */
    public Optional<String> reference(String name) {
        return switch (data(name)) {
            case null -> Optional.empty();
            case JsonObject object -> Optional.of(id(name, object));
            case JsonValue other when other.getValueType() == JsonValue.ValueType.NULL -> Optional.empty();
            default -> throw Refusal.Invalid.relationship(name, "'data' must be a resource identifier or null.");
        };
    }

    /** Ids of a to-many relationship; empty when it is absent. An empty list clears. */
    public Optional<List<String>> references(String name) {
        return elements(name)
                .map(items -> items.stream().map(item -> id(name, item)).toList());
    }

    /**
     * The same as typed identifiers; one of another form is invalid here, not "not found".
     *
     * @param type makes the identifier
     */
    public <T> Optional<T> reference(String name, Function<String, T> type) {
        return reference(name).map(id -> identifier(name, id, type));
    }

    /** Of a to-many relationship, each once. */
    public <T> Optional<List<T>> references(String name, Function<String, T> type) {
        return references(name)
                .map(ids -> ids.stream()
                        .map(id -> identifier(name, id, type))
                        .distinct()
                        .toList());
    }

    private static <T> T identifier(String name, String id, Function<String, T> type) {
        try {
            return type.apply(id);
        } catch (Refusal.NotFound e) {
            throw Refusal.Invalid.relationship(name, id + " not found.");
        }
    }

    /** Members of a to-many relationship that have attributes in place of ids. */
    public Optional<List<Patch>> related(String name) {
        return elements(name).map(items -> items.stream().map(Patch::of).toList());
    }

    private Optional<List<JsonObject>> elements(String name) {
        return switch (data(name)) {
            case null -> Optional.empty();
            case JsonArray array ->
                Optional.of(array.stream()
                        .map(item -> {
                            if (item instanceof JsonObject object) {
                                return object;
                            }
                            throw Refusal.Invalid.relationship(name, "Elements of 'data' must be objects.");
                        })
                        .toList());
            case JsonValue other when other.getValueType() == JsonValue.ValueType.NULL -> Optional.of(List.of());
            default -> throw Refusal.Invalid.relationship(name, "'data' must be an array.");
        };
    }

    private JsonValue data(String name) {
        return switch (relationships.get(name)) {
            case null -> null;
            case JsonObject object -> object.get("data");
            default -> throw Refusal.Invalid.relationship(name, "A relationship must be an object.");
        };
    }

    private static String id(String name, JsonObject identifier) {
        if (identifier.get("id") instanceof JsonString id) {
            return id.getString();
        }
        throw Refusal.Invalid.relationship(name, "A resource identifier must have an 'id'.");
    }
}
