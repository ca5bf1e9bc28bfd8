package io.otfd.ui.organization;

import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import java.util.List;
import java.util.Optional;

/**
 * @param form of a new organization
 * @param agentsUrl of all agents of the site, for its admins
 */
public record OrganizationListPage(
        Frame frame, String search, List<Row> rows, Paging paging, Filled form, Optional<String> agentsUrl) {

    public OrganizationListPage {
        rows = List.copyOf(rows);
    }

    public record Row(String name, String url, String mode, Moment createdAt) {}
}
