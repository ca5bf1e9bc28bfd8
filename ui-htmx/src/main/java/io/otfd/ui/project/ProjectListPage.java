package io.otfd.ui.project;

import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Paging;
import java.util.List;
import java.util.Optional;

/** @param form of a new project; empty for those who may not make one */
public record ProjectListPage(
        Frame frame, String url, String search, List<Row> rows, Paging paging, Optional<Filled> form) {

    public ProjectListPage {
        rows = List.copyOf(rows);
    }

    /** @param workspacesUrl list of its workspaces */
    public record Row(
            String name, String url, String description, String workspaces, String workspacesUrl, String mode) {}
}
