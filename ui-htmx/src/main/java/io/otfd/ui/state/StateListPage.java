package io.otfd.ui.state;

import io.otfd.ui.Frame;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import java.util.List;
import java.util.Optional;

public record StateListPage(Frame frame, List<Row> rows, Paging paging) {

    public StateListPage {
        rows = List.copyOf(rows);
    }

    /**
     * @param by who or what wrote it
     * @param size in bytes, in words
     */
    public record Row(
            String serial,
            String url,
            boolean current,
            Optional<String> status,
            String by,
            Optional<String> runUrl,
            String terraformVersion,
            String size,
            Moment createdAt) {}
}
