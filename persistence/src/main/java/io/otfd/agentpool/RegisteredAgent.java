package io.otfd.agentpool;

import io.otfd.Ids.AgentId;
import io.otfd.Ids.AgentPoolId;
import java.time.Instant;
import java.util.Optional;

/**
 * An agent process that registered.
 *
 * @param pool empty for an agent inside a server
 * @param status {@code idle}, {@code busy}, {@code unknown}, {@code errored} or {@code exited}
 */
public record RegisteredAgent(
        AgentId id,
        Optional<AgentPoolId> pool,
        Optional<String> name,
        Optional<String> ipAddress,
        Optional<String> version,
        String status,
        Instant createdAt,
        Instant lastPingAt) {

    /** Gave up or was given up: its jobs are not its any more. */
    public boolean isGone() {
        return status.equals("errored") || status.equals("exited");
    }
}
