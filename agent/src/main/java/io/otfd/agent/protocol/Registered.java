package io.otfd.agent.protocol;

import java.util.List;

/**
 * The answer to a registration, for agents that know our extensions.
 *
 * @param poolId same value as {@code agentPoolId}: implementations read one or the other; null for a server agent
 * @param sessionToken bound to this agent id; replaces the pool token on every later call
 * @param status {@code idle}, or {@code busy} when jobs are handed back
 * @param ipAddress as the server will show it
 * @param server true for the agent that lives inside otfd
 * @param pollHoldS longest time, in seconds, that the server holds a poll for jobs or signals
 * @param heartbeatS interval of status updates, in seconds
 * @param jobs jobs that this agent held when it was last seen and still holds
 */
public record Registered(
        String id,
        String poolId,
        String agentPoolId,
        String sessionToken,
        String status,
        String ipAddress,
        Boolean server,
        Integer pollHoldS,
        Integer heartbeatS,
        List<JobOffer> jobs) {

    public Registered {
        server = server != null && server;
        pollHoldS = pollHoldS == null ? 20 : pollHoldS;
        heartbeatS = heartbeatS == null ? 10 : heartbeatS;
        jobs = jobs == null ? List.of() : List.copyOf(jobs);
    }

    /** All that is said to agents that do not. */
    public record Plain(String id, String poolId, String agentPoolId) {}
}
