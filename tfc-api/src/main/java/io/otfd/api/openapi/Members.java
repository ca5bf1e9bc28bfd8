package io.otfd.api.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON objects in the order in which they are written down. */
final class Members {

    private Members() {}

    static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    static Map<String, Object> ref(String section, String name) {
        return object("$ref", "#/components/" + section + "/" + name);
    }

    /** A JSON Schema of an object. */
    static Map<String, Object> objectOf(Map<String, Object> properties, List<String> required) {
        Map<String, Object> object = object("type", "object", "properties", properties);
        if (!required.isEmpty()) {
            object.put("required", required);
        }
        return object;
    }

    static Map<String, Object> arrayOf(Map<String, Object> items) {
        return object("type", "array", "items", items);
    }

    /** One of these, and without ado where there is but one. */
    static Map<String, Object> either(String keyword, List<Map<String, Object>> alternatives) {
        return alternatives.size() == 1 ? alternatives.getFirst() : object(keyword, alternatives);
    }
}
