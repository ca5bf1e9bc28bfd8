package io.otfd.api;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What documents of one type hold, and what requests may say of it: declared once, beside the code that writes them.
 * {@link Resource} takes nothing that is not declared here where assertions are on, as they are in tests.
 */
public final class Schema {

    /** What an attribute is in JSON. */
    public enum Form {
        TEXT,
        FLAG,
        NUMBER,
        TIME,
        OBJECT,
        LIST,
        ANY
    }

    /**
     * Form of an attribute, and whether null stands for none.
     *
     * @param each what the members of an object, or the items of a list, all are
     */
    public record Kind(Form form, boolean nullable, Kind each) {

        private Kind(Form form) {
            this(form, false, null);
        }

        public Kind orNull() {
            return new Kind(form, true, each);
        }

        private boolean eachFits(Collection<?> values) {
            return each == null || values.stream().allMatch(each::fits);
        }

        private boolean fits(Object value) {
            return switch (value) {
                case null -> nullable;
                case Optional<?> optional -> fits(optional.orElse(null));
                case JsonValue json when json.getValueType() == JsonValue.ValueType.NULL -> nullable;
                default ->
                    switch (form) {
                        case TEXT -> value instanceof String || value instanceof Enum<?> || value instanceof JsonString;
                        case TIME -> value instanceof Instant || value instanceof String;
                        case FLAG ->
                            value instanceof Boolean
                                    || value instanceof JsonValue json
                                            && (json.getValueType() == JsonValue.ValueType.TRUE
                                                    || json.getValueType() == JsonValue.ValueType.FALSE);
                        case NUMBER -> value instanceof Number || value instanceof JsonNumber;
                        case OBJECT ->
                            (value instanceof JsonObject || !(value instanceof JsonValue))
                                    && value instanceof Map<?, ?> map
                                    && eachFits(map.values());
                        case LIST ->
                            (value instanceof JsonArray || !(value instanceof JsonValue))
                                    && value instanceof Collection<?> items
                                    && eachFits(items);
                        case ANY -> true;
                    };
            };
        }
    }

    public static final Kind TEXT = new Kind(Form.TEXT);
    public static final Kind FLAG = new Kind(Form.FLAG);
    public static final Kind NUMBER = new Kind(Form.NUMBER);
    /** In UTC, with a literal Z. */
    public static final Kind TIME = new Kind(Form.TIME);

    public static final Kind OBJECT = new Kind(Form.OBJECT);
    public static final Kind LIST = new Kind(Form.LIST);
    /** Names that are true or false, such as permissions. */
    public static final Kind FLAGS = new Kind(Form.OBJECT, false, FLAG);
    /** What happened, and when. */
    public static final Kind TIMES = new Kind(Form.OBJECT, false, TIME);

    /** How many of each. */
    public static final Kind NUMBERS = new Kind(Form.OBJECT, false, NUMBER);
    /** Words by name. */
    public static final Kind WORDS = new Kind(Form.OBJECT, false, TEXT);

    public static final Kind TEXTS = new Kind(Form.LIST, false, TEXT);
    public static final Kind OBJECTS = new Kind(Form.LIST, false, OBJECT);
    public static final Kind ANY = new Kind(Form.ANY);

    /** How many a relationship leads to. */
    public enum Reach {
        ONE,
        ONE_OR_NONE,
        MANY,
        /** A link; data only where it is asked for. */
        LINK,
        /** Resources in place of identifiers; in requests alone. */
        RESOURCES
    }

    /** @param types of the resources that it leads to; none where only a link is known */
    public record Relationship(Reach reach, List<String> types) {}

    private final String type;
    private final Map<String, Kind> attributes = new LinkedHashMap<>();
    private final Map<String, Kind> requestAttributes = new LinkedHashMap<>();
    private final Map<String, Relationship> relationships = new LinkedHashMap<>();
    private final Map<String, Relationship> requestRelationships = new LinkedHashMap<>();
    private final Set<String> occasional = new LinkedHashSet<>();

    private Schema(String type) {
        this.type = type;
    }

    public static Schema of(String type) {
        return new Schema(type);
    }

    /** Attributes that we write and requests cannot change. */
    public Schema readOnly(Kind kind, String... names) {
        for (String name : names) {
            attributes.put(name, kind);
        }
        return this;
    }

    /** Attributes of documents and requests. */
    public Schema writable(Kind kind, String... names) {
        return readOnly(kind, names).writeOnly(kind, names);
    }

    /** Attributes of requests that no document shows. */
    public Schema writeOnly(Kind kind, String... names) {
        for (String name : names) {
            requestAttributes.put(name, kind);
        }
        return this;
    }

    public Schema one(String name, String... types) {
        return relates(name, Reach.ONE, types);
    }

    public Schema oneOrNone(String name, String... types) {
        return relates(name, Reach.ONE_OR_NONE, types);
    }

    public Schema many(String name, String... types) {
        return relates(name, Reach.MANY, types);
    }

    public Schema link(String name, String... types) {
        return relates(name, Reach.LINK, types);
    }

    private Schema relates(String name, Reach reach, String... types) {
        relationships.put(name, new Relationship(reach, Arrays.asList(types)));
        return this;
    }

    /** The relationship is not in every document. */
    public Schema sometimes(String name) {
        occasional.add(name);
        return this;
    }

    /** These relationships are set by requests, too. */
    public Schema writableRelationships(String... names) {
        for (String name : names) {
            requestRelationships.put(name, relationships.get(name));
        }
        return this;
    }

    /** A relationship of requests that documents show otherwise, or not at all. */
    public Schema writeOnly(Reach reach, String name, String type) {
        requestRelationships.put(name, new Relationship(reach, List.of(type)));
        return this;
    }

    public String type() {
        return type;
    }

    public Map<String, Kind> attributes() {
        return Collections.unmodifiableMap(attributes);
    }

    public Map<String, Kind> requestAttributes() {
        return Collections.unmodifiableMap(requestAttributes);
    }

    public Map<String, Relationship> relationships() {
        return Collections.unmodifiableMap(relationships);
    }

    public Map<String, Relationship> requestRelationships() {
        return Collections.unmodifiableMap(requestRelationships);
    }

    public boolean isInEveryDocument(String relationship) {
        return !occasional.contains(relationship);
    }

    /** Where a document is not what is declared here; empty when it is. */
    List<String> violations(Map<String, Object> written, Map<String, Map<String, Object>> related) {
        List<String> violations = new ArrayList<>();
        attributes.forEach((name, kind) -> {
            if (!written.containsKey(name)) {
                violations.add(type + " lacks " + name);
            } else if (!kind.fits(written.get(name))) {
                violations.add(type + "." + name + " is no " + kind + " but " + written.get(name));
            }
        });
        written.keySet().stream()
                .filter(name -> !attributes.containsKey(name))
                .forEach(name -> violations.add(type + "." + name + " is not declared"));
        relationships.keySet().stream()
                .filter(name -> isInEveryDocument(name) && !related.containsKey(name))
                .forEach(name -> violations.add(type + " lacks the relationship " + name));
        related.forEach((name, relationship) -> {
            Relationship declared = relationships.get(name);
            if (declared == null || !fits(declared, relationship)) {
                violations.add(type + "." + name + " is not related as declared: " + relationship);
            }
        });
        return violations;
    }

    /** Data may be left out in favour of a link: {@link Resource#withoutData}. */
    private static boolean fits(Relationship declared, Map<String, Object> relationship) {
        if (!relationship.containsKey("data")) {
            return relationship.containsKey("links");
        }
        return switch (relationship.get("data")) {
            case null -> declared.reach() == Reach.ONE_OR_NONE;
            case Collection<?> many ->
                (declared.reach() == Reach.MANY || declared.reach() == Reach.LINK)
                        && many.stream().allMatch(each -> identifies(declared, each));
            case Object one ->
                (declared.reach() == Reach.ONE || declared.reach() == Reach.ONE_OR_NONE) && identifies(declared, one);
        };
    }

    private static boolean identifies(Relationship declared, Object identifier) {
        return identifier instanceof Map<?, ?> map && declared.types().contains(String.valueOf(map.get("type")));
    }
}
