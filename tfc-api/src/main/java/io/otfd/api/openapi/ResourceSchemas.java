package io.otfd.api.openapi;

import static io.otfd.api.openapi.Members.arrayOf;
import static io.otfd.api.openapi.Members.object;
import static io.otfd.api.openapi.Members.objectOf;
import static io.otfd.api.openapi.Members.ref;

import io.otfd.api.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Declarations of resource types as JSON Schemas. */
final class ResourceSchemas {

    private static final Map<String, Object> TEXT = object("type", "string");

    private ResourceSchemas() {}

    /** As documents show it: every attribute is there. */
    static Map<String, Object> shown(Schema schema) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        schema.attributes().forEach((name, kind) -> {
            Map<String, Object> attribute = attribute(kind);
            if (!schema.requestAttributes().containsKey(name)) {
                attribute.put("readOnly", true);
            }
            attributes.put(name, attribute);
        });
        Map<String, Object> relationships = new LinkedHashMap<>();
        schema.relationships().forEach((name, relationship) -> relationships.put(name, relationship(relationship)));
        Map<String, Object> members = head(schema);
        members.put("attributes", objectOf(attributes, List.copyOf(attributes.keySet())));
        if (!relationships.isEmpty()) {
            List<String> always = relationships.keySet().stream()
                    .filter(schema::isInEveryDocument)
                    .toList();
            members.put("relationships", objectOf(relationships, always));
        }
        members.put("links", object("type", "object", "additionalProperties", TEXT));
        return objectOf(members, List.of("id", "type", "attributes"));
    }

    /** As requests say it: what is absent stays, or has a default. */
    static Map<String, Object> taken(Schema schema) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        schema.requestAttributes().forEach((name, kind) -> attributes.put(name, attribute(kind)));
        Map<String, Object> relationships = new LinkedHashMap<>();
        schema.requestRelationships()
                .forEach((name, relationship) -> relationships.put(name, relationship(relationship)));
        Map<String, Object> members = head(schema);
        members.put("attributes", objectOf(attributes, List.of()));
        if (!relationships.isEmpty()) {
            members.put("relationships", objectOf(relationships, List.of()));
        }
        return objectOf(members, List.of());
    }

    private static Map<String, Object> head(Schema schema) {
        return object("id", TEXT, "type", object("type", "string", "const", schema.type()));
    }

    static Map<String, Object> identifier(List<String> types) {
        Map<String, Object> type = object("type", "string", "enum", types);
        return objectOf(object("id", TEXT, "type", type), List.of("id", "type"));
    }

    /** @param form that null may take the place of */
    static Map<String, Object> orNull(Map<String, Object> form) {
        return object("anyOf", List.of(form, object("type", "null")));
    }

    private static Map<String, Object> attribute(Schema.Kind kind) {
        Map<String, Object> attribute = switch (kind.form()) {
            case TEXT -> object("type", "string");
            case TIME -> object("type", "string", "format", "date-time");
            case FLAG -> object("type", "boolean");
            case NUMBER -> object("type", "integer");
            case OBJECT ->
                kind.each() == null
                        ? object("type", "object")
                        : object("type", "object", "additionalProperties", attribute(kind.each()));
            case LIST -> arrayOf(kind.each() == null ? object() : attribute(kind.each()));
            case ANY -> kind.nullable() ? object() : object("not", object("type", "null"));
        };
        if (kind.nullable() && attribute.containsKey("type")) {
            attribute.put("type", List.of(attribute.get("type"), "null"));
        }
        return attribute;
    }

    private static Map<String, Object> relationship(Schema.Relationship relationship) {
        Map<String, Object> links = objectOf(object("related", TEXT), List.of("related"));
        List<String> required = new ArrayList<>();
        Map<String, Object> members = new LinkedHashMap<>();
        switch (relationship.reach()) {
            case ONE -> members.put("data", identifier(relationship.types()));
            case ONE_OR_NONE -> members.put("data", orNull(identifier(relationship.types())));
            case MANY -> members.put("data", arrayOf(identifier(relationship.types())));
            case LINK -> {
                required.add("links");
                if (!relationship.types().isEmpty()) {
                    members.put("data", arrayOf(identifier(relationship.types())));
                }
            }
            case RESOURCES -> {
                String type = relationship.types().getFirst();
                members.put("data", arrayOf(ref("schemas", type + "-request")));
                return objectOf(members, List.of("data"));
            }
        }
        members.put("links", links);
        return objectOf(members, required);
    }
}
