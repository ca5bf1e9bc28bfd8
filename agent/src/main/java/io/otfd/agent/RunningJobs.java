package io.otfd.agent;

import io.otfd.agent.protocol.AgentStatus;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The jobs in this agent's hands, by run. Thread-safe. */
final class RunningJobs {

    private final Map<String, HeldJob> jobs = new HashMap<>();

    synchronized void put(HeldJob job) {
        jobs.put(job.runId(), job);
    }

    /** Nothing happens when the run's next phase has taken the place. */
    synchronized void remove(HeldJob job) {
        jobs.remove(job.runId(), job);
        notifyAll();
    }

    synchronized Optional<HeldJob> find(String runId) {
        return Optional.ofNullable(jobs.get(runId));
    }

    synchronized Collection<HeldJob> all() {
        return List.copyOf(jobs.values());
    }

    synchronized boolean isEmpty() {
        return jobs.isEmpty();
    }

    /** Leases to renew. */
    synchronized List<AgentStatus.HeldJob> held() {
        return jobs.values().stream()
                .map(job -> new AgentStatus.HeldJob(job.runId(), job.leaseId()))
                .toList();
    }

    /** Waits until fewer than {@code limit} jobs are held. */
    synchronized void awaitFewerThan(int limit) throws InterruptedException {
        while (jobs.size() >= limit) {
            wait();
        }
    }

    /** @return false when jobs were still held at the end of the time */
    synchronized boolean awaitNone(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (!jobs.isEmpty()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
