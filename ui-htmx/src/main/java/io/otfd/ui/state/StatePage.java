package io.otfd.ui.state;

import io.otfd.ui.Fact;
import io.otfd.ui.Frame;
import java.util.List;
import java.util.Optional;

/**
 * @param downloadUrl empty until its bytes are here
 * @param rollbackUrl empty for the current one, and for those who may not write states
 */
public record StatePage(
        Frame frame,
        String serial,
        String id,
        boolean current,
        List<Fact> facts,
        List<Output> outputs,
        List<ResourceRow> resources,
        Optional<String> downloadUrl,
        Optional<String> rollbackUrl) {

    public StatePage {
        facts = List.copyOf(facts);
        outputs = List.copyOf(outputs);
        resources = List.copyOf(resources);
    }

    /** @param value empty for one that is sensitive */
    public record Output(String name, String type, Optional<String> value) {}

    public record ResourceRow(String name, String type, String module, String provider, int count) {}
}
