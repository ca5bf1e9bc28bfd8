package io.otfd.agentpool;

import io.otfd.Ids.ProjectId;
import io.otfd.Ids.WorkspaceId;
import java.util.List;

/**
 * Who may use a pool. Exclusion wins over everything that allows (cloud-docs: it carves out of grants).
 *
 * @param organizationScoped every workspace may use it, but for the excluded ones
 */
public record AgentPoolScope(
        boolean organizationScoped,
        List<WorkspaceId> allowedWorkspaces,
        List<ProjectId> allowedProjects,
        List<WorkspaceId> excludedWorkspaces) {

    public AgentPoolScope {
        allowedWorkspaces = List.copyOf(allowedWorkspaces);
        allowedProjects = List.copyOf(allowedProjects);
        excludedWorkspaces = List.copyOf(excludedWorkspaces);
    }

    public boolean usableBy(WorkspaceId workspace, ProjectId project) {
        return !excludedWorkspaces.contains(workspace) && (openTo(project) || allowedWorkspaces.contains(workspace));
    }

    /** For a default that a project's workspaces inherit. */
    public boolean openTo(ProjectId project) {
        return organizationScoped || allowedProjects.contains(project);
    }
}
