package io.otfd.planexport;

import io.otfd.JsonTrees;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Names that a mock always has, whatever the plan has of them. */
final class Members {

    private final Set<String> missing;

    Members(String... names) {
        missing = new LinkedHashSet<>(List.of(names));
    }

    void add(String name) {
        missing.remove(name);
    }

    /** Adds what did not come: versions as texts, all else as maps. */
    void complete(SentinelWriter out) {
        for (String name : missing) {
            out.name(name)
                    .value(name.endsWith("_version") ? JsonTrees.JSON.createValue("") : JsonValue.EMPTY_JSON_OBJECT);
        }
    }
}
