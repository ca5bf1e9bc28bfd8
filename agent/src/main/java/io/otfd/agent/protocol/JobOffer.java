package io.otfd.agent.protocol;

/**
 * One phase of a run, already claimed for the agent that receives it.
 *
 * @param type {@code plan} or {@code apply}
 * @param jobId the run's id (as with tfc-agent)
 * @param leaseId fencing token of this claim; a report that carries another is refused with 409
 */
public record JobOffer(String type, String jobId, String leaseId, JobData data) {}
