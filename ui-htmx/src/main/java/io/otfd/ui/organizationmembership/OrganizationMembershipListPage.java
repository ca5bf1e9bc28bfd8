package io.otfd.ui.organizationmembership;

import io.otfd.ui.Badge;
import io.otfd.ui.Choice;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Paging;
import java.util.List;
import java.util.Optional;

/**
 * @param form of an invitation; empty for those who may not invite
 * @param teams that somebody may be put into with it
 * @param link for whoever was invited just now, whole; site admins alone see it
 */
public record OrganizationMembershipListPage(
        Frame frame,
        String url,
        String search,
        List<Row> rows,
        Paging paging,
        Optional<Filled> form,
        List<Choice> teams,
        Optional<String> link) {

    public OrganizationMembershipListPage {
        rows = List.copyOf(rows);
        teams = List.copyOf(teams);
    }

    /** @param removal empty for those who may not remove */
    public record Row(String username, String email, Badge status, List<Frame.Item> teams, Optional<String> removal) {

        public Row {
            teams = List.copyOf(teams);
        }
    }
}
