package io.otfd.ui.plan;

import io.otfd.JsonTrees;
import io.otfd.ui.plan.PlannedChange.Action;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan in Terraform's JSON form. It comes from an agent, so that nothing in it is taken for granted.
 *
 * @param drift what was found to be changed from outside
 * @param outputs by name, as change objects
 */
record PlanDocument(List<PlannedChange> changes, List<PlannedChange> drift, Map<String, JsonObject> outputs) {

    /** Empty for something that is no plan. */
    static Optional<PlanDocument> parse(byte[] json) {
        try (var reader = JsonTrees.JSON.createReader(new ByteArrayInputStream(json))) {
            JsonObject plan = reader.readObject();
            return Optional.of(new PlanDocument(
                    changes(plan.get("resource_changes")), changes(plan.get("resource_drift")), outputs(plan)));
        } catch (JsonException | ClassCastException | NullPointerException e) {
            return Optional.empty();
        }
    }

    private static List<PlannedChange> changes(JsonValue value) {
        List<PlannedChange> changes = new ArrayList<>();
        if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                PlannedChange.of(i, array.getJsonObject(i)).ifPresent(changes::add);
            }
        }
        return changes;
    }

    private static Map<String, JsonObject> outputs(JsonObject plan) {
        Map<String, JsonObject> outputs = new java.util.TreeMap<>();
        if (plan.get("output_changes") instanceof JsonObject object) {
            object.forEach((name, change) -> outputs.put(name, change.asJsonObject()));
        }
        return outputs;
    }

    Map<Action, Integer> counts() {
        Map<Action, Integer> counts = new EnumMap<>(Action.class);
        changes.forEach(change -> counts.merge(change.action(), 1, Integer::sum));
        return counts;
    }
}
