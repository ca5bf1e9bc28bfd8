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
import io.otfd.database.Tx;
import io.otfd.event.Events;
import io.otfd.event.Topics;
import io.otfd.job.Job;
import io.otfd.job.Jobs;
import io.otfd.run.Phase;
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

/** What agents do first: register, and take jobs. What they hear is {@link Signals}, what they report {@link Reports}. */
public final class Dispatch {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    /** Defaults of Terraform Enterprise (admin general settings). */
    private static final Duration PLAN_TIMEOUT = Duration.ofHours(2);

    private static final Duration APPLY_TIMEOUT = Duration.ofHours(24);
    /** For uploads after the engine was stopped by its time-out. */
    private static final Duration TOKEN_SLACK = Duration.ofHours(1);

    private static final String SERVER_QUEUE = "server";

    private final Database database;
    private final Jobs jobs;
    private final RunAdvance advance;
    private final Tokens tokens;
    private final Events events;
    private final Clock clock;

    public Dispatch(Database database, Jobs jobs, RunAdvance advance, Tokens tokens, Events events, Clock clock) {
        this.database = database;
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
            RegisteredAgent agent = Agents.register(tx, pool, details);
            List<Offer> held = Jobs.heldBy(tx, agent.id()).stream()
                    .map(job -> offer(tx, agent, Jobs.renew(tx, job)))
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
        String queue = agent.pool().map(AgentPoolId::value).orElse(SERVER_QUEUE);
        Instant end = clock.instant().plus(hold);
        try (Events.Waiter waiter = events.listen(Topics.jobs(queue))) {
            while (true) {
                Optional<Offer> offer = database.transact(tx -> claim(tx, agent, queue, kinds, only));
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

    private Optional<Offer> claim(Tx tx, Caller.Agent caller, String queue, List<String> kinds, Optional<RunId> only) {
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
            return Optional.of(offer(tx, agent, Jobs.renew(tx, job)));
        }
        if (only.isPresent() && !Jobs.isExpected(tx, only.get(), id, agent.pool())) {
            throw new Refusal.NotFound();
        }
        if (agent.draining()) {
            return Optional.empty();
        }
        return jobs.claim(tx, queue, id, new Jobs.Wanted(kinds, agent.engines(), only))
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
                    return offer(tx, agent, advance.advance(tx, held, event, Optional.empty()), job);
                });
    }

    private Offer offer(Tx tx, RegisteredAgent agent, Job job) {
        return offer(tx, agent, advance.hold(tx, job.run()), job);
    }

    private Offer offer(Tx tx, RegisteredAgent agent, RunAdvance.Held held, Job job) {
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
                agent,
                held.workspace(),
                projectName,
                job.lease().orElseThrow(),
                job.attempts(),
                tokens.mintRunToken(tx, job.run(), clock.instant().plus(timeout).plus(TOKEN_SLACK)),
                Runs.variables(tx, job.run()),
                timeout);
    }
}
