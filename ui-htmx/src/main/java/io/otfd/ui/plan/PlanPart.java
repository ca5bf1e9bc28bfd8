package io.otfd.ui.plan;

import io.otfd.ui.Badge;
import io.otfd.ui.Choice;
import io.otfd.ui.Filled;
import io.otfd.ui.Paging;
import java.util.List;
import java.util.Optional;

/**
 * What a plan changes: a part of the run's page, and a page of its own.
 *
 * @param url of the page of its own; filters go there
 * @param note instead of the list, such as that the plan is too large to be shown
 * @param counts by action
 * @param total changes, those that the filter leaves out included
 */
public record PlanPart(
        String url,
        Optional<String> note,
        List<Badge> counts,
        Filled query,
        List<Choice> actions,
        List<Choice> types,
        List<Row> rows,
        Paging paging,
        int total,
        List<Row> drift,
        List<Output> outputs) {

    public PlanPart {
        counts = List.copyOf(counts);
        actions = List.copyOf(actions);
        types = List.copyOf(types);
        rows = List.copyOf(rows);
        drift = List.copyOf(drift);
        outputs = List.copyOf(outputs);
    }

    /** @param url where its attributes are */
    public record Row(Badge action, String address, Optional<String> note, String url) {}

    /** A change of an output. */
    public record Output(String name, Badge action, AttributeDiff diff) {}
}
