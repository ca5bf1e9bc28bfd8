package io.otfd.notifier;

import io.otfd.event.Events;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due, some at once. Every server does; each message is one server's.
 *
 * @param <C> a message that this server has claimed
 */
abstract class Sender<C> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    /** At once: a slow destination keeps one of them busy for ten seconds. */
    private static final int AT_ONCE = 16;

    private static final Duration LOOK_AT_LEAST = Duration.ofSeconds(30);
    private static final Duration LOOK_AT_MOST = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final String what;
    private final String topic;
    private final Events events;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param what is sent, in the plural, for the log
     * @param topic tells that some of it is due
     */
    Sender(String what, String topic, Events events) {
        this.what = what;
        this.topic = topic;
        this.events = events;
        this.thread = Thread.ofVirtual().name(what).unstarted(this::run);
    }

    abstract List<C> claim(int atMost);

    abstract Optional<Duration> untilNext();

    /** Sends it and records what came of it; what is not recorded is claimed again. */
    abstract void deliver(C claimed);

    final void begin() {
        thread.start();
    }

    private void run() {
        try (Events.Waiter due = events.listen(topic)) {
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
            List<C> claimed = claim(free.availablePermits());
            claimed.forEach(this::send);
            // Claiming may have made room for what comes after it in the same run.
            return claimed.isEmpty() ? pause(untilNext()) : Duration.ZERO;
        } catch (InterruptedException e) {
            return Duration.ZERO;
        } catch (RuntimeException e) {
            LOG.warn("{} cannot be read: {}", what, e.toString());
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

    private void send(C claimed) {
        free.acquireUninterruptibly();
        Thread.ofVirtual().name("one of " + what).start(() -> {
            try {
                deliver(claimed);
            } catch (RuntimeException e) {
                LOG.warn("one of {} not recorded, it will be sent again: {}", what, e.toString());
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
