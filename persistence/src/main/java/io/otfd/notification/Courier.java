package io.otfd.notification;

/** Takes a message to its destination. Holds no transaction, takes bounded time, and throws nothing. */
public interface Courier {
    Receipt deliver(Notification notification);
}
