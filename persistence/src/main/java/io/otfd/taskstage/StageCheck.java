package io.otfd.taskstage;

import io.otfd.Ids.TaskStageId;
import io.otfd.access.Caller;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.run.Run;
import java.util.Map;

/**
 * Something that stages of runs wait for: run tasks, policies. Called in transactions that hold the run's row. A check that
 * goes on outside of them calls {@code RunAdvance.settle} when it has come to something.
 */
public interface StageCheck {

    /** A run is made: writes what will be checked, so that clients see it from the start. */
    void prepare(Tx tx, Run run, Map<Stage, TaskStageId> stages);

    /** The run has reached the stage. */
    void begin(Tx tx, Run run, Stage stage, TaskStageId id);

    /** What it has come to; {@link Verdict#PASSED} where it has nothing to check. */
    Verdict verdict(Sql sql, TaskStageId stage);

    /** Whether the caller could override what it finds. */
    boolean canOverride(Sql sql, Caller caller, Run run);

    /**
     * Somebody overrides the stage. Nothing to do for a check that passes.
     *
     * @throws io.otfd.Refusal when the caller may not
     */
    void override(Tx tx, Caller caller, Run run, TaskStageId stage);

    /** The stage is over, whether it was reached or not: what is not decided stays so. */
    void end(Tx tx, TaskStageId stage);
}
