package io.otfd.ui.variableset;

import io.otfd.ui.Badge;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Paging;
import java.util.List;
import java.util.Optional;

/**
 * @param project whose sets these are; empty for all of the organization
 * @param projectId of it, or empty
 * @param form of a new set; empty for those who may not make one
 */
public record VariableSetListPage(
        Frame frame,
        String url,
        String search,
        Optional<String> project,
        String projectId,
        List<Row> rows,
        Paging paging,
        Optional<Filled> form) {

    public VariableSetListPage {
        rows = List.copyOf(rows);
    }

    /** @param scope where it applies, in words */
    public record Row(String name, String url, String description, List<Badge> badges, String scope, int variables) {

        public Row {
            badges = List.copyOf(badges);
        }
    }
}
