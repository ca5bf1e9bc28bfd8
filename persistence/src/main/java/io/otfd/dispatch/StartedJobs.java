package io.otfd.dispatch;

import io.otfd.Ids;
import io.otfd.Ids.AgentId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.database.Database;
import io.otfd.database.Sql;
import io.otfd.event.Events;
import io.otfd.event.Topics;
import io.otfd.job.Job;
import io.otfd.job.Jobs;
import io.otfd.run.Phase;
import io.otfd.run.Run;
import io.otfd.run.Runs;
import io.otfd.token.Tokens;
import java.time.Duration;
import java.util.Optional;

/**
 * Jobs as agents of OTF's dialect have them: whoever has started one speaks for it with its token, which is its run's, and
 * not as an agent any more.
 */
public final class StartedJobs {

    /** A notification may be lost. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private final Database database;
    private final Jobs jobs;
    private final Reports reports;
    private final Tokens tokens;
    private final Events events;

    public StartedJobs(Database database, Jobs jobs, Reports reports, Tokens tokens, Events events) {
        this.database = database;
        this.jobs = jobs;
        this.reports = reports;
        this.tokens = tokens;
        this.events = events;
    }

    /** A job in an agent's hands, and the run that it is of. */
    public record Started(Job job, Run run) {

        public Phase phase() {
            return run.phase(Phase.Kind.of(job.kind()).orElseThrow());
        }

        public WorkspaceId workspace() {
            return run.workspace();
        }
    }

    /**
     * The job that the caller's run is at.
     *
     * @throws Refusal.NotFound for another run
     * @throws Refusal.Conflict when no agent has a job of it any more
     */
    public Started ofRun(Caller.Run caller, RunId run) {
        return database.read(sql -> {
            if (!run.equals(caller.id())) {
                throw new Refusal.NotFound();
            }
            Job job = Jobs.claimed(sql, run).orElseThrow(StartedJobs::over);
            return new Started(job, Runs.find(sql, run));
        });
    }

    /** @throws Refusal.NotFound for another run's job */
    public Started read(Caller.Run caller, long id) {
        return database.read(sql -> new Started(find(sql, caller, id), Runs.find(sql, caller.id())));
    }

    private static Job find(Sql sql, Caller.Run caller, long id) {
        return Jobs.find(sql, id).filter(job -> job.run().equals(caller.id())).orElseThrow(Refusal.NotFound::new);
    }

    private static Refusal over() {
        return new Refusal.Conflict("The job is over, or was taken from this agent.");
    }

    /**
     * Waits for as long as the job lasts.
     *
     * @return whether the engine is to be killed; otherwise it is to be interrupted
     * @throws Refusal.NotFound once the job is over by its agent's own word
     * @throws Refusal.Conflict when the agent has begun to listen anew: what came of this call, nobody would hear
     * @throws Refusal.Unavailable when this server ends
     */
    public boolean awaitSignal(Caller.Run caller, long id) {
        String listener = Ids.random("listener-");
        try (Events.Waiter waiter = events.listen(Topics.signals(caller.id()))) {
            database.transactVoid(tx -> jobs.listen(tx, find(tx, caller, id), listener));
            while (!Thread.currentThread().isInterrupted()) {
                Optional<Boolean> killed = database.transact(tx -> {
                    Optional<Job> job = Jobs.find(tx, id);
                    if (job.isEmpty()) {
                        return Optional.of(true);
                    }
                    return job.get().isClaimed()
                            ? told(Jobs.tell(tx, job.get(), listener), job.get(), listener)
                            : Optional.of(mustStop(job.get()));
                });
                if (killed.isPresent()) {
                    return killed.get();
                }
                waiter.await(LOOK_AGAIN);
            }
            throw new Refusal.Unavailable("The server is stopping.");
        }
    }

    private static Optional<Boolean> told(Optional<Job.Signal> signal, Job job, String listener) {
        if (!job.listener().equals(Optional.of(listener))) {
            throw new Refusal.Conflict("The agent listens by another call.");
        }
        return signal.map(Job.Signal.FORCE_CANCEL::equals);
    }

    /** A job that was taken away has no lease any more; its agent is to drop what it still does of it. */
    private static boolean mustStop(Job job) {
        if (job.signal() == Job.Signal.FORCE_CANCEL || job.lease().isEmpty()) {
            return true;
        }
        throw new Refusal.NotFound();
    }

    /**
     * The end of a job, as its agent says it. Saying it twice changes nothing.
     *
     * @throws Refusal.Conflict when the job was taken from the agent
     */
    public void finish(Caller.Run caller, long id, Report report) {
        Optional<AgentId> agent = database.transact(tx -> {
            Job job = Jobs.lock(tx, caller.id(), find(tx, caller, id).kind()).orElseThrow(Refusal.NotFound::new);
            if (!job.isClaimed()) {
                return Optional.empty();
            }
            // The token was the job's. It goes first: the run's next job may have one as soon as this one is over.
            tokens.endRunTokens(tx, caller.id());
            return Optional.of(job.agent().orElseThrow(StartedJobs::over));
        });
        agent.ifPresent(holder -> reports.accept(new Caller.Agent(holder, Optional.empty(), Optional.empty()), report));
    }
}
