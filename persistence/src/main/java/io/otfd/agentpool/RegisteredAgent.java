package io.otfd.agentpool;

import io.otfd.Ids.AgentId;
import io.otfd.Ids.AgentPoolId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An agent process that registered.
 *
 * @param pool empty for an agent inside a server
 * @param os in the words of Terraform's releases, as is {@code arch}
 * @param status {@code idle}, {@code busy}, {@code unknown}, {@code errored} or {@code exited}
 * @param extended knows our extensions: it speaks often, and lists its jobs
 * @param draining finishes what it has and is given nothing more
 * @param drainMessage why
 * @param concurrency jobs that it can have at once
 * @param executor {@code fork}, or {@code bubblewrap} for one that confines each run; empty where it does not say
 * @param engines that it runs
 * @param labels words of its operator
 */
public record RegisteredAgent(
        AgentId id,
        Optional<AgentPoolId> pool,
        Optional<String> name,
        Optional<String> ipAddress,
        Optional<String> version,
        Optional<String> os,
        Optional<String> arch,
        String status,
        boolean extended,
        boolean draining,
        Optional<String> drainMessage,
        Dialect dialect,
        int concurrency,
        Optional<String> executor,
        List<String> engines,
        Map<String, String> labels,
        Instant createdAt,
        Instant lastPingAt) {

    public RegisteredAgent {
        engines = List.copyOf(engines);
        labels = Map.copyOf(labels);
    }

    /** For people: its name, where it has one, and its id. */
    public String label() {
        return name.map(text -> text + " (" + id.value() + ")").orElse(id.value());
    }

    /** Whether each of its runs is confined; empty where it does not say. */
    public Optional<Boolean> sandboxed() {
        return executor.map("bubblewrap"::equals);
    }

    /** Gave up or was given up: its jobs are not its any more. */
    public boolean isGone() {
        return status.equals("errored") || status.equals("exited");
    }
}
