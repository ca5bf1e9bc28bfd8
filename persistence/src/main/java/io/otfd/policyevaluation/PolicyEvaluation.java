package io.otfd.policyevaluation;

import io.otfd.Ids.PolicyEvaluationId;
import io.otfd.Ids.TaskStageId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the policies of a run have come to.
 *
 * @param statusTimestamps wire key → instant
 * @param sets outcomes of each, once it is over
 */
public record PolicyEvaluation(
        PolicyEvaluationId id,
        TaskStageId stage,
        EvaluationStatus status,
        Map<String, String> statusTimestamps,
        String toolVersion,
        Instant createdAt,
        Instant updatedAt,
        List<PolicySetOutcome> sets) {

    public ResultCount count() {
        return ResultCount.of(
                sets.stream().flatMap(set -> set.outcomes().stream()).toList());
    }
}
