package io.otfd.dispatch;

import io.otfd.Ids.RunId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.agentpool.Agents;
import io.otfd.agentpool.RegisteredAgent;
import io.otfd.database.Database;
import io.otfd.database.Tx;
import io.otfd.job.Job;
import io.otfd.job.Jobs;
import io.otfd.run.RunAdvance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which agents are there, and whether they still have what they were given.
 *
 * <pre>
 * idle ⇄ busy ──silence──▶ unknown ──more silence──▶ errored ──▶ forgotten
 *    └──────────its goodbye──────────▶ exited ──────────────────▶ forgotten
 * unknown ──any word──▶ idle or busy
 * </pre>
 */
public final class Liveness {

    private static final Logger LOG = LoggerFactory.getLogger(Liveness.class);

    private final Database database;
    private final Jobs jobs;
    private final LostJobs lost;
    private final Duration patience;

    /** @param unknownAfter silence after which an agent counts as unknown, and a job that it does not list as missed */
    public Liveness(Database database, Jobs jobs, RunAdvance advance, Duration unknownAfter) {
        this.database = database;
        this.jobs = jobs;
        this.lost = new LostJobs(jobs, advance);
        this.patience = unknownAfter;
    }

    /** A job that its agent says it holds. */
    public record HeldJob(RunId run, String lease) {}

    /** What an agent must be told of a job. */
    public record Message(RunId run, String lease, Signals.Told told) {}

    /** What an agent is told: of its jobs, and of itself. */
    public record Reply(List<Message> messages, RegisteredAgent agent) {}

    /**
     * Notes that the agent lives; answers with what concerns the jobs that it says it holds.
     *
     * @param held all that it holds; empty for an agent that does not list its jobs
     */
    public Reply heartbeat(Caller.Agent agent, String status, Optional<List<HeldJob>> held) {
        Reply reply = database.transact(tx -> {
            // Jobs before the agent, as a piece of log takes them.
            held.ifPresent(list -> note(tx, agent, list));
            if (held.isEmpty() && status.equals("busy")) {
                Jobs.busy(tx, agent.id());
            }
            RegisteredAgent known = Agents.ping(tx, agent.id(), status);
            List<Message> messages = held.orElse(List.of()).stream()
                    .flatMap(job -> message(tx, agent, job).stream())
                    .toList();
            return new Reply(messages, known);
        });
        if (status.equals("exited")) {
            LOG.info("agent exited agent.id={}", agent.id().value());
            database.read(sql -> Jobs.heldBy(sql, agent.id())).forEach(this::lose);
        }
        return reply;
    }

    private void note(Tx tx, Caller.Agent agent, List<HeldJob> held) {
        held.forEach(job -> Jobs.listed(tx, agent.id(), job.run(), job.lease()));
        jobs.missed(tx, agent.id(), held.stream().map(HeldJob::run).toList(), patience);
    }

    private static Optional<Message> message(Tx tx, Caller.Agent agent, HeldJob job) {
        try {
            return Signals.told(tx, agent, job.run(), job.lease(), Job.Signal.NONE)
                    .map(told -> new Message(job.run(), job.lease(), told));
        } catch (Refusal.NotFound e) {
            return Optional.empty();
        }
    }

    /** Gives up agents that fell silent, and every job that is in nobody's hands. Any server may do it at any time. */
    public void sweep(Agents.Silence silence) {
        database.transactVoid(tx -> {
            for (RegisteredAgent agent : Agents.markUnknown(tx, silence)) {
                LOG.warn("agent unknown agent={}: no word since {}", agent.label(), agent.lastPingAt());
            }
            for (RegisteredAgent agent : Agents.markErrored(tx, silence)) {
                LOG.warn("agent errored agent={}: no word since {}", agent.label(), agent.lastPingAt());
            }
        });
        for (Job job : database.read(sql -> Jobs.abandoned(sql, silence.unknownAfter(), silence.attentive()))) {
            lose(job, tx -> Jobs.abandoned(tx, silence.unknownAfter(), silence.attentive()));
        }
    }

    private void lose(Job job) {
        lose(job, tx -> job.agent().map(agent -> Jobs.heldBy(tx, agent)).orElse(List.of()));
    }

    private interface Those {
        List<Job> in(Tx tx);
    }

    /** A transaction a job: each locks its own workspace first. */
    private void lose(Job seen, Those candidates) {
        try {
            database.transactVoid(tx -> lost.lose(tx, seen, () -> candidates.in(tx)));
        } catch (Refusal.NotFound e) {
            LOG.debug("job is gone run.id={}", seen.run().value());
        }
    }

    /** Forgets agents that have been gone for so long. */
    public void purge(Duration after) {
        long purged = database.transact(tx -> Agents.purge(tx, after));
        if (purged > 0) {
            LOG.info("agents forgotten count={}: gone for more than {}", purged, after);
        }
    }
}
