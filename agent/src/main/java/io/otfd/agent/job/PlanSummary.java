package io.otfd.agent.job;

import jakarta.json.Json;
import jakarta.json.stream.JsonParser;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a plan would do, from {@code terraform show -json}. Read as a stream: plans can be larger than our memory.
 *
 * @param providers addresses of those whose resources the plan touches
 */
record PlanSummary(int additions, int changes, int destructions, int imports, Set<String> providers) {

    static PlanSummary of(Path document) throws IOException {
        Reading reading = new Reading();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(document), 1 << 16);
                JsonParser parser = Json.createParser(in)) {
            reading.read(parser);
        }
        return new PlanSummary(
                reading.additions, reading.changes, reading.destructions, reading.imports, reading.providers);
    }

    private static final class Reading {

        private static final String ELEMENT = "";
        private static final List<String> ACTIONS = List.of("resource_changes", ELEMENT, "change", "actions", ELEMENT);
        private static final List<String> IMPORTING = List.of("resource_changes", ELEMENT, "change", "importing");
        private static final Set<List<String>> PROVIDERS = Set.of(
                List.of("resource_changes", ELEMENT, "provider_name"),
                List.of("resource_drift", ELEMENT, "provider_name"),
                List.of("deferred_changes", ELEMENT, "resource_change", "provider_name"));

        /** Keys from the top to where we are; an array counts as {@link #ELEMENT}. */
        private final List<String> path = new ArrayList<>();

        private final Set<String> providers = new HashSet<>();
        private int additions;
        private int changes;
        private int destructions;
        private int imports;

        void read(JsonParser parser) {
            while (parser.hasNext()) {
                switch (parser.next()) {
                    case START_OBJECT -> {
                        if (path.equals(IMPORTING)) {
                            imports++;
                        }
                        path.add(ELEMENT);
                    }
                    case START_ARRAY -> path.add(ELEMENT);
                    case END_OBJECT, END_ARRAY -> path.removeLast();
                    case KEY_NAME -> path.set(path.size() - 1, parser.getString());
                    case VALUE_STRING -> value(parser.getString());
                    case VALUE_NUMBER, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> {}
                }
            }
        }

        private void value(String text) {
            if (path.equals(ACTIONS)) {
                switch (text) {
                    case "create" -> additions++;
                    case "update" -> changes++;
                    case "delete" -> destructions++;
                    default -> {}
                }
            } else if (PROVIDERS.contains(path)) {
                providers.add(text);
            }
        }
    }
}
