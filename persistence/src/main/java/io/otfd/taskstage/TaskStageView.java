package io.otfd.taskstage;

/**
 * A stage, and what the caller may do to it.
 *
 * @param overridable it waits for that
 * @param canOverride the caller may
 */
public record TaskStageView(TaskStage stage, boolean overridable, boolean canOverride) {}
