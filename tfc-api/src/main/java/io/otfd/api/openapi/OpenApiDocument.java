package io.otfd.api.openapi;

import static io.otfd.api.openapi.Members.object;
import static io.otfd.api.openapi.Members.ref;

import io.helidon.http.Status;
import io.otfd.api.JsonApi;
import io.otfd.api.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The whole document (OpenAPI 3.1), from the table of routes and what they declare. */
final class OpenApiDocument {

    private OpenApiDocument() {}

    static Map<String, Object> of(List<Route> routes, String version) {
        Map<String, Map<String, Object>> paths = new TreeMap<>();
        for (Route route : routes) {
            paths.computeIfAbsent(route.path(), path -> new LinkedHashMap<>())
                    .put(OperationObject.verb(route), OperationObject.of(route));
        }
        List<Map<String, Object>> tags = routes.stream()
                .map(OperationObject::tag)
                .distinct()
                .sorted()
                .map(tag -> object("name", tag))
                .toList();
        return object(
                "openapi",
                "3.1.0",
                "info",
                object("title", "otfd", "version", version),
                "servers",
                List.of(object("url", "/")),
                "tags",
                tags,
                "paths",
                paths,
                "components",
                components(routes));
    }

    private static Map<String, Object> components(List<Route> routes) {
        return object(
                "schemas", Envelopes.schemas(routes),
                "responses", responses(routes),
                "securitySchemes", securitySchemes());
    }

    private static Map<String, Object> responses(List<Route> routes) {
        Map<String, Object> responses = new TreeMap<>();
        routes.stream().flatMap(route -> route.refusals().stream()).forEach(status -> {
            responses.put(status.toString(), error(reason(status)));
        });
        responses.put("failure", error("The server cannot answer now"));
        return responses;
    }

    private static Map<String, Object> error(String description) {
        return object(
                "description",
                description,
                "content",
                object(JsonApi.MEDIA_TYPE, object("schema", ref("schemas", "errors"))));
    }

    static String reason(int status) {
        return Status.create(status).reasonPhrase();
    }

    private static Map<String, Object> securitySchemes() {
        return object(
                "bearer", bearer("A token of a user, a team, an organization or a run"),
                "agent", bearer("A token of an agent pool, or of an agent's session"));
    }

    private static Map<String, Object> bearer(String description) {
        return object("type", "http", "scheme", "bearer", "description", description);
    }
}
