package io.otfd.workspace;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Refusal;
import java.util.Optional;

/** Where runs execute. */
public sealed interface ExecutionMode {

    /** On an agent inside a server. */
    record Remote() implements ExecutionMode {}

    /** On the user's machine; the server keeps the state only. */
    record Local() implements ExecutionMode {}

    /** On an agent of this pool. */
    record Agent(AgentPoolId pool) implements ExecutionMode {}

    static ExecutionMode of(String mode, Optional<AgentPoolId> pool) {
        return switch (mode) {
            case "agent" ->
                new Agent(pool.orElseThrow(() -> Refusal.Invalid.attribute(
                        "agent-pool-id", "must be specified when using 'agent' execution mode")));
            case "remote", "local" -> {
                if (pool.isPresent()) {
                    throw Refusal.Invalid.attribute(
                            "agent-pool-id", "must not be specified unless using 'agent' execution mode");
                }
                yield mode.equals("remote") ? new Remote() : new Local();
            }
            case String other ->
                throw Refusal.Invalid.attribute("execution-mode", "must be remote, local or agent, not " + other);
        };
    }

    default String wireName() {
        return switch (this) {
            case Remote() -> "remote";
            case Local() -> "local";
            case Agent(AgentPoolId _) -> "agent";
        };
    }

    default Optional<AgentPoolId> agentPool() {
        return this instanceof Agent agent ? Optional.of(agent.pool()) : Optional.empty();
    }
}
