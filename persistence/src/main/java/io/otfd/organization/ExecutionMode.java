package io.otfd.organization;

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

    ExecutionMode REMOTE = new Remote();

    /** As it stands in a table. */
    static ExecutionMode of(String mode, Optional<AgentPoolId> pool) {
        return of(ExecutionNames.WORKSPACE, mode, pool);
    }

    /** As a client says it: mode and pool fit together, or the attribute that does not is refused. */
    static ExecutionMode of(ExecutionNames names, String mode, Optional<AgentPoolId> pool) {
        return switch (mode) {
            case "agent" ->
                new Agent(pool.orElseThrow(() -> Refusal.Invalid.attribute(
                        names.pool(), "must be specified when using 'agent' execution mode")));
            case "remote", "local" -> {
                if (pool.isPresent()) {
                    throw Refusal.Invalid.attribute(
                            names.pool(), "must not be specified unless using 'agent' execution mode");
                }
                yield mode.equals("remote") ? REMOTE : new Local();
            }
            case String other ->
                throw Refusal.Invalid.attribute(names.mode(), "must be remote, local or agent, not " + other);
        };
    }

    /** A workspace's own mode, or else its project's, or else its organization's. Mode and pool go together. */
    static ExecutionMode effective(
            Optional<ExecutionMode> workspace, Optional<ExecutionMode> project, ExecutionMode organization) {
        return workspace.or(() -> project).orElse(organization);
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
