package io.otfd.policyevaluation;

import io.otfd.policy.Enforcement;
import java.util.List;

/** How many policies went how. */
public record ResultCount(int passed, int advisoryFailed, int mandatoryFailed, int errored) {

    static ResultCount of(List<PolicyOutcome> outcomes) {
        int passed = 0;
        int advisoryFailed = 0;
        int mandatoryFailed = 0;
        int errored = 0;
        for (PolicyOutcome outcome : outcomes) {
            switch (outcome.status()) {
                case PASSED -> passed++;
                case ERRORED -> errored++;
                case FAILED -> {
                    if (outcome.enforcement() == Enforcement.MANDATORY) {
                        mandatoryFailed++;
                    } else {
                        advisoryFailed++;
                    }
                }
            }
        }
        return new ResultCount(passed, advisoryFailed, mandatoryFailed, errored);
    }
}
