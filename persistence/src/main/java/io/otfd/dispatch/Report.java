package io.otfd.dispatch;

import io.otfd.Ids.RunId;
import io.otfd.run.Phase;
import io.otfd.run.PlanResult;
import java.util.Optional;

/**
 * What an agent says of a job.
 *
 * @param lease of the claim; an agent that knows no leases sends none
 * @param error a sentence for the user
 */
public record Report(
        RunId run,
        Phase.Kind kind,
        Optional<String> lease,
        Outcome outcome,
        Optional<String> error,
        PlanResult result) {

    /** Progress, or one of three ends. */
    public enum Outcome {
        RUNNING,
        FINISHED,
        ERRORED,
        CANCELED
    }
}
