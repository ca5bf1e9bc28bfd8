package io.otfd.organization;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Refusal;
import java.util.Optional;

/**
 * What a request says of where runs execute, at any level: organization, project or workspace. One flag a level says
 * whether it has a mode and pool of its own; clients send it under two names.
 *
 * @param ownMode {@code setting-overwrites}: true for a mode of its own, false to inherit
 * @param ownPool the same flag under its other name
 * @param mode the wanted mode
 * @param pool the wanted pool; {@code ""} counts as null
 * @param dropsPool the pool is mentioned, and null
 */
public record ExecutionChange(
        ExecutionNames names,
        Optional<Boolean> ownMode,
        Optional<Boolean> ownPool,
        Optional<String> mode,
        Optional<AgentPoolId> pool,
        boolean dropsPool) {

    public ExecutionChange {
        if (ownMode.isPresent() && ownPool.isPresent() && !ownMode.equals(ownPool)) {
            throw Refusal.Invalid.at(
                    "/data/attributes/setting-overwrites",
                    "If agent-pool and execution-mode are both included in setting-overwrites, "
                            + "their values must be the same.");
        }
    }

    /**
     * The level's own mode after the request, or empty to inherit.
     *
     * @param before its own mode so far
     * @param effective what its runs used so far, its own mode or an inherited one; for a new one what it would inherit
     * @param isNew nothing stands yet, so nothing can be kept
     */
    public Optional<ExecutionMode> own(Optional<ExecutionMode> before, ExecutionMode effective, boolean isNew) {
        Optional<Boolean> own = ownMode.or(() -> ownPool);
        if (own.isPresent() && !own.get()) {
            // Beats a mode in the same request: the provider sends both.
            return Optional.empty();
        }
        if (mode.isPresent()) {
            return Optional.of(ExecutionMode.of(names, mode.get(), poolFor(mode.get(), effective, isNew)));
        }
        if (pool.isPresent()) {
            return Optional.of(ExecutionMode.of(names, effective.wireName(), pool));
        }
        if (dropsPool && before.flatMap(ExecutionMode::agentPool).isPresent()) {
            return Optional.of(ExecutionMode.of(names, "agent", Optional.empty()));
        }
        if (own.isPresent() && before.isEmpty()) {
            if (isNew) {
                throw Refusal.Invalid.attribute(
                        names.mode(), "must be specified when " + names.mode() + " is overwritten");
            }
            return Optional.of(effective);
        }
        return before;
    }

    /** A mode that stays agent keeps its pool, and leaving agent drops it. */
    private Optional<AgentPoolId> poolFor(String wanted, ExecutionMode effective, boolean isNew) {
        if (pool.isPresent() || dropsPool || isNew || !wanted.equals("agent")) {
            return pool;
        }
        return effective.agentPool();
    }
}
