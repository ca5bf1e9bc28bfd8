package io.otfd.ui.policy;

import io.otfd.ui.Badge;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Paging;
import java.util.List;
import java.util.Optional;

/** @param form of a new policy; empty for those who may not make one */
public record PolicyListPage(
        Frame frame, String url, String setsUrl, String search, List<Row> rows, Paging paging, Optional<Filled> form) {

    public PolicyListPage {
        rows = List.copyOf(rows);
    }

    /** @param sets how many it is in */
    public record Row(String name, String url, String description, Badge enforcement, String query, int sets) {}
}
