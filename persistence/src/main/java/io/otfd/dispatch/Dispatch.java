package io.otfd.dispatch;

import io.otfd.Ids.AgentId;
import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.TokenId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.agentpool.Agents;
import io.otfd.agentpool.RegisteredAgent;
import io.otfd.database.Database;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.event.Events;
import io.otfd.event.Topics;
import io.otfd.job.Job;
import io.otfd.job.Jobs;
import io.otfd.run.Phase;
import io.otfd.run.Run;
import io.otfd.run.RunAdvance;
import io.otfd.run.RunEvent;
import io.otfd.run.Runs;
import io.otfd.token.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What agents do: register, take jobs, hear signals. What they report is {@link Reports}. */
public final class Dispatch {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    /** Defaults of Terraform Enterprise (admin general settings). */
    private static final Duration PLAN_TIMEOUT = Duration.ofHours(2);

    private static final Duration APPLY_TIMEOUT = Duration.ofHours(24);
    /** For uploads after the engine was stopped by its time-out. */
    private static final Duration TOKEN_SLACK = Duration.ofHours(1);

    private static final String SERVER_QUEUE = "server";

    private final Database database;
    private final Agents agents;
    private final Jobs jobs;
    private final RunAdvance advance;
    private final Tokens tokens;
    private final Events events;
    private final Clock clock;

    public Dispatch(
            Database database,
            Agents agents,
            Jobs jobs,
            RunAdvance advance,
            Tokens tokens,
            Events events,
            Clock clock) {
        this.database = database;
        this.agents = agents;
        this.jobs = jobs;
        this.advance = advance;
        this.tokens = tokens;
        this.events = events;
        this.clock = clock;
    }

    /** Lets a process in that holds a pool's token, or a server's. */
    public Registration register(Caller caller, Agents.Details details) {
        return switch (caller) {
            case Caller.AgentPool(AgentPoolId pool, TokenId token) -> register(Optional.of(pool), token, details);
            case Caller.Server(TokenId token) -> register(Optional.empty(), token, details);
            case Caller.User _, Caller.Team _, Caller.Organization _, Caller.Run _, Caller.Agent _ ->
                throw new Refusal.Unauthenticated();
        };
    }

    private Registration register(Optional<AgentPoolId> pool, TokenId token, Agents.Details details) {
        Registration registration = database.transact(tx -> {
            RegisteredAgent agent = agents.register(tx, pool, details);
            List<Offer> held = Jobs.heldBy(tx, agent.id()).stream()
                    .map(job -> offer(tx, Jobs.renew(tx, job)))
                    .toList();
            return new Registration(agent, tokens.mintAgentSession(tx, agent.id(), token), held);
        });
        LOG.info(
                "agent registered agent.id={} agent.pool_id={} agent.ip_address={} jobs={}",
                registration.agent().id().value(),
                pool.map(AgentPoolId::value).orElse("-"),
                registration.agent().ipAddress().orElse("-"),
                registration.held().size());
        return registration;
    }

    /**
     * The agent of that id, for a caller who speaks with its pool's token.
     *
     * @throws Refusal.NotFound for an agent of another pool
     */
    public Caller.Agent agentOf(Caller.AgentPool pool, String id) {
        RegisteredAgent agent = database.read(sql -> Agents.find(sql, new AgentId(id)));
        if (!agent.pool().equals(Optional.of(pool.id()))) {
            throw new Refusal.NotFound();
        }
        return new Caller.Agent(agent.id(), agent.pool(), Optional.empty());
    }

    /** The next job for this agent, waiting for one if need be; empty when none came within the hold. */
    public Optional<Offer> next(Caller.Agent agent, List<String> kinds, Duration hold) {
        String queue = agent.pool().map(AgentPoolId::value).orElse(SERVER_QUEUE);
        Instant end = clock.instant().plus(hold);
        try (Events.Waiter waiter = events.listen(Topics.jobs(queue))) {
            while (true) {
                Optional<Offer> offer = database.transact(tx -> claim(tx, agent, queue, kinds));
                Duration left = Duration.between(clock.instant(), end);
                if (offer.isPresent()
                        || !left.isPositive()
                        || Thread.currentThread().isInterrupted()) {
                    return offer;
                }
                waiter.await(left);
            }
        }
    }

    private Optional<Offer> claim(Tx tx, Caller.Agent caller, String queue, List<String> kinds) {
        AgentId id = caller.id();
        if (!Tokens.hasAgentSession(tx, id, caller.session())) {
            throw new Refusal.Unauthenticated();
        }
        RegisteredAgent agent = Agents.find(tx, id);
        if (agent.isGone()) {
            throw new Refusal.Gone("The server gave this agent up; register again.");
        }
        return jobs.claim(tx, queue, id, kinds).map(job -> {
            boolean plan = job.kind().equals("plan");
            Run run = Runs.find(tx, job.run());
            tx.update(
                    "run.phase_agent",
                    "id",
                    plan ? run.plan().id() : run.apply().id(),
                    "agent_id",
                    id,
                    "agent_name",
                    agent.name().orElse(null));
            advance.advance(tx, job.run(), plan ? RunEvent.PLAN_STARTED : RunEvent.APPLY_STARTED, Optional.empty());
            LOG.info(
                    "job claimed run.id={} run.operation={} agent.id={}",
                    job.run().value(),
                    job.kind(),
                    id.value());
            return offer(tx, job);
        });
    }

    private Offer offer(Tx tx, Job job) {
        RunAdvance.Held held = advance.hold(tx, job.run());
        Phase.Kind kind = Phase.Kind.of(job.kind()).orElseThrow();
        Duration timeout = kind == Phase.Kind.PLAN ? PLAN_TIMEOUT : APPLY_TIMEOUT;
        String projectName = tx.one(
                        "project.name",
                        row -> row.text("name"),
                        "id",
                        held.workspace().project())
                .orElseThrow();
        return new Offer(
                held.run(),
                kind,
                held.workspace(),
                projectName,
                job.lease().orElseThrow(),
                tokens.mintRunToken(tx, job.run(), clock.instant().plus(timeout).plus(TOKEN_SLACK)),
                Runs.variables(tx, job.run()),
                timeout);
    }

    /** A signal for one job: what the agent must do, or that the job is not its any more. */
    public enum Told {
        CANCEL,
        FORCE_CANCEL,
        LEASE_LOST
    }

    /** A signal stronger than {@code after}, waiting for one if need be. */
    public Optional<Told> signal(Caller.Agent agent, RunId run, String lease, Job.Signal after, Duration hold) {
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
    private static Optional<Told> told(Sql sql, Caller.Agent agent, RunId run, String lease, Job.Signal after) {
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

    /** A job that its agent says it holds. */
    public record HeldJob(RunId run, String lease) {}

    /** What an agent must be told of a job. */
    public record Message(RunId run, String lease, Told told) {}

    /** Notes that the agent lives; answers with what concerns the jobs that it says it holds. */
    public List<Message> heartbeat(Caller.Agent agent, String status, List<HeldJob> held) {
        return database.transact(tx -> {
            agents.ping(tx, agent.id(), status);
            if (status.equals("exited")) {
                Jobs.heldBy(tx, agent.id()).forEach(job -> lose(tx, job, "Its agent exited."));
            }
            return held.stream()
                    .flatMap(job -> message(tx, agent, job).stream())
                    .toList();
        });
    }

    private static Optional<Message> message(Tx tx, Caller.Agent agent, HeldJob job) {
        try {
            return told(tx, agent, job.run(), job.lease(), Job.Signal.NONE)
                    .map(told -> new Message(job.run(), job.lease(), told));
        } catch (Refusal.NotFound e) {
            return Optional.empty();
        }
    }

    /** Gives up agents that fell silent, and their jobs. */
    public void expireAgents(Instant unknownBefore, Instant erroredBefore) {
        database.transactVoid(tx -> {
            for (AgentId agent : agents.expire(tx, unknownBefore, erroredBefore)) {
                LOG.warn("agent errored agent.id={}: no word from it", agent.value());
                for (Job job : Jobs.heldBy(tx, agent)) {
                    lose(tx, job, "Agent " + agent.value() + " fell silent.");
                }
            }
        });
    }

    /** A plan whose engine had not started may be planned by another agent, once; anything else errors. */
    private void lose(Tx tx, Job job, String reason) {
        RunAdvance.Held held = advance.hold(tx, job.run());
        boolean plan = job.kind().equals("plan");
        if (plan && !job.started() && job.attempts() < 2) {
            jobs.requeue(tx, job);
            advance.advance(tx, job.run(), RunEvent.PLAN_REQUEUED, Optional.empty());
            return;
        }
        advance.say(tx, held.run().phase(plan ? Phase.Kind.PLAN : Phase.Kind.APPLY), "Error: " + reason);
        jobs.takeAway(tx, job);
        advance.advance(tx, job.run(), plan ? RunEvent.PLAN_ERRORED : RunEvent.APPLY_ERRORED, Optional.empty());
    }
}
