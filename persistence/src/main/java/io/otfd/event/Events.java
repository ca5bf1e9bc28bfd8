package io.otfd.event;

import io.otfd.database.DatabaseUrl;
import io.otfd.database.Tx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes who waits, in this process and in every other one on the database. A notification is a hint: it carries a topic
 * and nothing else, and after waking one reads the table. Every wait has a time-out, so that a lost one costs seconds.
 *
 * <p>Published for jobs, signals, runs and logs only: PostgreSQL takes one lock for all commits that notify.
 */
public final class Events implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final String CHANNEL = "otfd";
    private static final int POLL_MILLIS = 30_000;
    private static final Duration RECONNECT = Duration.ofSeconds(1);

    private final DatabaseUrl url;
    private final Map<String, Set<Waiter>> waiters = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile Connection connection;
    private volatile boolean closed;

    public Events(DatabaseUrl url) {
        this.url = url;
        this.thread = Thread.ofVirtual().name("events").unstarted(this::listen);
    }

    public Events start() {
        thread.start();
        return this;
    }

    /** Tells all who wait for the topic, once the transaction is committed. */
    public void publish(Tx tx, String topic) {
        tx.one("event.notify", row -> true, "channel", CHANNEL, "topic", topic);
        tx.afterCommit(() -> wake(topic));
    }

    /** Begins to listen. Read the table after this, then {@link Waiter#await}, then read again. */
    public Waiter listen(String... topics) {
        Waiter waiter = new Waiter(List.of(topics));
        for (String topic : topics) {
            waiters.compute(topic, (key, present) -> {
                Set<Waiter> all = present == null ? ConcurrentHashMap.newKeySet() : present;
                all.add(waiter);
                return all;
            });
        }
        return waiter;
    }

    /** One listener, of one topic or several. */
    public final class Waiter implements AutoCloseable {
        private final List<String> topics;
        private final Semaphore woken = new Semaphore(0);

        private Waiter(List<String> topics) {
            this.topics = topics;
        }

        /** Returns when a topic was published since the last call, or when the time is over. */
        public void await(Duration atMost) {
            try {
                if (woken.tryAcquire(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS)) {
                    woken.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            for (String topic : topics) {
                waiters.computeIfPresent(topic, (key, all) -> {
                    all.remove(this);
                    return all.isEmpty() ? null : all;
                });
            }
        }
    }

    private void wake(String topic) {
        waiters.getOrDefault(topic, Set.of()).forEach(waiter -> waiter.woken.release());
    }

    private void wakeAll() {
        waiters.values().forEach(all -> all.forEach(waiter -> waiter.woken.release()));
    }

    private void listen() {
        while (!closed) {
            Properties properties = new Properties();
            properties.setProperty("user", url.user());
            properties.setProperty("password", url.password());
            properties.setProperty("ApplicationName", "otfd events");
            properties.setProperty("tcpKeepAlive", "true");
            try (Connection opened = DriverManager.getConnection(url.jdbcUrl(), properties)) {
                connection = opened;
                try (Statement statement = opened.createStatement()) {
                    statement.execute("LISTEN " + CHANNEL);
                }
                // What was published while nobody listened.
                wakeAll();
                receive(opened.unwrap(PGConnection.class));
            } catch (SQLException e) {
                if (!closed) {
                    LOG.warn("event connection lost, trying again: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    private void receive(PGConnection listening) throws SQLException {
        while (!closed) {
            PGNotification[] notifications = listening.getNotifications(POLL_MILLIS);
            for (PGNotification notification : notifications == null ? new PGNotification[0] : notifications) {
                wake(notification.getParameter());
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RECONNECT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Wakes all who wait, for the last time. */
    @Override
    public void close() {
        closed = true;
        wakeAll();
        Connection open = connection;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("closing the event connection", e);
            }
        }
    }
}
