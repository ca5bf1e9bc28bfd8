package io.otfd.api;

import io.otfd.Ids;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON:API resource object, members in the order in which they are given. */
public final class Resource {

    private final Schema schema;
    private final String id;
    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> relationships = new LinkedHashMap<>();
    private final Map<String, Object> links = new LinkedHashMap<>();

    public Resource(Schema schema, String id) {
        this.schema = schema;
        this.id = id;
    }

    public String type() {
        return schema.type();
    }

    public String id() {
        return id;
    }

    /** @param value what {@link Json} can write; an empty Optional is null */
    public Resource attribute(String name, Object value) {
        attributes.put(name, value);
        return this;
    }

    /** To one: {@code data} is an identifier. */
    public Resource toOne(String name, String targetType, String targetId) {
        relationship(name).put("data", identifier(targetType, targetId));
        return this;
    }

    /** To one or none: {@code data} is an identifier or null. */
    public Resource toOne(String name, String targetType, Optional<? extends Ids.Id> target) {
        relationship(name)
                .put(
                        "data",
                        target.map(present -> identifier(targetType, present.value()))
                                .orElse(null));
        return this;
    }

    public Resource toMany(String name, String targetType, Collection<? extends Ids.Id> targets) {
        relationship(name)
                .put(
                        "data",
                        targets.stream()
                                .map(target -> identifier(targetType, target.value()))
                                .toList());
        return this;
    }

    /** A relationship's {@code links.related}; with data or alone. */
    public Resource related(String name, String path) {
        relationship(name).put("links", Map.of("related", path));
        return this;
    }

    /** To many, by ids that have no type of their own. */
    public Resource toManyIds(String name, String targetType, List<String> targets) {
        relationship(name)
                .put(
                        "data",
                        targets.stream()
                                .map(target -> identifier(targetType, target))
                                .toList());
        return this;
    }

    /**
     * Leaves only the links of a relationship. go-tfe follows included resources without end where they refer to one
     * another, so one that stands beside its owner must not refer back.
     */
    public Resource withoutData(String name) {
        Map<String, Object> relationship = relationships.get(name);
        if (relationship != null) {
            relationship.remove("data");
            if (relationship.isEmpty()) {
                relationships.remove(name);
            }
        }
        return this;
    }

    public Resource link(String name, String path) {
        links.put(name, path);
        return this;
    }

    /** Replaces an attribute where this resource is shown beside another one that knows better. */
    public Resource override(String name, Object value) {
        return attribute(name, value);
    }

    private Map<String, Object> relationship(String name) {
        return relationships.computeIfAbsent(name, key -> new LinkedHashMap<>());
    }

    private static Map<String, Object> identifier(String type, String id) {
        Map<String, Object> identifier = new LinkedHashMap<>();
        identifier.put("id", id);
        identifier.put("type", type);
        return identifier;
    }

    void write(Json json) {
        assert schema.violations(attributes, relationships).isEmpty() : schema.violations(attributes, relationships);
        json.raw("{").name("id").value(id).name("type").value(type());
        json.name("attributes").value(attributes);
        if (!relationships.isEmpty()) {
            json.name("relationships").value(relationships);
        }
        if (!links.isEmpty()) {
            json.name("links").value(links);
        }
        json.raw("}");
    }

    static void writeAll(Json json, List<Resource> resources) {
        json.raw("[");
        for (Resource resource : resources) {
            json.comma();
            resource.write(json);
        }
        json.raw("]");
    }
}
