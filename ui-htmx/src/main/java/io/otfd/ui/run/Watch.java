package io.otfd.ui.run;

import io.otfd.event.Events;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits for any of several topics: one thread for each hands its hints on. */
final class Watch implements AutoCloseable {

    private static final Duration TURN = Duration.ofSeconds(30);

    private final Semaphore woken = new Semaphore(0);
    private final List<Events.Waiter> waiters;
    private final List<Thread> threads;
    private volatile boolean closed;

    /** Listens from now on. */
    Watch(Events events, List<String> topics) {
        this.waiters = topics.stream().map(events::listen).toList();
        this.threads = waiters.stream()
                .map(waiter -> Thread.ofVirtual().name("watch").start(() -> pass(waiter)))
                .toList();
    }

    private void pass(Events.Waiter waiter) {
        while (!closed) {
            waiter.await(TURN);
            woken.release();
        }
    }

    /**
     * Returns when something was published since the last call, or when the time is over.
     *
     * @throws UncheckedIOException when the server stops
     */
    void await(Duration atMost) {
        try {
            if (woken.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("the server stops"));
        }
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        waiters.forEach(Events.Waiter::close);
    }
}
