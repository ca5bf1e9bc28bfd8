package io.otfd.ui.state;

import io.otfd.ui.Badge;
import io.otfd.ui.Choice;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Paging;
import io.otfd.ui.plan.AttributeDiff;
import java.util.List;
import java.util.Optional;

/**
 * What differs between two states.
 *
 * @param url of this page
 * @param others states to compare with
 * @param note instead of a comparison, such as that there is no other state
 */
public record StateDiffPage(
        Frame frame,
        String url,
        Filled query,
        List<Choice> others,
        Optional<String> note,
        List<Badge> counts,
        List<Row> resources,
        Paging paging,
        List<Row> outputs) {

    public StateDiffPage {
        others = List.copyOf(others);
        counts = List.copyOf(counts);
        resources = List.copyOf(resources);
        outputs = List.copyOf(outputs);
    }

    /** @param name address of a resource's instance, or name of an output */
    public record Row(String name, Badge kind, AttributeDiff diff) {

        static Row of(StateDiff.Entry entry) {
            return new Row(entry.name(), entry.kind(), entry.diff());
        }
    }
}
