package io.otfd.ui.run;

import io.otfd.ui.Frame;
import io.otfd.ui.Paging;
import java.util.List;

public record RunListPage(Frame frame, List<RunRow> rows, Paging paging) {

    public RunListPage {
        rows = List.copyOf(rows);
    }
}
