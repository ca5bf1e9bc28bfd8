package io.otfd.ui.variable;

import io.otfd.ui.Badge;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import java.util.List;
import java.util.Optional;

/** @param form of a new variable; empty for those who may not change variables */
public record VariableListPage(Frame frame, String url, List<Row> rows, Optional<Filled> form) {

    public VariableListPage {
        rows = List.copyOf(rows);
    }

    /** @param value empty for one that is sensitive */
    public record Row(
            String key, Optional<String> value, String category, List<Badge> badges, String description, String url) {}
}
