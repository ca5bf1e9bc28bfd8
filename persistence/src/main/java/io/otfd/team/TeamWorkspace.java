package io.otfd.team;

import io.otfd.Ids.TeamId;
import io.otfd.Ids.TeamWorkspaceId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.access.WorkspaceAccess;

/** A team that was let into one workspace. */
public record TeamWorkspace(TeamWorkspaceId id, TeamId team, WorkspaceId workspace, WorkspaceAccess access) {}
