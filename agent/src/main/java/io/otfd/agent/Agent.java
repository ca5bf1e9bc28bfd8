package io.otfd.agent;

import io.otfd.agent.job.Workshop;
import io.otfd.agent.protocol.AgentStatus;
import io.otfd.agent.protocol.JobOffer;
import io.otfd.agent.protocol.Registered;
import io.otfd.agent.protocol.StatusReply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import retrofit2.Call;
import retrofit2.Response;

/**
 * An agent: registers, takes jobs, runs them, reports. All its state is in the object and in the data directory, so
 * that it lives as well in a process of its own as inside the server.
 *
 * <p>{@link #start}, then one of: {@link #drain} (do what was begun, then leave), {@link #stop} (kill what was begun,
 * then leave), {@link #close} (let go: engines run on, and the next agent on the same data directory takes them up).
 */
public final class Agent implements AutoCloseable {

    /** How an agent ended. */
    public enum Ending {
        /** All jobs done, the server told. */
        DRAINED,
        /** Jobs killed, the server told if it answered. */
        STOPPED,
        /** The server wants nothing of this agent; {@link #refusal} says why. */
        REFUSED,
        /** Closed: jobs left to a later agent. */
        LET_GO
    }

    private static final long GOODBYE_MILLIS = 10_000;
    private static final long GRACE_MILLIS = 30_000;

    private final AgentConfig config;
    private final AgentLog log;
    private final RunningJobs jobs = new RunningJobs();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();

    private DataDir dataDir;
    private AgentHttp http;
    private AgentApi api;
    private Workshop workshop;
    private Session session;
    private Thread main;

    private volatile boolean draining;
    private volatile boolean stopping;
    private volatile boolean closed;
    private volatile Call<JobOffer> poll;
    private volatile AgentRefused refusal;

    public Agent(AgentConfig config, AgentLog log) {
        this.config = config;
        this.log = log;
    }

    /** Logs text to standard error. */
    public Agent(AgentConfig config) {
        this(config, AgentLog.text(System.err));
    }

    /** Version of this build, {@code dev} when it runs from classes. */
    public static String version() {
        return Optional.ofNullable(Agent.class.getPackage().getImplementationVersion())
                .orElse("dev");
    }

    /**
     * Returns at once; registration goes on in the background for as long as the server is away.
     *
     * @throws AgentRefused when the data directory or the trusted certificates cannot be used
     */
    public void start() {
        log.info("starting agent", "version", version());
        dataDir = DataDir.open(config.dataDir());
        try {
            http = new AgentHttp(config);
            api = http.api();
            workshop = new Workshop(config, http.plain(), log);
        } catch (IOException e) {
            dataDir.close();
            throw new AgentRefused("The data directory " + config.dataDir() + " cannot be used: " + e);
        } catch (AgentRefused e) {
            dataDir.close();
            throw e;
        }
        session = new Session(config, dataDir.instanceId(), http, api, log, this::reconcile);
        main = fork("otf-agent", this::live);
    }

    /** Takes no more jobs, finishes those at hand, says goodbye. Returns at once. */
    public void drain() {
        draining = true;
        if (main == null) {
            ended.complete(stopping ? Ending.STOPPED : Ending.DRAINED);
            return;
        }
        if (session.current() == null) {
            main.interrupt();
        }
        fork("otf-drain", () -> {
            jobs.awaitFewerThan(1);
            Call<JobOffer> waiting = poll;
            if (waiting != null) {
                waiting.cancel();
            }
        });
    }

    /** Kills running engines, reports their jobs as errored, says goodbye within ten seconds. Returns at once. */
    public void stop() {
        stopping = true;
        jobs.all().forEach(HeldJob::stop);
        drain();
        Call<JobOffer> waiting = poll;
        if (waiting != null) {
            waiting.cancel();
        }
    }

    /** Waits for the end. */
    public Ending await() throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Why the server refused the agent. */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal).map(AgentRefused::getMessage);
    }

    /** Jobs at hand. */
    public int running() {
        return jobs.all().size();
    }

    /** Ends this object and leaves engines running. */
    @Override
    public void close() {
        closed = true;
        if (dataDir == null) {
            return;
        }
        ended.complete(Ending.LET_GO);
        if (http != null) {
            http.close();
        }
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dataDir.close();
    }

    private void live() throws InterruptedException {
        try {
            session.renew(null);
            fork("otf-warm-up", workshop::warmUp);
            fork("otf-heartbeat", this::beat);
            claim();
            if (!closed) {
                leave();
            }
        } catch (InterruptedException e) {
            if (!draining || closed) {
                throw e;
            }
            ended.complete(stopping ? Ending.STOPPED : Ending.DRAINED);
        }
    }

    private void leave() throws InterruptedException {
        if (refusal != null) {
            jobs.all().forEach(job -> job.hear("cancel"));
            if (!jobs.awaitNone(GRACE_MILLIS)) {
                jobs.all().forEach(HeldJob::stop);
                jobs.awaitNone(GOODBYE_MILLIS);
            }
            ended.complete(Ending.REFUSED);
        } else {
            while (!stopping && !jobs.isEmpty()) {
                jobs.awaitNone(1000);
            }
            jobs.awaitNone(GOODBYE_MILLIS);
            session.exit();
            ended.complete(stopping ? Ending.STOPPED : Ending.DRAINED);
        }
    }

    /** Polls for jobs while there is room for one. */
    private void claim() throws InterruptedException {
        Backoff backoff = new Backoff();
        boolean announce = true;
        while (!draining) {
            jobs.awaitFewerThan(config.concurrency());
            if (announce) {
                log.info("waiting for next job");
            }
            announce = false;
            Registered standing = session.current();
            Call<JobOffer> call = api.nextJob(standing.pollHoldS());
            poll = call;
            if (draining) {
                return;
            }
            try {
                Response<JobOffer> response = call.execute();
                poll = null;
                if (response.isSuccessful()) {
                    backoff.reset();
                    if (response.body() != null) {
                        begin(response.body());
                        announce = true;
                        draining |= config.single();
                    }
                } else if (response.code() == 401 || response.code() == 410) {
                    session.renew(standing);
                } else {
                    session.silent("it answered " + response.code());
                    backoff.pause();
                }
            } catch (IOException e) {
                poll = null;
                if (draining || closed) {
                    return;
                }
                backoff.pause();
                // The answer that was lost may have been a job: registering again brings it back.
                session.renew(standing);
            }
        }
    }

    private void beat() throws InterruptedException {
        while (!closed) {
            Registered standing = session.current();
            TimeUnit.SECONDS.sleep(standing.heartbeatS());
            try {
                Response<StatusReply> response =
                        session.status(new AgentStatus(jobs.isEmpty() ? "idle" : "busy", jobs.held(), null));
                if (response.code() == 401 || response.code() == 410) {
                    session.renew(standing);
                } else if (response.isSuccessful() && response.body() != null) {
                    for (StatusReply.Message message : response.body().messages()) {
                        hear(message, standing);
                    }
                }
            } catch (IOException e) {
                // Logged by the session; the next beat follows.
            }
        }
    }

    private void hear(StatusReply.Message message, Registered standing) throws InterruptedException {
        Optional<HeldJob> concerned = jobs.find(message.jobId())
                .filter(job -> message.leaseId() == null || message.leaseId().equals(job.leaseId()));
        if (concerned.isPresent() && "lease_lost".equals(message.kind())) {
            session.renew(standing);
        } else {
            concerned.ifPresent(job -> job.hear(message.kind()));
        }
    }

    /** Makes what we do agree with what the server says we hold. */
    private void reconcile(Registered registered) {
        Set<String> held = new HashSet<>();
        for (JobOffer offer : registered.jobs()) {
            held.add(offer.jobId());
            Optional<HeldJob> known = jobs.find(offer.jobId()).filter(job -> job.isSameJob(offer));
            known.ifPresentOrElse(job -> job.renew(offer), () -> begin(offer));
        }
        jobs.all().stream().filter(job -> !held.contains(job.runId())).forEach(job -> job.hear("lease_lost"));
        if (session.current() == null) {
            discardLeftovers(held);
        }
    }

    private void discardLeftovers(Set<String> held) {
        try {
            for (Path left : workshop.leftJobs()) {
                if (!held.contains(left.getFileName().toString())) {
                    workshop.discard(left);
                }
            }
        } catch (IOException e) {
            log.warn("the directories of old jobs could not be read", "error", e);
        }
    }

    private void begin(JobOffer offer) {
        Optional<HeldJob> before = jobs.find(offer.jobId());
        HeldJob job = new HeldJob(session, api, log, jobs, workshop, offer, () -> stopping);
        jobs.put(job);
        if (stopping) {
            job.stop();
        }
        fork("otf-job", () -> {
            try {
                if (before.isPresent()) {
                    before.get().awaitEnd();
                }
                fork("otf-signals", job::listen);
                job.run();
            } finally {
                jobs.remove(job);
            }
        });
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private Thread fork(String name, Work work) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (AgentRefused e) {
                refuse(e);
            } catch (RuntimeException | Error e) {
                log.error("a thread of the agent ended", "thread", name, "error", e);
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** The server has turned the agent away: nothing can be reported any more. */
    private void refuse(AgentRefused e) {
        if (refusal == null) {
            refusal = e;
            log.error(e.getMessage());
            draining = true;
            fork("otf-leave", this::leave);
            Call<JobOffer> waiting = poll;
            if (waiting != null) {
                waiting.cancel();
            }
        }
    }
}
