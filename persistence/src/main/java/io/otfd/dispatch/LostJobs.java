package io.otfd.dispatch;

import io.otfd.Ids.AgentId;
import io.otfd.agentpool.Agents;
import io.otfd.agentpool.RegisteredAgent;
import io.otfd.database.Tx;
import io.otfd.job.Job;
import io.otfd.job.Jobs;
import io.otfd.run.Phase;
import io.otfd.run.RunAdvance;
import io.otfd.run.RunEvent;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a job that its agent will not end. A plan whose engine had not started is planned by another agent, once.
 * Everything else errors: an apply is never given to a second agent.
 */
final class LostJobs {

    private static final Logger LOG = LoggerFactory.getLogger(LostJobs.class);
    private static final int MAX_CLAIMS = 2;

    private final Jobs jobs;
    private final RunAdvance advance;

    LostJobs(Jobs jobs, RunAdvance advance) {
        this.jobs = jobs;
        this.advance = advance;
    }

    /** @param candidates asked for once the run is held: the job is lost only if it is still among them, under its lease */
    void lose(Tx tx, Job seen, Supplier<List<Job>> candidates) {
        RunAdvance.Held held = advance.hold(tx, seen.run());
        Job job = Jobs.lock(tx, seen.run(), seen.kind()).orElseThrow();
        boolean still = job.lease().equals(seen.lease())
                && candidates.get().stream().anyMatch(candidate -> candidate.id() == job.id());
        if (!still) {
            return;
        }
        Phase.Kind kind = Phase.Kind.of(job.kind()).orElseThrow();
        String reason = reason(tx, held.run().phase(kind), job);
        if (kind == Phase.Kind.PLAN && !job.started() && job.attempts() < MAX_CLAIMS) {
            // Nothing is said in the log: the next agent's bytes are counted from its start.
            jobs.requeue(tx, job);
            advance.advance(tx, job.run(), RunEvent.PLAN_REQUEUED, Optional.empty());
            LOG.warn(
                    "job queued again run.id={} run.operation={}: {}", job.run().value(), kind, reason);
            return;
        }
        advance.say(tx, held.run().phase(kind), "Error: " + reason + " " + consequence(kind, job));
        jobs.takeAway(tx, job);
        advance.advance(
                tx,
                job.run(),
                kind == Phase.Kind.PLAN ? RunEvent.PLAN_ERRORED : RunEvent.APPLY_ERRORED,
                Optional.empty());
        LOG.warn("job lost run.id={} run.operation={}: {}", job.run().value(), kind, reason);
    }

    /** One that never reached its agent is given to another: nothing has come of it. */
    void offerAnew(Tx tx, Job seen, Supplier<List<Job>> candidates) {
        advance.hold(tx, seen.run());
        Job job = Jobs.lock(tx, seen.run(), seen.kind()).orElseThrow();
        if (!job.lease().equals(seen.lease())
                || candidates.get().stream().noneMatch(candidate -> candidate.id() == job.id())) {
            return;
        }
        jobs.requeue(tx, job);
        advance.advance(
                tx,
                job.run(),
                job.kind().equals("plan") ? RunEvent.PLAN_REQUEUED : RunEvent.APPLY_REQUEUED,
                Optional.empty());
        LOG.warn(
                "job queued again, since its agent never said that it has it run.id={} run.operation={} agent.id={}",
                job.run().value(),
                job.kind(),
                job.agent().map(AgentId::value).orElse("-"));
    }

    private static String reason(Tx tx, Phase phase, Job job) {
        Optional<RegisteredAgent> agent = job.agent().flatMap(id -> Agents.known(tx, id));
        if (agent.isEmpty()) {
            String id = phase.agent().map(AgentId::value).orElse("unknown");
            return "Agent "
                    + phase.agentName().map(name -> name + " (" + id + ")").orElse(id)
                    + " was deleted while it had the " + job.noun() + ".";
        }
        String label = "Agent " + agent.get().label();
        return switch (agent.get().status()) {
            case "errored" ->
                label + " fell silent: its last word came at "
                        + agent.get().lastPingAt().truncatedTo(ChronoUnit.SECONDS) + ".";
            case "exited" -> label + " ended before the " + job.noun() + " had.";
            default -> label + " is there, but has said nothing more of this " + job.noun() + ".";
        };
    }

    private static String consequence(Phase.Kind kind, Job job) {
        return switch (kind) {
            case PLAN ->
                job.started()
                        ? "Terraform had started. A " + job.noun() + " changes nothing: start a new run."
                        : "It is the second agent that was lost before Terraform started. Start a new run.";
            case APPLY ->
                job.started()
                        ? "Terraform had started and may have changed infrastructure. What it had saved is in the"
                                + " workspace's state: compare both before you apply again."
                        : "Terraform is not known to have started. An apply is not given to a second agent:"
                                + " start a new run.";
        };
    }
}
