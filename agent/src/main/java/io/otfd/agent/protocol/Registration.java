package io.otfd.agent.protocol;

import java.util.List;
import java.util.Map;

/**
 * Who I am. An official tfc-agent sends name, arch and os; the rest is ours.
 *
 * @param instanceId stays the same for as long as the data directory lives: registering again with it gives back the
 *     same agent id and the jobs that this agent still holds
 * @param ip the agent's own address, or null to let the server take the connection's
 * @param concurrency jobs at once
 * @param engines that this agent runs, as {@link JobData} names them
 * @param executor {@code fork}, or {@code bubblewrap} for an agent that confines each run
 * @param labels words of the operator: 32 at most, of 63 characters at most
 */
public record Registration(
        String name,
        String arch,
        String os,
        String version,
        String hostname,
        String ip,
        String instanceId,
        Integer concurrency,
        List<String> accept,
        String executor,
        List<String> engines,
        Map<String, String> labels) {

    public Registration {
        concurrency = concurrency == null ? 1 : concurrency;
        engines = engines == null ? List.of("terraform") : List.copyOf(engines);
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        accept = accept == null ? List.of() : List.copyOf(accept);
    }
}
