package io.otfd.policyevaluation;

import io.otfd.Ids.PolicyEvaluationId;
import io.otfd.Ids.RunId;
import io.otfd.policy.Enforcement;
import java.util.List;
import java.util.Optional;

/**
 * An evaluation that this server has to make now.
 *
 * @param attempt from 1; of several that were begun the last one counts
 * @param run JSON of what policies see of it
 * @param planKey blob of the plan as JSON
 */
public record Assignment(PolicyEvaluationId id, int attempt, RunId runId, String run, String planKey, List<Set> sets) {

    public Assignment {
        sets = List.copyOf(sets);
    }

    /** Policies that may refer to one another. */
    public record Set(String name, Optional<String> description, boolean overridable, List<Rule> rules) {

        public Set {
            rules = List.copyOf(rules);
        }

        /** The same error for each of its policies. */
        public Result failed(String error) {
            return new Result(
                    this, error, rules.stream().map(rule -> rule.errored(error)).toList());
        }
    }

    /** @param source in Rego; empty where nothing was uploaded */
    public record Rule(
            String name, Optional<String> description, String query, Enforcement enforcement, Optional<String> source) {

        public PolicyOutcome passed() {
            return outcome(PolicyOutcome.Status.PASSED, description.orElse(""), List.of());
        }

        public PolicyOutcome failed(List<String> messages) {
            return outcome(PolicyOutcome.Status.FAILED, description.orElse(""), messages);
        }

        /** The reason in place of the description: it is all that Terraform prints of such a policy (observed: 1.11). */
        public PolicyOutcome errored(String reason) {
            return outcome(PolicyOutcome.Status.ERRORED, reason, List.of());
        }

        private PolicyOutcome outcome(PolicyOutcome.Status status, String text, List<String> messages) {
            return new PolicyOutcome(name, enforcement, query, status, text, messages);
        }
    }

    /** What came of a set. */
    public record Result(Set set, String error, List<PolicyOutcome> outcomes) {

        public Result {
            outcomes = List.copyOf(outcomes);
        }

        boolean stops() {
            return outcomes.stream().anyMatch(PolicyOutcome::stops);
        }

        boolean errs() {
            return !error.isEmpty()
                    || outcomes.stream().anyMatch(outcome -> outcome.status() == PolicyOutcome.Status.ERRORED);
        }
    }
}
