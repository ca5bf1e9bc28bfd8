package io.otfd.daemon;

import io.otfd.agentpool.Agents;
import io.otfd.database.Database;
import io.otfd.dispatch.Dispatch;
import io.otfd.token.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be done from time to time. Every server does it: each task is safe to do twice.
 *
 * <p>After a start, silence counts from then on: agents could not speak while there was no server.
 */
final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration PURGE_AGENTS_AFTER = Duration.ofHours(24);

    private final Database database;
    private final Dispatch dispatch;
    private final Agents agents;
    private final Tokens tokens;
    private final Clock clock;
    private final Duration unknownAfter;
    private final Duration erroredAfter;
    private final Instant started;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("housekeeping").factory());

    Housekeeping(Database database, ControlPlane plane, Clock clock, Duration unknownAfter, Duration erroredAfter) {
        this.database = database;
        this.dispatch = plane.dispatch();
        this.agents = plane.agents();
        this.tokens = plane.tokens();
        this.clock = clock;
        this.unknownAfter = unknownAfter;
        this.erroredAfter = unknownAfter.plus(erroredAfter);
        this.started = clock.instant();
    }

    void start() {
        long often = Math.clamp(unknownAfter.toMillis() / 3, 200, 10_000);
        timer.scheduleWithFixedDelay(() -> attempt("agents", this::expireAgents), often, often, TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(() -> attempt("tokens", tokens::deleteExpired), 1, 10, TimeUnit.MINUTES);
        timer.scheduleWithFixedDelay(() -> attempt("old agents", this::purgeAgents), 2, 60, TimeUnit.MINUTES);
    }

    private void expireAgents() {
        Instant now = clock.instant();
        Duration alive = Duration.between(started, now);
        dispatch.expireAgents(
                alive.compareTo(unknownAfter) < 0 ? Instant.EPOCH : now.minus(unknownAfter),
                alive.compareTo(erroredAfter) < 0 ? Instant.EPOCH : now.minus(erroredAfter));
    }

    private void purgeAgents() {
        database.transactVoid(tx -> agents.purge(tx, clock.instant().minus(PURGE_AGENTS_AFTER)));
    }

    /** A task that fails is tried again at its next time. */
    private static void attempt(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("housekeeping failed task={}: {}", what, e.toString());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
