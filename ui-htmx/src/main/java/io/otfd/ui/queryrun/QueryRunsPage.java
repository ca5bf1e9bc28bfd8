package io.otfd.ui.queryrun;

import io.otfd.ui.Badge;
import io.otfd.ui.Frame;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import java.util.List;

/** The newest first. */
public record QueryRunsPage(Frame frame, List<Row> rows, Paging paging) {

    public QueryRunsPage {
        rows = List.copyOf(rows);
    }

    public record Row(String id, String url, Badge status, String author, Moment created) {}
}
