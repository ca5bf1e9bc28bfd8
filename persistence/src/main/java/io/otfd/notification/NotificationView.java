package io.otfd.notification;

import java.util.List;

/** @param responses of the last deliveries, newest first */
public record NotificationView(NotificationConfiguration configuration, List<DeliveryResponse> responses) {

    public NotificationView {
        responses = List.copyOf(responses);
    }
}
