package io.otfd.ui.policyset;

import io.otfd.ui.Badge;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Paging;
import java.util.List;
import java.util.Optional;

/** @param form of a new set; empty for those who may not make one */
public record PolicySetListPage(
        Frame frame,
        String url,
        String policiesUrl,
        String search,
        List<Row> rows,
        Paging paging,
        Optional<Filled> form) {

    public PolicySetListPage {
        rows = List.copyOf(rows);
    }

    /** @param scope where it applies, in words */
    public record Row(String name, String url, String description, List<Badge> badges, String scope, int policies) {

        public Row {
            badges = List.copyOf(badges);
        }
    }
}
