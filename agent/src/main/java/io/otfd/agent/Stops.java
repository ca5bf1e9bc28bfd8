package io.otfd.agent;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** One signal lets the agent finish, a second one ends it. */
final class Stops {

    /** Docker and terminals deliver an interrupt twice. */
    private static final long SAME_NANOS = Duration.ofSeconds(1).toNanos();

    private final Agent agent;
    private final AgentLog log;
    private final AtomicInteger forced;
    private boolean draining;
    private long drainingSince;

    /** @param forced is set to the number of the second signal */
    Stops(Agent agent, AgentLog log, AtomicInteger forced) {
        this.agent = agent;
        this.log = log;
        this.forced = forced;
    }

    synchronized void receive(int signal) {
        long now = System.nanoTime();
        if (!draining) {
            draining = true;
            drainingSince = now;
            log.info("finishing current jobs; signal again to end them", "jobs", agent.running());
            agent.drain();
        } else if (now - drainingSince > SAME_NANOS && forced.compareAndSet(0, signal)) {
            log.warn("ending at once", "jobs", agent.running());
            agent.stop();
        }
    }
}
