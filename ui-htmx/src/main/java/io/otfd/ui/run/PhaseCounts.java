package io.otfd.ui.run;

import io.otfd.run.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How many resources a phase changes, in words. */
final class PhaseCounts {

    private PhaseCounts() {}

    /** Empty as long as nobody knows. */
    static Optional<String> of(Phase phase) {
        boolean plan = phase.kind() == Phase.Kind.PLAN;
        List<String> parts = new ArrayList<>();
        phase.resourceImports()
                .filter(number -> number > 0)
                .ifPresent(number -> parts.add(number + (plan ? " to import" : " imported")));
        phase.resourceAdditions().ifPresent(number -> parts.add(number + (plan ? " to add" : " added")));
        phase.resourceChanges().ifPresent(number -> parts.add(number + (plan ? " to change" : " changed")));
        phase.resourceDestructions().ifPresent(number -> parts.add(number + (plan ? " to destroy" : " destroyed")));
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }
}
