package io.otfd.agent;

import io.otfd.agent.job.Workshop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

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
    private final Vitals vitals = new Vitals();
    private final Threads threads;
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();

    private DataDir dataDir;
    private AgentHttp http;
    private Workshop workshop;
    private JobDesk desk;
    private JobPoll poll;
    private Health health;
    private Thread main;

    private volatile boolean draining;
    private volatile boolean stopping;
    private volatile boolean closed;
    private volatile AgentRefused refusal;

    public Agent(AgentConfig config, AgentLog log) {
        this.config = config;
        this.log = log;
        this.threads = new Threads(log, this::refuse);
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
        log.info("starting agent", "version", version(), "sandbox", config.sandbox() ? "bubblewrap" : null);
        dataDir = DataDir.open(config.dataDir());
        try {
            http = new AgentHttp(config, log);
            workshop = new Workshop(config, http.plain(), log);
        } catch (IOException e) {
            dataDir.close();
            throw new AgentRefused("The data directory " + config.dataDir() + " cannot be used: " + e);
        } catch (AgentRefused e) {
            dataDir.close();
            throw e;
        }
        desk = new JobDesk(config, dataDir.instanceId(), http, log, jobs, workshop, threads, () -> stopping, vitals);
        poll = desk.poll(config);
        if (config.healthAddress().isPresent()) {
            health = new Health(config.healthAddress().get(), new Watched(), vitals);
        }
        main = threads.fork("otf-agent", this::live);
    }

    /** What {@link Health} tells of this agent. */
    private final class Watched implements Health.State {

        @Override
        public Optional<String> unready() {
            Session session = desk.session();
            if (draining || refusal != null) {
                return Optional.of("the agent is about to end");
            }
            if (session.current() == null) {
                return Optional.of("the agent is not registered");
            }
            if (desk.drained().isPresent()) {
                return Optional.of(
                        "the server drains this agent: " + desk.drained().get());
            }
            return Optional.of(session.trouble())
                    .filter(trouble -> !trouble.isEmpty())
                    .map(trouble -> "the server cannot be reached: " + trouble);
        }

        @Override
        public int jobs() {
            return running();
        }

        @Override
        public int slots() {
            return config.concurrency();
        }
    }

    /** Where {@link Health} is served, if it is. */
    Optional<InetSocketAddress> healthAddress() {
        return Optional.ofNullable(health).map(Health::address);
    }

    /** Takes no more jobs, finishes those at hand, says goodbye. Returns at once. */
    public void drain() {
        draining = true;
        if (main == null) {
            ended.complete(stopping ? Ending.STOPPED : Ending.DRAINED);
            return;
        }
        poll.end();
        if (desk.session().current() == null) {
            main.interrupt();
        }
        threads.fork("otf-drain", () -> {
            jobs.awaitFewerThan(1);
            poll.hangUp();
        });
    }

    /** Kills running engines, reports their jobs as errored, says goodbye within ten seconds. Returns at once. */
    public void stop() {
        stopping = true;
        jobs.all().forEach(HeldJob::stop);
        drain();
        if (main != null) {
            poll.hangUp();
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
        if (poll != null) {
            poll.end();
        }
        if (http != null) {
            http.close();
        }
        if (health != null) {
            health.close();
        }
        threads.end();
        dataDir.close();
    }

    private void live() throws InterruptedException {
        try {
            desk.session().renew(null);
            threads.fork("otf-warm-up", workshop::warmUp);
            threads.fork("otf-heartbeat", desk::beat);
            poll.run();
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
            desk.session().exit();
            ended.complete(stopping ? Ending.STOPPED : Ending.DRAINED);
        }
    }

    /** The server has turned the agent away: nothing can be reported any more. */
    private void refuse(AgentRefused e) {
        if (refusal == null) {
            refusal = e;
            log.error(e.getMessage());
            draining = true;
            poll.end();
            threads.fork("otf-leave", this::leave);
            poll.hangUp();
        }
    }
}
