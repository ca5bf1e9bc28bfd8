package io.otfd.agentpool;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.organization.Names;
import java.time.Instant;
import java.util.List;

/**
 * A pool of agents and which workspaces may use it.
 *
 * @param organizationScoped every workspace may use it, but for the excluded ones
 * @param agentCount agents that are idle, busy or unknown
 * @param workspaces workspaces whose runs it executes
 */
public record AgentPool(
        AgentPoolId id,
        OrganizationId organization,
        String organizationName,
        String name,
        boolean organizationScoped,
        Instant createdAt,
        int agentCount,
        List<WorkspaceId> workspaces,
        List<WorkspaceId> allowedWorkspaces,
        List<ProjectId> allowedProjects,
        List<WorkspaceId> excludedWorkspaces) {

    public AgentPool {
        Names.agentPool(name);
        workspaces = List.copyOf(workspaces);
        allowedWorkspaces = List.copyOf(allowedWorkspaces);
        allowedProjects = List.copyOf(allowedProjects);
        excludedWorkspaces = List.copyOf(excludedWorkspaces);
    }

    /** Exclusion wins over everything that allows (cloud-docs: it carves out of grants). */
    public boolean usableBy(WorkspaceId workspace, ProjectId project) {
        return !excludedWorkspaces.contains(workspace)
                && (organizationScoped || allowedWorkspaces.contains(workspace) || allowedProjects.contains(project));
    }
}
