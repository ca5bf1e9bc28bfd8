package io.otfd.dispatch;

import io.otfd.Ids.RunId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.database.Database;
import io.otfd.database.Sql;
import io.otfd.event.Events;
import io.otfd.event.Topics;
import io.otfd.job.Job;
import io.otfd.job.Jobs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What agents are told of the jobs that they hold. A signal is a column of the job: it is there until it is heard. */
public final class Signals {

    private final Database database;
    private final Events events;
    private final Clock clock;

    public Signals(Database database, Events events, Clock clock) {
        this.database = database;
        this.events = events;
        this.clock = clock;
    }

    /** What the agent must do, or that the job is not its any more. */
    public enum Told {
        CANCEL,
        FORCE_CANCEL,
        LEASE_LOST
    }

    /** A signal stronger than {@code after}, waiting for one if need be. */
    public Optional<Told> await(Caller.Agent agent, RunId run, String lease, Job.Signal after, Duration hold) {
        Instant end = clock.instant().plus(hold);
        try (Events.Waiter waiter = events.listen(Topics.signals(run))) {
            while (true) {
                Optional<Told> told = database.read(sql -> told(sql, agent, run, lease, after));
                Duration left = Duration.between(clock.instant(), end);
                if (told.isPresent()
                        || !left.isPositive()
                        || Thread.currentThread().isInterrupted()) {
                    return told;
                }
                waiter.await(left);
            }
        }
    }

    /** @throws Refusal.NotFound once the job is over by the agent's own report */
    static Optional<Told> told(Sql sql, Caller.Agent agent, RunId run, String lease, Job.Signal after) {
        Optional<Job> leased =
                Jobs.leased(sql, run, lease).filter(job -> job.agent().equals(Optional.of(agent.id())));
        if (leased.isEmpty()) {
            return Optional.of(Told.LEASE_LOST);
        }
        Job job = leased.get();
        boolean news = job.signal().compareTo(after) > 0;
        if (!job.isClaimed() && !(news && job.signal() == Job.Signal.FORCE_CANCEL)) {
            throw new Refusal.NotFound();
        }
        if (!news) {
            return Optional.empty();
        }
        return switch (job.signal()) {
            case NONE -> Optional.empty();
            case CANCEL -> Optional.of(Told.CANCEL);
            case FORCE_CANCEL -> Optional.of(Told.FORCE_CANCEL);
        };
    }
}
