package io.otfd.run;

/** What can happen to a run. */
public enum RunEvent {
    /** Its turn in the workspace's queue has come, or it needs none. */
    ENQUEUE_PLAN,
    PLAN_STARTED,
    /** The job went back to the queue: its agent was lost before the engine started. */
    PLAN_REQUEUED,
    /** The plan has changes, or may be applied all the same. */
    PLAN_CHANGES,
    /** The plan has changes and waits, saved, to be applied by name. */
    PLAN_SAVED,
    /** Nothing to apply. */
    PLAN_NO_CHANGES,
    PLAN_ERRORED,
    PLAN_CANCELED,
    CONFIRM,
    ENQUEUE_APPLY,
    APPLY_STARTED,
    /** The job went back to the queue: it had not reached its agent. */
    APPLY_REQUEUED,
    APPLY_FINISHED,
    APPLY_ERRORED,
    APPLY_CANCELED,
    /** Something is checked before the run goes on as it was about to. */
    STAGE_STARTED,
    STAGE_PASSED,
    STAGE_FAILED,
    /** What stands against the run may be overridden. */
    STAGE_UNDECIDED,
    STAGE_OVERRIDDEN,
    DISCARD,
    /** Of a run that no agent works on. */
    CANCEL,
    FORCE_CANCEL
}
