package io.otfd.ui.run;

import io.otfd.policyevaluation.EvaluationStatus;
import io.otfd.policyevaluation.PolicyOutcome;
import io.otfd.run.PhaseStatus;
import io.otfd.run.QueryRun;
import io.otfd.run.RunStatus;
import io.otfd.taskresult.ResultStatus;
import io.otfd.taskstage.StageStatus;
import io.otfd.ui.Badge;
import io.otfd.ui.Badge.Tone;

/** Statuses of runs and their phases in words. */
public final class RunBadge {

    private RunBadge() {}

    public static Badge of(RunStatus status) {
        return switch (status) {
            case PENDING -> new Badge("Pending", Tone.QUIET);
            case PRE_PLAN_RUNNING -> new Badge("Pre-plan running", Tone.ACTIVE);
            case PRE_PLAN_COMPLETED -> new Badge("Pre-plan completed", Tone.QUIET);
            case PLAN_QUEUED -> new Badge("Plan queued", Tone.QUIET);
            case PLANNING -> new Badge("Planning", Tone.ACTIVE);
            case PLANNED -> new Badge("Planned", Tone.ATTENTION);
            case POST_PLAN_RUNNING -> new Badge("Post-plan running", Tone.ACTIVE);
            case POST_PLAN_AWAITING_DECISION -> new Badge("Post-plan awaiting decision", Tone.ATTENTION);
            case POST_PLAN_COMPLETED -> new Badge("Post-plan completed", Tone.ATTENTION);
            case PLANNED_AND_FINISHED -> new Badge("Planned and finished", Tone.GOOD);
            case PLANNED_AND_SAVED -> new Badge("Planned and saved", Tone.ATTENTION);
            case CONFIRMED -> new Badge("Confirmed", Tone.ACTIVE);
            case PRE_APPLY_RUNNING -> new Badge("Pre-apply running", Tone.ACTIVE);
            case PRE_APPLY_COMPLETED -> new Badge("Pre-apply completed", Tone.QUIET);
            case APPLY_QUEUED -> new Badge("Apply queued", Tone.QUIET);
            case APPLYING -> new Badge("Applying", Tone.ACTIVE);
            case POST_APPLY_RUNNING -> new Badge("Post-apply running", Tone.ACTIVE);
            case POST_APPLY_COMPLETED -> new Badge("Post-apply completed", Tone.QUIET);
            case APPLIED -> new Badge("Applied", Tone.GOOD);
            case DISCARDED -> new Badge("Discarded", Tone.QUIET);
            case ERRORED -> new Badge("Errored", Tone.BAD);
            case CANCELED -> new Badge("Canceled", Tone.QUIET);
            case FORCE_CANCELED -> new Badge("Force canceled", Tone.BAD);
        };
    }

    /** A query is no plan, and says so in words of its own. */
    public static Badge of(QueryRun query) {
        return switch (query.status()) {
            case "pending" -> new Badge("Pending", Tone.QUIET);
            case "queued" -> new Badge("Queued", Tone.QUIET);
            case "running" -> new Badge("Running", Tone.ACTIVE);
            case "finished" -> new Badge("Finished", Tone.GOOD);
            case "errored" -> new Badge("Errored", Tone.BAD);
            default -> new Badge("Canceled", Tone.QUIET);
        };
    }

    static Badge of(StageStatus status) {
        return switch (status) {
            case PENDING -> new Badge("Pending", Tone.QUIET);
            case RUNNING -> new Badge("Running", Tone.ACTIVE);
            case PASSED -> new Badge("Passed", Tone.GOOD);
            case FAILED -> new Badge("Failed", Tone.BAD);
            case AWAITING_OVERRIDE -> new Badge("Awaiting override", Tone.ATTENTION);
            case ERRORED -> new Badge("Errored", Tone.BAD);
            case CANCELED -> new Badge("Canceled", Tone.QUIET);
            case UNREACHABLE -> new Badge("Not reached", Tone.QUIET);
        };
    }

    static Badge of(ResultStatus status) {
        return switch (status) {
            case PENDING -> new Badge("Pending", Tone.QUIET);
            case RUNNING -> new Badge("Running", Tone.ACTIVE);
            case PASSED -> new Badge("Passed", Tone.GOOD);
            case FAILED -> new Badge("Failed", Tone.BAD);
            case ERRORED -> new Badge("Errored", Tone.BAD);
            case CANCELED -> new Badge("Canceled", Tone.QUIET);
            case UNREACHABLE -> new Badge("Not asked", Tone.QUIET);
        };
    }

    static Badge of(EvaluationStatus status) {
        return switch (status) {
            case PENDING -> new Badge("Pending", Tone.QUIET);
            case QUEUED -> new Badge("Queued", Tone.QUIET);
            case RUNNING -> new Badge("Running", Tone.ACTIVE);
            case PASSED -> new Badge("Passed", Tone.GOOD);
            case FAILED -> new Badge("Failed", Tone.BAD);
            case ERRORED -> new Badge("Errored", Tone.BAD);
            case OVERRIDDEN -> new Badge("Overridden", Tone.ATTENTION);
            case CANCELED -> new Badge("Canceled", Tone.QUIET);
            case UNREACHABLE -> new Badge("Not reached", Tone.QUIET);
        };
    }

    static Badge of(PolicyOutcome.Status status) {
        return switch (status) {
            case PASSED -> new Badge("Passed", Tone.GOOD);
            case FAILED -> new Badge("Failed", Tone.BAD);
            case ERRORED -> new Badge("Errored", Tone.BAD);
        };
    }

    static Badge of(PhaseStatus status) {
        return switch (status) {
            case PENDING -> new Badge("Pending", Tone.QUIET);
            case QUEUED -> new Badge("Queued", Tone.QUIET);
            case RUNNING -> new Badge("Running", Tone.ACTIVE);
            case FINISHED -> new Badge("Finished", Tone.GOOD);
            case ERRORED -> new Badge("Errored", Tone.BAD);
            case CANCELED -> new Badge("Canceled", Tone.QUIET);
            case UNREACHABLE -> new Badge("Not reached", Tone.QUIET);
        };
    }
}
