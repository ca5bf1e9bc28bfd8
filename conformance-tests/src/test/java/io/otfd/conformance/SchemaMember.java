package io.otfd.conformance;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A member of a resource as a JSON Schema declares it, in the words of shapes/README.txt. */
final class SchemaMember {

    private SchemaMember() {}

    /** @param kind that clients decode; a schema that never allows null will do for one that may */
    static boolean isAttribute(Map<?, ?> schema, String kind) {
        List<?> types = switch (schema.get("type")) {
            case null -> List.of();
            case List<?> several -> several;
            case Object one -> List.of(one);
        };
        if (types.contains("null") && !kind.endsWith("?")) {
            return false;
        }
        boolean isTime = "date-time".equals(schema.get("format"));
        return switch (kind.replace("?", "")) {
            case "text" -> types.contains("string") && !isTime;
            case "time" -> types.contains("string") && isTime;
            case "flag" -> types.contains("boolean");
            case "number" -> types.contains("integer");
            case "list" -> types.contains("array");
            case "object" -> types.contains("object");
            case "any" -> !schema.containsKey("type") && (kind.endsWith("?") || schema.containsKey("not"));
            default -> throw new IllegalArgumentException("no such kind: " + kind);
        };
    }

    static boolean isRelationship(Map<?, ?> schema, String kind, String types) {
        Set<String> wanted = Set.of(types.split("\\|"));
        Map<?, ?> data = member(member(schema, "properties"), "data");
        return switch (kind) {
            case "link" -> schema.get("required") instanceof List<?> required && required.contains("links");
            case "many" -> identifies(member(data, "items"), wanted);
            case "one" -> identifies(data, wanted);
            case "one?" ->
                identifies(data, wanted)
                        || data.get("anyOf") instanceof List<?> either
                                && identifies((Map<?, ?>) either.getFirst(), wanted);
            default -> throw new IllegalArgumentException("no such kind: " + kind);
        };
    }

    private static boolean identifies(Map<?, ?> identifier, Set<String> types) {
        Map<?, ?> type = member(member(identifier, "properties"), "type");
        return type.get("enum") instanceof List<?> allowed
                && Set.copyOf(allowed).equals(types);
    }

    private static Map<?, ?> member(Map<?, ?> object, String name) {
        return object.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }
}
