/**
 * Stages of runs. They are made with the run, where something is checked in its workspace ({@code workspace_check}), and
 * each {@link io.otfd.taskstage.StageCheck} says what it has come to. A stage is over when none of them waits any more.
 */
package io.otfd.taskstage;
