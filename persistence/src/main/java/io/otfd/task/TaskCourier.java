package io.otfd.task;

import io.otfd.notification.Receipt;

/** Takes a request to a task. Holds no transaction, takes bounded time, and throws nothing. */
public interface TaskCourier {
    Receipt deliver(TaskRequest request);
}
