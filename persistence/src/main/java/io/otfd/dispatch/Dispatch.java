package io.otfd.dispatch;

import io.otfd.Ids.AgentId;
import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.TokenId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.agentpool.Agents;
import io.otfd.agentpool.Dialect;
import io.otfd.agentpool.RegisteredAgent;
import io.otfd.database.Database;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.event.Events;
import io.otfd.event.Topics;
import io.otfd.job.Job;
import io.otfd.job.Jobs;
import io.otfd.job.Timeouts;
import io.otfd.run.Phase;
import io.otfd.run.RunAdvance;
import io.otfd.run.RunEvent;
import io.otfd.run.Runs;
import io.otfd.sshkey.SshKeys;
import io.otfd.token.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What agents do first: register, and take jobs. What they hear is {@link Signals}, what they report {@link Reports}. */
public final class Dispatch {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    /** For uploads after the engine was stopped by its time-out. */
    private static final Duration TOKEN_SLACK = Duration.ofHours(1);

    private final Database database;
    private final Jobs jobs;
    private final RunAdvance advance;
    private final Tokens tokens;
    private final Events events;
    private final Timeouts timeouts;
    private final Clock clock;

    public Dispatch(
            Database database,
            Jobs jobs,
            RunAdvance advance,
            Tokens tokens,
            Events events,
            Timeouts timeouts,
            Clock clock) {
        this.database = database;
        this.jobs = jobs;
        this.advance = advance;
        this.tokens = tokens;
        this.events = events;
        this.timeouts = timeouts;
        this.clock = clock;
    }

    /** Lets a process in that holds a pool's token, or a server's. */
    public Registration register(Caller caller, Agents.Details details) {
        return switch (caller) {
            case Caller.AgentPool(AgentPoolId pool, TokenId token) -> register(Optional.of(pool), token, details);
            case Caller.Server(TokenId token) -> register(Optional.empty(), token, details);
            case Caller.User _, Caller.Team _, Caller.Organization _, Caller.Run _, Caller.Task _, Caller.Agent _ ->
                throw new Refusal.Unauthenticated();
        };
    }

    private Registration register(Optional<AgentPoolId> pool, TokenId token, Agents.Details details) {
        Registration registration = database.transact(tx -> {
            RegisteredAgent agent = Agents.register(tx, pool, details);
            List<Offer> held = Jobs.heldBy(tx, agent.id()).stream()
                    .map(job -> offer(tx, renewed(tx, agent, job)))
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

    /**
     * The next job for this agent, waiting for one if need be; empty when none came within the hold.
     *
     * @param only of this run
     * @throws Refusal.NotFound when that run has none for this agent, now and later
     */
    public Optional<Offer> next(Caller.Agent agent, List<String> kinds, Optional<RunId> only, Duration hold) {
        return await(agent, hold, tx -> claim(tx, agent, kinds, only).map(claim -> offer(tx, claim)));
    }

    /** The same for an agent that asks for all that belongs to the job apart, once it has {@link #start}ed it. */
    public Optional<Claim> allocate(Caller.Agent agent, List<String> kinds, Duration hold) {
        return await(agent, hold, tx -> claim(tx, agent, kinds, Optional.empty()));
    }

    /** A job that an agent was given, and the run that it is of. */
    public record Claim(RegisteredAgent agent, RunAdvance.Held held, Job job) {}

    private interface Attempt<T> {
        Optional<T> in(Tx tx);
    }

    private <T> Optional<T> await(Caller.Agent agent, Duration hold, Attempt<T> attempt) {
        Instant end = clock.instant().plus(hold);
        // A job that ended makes room for another one.
        try (Events.Waiter waiter = events.listen(Topics.jobs(queue(agent)), Topics.agent(agent.id()))) {
            while (true) {
                Optional<T> claimed = database.transact(attempt::in);
                Duration left = Duration.between(clock.instant(), end);
                if (claimed.isPresent()
                        || !left.isPositive()
                        || Thread.currentThread().isInterrupted()) {
                    return claimed;
                }
                waiter.await(left);
            }
        }
    }

    private static String queue(Caller.Agent agent) {
        return agent.pool().map(AgentPoolId::value).orElse(Jobs.SERVER_QUEUE);
    }

    private Optional<Claim> claim(Tx tx, Caller.Agent caller, List<String> kinds, Optional<RunId> only) {
        AgentId id = caller.id();
        if (!Tokens.hasAgentSession(tx, id, caller.session())) {
            throw new Refusal.Unauthenticated();
        }
        RegisteredAgent agent = Agents.poll(tx, id, kinds);
        Optional<Job> undelivered = Jobs.undelivered(tx, id);
        if (undelivered.isPresent()) {
            Job job = undelivered.get();
            LOG.warn(
                    "job offered again, since it did not arrive run.id={} run.operation={} agent.id={}",
                    job.run().value(),
                    job.kind(),
                    id.value());
            return Optional.of(renewed(tx, agent, job));
        }
        if (only.isPresent() && !Jobs.isExpected(tx, only.get(), id, agent.pool())) {
            throw new Refusal.NotFound();
        }
        if (agent.draining() || isFull(tx, agent)) {
            return Optional.empty();
        }
        // Who does not know our extensions would plan in place of a query, whatever it says that it takes.
        List<String> taken = kinds.stream()
                .filter(kind -> agent.extended() || !kind.equals(Jobs.QUERY))
                .toList();
        return jobs.claim(
                        tx, queue(caller), id, new Jobs.Wanted(agent.dialect(), taken, agent.engines(), only), timeouts)
                .map(job -> {
                    Phase.Kind kind = Phase.Kind.of(job.kind()).orElseThrow();
                    RunAdvance.Held held = advance.hold(tx, job.run());
                    tx.update(
                            "run.phase_agent",
                            "id",
                            held.run().phase(kind).id(),
                            "agent_id",
                            id,
                            "agent_name",
                            agent.name().orElse(null));
                    RunEvent event = kind == Phase.Kind.PLAN ? RunEvent.PLAN_STARTED : RunEvent.APPLY_STARTED;
                    LOG.info(
                            "job claimed run.id={} run.operation={} agent.id={}",
                            job.run().value(),
                            kind,
                            id.value());
                    return new Claim(agent, advance.advance(tx, held, event, Optional.empty()), job);
                });
    }

    /** OTF's agents ask on when they have all that they can. */
    private static boolean isFull(Sql sql, RegisteredAgent agent) {
        return agent.dialect() == Dialect.OTF && Jobs.heldBy(sql, agent.id()).size() >= agent.concurrency();
    }

    /**
     * The agent begins with a job that was allocated to it. Saying so twice changes nothing.
     *
     * @return the job's token: its run's, for as long as the phase may take
     * @throws Refusal.NotFound for another agent's job
     * @throws Refusal.Conflict when it is over
     */
    public String start(Caller.Agent agent, long id) {
        return database.transact(tx -> {
            Job seen = Jobs.find(tx, id).orElseThrow(Refusal.NotFound::new);
            Job job = Jobs.lock(tx, seen.run(), seen.kind()).orElseThrow(Refusal.NotFound::new);
            if (!job.agent().equals(Optional.of(agent.id()))) {
                throw new Refusal.NotFound();
            }
            if (!job.isClaimed()) {
                throw new Refusal.Conflict("The job is over.");
            }
            Jobs.started(tx, job);
            return token(tx, job);
        });
    }

    private String token(Tx tx, Job job) {
        return tokens.mintRunToken(
                tx, job.run(), clock.instant().plus(job.timeout()).plus(TOKEN_SLACK));
    }

    /** What the agent has, under a new lease. */
    private Claim renewed(Tx tx, RegisteredAgent agent, Job job) {
        return new Claim(agent, advance.hold(tx, job.run()), Jobs.renew(tx, job));
    }

    private Offer offer(Tx tx, Claim claim) {
        RunAdvance.Held held = claim.held();
        Job job = claim.job();
        Phase.Kind kind = Phase.Kind.of(job.kind()).orElseThrow();
        String projectName = tx.one(
                        "project.name",
                        row -> row.text("name"),
                        "id",
                        held.workspace().project())
                .orElseThrow();
        return new Offer(
                held.run(),
                kind,
                claim.agent(),
                held.workspace(),
                projectName,
                job.lease().orElseThrow(),
                job.attempts(),
                token(tx, job),
                Runs.variables(tx, job.run()),
                SshKeys.of(tx, held.workspace()),
                job.timeout());
    }
}
