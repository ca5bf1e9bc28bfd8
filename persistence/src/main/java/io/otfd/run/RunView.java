package io.otfd.run;

import io.otfd.workspace.WorkspaceView;

/** A run, its workspace, and what the caller may do there. */
public record RunView(Run run, WorkspaceView workspace) {}
