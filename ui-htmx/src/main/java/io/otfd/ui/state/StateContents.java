package io.otfd.ui.state;

import io.otfd.JsonTrees;
import io.otfd.state.StateVersion;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;

/** What is in a state, as far as it is shown. */
public record StateContents(List<ResourceRow> resources, List<Output> outputs) {

    public StateContents {
        resources = List.copyOf(resources);
        outputs = List.copyOf(outputs);
    }

    public record ResourceRow(String name, String type, String module, String provider, int count) {}

    /** @param value empty for one that is sensitive */
    public record Output(String name, String type, Optional<String> value) {}

    /** @param outputs none for those who may not read them */
    public static StateContents of(StateVersion state, List<StateVersion.Output> outputs) {
        try (var reader = JsonTrees.JSON.createReader(new StringReader(state.resources()))) {
            return new StateContents(
                    reader.readArray().stream()
                            .map(JsonValue::asJsonObject)
                            .map(StateContents::resource)
                            .toList(),
                    outputs.stream().map(StateContents::output).toList());
        }
    }

    private static ResourceRow resource(JsonObject resource) {
        return new ResourceRow(
                resource.getString("name", ""),
                resource.getString("type", ""),
                resource.getString("module", ""),
                resource.getString("provider", ""),
                resource.getInt("count", 0));
    }

    private static Output output(StateVersion.Output output) {
        return new Output(
                output.name(), output.type(), output.sensitive() ? Optional.empty() : Optional.of(output.value()));
    }

    /** The first few resources. */
    public StateContents limited(int resourceCount) {
        return new StateContents(resources.stream().limit(resourceCount).toList(), outputs);
    }
}
