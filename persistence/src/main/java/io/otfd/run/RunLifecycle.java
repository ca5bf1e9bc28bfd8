package io.otfd.run;

import static io.otfd.run.RunEvent.APPLY_CANCELED;
import static io.otfd.run.RunEvent.APPLY_ERRORED;
import static io.otfd.run.RunEvent.APPLY_FINISHED;
import static io.otfd.run.RunEvent.APPLY_REQUEUED;
import static io.otfd.run.RunEvent.APPLY_STARTED;
import static io.otfd.run.RunEvent.CANCEL;
import static io.otfd.run.RunEvent.CONFIRM;
import static io.otfd.run.RunEvent.DISCARD;
import static io.otfd.run.RunEvent.ENQUEUE_APPLY;
import static io.otfd.run.RunEvent.ENQUEUE_PLAN;
import static io.otfd.run.RunEvent.FORCE_CANCEL;
import static io.otfd.run.RunEvent.PLAN_CANCELED;
import static io.otfd.run.RunEvent.PLAN_CHANGES;
import static io.otfd.run.RunEvent.PLAN_ERRORED;
import static io.otfd.run.RunEvent.PLAN_NO_CHANGES;
import static io.otfd.run.RunEvent.PLAN_REQUEUED;
import static io.otfd.run.RunEvent.PLAN_SAVED;
import static io.otfd.run.RunEvent.PLAN_STARTED;
import static io.otfd.run.RunEvent.STAGE_FAILED;
import static io.otfd.run.RunEvent.STAGE_OVERRIDDEN;
import static io.otfd.run.RunEvent.STAGE_PASSED;
import static io.otfd.run.RunEvent.STAGE_STARTED;
import static io.otfd.run.RunEvent.STAGE_UNDECIDED;
import static io.otfd.run.RunStatus.APPLIED;
import static io.otfd.run.RunStatus.APPLYING;
import static io.otfd.run.RunStatus.APPLY_QUEUED;
import static io.otfd.run.RunStatus.CANCELED;
import static io.otfd.run.RunStatus.CONFIRMED;
import static io.otfd.run.RunStatus.DISCARDED;
import static io.otfd.run.RunStatus.ERRORED;
import static io.otfd.run.RunStatus.FORCE_CANCELED;
import static io.otfd.run.RunStatus.PENDING;
import static io.otfd.run.RunStatus.PLANNED;
import static io.otfd.run.RunStatus.PLANNED_AND_FINISHED;
import static io.otfd.run.RunStatus.PLANNED_AND_SAVED;
import static io.otfd.run.RunStatus.PLANNING;
import static io.otfd.run.RunStatus.PLAN_QUEUED;
import static io.otfd.run.RunStatus.POST_APPLY_COMPLETED;
import static io.otfd.run.RunStatus.POST_APPLY_RUNNING;
import static io.otfd.run.RunStatus.POST_PLAN_AWAITING_DECISION;
import static io.otfd.run.RunStatus.POST_PLAN_COMPLETED;
import static io.otfd.run.RunStatus.POST_PLAN_RUNNING;
import static io.otfd.run.RunStatus.PRE_APPLY_COMPLETED;
import static io.otfd.run.RunStatus.PRE_APPLY_RUNNING;
import static io.otfd.run.RunStatus.PRE_PLAN_COMPLETED;
import static io.otfd.run.RunStatus.PRE_PLAN_RUNNING;

import io.otfd.taskstage.Stage;
import java.util.List;
import java.util.Optional;

/**
 * The life of a run, as one table. From it come the 409 on an action that is not allowed, {@code actions} in the run's
 * document, the buttons of its page, and golden/run-transitions.txt. Rows follow cloud-docs/run/states and the 409 rows of
 * cloud-docs/api-docs/run.
 */
public final class RunLifecycle {

    /** In {@code from}, {@code event} leads to {@code to}, with its plan and apply in these statuses. */
    public record Transition(RunStatus from, RunEvent event, RunStatus to, PhaseStatus plan, PhaseStatus apply) {}

    private static final PhaseStatus PENDING_PHASE = PhaseStatus.PENDING;
    private static final PhaseStatus QUEUED = PhaseStatus.QUEUED;
    private static final PhaseStatus RUNNING = PhaseStatus.RUNNING;
    private static final PhaseStatus FINISHED = PhaseStatus.FINISHED;
    private static final PhaseStatus ERRORED_PHASE = PhaseStatus.ERRORED;
    private static final PhaseStatus CANCELED_PHASE = PhaseStatus.CANCELED;
    private static final PhaseStatus UNREACHABLE = PhaseStatus.UNREACHABLE;

    private static final List<Transition> TABLE = List.of(
            row(PENDING, ENQUEUE_PLAN, PLAN_QUEUED, QUEUED, PENDING_PHASE),
            row(PENDING, DISCARD, DISCARDED, UNREACHABLE, UNREACHABLE),
            row(PENDING, CANCEL, CANCELED, UNREACHABLE, UNREACHABLE),
            row(PENDING, STAGE_STARTED, PRE_PLAN_RUNNING, PENDING_PHASE, PENDING_PHASE),
            row(PRE_PLAN_RUNNING, STAGE_PASSED, PRE_PLAN_COMPLETED, PENDING_PHASE, PENDING_PHASE),
            row(PRE_PLAN_RUNNING, STAGE_FAILED, ERRORED, UNREACHABLE, UNREACHABLE),
            row(PRE_PLAN_RUNNING, CANCEL, CANCELED, UNREACHABLE, UNREACHABLE),
            row(PRE_PLAN_COMPLETED, ENQUEUE_PLAN, PLAN_QUEUED, QUEUED, PENDING_PHASE),
            row(PLAN_QUEUED, PLAN_STARTED, PLANNING, RUNNING, PENDING_PHASE),
            row(PLAN_QUEUED, CANCEL, CANCELED, CANCELED_PHASE, UNREACHABLE),
            row(PLAN_QUEUED, PLAN_ERRORED, ERRORED, ERRORED_PHASE, UNREACHABLE),
            row(PLANNING, PLAN_REQUEUED, PLAN_QUEUED, QUEUED, PENDING_PHASE),
            row(PLANNING, PLAN_CHANGES, PLANNED, FINISHED, PENDING_PHASE),
            row(PLANNING, PLAN_SAVED, PLANNED_AND_SAVED, FINISHED, PENDING_PHASE),
            row(PLANNING, PLAN_NO_CHANGES, PLANNED_AND_FINISHED, FINISHED, UNREACHABLE),
            row(PLANNING, PLAN_ERRORED, ERRORED, ERRORED_PHASE, UNREACHABLE),
            row(PLANNING, PLAN_CANCELED, CANCELED, CANCELED_PHASE, UNREACHABLE),
            row(PLANNING, FORCE_CANCEL, FORCE_CANCELED, CANCELED_PHASE, UNREACHABLE),
            row(PLANNING, STAGE_STARTED, POST_PLAN_RUNNING, FINISHED, PENDING_PHASE),
            row(POST_PLAN_RUNNING, STAGE_PASSED, POST_PLAN_COMPLETED, FINISHED, PENDING_PHASE),
            row(POST_PLAN_RUNNING, STAGE_FAILED, ERRORED, FINISHED, UNREACHABLE),
            row(POST_PLAN_RUNNING, STAGE_UNDECIDED, POST_PLAN_AWAITING_DECISION, FINISHED, PENDING_PHASE),
            row(POST_PLAN_RUNNING, CANCEL, CANCELED, FINISHED, UNREACHABLE),
            row(POST_PLAN_AWAITING_DECISION, STAGE_OVERRIDDEN, POST_PLAN_COMPLETED, FINISHED, PENDING_PHASE),
            row(POST_PLAN_AWAITING_DECISION, DISCARD, DISCARDED, FINISHED, UNREACHABLE),
            row(POST_PLAN_COMPLETED, PLAN_NO_CHANGES, PLANNED_AND_FINISHED, FINISHED, UNREACHABLE),
            row(POST_PLAN_COMPLETED, PLAN_SAVED, PLANNED_AND_SAVED, FINISHED, PENDING_PHASE),
            row(POST_PLAN_COMPLETED, CONFIRM, CONFIRMED, FINISHED, PENDING_PHASE),
            row(POST_PLAN_COMPLETED, DISCARD, DISCARDED, FINISHED, UNREACHABLE),
            row(PLANNED, CONFIRM, CONFIRMED, FINISHED, PENDING_PHASE),
            row(PLANNED, DISCARD, DISCARDED, FINISHED, UNREACHABLE),
            row(PLANNED_AND_SAVED, CONFIRM, CONFIRMED, FINISHED, PENDING_PHASE),
            row(PLANNED_AND_SAVED, DISCARD, DISCARDED, FINISHED, UNREACHABLE),
            row(CONFIRMED, ENQUEUE_APPLY, APPLY_QUEUED, FINISHED, QUEUED),
            row(CONFIRMED, CANCEL, CANCELED, FINISHED, CANCELED_PHASE),
            row(CONFIRMED, STAGE_STARTED, PRE_APPLY_RUNNING, FINISHED, PENDING_PHASE),
            row(PRE_APPLY_RUNNING, STAGE_PASSED, PRE_APPLY_COMPLETED, FINISHED, PENDING_PHASE),
            row(PRE_APPLY_RUNNING, STAGE_FAILED, ERRORED, FINISHED, UNREACHABLE),
            row(PRE_APPLY_RUNNING, CANCEL, CANCELED, FINISHED, CANCELED_PHASE),
            row(PRE_APPLY_COMPLETED, ENQUEUE_APPLY, APPLY_QUEUED, FINISHED, QUEUED),
            row(APPLY_QUEUED, APPLY_STARTED, APPLYING, FINISHED, RUNNING),
            row(APPLY_QUEUED, CANCEL, CANCELED, FINISHED, CANCELED_PHASE),
            row(APPLY_QUEUED, APPLY_ERRORED, ERRORED, FINISHED, ERRORED_PHASE),
            row(APPLYING, APPLY_REQUEUED, APPLY_QUEUED, FINISHED, QUEUED),
            row(APPLYING, APPLY_FINISHED, APPLIED, FINISHED, FINISHED),
            row(APPLYING, STAGE_STARTED, POST_APPLY_RUNNING, FINISHED, FINISHED),
            row(POST_APPLY_RUNNING, STAGE_PASSED, POST_APPLY_COMPLETED, FINISHED, FINISHED),
            row(POST_APPLY_RUNNING, CANCEL, CANCELED, FINISHED, FINISHED),
            row(POST_APPLY_COMPLETED, APPLY_FINISHED, APPLIED, FINISHED, FINISHED),
            row(APPLYING, APPLY_ERRORED, ERRORED, FINISHED, ERRORED_PHASE),
            row(APPLYING, APPLY_CANCELED, CANCELED, FINISHED, CANCELED_PHASE),
            row(APPLYING, FORCE_CANCEL, FORCE_CANCELED, FINISHED, CANCELED_PHASE));

    private RunLifecycle() {}

    /** The stage that comes before {@code event} in runs that have it: with {@code STAGE_STARTED} the event waits. */
    static Optional<Stage> before(RunStatus from, RunEvent event) {
        return switch (event) {
            case ENQUEUE_PLAN -> Optional.of(Stage.PRE_PLAN).filter(stage -> from == PENDING);
            case PLAN_CHANGES, PLAN_SAVED, PLAN_NO_CHANGES ->
                Optional.of(Stage.POST_PLAN).filter(stage -> from == PLANNING);
            case ENQUEUE_APPLY -> Optional.of(Stage.PRE_APPLY).filter(stage -> from == CONFIRMED);
            case APPLY_FINISHED -> Optional.of(Stage.POST_APPLY).filter(stage -> from == APPLYING);
            default -> Optional.empty();
        };
    }

    private static Transition row(RunStatus from, RunEvent event, RunStatus to, PhaseStatus plan, PhaseStatus apply) {
        return new Transition(from, event, to, plan, apply);
    }

    /** What follows, or empty when this cannot happen now. */
    public static Optional<Transition> next(RunStatus from, RunEvent event) {
        return TABLE.stream()
                .filter(row -> row.from() == from && row.event() == event)
                .findFirst();
    }

    public static boolean allows(RunStatus from, RunEvent event) {
        return next(from, event).isPresent();
    }

    static List<Transition> table() {
        return TABLE;
    }
}
