package io.otfd.ui.organization;

import io.otfd.ui.Frame;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import java.util.List;

/** @param host name and port of this server */
public record OrganizationListPage(Frame frame, String search, List<Row> rows, Paging paging, String host) {

    public OrganizationListPage {
        rows = List.copyOf(rows);
    }

    public record Row(String name, String url, String mode, Moment createdAt) {}
}
