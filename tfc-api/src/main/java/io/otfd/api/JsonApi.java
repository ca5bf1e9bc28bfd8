package io.otfd.api;

import io.otfd.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The one writer of JSON:API documents. */
public final class JsonApi {

    public static final String MEDIA_TYPE = "application/vnd.api+json";

    private JsonApi() {}

    /** 200 with one resource. */
    public static Answer resource(Resource data) {
        return resource(200, data, List.of());
    }

    /** 201 with one resource. */
    public static Answer created(Resource data) {
        return resource(201, data, List.of());
    }

    /** @param included resources that the client asked for, each once */
    public static Answer resource(int status, Resource data, List<Resource> included) {
        Json json = new Json().raw("{").name("data");
        data.write(json);
        return finish(status, json, included);
    }

    /** 200 with resources and no paging. */
    public static Answer list(List<Resource> data) {
        return list(data, List.of());
    }

    public static Answer list(List<Resource> data, List<Resource> included) {
        Json json = new Json().raw("{").name("data");
        Resource.writeAll(json, data);
        return finish(200, json, included);
    }

    /** 200 with one page of a list that nobody counts. */
    public static Answer slice(Call call, List<Resource> data, boolean more, List<Resource> included) {
        Json json = new Json().raw("{").name("data");
        Resource.writeAll(json, data);
        int number = call.page().number();
        Integer previous = number > 1 ? Integer.valueOf(number - 1) : null;
        Integer next = more ? Integer.valueOf(number + 1) : null;
        Map<String, Object> links = new LinkedHashMap<>();
        links.put("self", call.pageLink(number));
        links.put("first", call.pageLink(1));
        links.put("prev", previous == null ? null : call.pageLink(previous));
        links.put("next", next == null ? null : call.pageLink(next));
        Map<String, Object> pagination = new LinkedHashMap<>();
        pagination.put("current-page", number);
        pagination.put("page-size", call.page().size());
        pagination.put("prev-page", previous);
        pagination.put("next-page", next);
        json.name("links").value(links).name("meta").value(Map.of("pagination", pagination));
        return finish(200, json, included);
    }

    public static <T> Answer page(Call call, Page<T> page, Function<T, Resource> resource) {
        return page(call, page, resource, List.of());
    }

    /** 200 with one page; beyond the last one it is empty, and the counts are true. */
    public static <T> Answer page(Call call, Page<T> page, Function<T, Resource> resource, List<Resource> included) {
        Json json = new Json().raw("{").name("data");
        List<Resource> data = new ArrayList<>();
        page.items().forEach(item -> data.add(resource.apply(item)));
        Resource.writeAll(json, data);
        int number = page.request().number();
        long last = page.totalPages();
        Integer previous = number > 1 ? Integer.valueOf(number - 1) : null;
        Integer next = number < last ? Integer.valueOf(number + 1) : null;
        Map<String, Object> links = new LinkedHashMap<>();
        links.put("self", call.pageLink(number));
        links.put("first", call.pageLink(1));
        links.put("prev", previous == null ? null : call.pageLink(previous));
        links.put("next", next == null ? null : call.pageLink(next));
        links.put("last", call.pageLink(last));
        Map<String, Object> pagination = new LinkedHashMap<>();
        pagination.put("current-page", number);
        pagination.put("page-size", page.request().size());
        pagination.put("prev-page", previous);
        pagination.put("next-page", next);
        pagination.put("total-pages", last);
        pagination.put("total-count", page.totalCount());
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("total", page.totalCount());
        counts.put("matching", page.totalCount());
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("pagination", pagination);
        meta.put("status-counts", counts);
        json.name("links").value(links).name("meta").value(meta);
        return finish(200, json, included);
    }

    private static Answer finish(int status, Json json, List<Resource> included) {
        if (!included.isEmpty()) {
            Map<String, Resource> once = new LinkedHashMap<>();
            included.forEach(resource -> once.putIfAbsent(resource.type() + " " + resource.id(), resource));
            json.name("included");
            Resource.writeAll(json, List.copyOf(once.values()));
        }
        return Answer.of(status, MEDIA_TYPE, json.raw("}").bytes());
    }

    /** An error document with a title alone. */
    public static Answer error(int status, String title) {
        return error(status, title, null, null);
    }

    /** An error document. Members are strings throughout: clients refuse anything else. */
    static Answer error(int status, String title, String detail, String pointer) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("status", Integer.toString(status));
        error.put("title", title);
        if (detail != null) {
            error.put("detail", detail);
        }
        if (pointer != null) {
            error.put("source", Map.of("pointer", pointer));
        }
        byte[] body = new Json().value(Map.of("errors", List.of(error))).bytes();
        return Answer.of(status, MEDIA_TYPE, body);
    }
}
