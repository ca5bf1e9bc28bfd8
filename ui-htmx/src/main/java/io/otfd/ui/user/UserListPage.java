package io.otfd.ui.user;

import io.otfd.ui.Badge;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Paging;
import java.util.List;

/** @param form of an invitation */
public record UserListPage(Frame frame, String url, String search, List<Row> rows, Paging paging, Filled form) {

    public UserListPage {
        rows = List.copyOf(rows);
    }

    public record Row(String username, String url, String email, List<Badge> badges) {

        public Row {
            badges = List.copyOf(badges);
        }
    }
}
