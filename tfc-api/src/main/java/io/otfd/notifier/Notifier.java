package io.otfd.notifier;

import io.otfd.event.Events;
import io.otfd.event.Topics;
import io.otfd.notification.Courier;
import io.otfd.notification.Notifications;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sends the notifications that are due. */
public final class Notifier extends Sender<Notifications.Claimed> {

    private final Notifications notifications;
    private final Courier courier;

    public Notifier(Notifications notifications, Courier courier, Events events) {
        super("notifications", Topics.notifications(), events);
        this.notifications = notifications;
        this.courier = courier;
    }

    public Notifier start() {
        begin();
        return this;
    }

    @Override
    List<Notifications.Claimed> claim(int atMost) {
        return notifications.claim(atMost);
    }

    @Override
    Optional<Duration> untilNext() {
        return notifications.untilNext();
    }

    @Override
    void deliver(Notifications.Claimed claimed) {
        notifications.record(claimed, courier.deliver(claimed.notification()));
    }
}
