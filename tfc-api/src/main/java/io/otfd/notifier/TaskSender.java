package io.otfd.notifier;

import io.otfd.event.Events;
import io.otfd.event.Topics;
import io.otfd.notification.Receipt;
import io.otfd.task.TaskCourier;
import io.otfd.taskresult.TaskResults;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the run tasks that are due. Every server does; each request is one server's. */
public final class TaskSender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TaskSender.class);

    /** At once: a slow destination keeps one of them busy for ten seconds. */
    private static final int AT_ONCE = 16;

    private static final Duration LOOK_AT_LEAST = Duration.ofSeconds(30);
    private static final Duration LOOK_AT_MOST = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final TaskResults results;
    private final TaskCourier courier;
    private final Events events;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Thread thread = Thread.ofVirtual().name("run tasks").unstarted(this::run);
    private volatile boolean closed;

    public TaskSender(TaskResults results, TaskCourier courier, Events events) {
        this.results = results;
        this.courier = courier;
        this.events = events;
    }

    public TaskSender start() {
        thread.start();
        return this;
    }

    private void run() {
        try (Events.Waiter due = events.listen(Topics.tasks())) {
            while (!closed) {
                due.await(round());
            }
        }
    }

    /** @return how long nothing is to be done */
    private Duration round() {
        try {
            free.acquire();
            free.release();
            List<TaskResults.Claimed> claimed = results.claim(free.availablePermits());
            claimed.forEach(this::send);
            // Claiming may have made room for what comes after it in the same run.
            return claimed.isEmpty() ? pause(results.untilNext()) : Duration.ZERO;
        } catch (InterruptedException e) {
            return Duration.ZERO;
        } catch (RuntimeException e) {
            LOG.warn("run tasks cannot be read: {}", e.toString());
            return AFTER_FAILURE;
        }
    }

    private static Duration pause(Optional<Duration> untilNext) {
        Duration pause = untilNext.orElse(LOOK_AT_LEAST);
        if (pause.compareTo(LOOK_AT_MOST) < 0) {
            return LOOK_AT_MOST;
        }
        return pause.compareTo(LOOK_AT_LEAST) > 0 ? LOOK_AT_LEAST : pause;
    }

    private void send(TaskResults.Claimed claimed) {
        free.acquireUninterruptibly();
        Thread.ofVirtual().name("run task " + claimed.id().value()).start(() -> {
            try {
                Receipt receipt = courier.deliver(claimed.request());
                results.record(claimed, receipt);
            } catch (RuntimeException e) {
                LOG.warn("run task's answer not recorded, it will be asked again: {}", e.toString());
            } finally {
                free.release();
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
