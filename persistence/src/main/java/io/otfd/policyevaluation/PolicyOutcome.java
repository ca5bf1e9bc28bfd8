package io.otfd.policyevaluation;

import io.otfd.policy.Enforcement;
import java.util.List;
import java.util.Locale;

/**
 * What one policy has said.
 *
 * @param description of the policy; of one that could not be evaluated, why
 * @param messages what is wrong, as the policy puts it
 */
public record PolicyOutcome(
        String policy,
        Enforcement enforcement,
        String query,
        Status status,
        String description,
        List<String> messages) {

    /** How it went. */
    public enum Status {
        PASSED,
        FAILED,
        ERRORED;

        /** Wire name. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    public PolicyOutcome {
        messages = List.copyOf(messages);
    }

    boolean stops() {
        return status == Status.FAILED && enforcement == Enforcement.MANDATORY;
    }
}
