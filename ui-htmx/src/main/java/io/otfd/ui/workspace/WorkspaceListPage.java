package io.otfd.ui.workspace;

import io.otfd.ui.Badge;
import io.otfd.ui.Frame;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import java.util.List;
import java.util.Optional;

/** @param host name and port of this server */
public record WorkspaceListPage(
        Frame frame, String organization, String search, List<Row> rows, Paging paging, String host) {

    public WorkspaceListPage {
        rows = List.copyOf(rows);
    }

    public record Row(
            String name,
            String url,
            String mode,
            Optional<Current> run,
            int resourceCount,
            Optional<String> lock,
            Moment changedAt) {}

    /** The run that the workspace is at. */
    public record Current(String url, Badge status) {}
}
