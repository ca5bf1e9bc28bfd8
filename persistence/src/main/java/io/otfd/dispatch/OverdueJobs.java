package io.otfd.dispatch;

import io.otfd.Refusal;
import io.otfd.database.Database;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.job.Job;
import io.otfd.job.Jobs;
import io.otfd.run.Phase;
import io.otfd.run.RunAdvance;
import io.otfd.run.RunEvent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans and applies that take longer than they may: their engine is told to stop, and later to be killed. Our own agents
 * watch the time themselves; this is for others, and for an agent that hangs.
 */
public final class OverdueJobs {

    private static final Logger LOG = LoggerFactory.getLogger(OverdueJobs.class);

    /** What an engine has to stop in good order, twice as long as our own agents wait. */
    public static final Duration GRACE = Duration.ofMinutes(1);

    private final Database database;
    private final Jobs jobs;
    private final RunAdvance advance;

    public OverdueJobs(Database database, Jobs jobs, RunAdvance advance) {
        this.database = database;
        this.jobs = jobs;
        this.advance = advance;
    }

    /** Any server may do it at any time. */
    public void sweep(Duration grace) {
        each(sql -> Jobs.overdue(sql, grace), (tx, held, job) -> {
            jobs.expire(tx, job);
            LOG.warn("job overdue run.id={} run.operation={}", job.run().value(), job.kind());
        });
        each(sql -> Jobs.overstayed(sql, grace), (tx, held, job) -> {
            Phase.Kind kind = Phase.Kind.of(job.kind()).orElseThrow();
            advance.say(
                    tx, held.run().phase(kind), "Error: " + sentence(job) + ", and did not stop when it was told to.");
            jobs.signal(tx, job, Job.Signal.FORCE_CANCEL);
            jobs.takeAway(tx, job);
            advance.advance(
                    tx,
                    held,
                    kind == Phase.Kind.PLAN ? RunEvent.PLAN_ERRORED : RunEvent.APPLY_ERRORED,
                    Optional.empty());
            LOG.warn(
                    "job given up, since it did not stop run.id={} run.operation={}",
                    job.run().value(),
                    kind);
        });
    }

    /** Such as "The plan took longer than the 2h that it may take". */
    static String sentence(Job job) {
        String time = job.timeout().toString().substring("PT".length()).toLowerCase(Locale.ROOT);
        return "The " + job.noun() + " took longer than the " + time + " that it may take";
    }

    private interface Action {
        void on(Tx tx, RunAdvance.Held held, Job job);
    }

    /** A transaction a job, in which it is looked at again. */
    private void each(Function<Sql, List<Job>> candidates, Action action) {
        for (Job seen : database.read(candidates::apply)) {
            try {
                database.transactVoid(tx -> {
                    RunAdvance.Held held = advance.hold(tx, seen.run());
                    Job job = Jobs.lock(tx, seen.run(), seen.kind()).orElseThrow(Refusal.NotFound::new);
                    if (candidates.apply(tx).stream().anyMatch(candidate -> candidate.id() == job.id())) {
                        action.on(tx, held, job);
                    }
                });
            } catch (Refusal.NotFound e) {
                LOG.debug("job is gone run.id={}", seen.run().value());
            }
        }
    }
}
