package io.otfd.ui.team;

import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Paging;
import java.util.List;
import java.util.Optional;

/** @param form of a new team; empty for those who may not make one */
public record TeamListPage(
        Frame frame, String url, String search, List<Row> rows, Paging paging, Optional<Filled> form) {

    public TeamListPage {
        rows = List.copyOf(rows);
    }

    public record Row(String name, String url, int members, String visibility) {}
}
