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
 * @param extended knows our extensions: it speaks often, and lists its jobs
 * @param draining finishes what it has and is given nothing more
 * @param concurrency jobs that it can have at once
 */
public record RegisteredAgent(
        AgentId id,
        Optional<AgentPoolId> pool,
        Optional<String> name,
        Optional<String> ipAddress,
        Optional<String> version,
        String status,
        boolean extended,
        boolean draining,
        Dialect dialect,
        int concurrency,
        Instant createdAt,
        Instant lastPingAt) {

    /** For people: its name, where it has one, and its id. */
    public String label() {
        return name.map(text -> text + " (" + id.value() + ")").orElse(id.value());
    }

    /** Gave up or was given up: its jobs are not its any more. */
    public boolean isGone() {
        return status.equals("errored") || status.equals("exited");
    }
}
