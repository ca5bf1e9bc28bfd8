package io.otfd.api.openapi;

import static io.otfd.api.openapi.Members.arrayOf;
import static io.otfd.api.openapi.Members.either;
import static io.otfd.api.openapi.Members.object;
import static io.otfd.api.openapi.Members.objectOf;
import static io.otfd.api.openapi.Members.ref;

import io.otfd.api.JsonApi;
import io.otfd.api.Operation;
import io.otfd.api.Route;
import io.otfd.api.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One route as OpenAPI says it. */
final class OperationObject {

    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");
    private static final String JSON = "application/json";

    private OperationObject() {}

    static Map<String, Object> of(Route route) {
        Operation operation = route.operation();
        Map<String, Object> object = object(
                "operationId", OperationNames.id(route),
                "summary", OperationNames.summary(route),
                "tags", List.of(tag(route)),
                "security", security(route));
        if (route.audience() == Route.Audience.SIGNED) {
            object.put("description", "The path is signed: whoever holds it may call.");
        }
        List<Map<String, Object>> parameters = parameters(route);
        if (!parameters.isEmpty()) {
            object.put("parameters", parameters);
        }
        if (operation.taken() != Operation.Taken.NOTHING) {
            object.put("requestBody", requestBody(operation));
        }
        object.put("responses", responses(route));
        return object;
    }

    static String verb(Route route) {
        return route.method().text().toLowerCase(Locale.ROOT);
    }

    /** The family's name in words. */
    static String tag(Route route) {
        return route.handledBy().replace("Endpoints", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    }

    private static List<Map<String, Object>> security(Route route) {
        return switch (route.audience()) {
            case PUBLIC, SIGNED -> List.of();
            case TOKEN, JOB -> List.of(object("bearer", List.of()));
            case AGENT -> List.of(object("agent", List.of()));
        };
    }

    private static List<Map<String, Object>> parameters(Route route) {
        Operation operation = route.operation();
        List<Map<String, Object>> parameters = new ArrayList<>();
        Matcher path = PARAMETER.matcher(route.path());
        while (path.find()) {
            Map<String, Object> parameter = parameter(path.group(1), "path", object("type", "string"));
            parameter.put("required", true);
            parameters.add(parameter);
        }
        operation.query().forEach(name -> parameters.add(parameter(name, "query", object("type", "string"))));
        if (operation.isPaged()) {
            Map<String, Object> count = object("type", "integer", "minimum", 1);
            parameters.add(parameter("page[number]", "query", count));
            parameters.add(parameter("page[size]", "query", count));
        }
        if (!operation.includes().isEmpty()) {
            Map<String, Object> names = arrayOf(object("type", "string", "enum", operation.includes()));
            Map<String, Object> include = parameter("include", "query", names);
            include.put("style", "form");
            include.put("explode", false);
            parameters.add(include);
        }
        return parameters;
    }

    private static Map<String, Object> parameter(String name, String in, Map<String, Object> schema) {
        return object("name", name, "in", in, "schema", schema);
    }

    private static Map<String, Object> requestBody(Operation operation) {
        return object("required", operation.isBodyRequired(), "content", requestContent(operation));
    }

    private static Map<String, Object> requestContent(Operation operation) {
        List<Map<String, Object>> types = operation.takenTypes().stream()
                .map(schema -> ref("schemas", schema.type() + "-request"))
                .toList();
        Map<String, Object> identifier = ResourceSchemas.identifier(List.of(operation.identified()));
        return switch (operation.taken()) {
            case RESOURCE -> document(either("anyOf", types));
            case RESOURCES -> document(arrayOf(either("anyOf", types)));
            case IDENTIFIER_OR_NULL -> document(ResourceSchemas.orNull(identifier));
            case IDENTIFIERS -> document(arrayOf(identifier));
            case JSON -> content(JSON, object("type", "object"));
            case FORM ->
                content(
                        "application/x-www-form-urlencoded",
                        object("type", "object", "additionalProperties", object("type", "string")));
            case BYTES, NOTHING -> content("application/octet-stream", object());
        };
    }

    private static Map<String, Object> document(Map<String, Object> data) {
        return content(JsonApi.MEDIA_TYPE, objectOf(object("data", data), List.of("data")));
    }

    private static Map<String, Object> content(String mediaType, Map<String, Object> schema) {
        return object(mediaType, object("schema", schema));
    }

    private static Map<String, Object> responses(Route route) {
        Operation operation = route.operation();
        Map<String, Object> responses = new LinkedHashMap<>();
        for (int status : operation.statuses()) {
            Map<String, Object> response = object("description", OpenApiDocument.reason(status));
            if (status == operation.statuses().getFirst() && operation.shown() != Operation.Shown.NOTHING) {
                response.put("content", shown(operation));
            }
            responses.put(Integer.toString(status), response);
        }
        route.refusals().forEach(status -> responses.put(status.toString(), ref("responses", status.toString())));
        responses.put("default", ref("responses", "failure"));
        return responses;
    }

    private static Map<String, Object> shown(Operation operation) {
        return switch (operation.shown()) {
            case RESOURCE, PAGE, SLICE, LIST -> content(JsonApi.MEDIA_TYPE, withIncluded(operation));
            case JSON -> content(JSON, object("type", "object"));
            case BYTES, NOTHING -> content(operation.mediaType(), object());
        };
    }

    private static Map<String, Object> withIncluded(Operation operation) {
        Map<String, Object> document = either(
                "anyOf",
                operation.shownTypes().stream()
                        .map(schema -> ref("schemas", Envelopes.name(operation.shown(), schema)))
                        .toList());
        if (operation.included().isEmpty()) {
            return document;
        }
        List<Map<String, Object>> types = operation.included().stream()
                .map(Schema::type)
                .map(type -> ref("schemas", type))
                .toList();
        Map<String, Object> included = object("included", arrayOf(either("anyOf", types)));
        return object("allOf", List.of(document, objectOf(included, List.of())));
    }
}
