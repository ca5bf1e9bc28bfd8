package io.otfd.daemon;

import io.otfd.Ids.RunId;
import io.otfd.agentpool.Agents;
import io.otfd.dispatch.Liveness;
import io.otfd.dispatch.OverdueJobs;
import io.otfd.retention.Expiry;
import io.otfd.run.Runs;
import io.otfd.run.Waiting;
import io.otfd.token.Tokens;
import io.otfd.user.SignIns;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must be done from time to time. Every server does it: each task is safe to do twice. */
final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private final Liveness liveness;
    private final Runs runs;
    private final ControlPlane plane;
    private final Tokens tokens;
    private final SignIns signIns;
    private final Expiry expiry;
    private final Config config;
    private final long often;
    private final Attention attention;
    private final Map<RunId, Waiting.Reason> logged = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("housekeeping").factory());

    Housekeeping(Config config, ControlPlane plane) {
        this.config = config;
        this.liveness = plane.liveness();
        this.runs = plane.runs();
        this.plane = plane;
        this.tokens = plane.tokens();
        this.signIns = plane.signIns();
        this.expiry = plane.expiry();
        this.often = Math.clamp(config.agentUnknownAfter().toMillis() / 3, 200, 10_000);
        this.attention = new Attention(System.nanoTime(), Duration.ofMillis(3 * often));
    }

    void start() {
        timer.scheduleWithFixedDelay(() -> attempt("agents", this::sweepAgents), often, often, TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(
                () -> attempt("overdue jobs", () -> plane.overdueJobs().sweep(OverdueJobs.GRACE)),
                often,
                often,
                TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(
                () -> attempt("waiting runs", this::logWaiting), often, often, TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(
                () -> attempt("overdue run tasks", plane.taskResults()::timeOut), often, often, TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(() -> attempt("run triggers", plane::makeTriggeredRuns), 1, 1, TimeUnit.SECONDS);
        timer.scheduleWithFixedDelay(() -> attempt("tokens", tokens::deleteExpired), 1, 10, TimeUnit.MINUTES);
        timer.scheduleWithFixedDelay(() -> attempt("sign-ins", signIns::deleteExpired), 1, 10, TimeUnit.MINUTES);
        timer.scheduleWithFixedDelay(() -> attempt("old states", expiry::run), 3, 60, TimeUnit.MINUTES);
        timer.scheduleWithFixedDelay(
                () -> attempt("old notifications", plane.notifications()::prune), 4, 60, TimeUnit.MINUTES);
        timer.scheduleWithFixedDelay(() -> attempt("old agents", this::purgeAgents), 2, 60, TimeUnit.MINUTES);
    }

    private void sweepAgents() {
        try {
            liveness.sweep(new Agents.Silence(
                    config.agentUnknownAfter(), config.agentErroredAfter(), attention.look(System.nanoTime())));
        } catch (RuntimeException e) {
            attention.lost(System.nanoTime());
            throw e;
        }
    }

    /** A line for each run that has waited for long, and another one when its reason changes. */
    private void logWaiting() {
        Map<RunId, Waiting> now = runs.waitingFor(config.agentUnknownAfter());
        now.forEach((run, waiting) -> {
            if (logged.get(run) != waiting.reason()) {
                LOG.info("run waits run.id={} reason={}: {}", run.value(), waiting.reason(), waiting.message());
            }
        });
        logged.clear();
        now.forEach((run, waiting) -> logged.put(run, waiting.reason()));
    }

    private void purgeAgents() {
        liveness.purge(config.agentPurgeAfter());
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
