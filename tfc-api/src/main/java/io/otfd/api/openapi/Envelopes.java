package io.otfd.api.openapi;

import static io.otfd.api.openapi.Members.arrayOf;
import static io.otfd.api.openapi.Members.object;
import static io.otfd.api.openapi.Members.objectOf;
import static io.otfd.api.openapi.Members.ref;

import io.otfd.api.Operation;
import io.otfd.api.Route;
import io.otfd.api.Schema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What stands under {@code components.schemas}: resource types, the documents that hold them, paging and errors. */
final class Envelopes {

    private static final Map<String, Object> TEXT = object("type", "string");
    private static final Map<String, Object> COUNT = object("type", "integer");

    private Envelopes() {}

    static Map<String, Object> schemas(List<Route> routes) {
        Map<String, Object> schemas = new TreeMap<>();
        schemas.put("errors", errors());
        schemas.put("page-links", pageLinks());
        schemas.put("page-meta", pageMeta());
        for (Route route : routes) {
            Operation operation = route.operation();
            operation.included().forEach(schema -> schemas.put(schema.type(), ResourceSchemas.shown(schema)));
            for (Schema schema : operation.shownTypes()) {
                schemas.put(schema.type(), ResourceSchemas.shown(schema));
                schemas.put(name(operation.shown(), schema), envelope(operation.shown(), schema));
            }
            for (Schema schema : operation.takenTypes()) {
                schemas.put(schema.type() + "-request", ResourceSchemas.taken(schema));
            }
        }
        return schemas;
    }

    /** Of the document that shows resources of the type. */
    static String name(Operation.Shown shown, Schema schema) {
        return schema.type()
                + switch (shown) {
                    case PAGE -> "-page";
                    case SLICE -> "-slice";
                    case LIST -> "-list";
                    case RESOURCE, JSON, BYTES, NOTHING -> "-document";
                };
    }

    private static Map<String, Object> envelope(Operation.Shown shown, Schema schema) {
        Map<String, Object> resource = ref("schemas", schema.type());
        return switch (shown) {
            case PAGE ->
                objectOf(
                        object(
                                "data", arrayOf(resource),
                                "links", ref("schemas", "page-links"),
                                "meta", ref("schemas", "page-meta")),
                        List.of("data", "links", "meta"));
            case SLICE ->
                objectOf(
                        object("data", arrayOf(resource), "links", sliceLinks(), "meta", sliceMeta()),
                        List.of("data", "links", "meta"));
            case LIST -> objectOf(object("data", arrayOf(resource)), List.of("data"));
            case RESOURCE, JSON, BYTES, NOTHING -> objectOf(object("data", resource), List.of("data"));
        };
    }

    private static Map<String, Object> errors() {
        Map<String, Object> source = objectOf(object("pointer", TEXT), List.of());
        Map<String, Object> error = objectOf(
                object("status", TEXT, "title", TEXT, "detail", TEXT, "source", source), List.of("status", "title"));
        return objectOf(object("errors", arrayOf(error)), List.of("errors"));
    }

    private static Map<String, Object> pageLinks() {
        Map<String, Object> link = object("type", List.of("string", "null"));
        Map<String, Object> links = object("self", TEXT, "first", TEXT, "prev", link, "next", link, "last", TEXT);
        return objectOf(links, List.copyOf(links.keySet()));
    }

    private static Map<String, Object> sliceLinks() {
        Map<String, Object> link = object("type", List.of("string", "null"));
        Map<String, Object> links = object("self", TEXT, "first", TEXT, "prev", link, "next", link);
        return objectOf(links, List.copyOf(links.keySet()));
    }

    private static Map<String, Object> sliceMeta() {
        Map<String, Object> page = object("type", List.of("integer", "null"));
        Map<String, Object> pagination =
                object("current-page", COUNT, "page-size", COUNT, "prev-page", page, "next-page", page);
        return objectOf(
                object("pagination", objectOf(pagination, List.copyOf(pagination.keySet()))), List.of("pagination"));
    }

    private static Map<String, Object> pageMeta() {
        Map<String, Object> page = object("type", List.of("integer", "null"));
        Map<String, Object> pagination = object(
                "current-page", COUNT,
                "page-size", COUNT,
                "prev-page", page,
                "next-page", page,
                "total-pages", COUNT,
                "total-count", COUNT);
        Map<String, Object> counts = object("total", COUNT, "matching", COUNT);
        return objectOf(
                object(
                        "pagination", objectOf(pagination, List.copyOf(pagination.keySet())),
                        "status-counts", objectOf(counts, List.copyOf(counts.keySet()))),
                List.of("pagination"));
    }
}
