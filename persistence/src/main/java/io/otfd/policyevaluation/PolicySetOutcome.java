package io.otfd.policyevaluation;

import io.otfd.Ids.PolicyEvaluationId;
import io.otfd.Ids.PolicySetOutcomeId;
import java.util.List;
import java.util.Optional;

/**
 * What the policies of one set have said.
 *
 * @param error why nothing of it could be evaluated; empty when it could
 */
public record PolicySetOutcome(
        PolicySetOutcomeId id,
        PolicyEvaluationId evaluation,
        String set,
        Optional<String> description,
        boolean overridable,
        String error,
        String toolVersion,
        List<PolicyOutcome> outcomes) {

    public PolicySetOutcome {
        outcomes = List.copyOf(outcomes);
    }

    public ResultCount count() {
        return ResultCount.of(outcomes);
    }
}
