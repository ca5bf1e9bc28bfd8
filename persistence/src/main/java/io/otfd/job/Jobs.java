package io.otfd.job;

import io.otfd.Ids;
import io.otfd.Ids.AgentId;
import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.RunId;
import io.otfd.agentpool.Dialect;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.event.Events;
import io.otfd.event.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The queue of work for agents. Knows nothing of what a run is. */
public final class Jobs {

    /** Of the servers' own agents; any other is an agent pool's, and so one organization's. */
    public static final String SERVER_QUEUE = "server";

    /** Said by agents that take a plan that is a query. */
    public static final String QUERY = "query";

    private final Events events;

    public Jobs(Events events) {
        this.events = events;
    }

    /**
     * @param engine that it takes
     * @param priority lower goes first
     */
    public void enqueue(Tx tx, RunId run, String kind, String engine, String queue, int priority) {
        tx.update("job.insert", "run_id", run, "kind", kind, "engine", engine, "queue", queue, "priority", priority);
        events.publish(tx, Topics.jobs(queue));
    }

    /**
     * What an agent would take.
     *
     * @param dialect of the agent: an apply is given to one that speaks as the plan's did
     * @param kinds of jobs, and {@link #QUERY}
     * @param run of which the job must be, or empty for any
     */
    public record Wanted(Dialect dialect, List<String> kinds, List<String> engines, Optional<RunId> run) {}

    /**
     * The next job of the queue, claimed, or empty: applies before plans before speculative plans, and in the servers' queue
     * one organization as often as another. Two agents never get the same one (SKIP LOCKED).
     *
     * @param timeouts how long a job of each kind may take from now on
     */
    public Optional<Job> claim(Tx tx, String queue, AgentId agent, Wanted wanted, Timeouts timeouts) {
        Optional<Long> next = tx.one(
                queue.equals(SERVER_QUEUE) ? "job.next_fairly" : "job.next",
                row -> row.number("id"),
                "queue",
                queue,
                "dialect",
                wanted.dialect(),
                "kinds",
                wanted.kinds(),
                "engines",
                wanted.engines(),
                "run_id",
                wanted.run().orElse(null));
        return next.flatMap(id -> tx.one(
                "job.claim",
                Jobs::job,
                "id",
                id,
                "agent_id",
                agent,
                "lease_id",
                Ids.random("lease-"),
                "dialect",
                wanted.dialect(),
                "plan_millis",
                timeouts.plan().toMillis(),
                "apply_millis",
                timeouts.apply().toMillis()));
    }

    /** Whether this agent may still be given a job of the run. */
    public static boolean isExpected(Tx tx, RunId run, AgentId agent, Optional<AgentPoolId> pool) {
        return tx.exists("job.is_expected", "run_id", run, "agent_id", agent, "agent_pool_id", pool.orElse(null));
    }

    public static Optional<Job> find(Sql sql, long id) {
        return sql.one("job.by_id", Jobs::job, "id", id);
    }

    /** A run's job of this kind, its row held. */
    public static Optional<Job> lock(Tx tx, RunId run, String kind) {
        return tx.one("job.lock", Jobs::job, "run_id", run, "kind", kind);
    }

    /** What the agent holds. */
    public static List<Job> heldBy(Sql sql, AgentId agent) {
        return sql.list("job.held_by", Jobs::job, "agent_id", agent);
    }

    /** A new lease for a job that its agent takes up again. */
    public static Job renew(Tx tx, Job job) {
        return tx.one("job.renew", Jobs::job, "id", job.id(), "lease_id", Ids.random("lease-"))
                .orElseThrow();
    }

    public static void started(Tx tx, Job job) {
        tx.update("job.started", "id", job.id());
    }

    /** The agent says that it has the job under this lease. */
    public static void listed(Tx tx, AgentId agent, RunId run, String lease) {
        tx.update("job.listed", "agent_id", agent, "run_id", run, "lease_id", lease);
    }

    /** The agent says that it works, and knows of one job at a time. */
    public static void busy(Tx tx, AgentId agent) {
        tx.update("job.busy", "agent_id", agent);
    }

    /**
     * The agent has said which jobs it has.
     *
     * @param patience since the claim: its answer may be on the way
     */
    public void missed(Tx tx, AgentId agent, List<RunId> listed, Duration patience) {
        tx.list("job.mark_missed", Jobs::job, "agent_id", agent, "listed", listed, "seconds", seconds(patience))
                .forEach(job -> events.publish(tx, Topics.jobs(job.queue())));
    }

    /** A job that the agent was given and that did not reach it. */
    public static Optional<Job> undelivered(Sql sql, AgentId agent) {
        return sql.one("job.undelivered", Jobs::job, "agent_id", agent);
    }

    /**
     * Claimed jobs in nobody's hands.
     *
     * @param attentive for how long the server has been listening without a gap
     */
    public static List<Job> abandoned(Sql sql, Duration unknownAfter, Duration attentive) {
        return sql.list(
                "job.abandoned",
                Jobs::job,
                "unknown_seconds",
                seconds(unknownAfter),
                "attentive_seconds",
                seconds(attentive));
    }

    /** Claimed jobs that their agents have never acknowledged. */
    public static List<Job> unacknowledged(Sql sql, Duration unknownAfter, Duration attentive) {
        return sql.list(
                "job.unacknowledged",
                Jobs::job,
                "unknown_seconds",
                seconds(unknownAfter),
                "attentive_seconds",
                seconds(attentive));
    }

    /** @param own for agents that watch the time themselves */
    public static List<Job> overdue(Sql sql, Duration own) {
        return sql.list("job.overdue", Jobs::job, "own_seconds", seconds(own));
    }

    /** Overdue for so long, and not ended. */
    public static List<Job> overstayed(Sql sql, Duration grace) {
        return sql.list("job.overstayed", Jobs::job, "grace_seconds", seconds(grace));
    }

    /** Its engine is told to stop from now on, because its time is over. */
    public void expire(Tx tx, Job job) {
        tx.update("job.set_overdue", "id", job.id());
        signal(tx, job, Job.Signal.CANCEL);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    public void finish(Tx tx, Job job) {
        tx.update("job.finish", "id", job.id());
        ended(tx, job);
    }

    private void ended(Tx tx, Job job) {
        events.publish(tx, Topics.signals(job.run()));
        job.agent().ifPresent(agent -> events.publish(tx, Topics.agent(agent)));
    }

    /** Ends a job that its agent does not report on any more: its lease is worth nothing from now on. */
    public void takeAway(Tx tx, Job job) {
        tx.update("job.take_away", "id", job.id());
        ended(tx, job);
    }

    /** A run's job under this lease, ended or not. */
    public static Optional<Job> leased(Sql sql, RunId run, String lease) {
        return sql.one("job.leased", Jobs::job, "run_id", run, "lease_id", lease);
    }

    /** Back to the queue, for another agent. */
    public void requeue(Tx tx, Job job) {
        tx.update("job.requeue", "id", job.id());
        events.publish(tx, Topics.jobs(job.queue()));
    }

    /** Tells the agent; a weaker signal does not take back a stronger one. */
    public void signal(Tx tx, Job job, Job.Signal signal) {
        if (signal.compareTo(job.signal()) > 0) {
            tx.update("job.signal", "id", job.id(), "signal", signal);
            events.publish(tx, Topics.signals(job.run()));
        }
    }

    /** From now on this listener alone is told of the job's signals: whoever listened before hears so. */
    public void listen(Tx tx, Job job, String listener) {
        tx.update("job.listen", "id", job.id(), "listener", listener);
        events.publish(tx, Topics.signals(job.run()));
    }

    /** A signal that was not told yet, once, and to the last listener only. */
    public static Optional<Job.Signal> tell(Tx tx, Job job, String listener) {
        return tx.one("job.tell", row -> Job.Signal.of(row.text("signal")), "id", job.id(), "listener", listener);
    }

    /** A run's job that an agent holds now. */
    public static Optional<Job> claimed(Sql sql, RunId run) {
        return sql.one("job.claimed", Jobs::job, "run_id", run);
    }

    private static Job job(Row row) {
        return new Job(
                row.number("id"),
                new RunId(row.text("run_id")),
                row.text("kind"),
                row.flag("query"),
                row.text("queue"),
                row.text("status"),
                row.optionalText("agent_id").map(AgentId::new),
                row.optionalText("lease_id"),
                row.flag("started"),
                row.integer("attempts"),
                Job.Signal.of(row.text("signal")),
                Duration.ofMillis(row.number("timeout_millis")),
                row.optionalInstant("overdue_at").isPresent(),
                row.optionalText("listener"));
    }
}
