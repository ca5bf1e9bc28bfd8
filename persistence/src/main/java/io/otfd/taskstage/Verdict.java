package io.otfd.taskstage;

/** What a check has come to. The greatest of a stage's counts. */
public enum Verdict {
    /** Nothing stands against the run. */
    PASSED,
    /** The run waits until somebody who may overrides it, or discards the run. */
    OVERRIDABLE,
    /** The run ends here. */
    FAILED,
    /** Nobody has said everything yet. */
    WAITING
}
