package io.otfd.ui.notification;

import io.otfd.ui.Badge;
import io.otfd.ui.Choice;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import java.util.List;

/** @param form of a new one */
public record NotificationListPage(Frame frame, String url, List<Row> rows, Filled form, List<Choice> triggers) {

    public NotificationListPage {
        rows = List.copyOf(rows);
        triggers = List.copyOf(triggers);
    }

    /** @param last how the last delivery went */
    public record Row(
            String name, String url, String destination, Badge state, List<Badge> last, List<String> triggers) {}
}
