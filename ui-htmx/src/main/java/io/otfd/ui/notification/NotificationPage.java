package io.otfd.ui.notification;

import io.otfd.ui.Badge;
import io.otfd.ui.Choice;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import java.util.List;
import java.util.Optional;

/**
 * One notification to be changed, and what was sent.
 *
 * @param destination its wire name
 * @param edition what the form was filled from
 */
public record NotificationPage(
        Frame frame,
        String url,
        String name,
        String id,
        String destination,
        String destinationLabel,
        boolean enabled,
        boolean signed,
        Filled form,
        List<Choice> triggers,
        String edition,
        List<Delivery> deliveries,
        Paging paging) {

    public NotificationPage {
        triggers = List.copyOf(triggers);
        deliveries = List.copyOf(deliveries);
    }

    /** @param answer of the destination, or why there was none */
    public record Delivery(
            Moment at,
            String message,
            Optional<String> run,
            Optional<String> runUrl,
            Badge state,
            int attempts,
            String code,
            String answer) {}
}
