package io.otfd.agent.summary;

import jakarta.json.Json;
import jakarta.json.JsonException;
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
 * @param hasChanges there is something to apply
 */
public record PlanSummary(
        int additions, int changes, int destructions, int imports, Set<String> providers, boolean hasChanges) {

    public static PlanSummary of(Path document) throws IOException {
        try (InputStream in = Files.newInputStream(document)) {
            return of(in);
        }
    }

    /** @throws JsonException where it is no JSON */
    public static PlanSummary of(InputStream document) throws IOException {
        Reading reading = new Reading();
        try (JsonParser parser = Json.createParser(new BufferedInputStream(document, 1 << 16))) {
            reading.read(parser);
        }
        return new PlanSummary(
                reading.additions,
                reading.changes,
                reading.destructions,
                reading.imports,
                reading.providers,
                reading.hasChanges());
    }

    private static final class Reading {

        private static final String ELEMENT = "";
        private static final List<String> ACTIONS = List.of("resource_changes", ELEMENT, "change", "actions", ELEMENT);
        private static final List<String> MOVED = List.of("resource_changes", ELEMENT, "previous_address");
        private static final List<String> APPLYABLE = List.of("applyable");
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
        private boolean any;
        /** What the engine says itself, where it does. */
        private Boolean applyable;

        boolean hasChanges() {
            return applyable != null ? applyable : any;
        }

        void read(JsonParser parser) {
            while (parser.hasNext()) {
                switch (parser.next()) {
                    case START_OBJECT -> {
                        if (path.equals(IMPORTING)) {
                            imports++;
                            any = true;
                        }
                        path.add(ELEMENT);
                    }
                    case START_ARRAY -> path.add(ELEMENT);
                    case END_OBJECT, END_ARRAY -> path.removeLast();
                    case KEY_NAME -> path.set(path.size() - 1, parser.getString());
                    case VALUE_STRING -> value(parser.getString());
                    case VALUE_TRUE -> flag(true);
                    case VALUE_FALSE -> flag(false);
                    case VALUE_NUMBER, VALUE_NULL -> {}
                }
            }
        }

        private void flag(boolean value) {
            if (path.equals(APPLYABLE)) {
                applyable = value;
            }
        }

        private boolean isOutputAction() {
            return path.size() == 4
                    && path.getFirst().equals("output_changes")
                    && path.get(2).equals("actions");
        }

        private void value(String text) {
            any |= path.equals(MOVED) || (path.equals(ACTIONS) || isOutputAction()) && !text.equals("no-op");
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
