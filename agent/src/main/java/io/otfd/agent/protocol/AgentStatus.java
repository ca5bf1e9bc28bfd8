package io.otfd.agent.protocol;

import java.util.List;

/**
 * Body of a status update: heartbeat, and, with {@code job}, the progress or end of one job.
 *
 * @param status {@code idle}, {@code busy} or {@code exited}
 * @param jobs leases to renew
 * @param job what happened to one job, or null
 */
public record AgentStatus(String status, List<HeldJob> jobs, JobReport job) {

    public AgentStatus {
        jobs = jobs == null ? List.of() : List.copyOf(jobs);
    }

    /** A job in the agent's hands, and the lease under which it was claimed. */
    public record HeldJob(String jobId, String leaseId) {}
}
