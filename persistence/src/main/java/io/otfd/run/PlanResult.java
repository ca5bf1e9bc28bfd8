package io.otfd.run;

import java.util.Optional;

/** What an agent says of a phase that it finished. */
public record PlanResult(
        boolean hasChanges,
        boolean generatedConfiguration,
        Optional<Integer> additions,
        Optional<Integer> changes,
        Optional<Integer> destructions,
        Optional<Integer> imports) {

    public static final PlanResult NONE =
            new PlanResult(false, false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
