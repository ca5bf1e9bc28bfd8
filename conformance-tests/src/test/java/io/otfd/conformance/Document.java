package io.otfd.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON:API request body under construction: one resource with attributes and relationships. */
final class Document {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String type;
    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private final Map<String, Object> relationships = new LinkedHashMap<>();

    private Document(String type) {
        this.type = type;
    }

    static Document of(String type) {
        return new Document(type);
    }

    /**
     * Sets an attribute.
     *
     * @param value null is sent as null
     */
    Document with(String attribute, Object value) {
        attributes.put(attribute, value);
        return this;
    }

    Document withAll(Map<String, ?> more) {
        attributes.putAll(more);
        return this;
    }

    Document toOne(String relationship, String type, String id) {
        relationships.put(relationship, Map.of("data", identifier(type, id)));
        return this;
    }

    Document toMany(String relationship, String type, String... ids) {
        relationships.put(
                relationship,
                Map.of(
                        "data",
                        Arrays.stream(ids).map(id -> identifier(type, id)).toList()));
        return this;
    }

    /** Members without ids, as Terraform names tags. */
    Document toMany(String relationship, String type, List<Map<String, String>> members) {
        relationships.put(
                relationship,
                Map.of(
                        "data",
                        members.stream()
                                .map(member -> Map.of("type", type, "attributes", member))
                                .toList()));
        return this;
    }

    /** A document of identifiers alone, as relationships are written. */
    static String identifiers(String type, String... ids) {
        return json(Map.of(
                "data", Arrays.stream(ids).map(id -> identifier(type, id)).toList()));
    }

    String json() {
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("type", type);
        resource.put("attributes", attributes);
        if (!relationships.isEmpty()) {
            resource.put("relationships", relationships);
        }
        return json(Map.of("data", resource));
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }

    private static Map<String, String> identifier(String type, String id) {
        return Map.of("type", type, "id", id);
    }
}
