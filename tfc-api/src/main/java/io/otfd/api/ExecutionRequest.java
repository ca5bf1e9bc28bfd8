package io.otfd.api;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Refusal;
import io.otfd.organization.ExecutionChange;
import io.otfd.organization.ExecutionNames;
import java.util.Map;
import java.util.Optional;

/** How requests say where runs execute; the rules are {@link ExecutionChange}'s. */
public final class ExecutionRequest {

    private ExecutionRequest() {}

    /** The pool comes as an attribute or as a relationship. */
    public static ExecutionChange of(Patch patch, ExecutionNames names) {
        Map<String, Boolean> overwrites = patch.flags("setting-overwrites");
        // The provider sends "" for no pool.
        Optional<AgentPoolId> pool = patch.mentions(names.pool())
                ? patch.optionalText(names.pool()).filter(id -> !id.isEmpty()).map(id -> pool(names, id))
                : patch.reference(names.poolFlag()).map(id -> pool(names, id));
        return new ExecutionChange(
                names,
                Optional.ofNullable(overwrites.get(names.mode())),
                Optional.ofNullable(overwrites.get(names.poolFlag())),
                mode(patch, names),
                pool,
                pool.isEmpty() && (patch.mentions(names.pool()) || patch.relates(names.poolFlag())));
    }

    /** {@code operations} is the old way to say remote or local. */
    private static Optional<String> mode(Patch patch, ExecutionNames names) {
        Optional<String> mode = patch.optionalText(names.mode());
        Optional<Boolean> operations =
                names == ExecutionNames.WORKSPACE ? patch.optionalFlag("operations") : Optional.empty();
        if (mode.isPresent() && operations.isPresent()) {
            throw Refusal.Invalid.attribute("operations", "must not be combined with execution-mode");
        }
        return mode.or(() -> operations.map(remote -> remote ? "remote" : "local"));
    }

    private static AgentPoolId pool(ExecutionNames names, String id) {
        try {
            return new AgentPoolId(id);
        } catch (Refusal.NotFound e) {
            throw Refusal.Invalid.attribute(names.pool(), "not found in the organization");
        }
    }
}
