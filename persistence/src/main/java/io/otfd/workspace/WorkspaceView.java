package io.otfd.workspace;

import io.otfd.access.Grants;
import io.otfd.access.WorkspacePermission;

/** A workspace, and what the caller may do with it. */
public record WorkspaceView(Workspace workspace, Grants<WorkspacePermission> grants) {}
