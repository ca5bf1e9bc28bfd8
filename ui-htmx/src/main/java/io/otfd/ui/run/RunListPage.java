package io.otfd.ui.run;

import io.otfd.ui.Frame;
import io.otfd.ui.Paging;
import java.util.List;
import java.util.Optional;

/** @param newRun where one is started; empty for those who may not */
public record RunListPage(Frame frame, List<RunRow> rows, Optional<String> newRun, Paging paging) {

    public RunListPage {
        rows = List.copyOf(rows);
    }
}
