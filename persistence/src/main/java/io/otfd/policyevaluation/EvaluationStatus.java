package io.otfd.policyevaluation;

import io.otfd.taskstage.Verdict;
import java.util.Locale;

/** Status of an evaluation (cloud-docs/api-docs/policy-evaluations). */
public enum EvaluationStatus {
    PENDING,
    QUEUED,
    RUNNING,
    PASSED,
    FAILED,
    ERRORED,
    OVERRIDDEN,
    CANCELED,
    UNREACHABLE;

    /** What it means to the run. A policy that could not be evaluated is one that does not hold. */
    Verdict verdict(boolean overridable) {
        return switch (this) {
            case PENDING, QUEUED, RUNNING -> Verdict.WAITING;
            case PASSED, OVERRIDDEN -> Verdict.PASSED;
            case FAILED -> overridable ? Verdict.OVERRIDABLE : Verdict.FAILED;
            case ERRORED, CANCELED, UNREACHABLE -> Verdict.FAILED;
        };
    }

    /** Wire name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static EvaluationStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
