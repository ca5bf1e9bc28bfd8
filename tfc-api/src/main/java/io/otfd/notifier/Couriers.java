package io.otfd.notifier;

import io.otfd.notification.Courier;
import io.otfd.notification.Notification;
import io.otfd.notification.Receipt;
import io.otfd.task.TaskCourier;
import io.otfd.task.TaskRequest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to each kind of destination. */
public final class Couriers implements Courier, TaskCourier, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Couriers.class);

    private final Webhooks webhooks;
    private final Mails mails;

    /**
     * @param baseUrl of this server, as people reach it
     * @param allowPrivate users of the API may have this server speak to private networks and to itself
     */
    public Couriers(String baseUrl, boolean allowPrivate, Optional<MailSettings> mail) {
        Payload payload = new Payload(baseUrl);
        this.webhooks = new Webhooks(new PublicAddresses(allowPrivate), payload, new TaskPayload(baseUrl));
        this.mails = new Mails(mail, payload);
    }

    @Override
    public Receipt deliver(Notification notification) {
        try {
            return switch (notification.destination()) {
                case GENERIC, SLACK, MICROSOFT_TEAMS -> webhooks.deliver(notification);
                case EMAIL -> mails.deliver(notification);
            };
        } catch (RuntimeException e) {
            LOG.error("notification failed id={}", notification.configuration().value(), e);
            return Receipt.failed("the server could not make the request", false);
        }
    }

    @Override
    public Receipt deliver(TaskRequest request) {
        try {
            return webhooks.deliver(request);
        } catch (RuntimeException e) {
            LOG.error("run task failed", e);
            return Receipt.failed("the server could not make the request", false);
        }
    }

    @Override
    public void close() {
        webhooks.close();
    }
}
