package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;

import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a document of one type must hold, as shapes/README.txt describes; names every violation at once. */
final class Shape {

    /** What go-tfe's decoder accepts: UTC with a literal Z. */
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");

    private static final Pattern URL = Pattern.compile("https?://[^/?#\\s]+/\\S+");

    /** As Go's time.ParseDuration reads it. */
    private static final Pattern DURATION = Pattern.compile("(\\d+(\\.\\d+)?(h|m|s|ms))+");

    private final String type;
    private final List<String[]> rules;

    private Shape(String type, List<String[]> rules) {
        this.type = type;
        this.rules = rules;
    }

    static Shape of(String type) {
        try (InputStream in = Shape.class.getResourceAsStream("/shapes/" + type + ".txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Shape(
                    type,
                    text.lines()
                            .filter(line -> !line.isBlank())
                            .map(line -> line.split(" "))
                            .toList());
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Fails with all violations of the response's primary resource. */
    static Map<String, Object> check(String type, Response response) {
        Map<String, Object> resource = response.then().extract().path("data");
        Shape.of(type).check(resource);
        return resource;
    }

    void check(Map<String, Object> resource) {
        assertThat("violations of the " + type + " document", violations(resource), empty());
    }

    List<String> violations(Map<String, Object> resource) {
        List<String> violations = new ArrayList<>();
        if (!type.equals(resource.get("type"))) {
            violations.add("type is " + resource.get("type"));
        }
        if (!(resource.get("id") instanceof String)) {
            violations.add("id is " + resource.get("id"));
        }
        violations.addAll(broken(resource));
        return violations;
    }

    /** Fails with all violations of a document that is not JSON:API. */
    void checkPlain(Map<String, Object> document) {
        assertThat("violations of the " + type + " document", broken(document), empty());
    }

    private List<String> broken(Map<String, Object> document) {
        List<String> violations = new ArrayList<>();
        for (String[] rule : rules) {
            String problem = problem(document, rule);
            if (!problem.isEmpty()) {
                violations.add(rule[0] + " " + rule[1] + ": " + problem);
            }
        }
        return violations;
    }

    /** Where a JSON Schema of the type does not promise what is asked for here; both by name. */
    List<String> disagreements(
            Map<String, Map<String, Object>> attributes, Map<String, Map<String, Object>> relationships) {
        List<String> disagreements = new ArrayList<>();
        for (String[] rule : rules) {
            Object schema = switch (rule[0]) {
                case "attribute" -> attributes.get(rule[1]);
                case "relationship" -> relationships == null ? null : relationships.get(rule[1]);
                default -> Map.of();
            };
            boolean agrees = schema instanceof Map<?, ?> declared
                    && switch (rule[0]) {
                        case "attribute" -> SchemaMember.isAttribute(declared, rule[2]);
                        case "relationship" ->
                            SchemaMember.isRelationship(declared, rule[2], rule.length > 3 ? rule[3] : "");
                        default -> true;
                    };
            if (!agrees) {
                disagreements.add(String.join(" ", rule) + ", but " + schema);
            }
        }
        return disagreements;
    }

    private static String problem(Map<String, Object> resource, String[] rule) {
        return switch (rule[0]) {
            case "attribute" -> attribute(members(resource.get("attributes")), rule[1], rule[2]);
            case "relationship" ->
                relationship(members(resource.get("relationships")), rule[1], rule[2], rule.length > 3 ? rule[3] : "");
            case "link" -> members(resource.get("links")).get(rule[1]) instanceof String ? "" : "absent";
            case "member" -> member(resource, rule[1], rule[2]);
            default -> throw new IllegalArgumentException("no such rule: " + rule[0]);
        };
    }

    private static String member(Map<?, ?> document, String path, String kind) {
        int dot = path.indexOf('.');
        return dot < 0
                ? attribute(document, path, kind)
                : member(members(document.get(path.substring(0, dot))), path.substring(dot + 1), kind);
    }

    private static String attribute(Map<?, ?> attributes, String name, String kind) {
        if (!attributes.containsKey(name)) {
            return "absent";
        }
        Object value = attributes.get(name);
        if (value == null) {
            return kind.endsWith("?") ? "" : "null";
        }
        boolean fits = switch (kind.replace("?", "")) {
            case "text" -> value instanceof String;
            case "flag" -> value instanceof Boolean;
            case "number" -> value instanceof Integer || value instanceof Long;
            case "time" -> value instanceof String text && TIME.matcher(text).matches();
            case "url" -> value instanceof String text && URL.matcher(text).matches();
            case "duration" ->
                value instanceof String text && DURATION.matcher(text).matches();
            case "list" -> value instanceof List<?>;
            case "object" -> value instanceof Map<?, ?>;
            case "any" -> true;
            default -> throw new IllegalArgumentException("no such kind: " + kind);
        };
        return fits ? "" : "not a " + kind + " but " + value;
    }

    private static String relationship(Map<?, ?> relationships, String name, String kind, String types) {
        if (!(relationships.get(name) instanceof Map<?, ?> relationship)) {
            return "absent";
        }
        Set<String> allowed = Set.of(types.split("\\|"));
        Object data = relationship.get("data");
        return switch (kind) {
            case "link" ->
                members(relationship.get("links")).get("related") instanceof String ? "" : "has no related link";
            case "many" ->
                data instanceof List<?> list && list.stream().allMatch(item -> identifies(item, allowed))
                        ? ""
                        : "data is " + data;
            case "one?" ->
                relationship.containsKey("data") && (data == null || identifies(data, allowed))
                        ? ""
                        : "data is " + data;
            case "one" -> identifies(data, allowed) ? "" : "data is " + data;
            default -> throw new IllegalArgumentException("no such kind: " + kind);
        };
    }

    private static boolean identifies(Object item, Set<String> types) {
        return item instanceof Map<?, ?> identifier
                && identifier.get("id") instanceof String
                && identifier.get("type") instanceof String type
                && types.contains(type);
    }

    private static Map<?, ?> members(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
