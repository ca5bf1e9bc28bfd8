package io.otfd.ui.plan;

import io.otfd.JsonEvents;
import io.otfd.JsonTrees;
import io.otfd.ui.plan.PlannedChange.Action;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A plan in Terraform's JSON form, without the attributes of its resources: it is read as a stream, and one resource at a
 * time is in memory. It comes from an agent, so that nothing in it is taken for granted.
 *
 * @param drift what was found to be changed from outside
 * @param outputs by name, as change objects; no more than {@link #MAX_OUTPUTS}
 */
record PlanDocument(List<PlannedChange> changes, List<PlannedChange> drift, Map<String, JsonObject> outputs) {

    static final int MAX_OUTPUTS = 200;

    private static final String CHANGES = "resource_changes";
    private static final String DRIFT = "resource_drift";
    private static final String OUTPUTS = "output_changes";

    /** Empty for something that is no plan. */
    static Optional<PlanDocument> parse(InputStream json) {
        List<PlannedChange> changes = new ArrayList<>();
        List<PlannedChange> drift = new ArrayList<>();
        Map<String, JsonObject> outputs = new TreeMap<>();
        boolean plan = read(
                json,
                Map.of(
                        CHANGES, parser -> each(parser, resource(changes)),
                        DRIFT, parser -> each(parser, resource(drift)),
                        OUTPUTS, parser -> outputs(parser, outputs)));
        return plan ? Optional.of(new PlanDocument(changes, drift, outputs)) : Optional.empty();
    }

    /**
     * One resource with its attributes, as Terraform's JSON has it.
     *
     * @param number its place in the plan, or in what has drifted
     */
    static Optional<JsonObject> resource(InputStream json, boolean drifted, int number) {
        List<JsonObject> found = new ArrayList<>(1);
        boolean plan = read(
                json,
                Map.of(
                        drifted ? DRIFT : CHANGES,
                        parser -> each(parser, (place, resource) -> {
                            if (place == number
                                    && PlannedChange.of(place, resource).isPresent()) {
                                found.add(resource);
                            }
                        })));
        return plan ? found.stream().findFirst() : Optional.empty();
    }

    /** @param members each is called where its list or object has begun, and goes to the end of it */
    private static boolean read(InputStream json, Map<String, Consumer<JsonParser>> members) {
        try (JsonParser parser = JsonTrees.JSON.createParser(json)) {
            JsonEvents.expect(parser.next(), Event.START_OBJECT);
            while (parser.next() == Event.KEY_NAME) {
                Consumer<JsonParser> member = members.get(parser.getString());
                Event value = parser.next();
                if (member != null && (value == Event.START_ARRAY || value == Event.START_OBJECT)) {
                    member.accept(parser);
                } else {
                    JsonEvents.skip(parser, value);
                }
            }
            return true;
        } catch (JsonException
                | ClassCastException
                | NullPointerException
                | NoSuchElementException
                | IllegalStateException e) {
            return false;
        }
    }

    private static void each(JsonParser parser, BiConsumer<Integer, JsonObject> resources) {
        int[] number = new int[1];
        parser.getArrayStream().forEach(resource -> resources.accept(number[0]++, resource.asJsonObject()));
    }

    private static BiConsumer<Integer, JsonObject> resource(List<PlannedChange> changes) {
        return (number, resource) -> PlannedChange.of(number, resource).ifPresent(changes::add);
    }

    private static void outputs(JsonParser parser, Map<String, JsonObject> outputs) {
        parser.getObjectStream().forEach(output -> {
            JsonObject change = output.getValue().asJsonObject();
            if (outputs.size() < MAX_OUTPUTS
                    && Action.of(PlannedChange.actions(change), false).isPresent()) {
                outputs.put(output.getKey(), change);
            }
        });
    }

    Map<Action, Integer> counts() {
        Map<Action, Integer> counts = new EnumMap<>(Action.class);
        changes.forEach(change -> counts.merge(change.action(), 1, Integer::sum));
        return counts;
    }
}
