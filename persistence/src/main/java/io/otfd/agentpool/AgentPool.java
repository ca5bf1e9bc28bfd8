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
 * @param users workspaces whose runs go to it: by their own setting, or by their project's or organization's
 */
public record AgentPool(
        AgentPoolId id,
        OrganizationId organization,
        String organizationName,
        String name,
        boolean organizationScoped,
        Instant createdAt,
        int agentCount,
        List<Using> users,
        List<WorkspaceId> allowedWorkspaces,
        List<ProjectId> allowedProjects,
        List<WorkspaceId> excludedWorkspaces) {

    /** A workspace whose runs go to the pool. */
    public record Using(WorkspaceId workspace, ProjectId project) {}

    public AgentPool {
        Names.agentPool(name);
        users = List.copyOf(users);
        allowedWorkspaces = List.copyOf(allowedWorkspaces);
        allowedProjects = List.copyOf(allowedProjects);
        excludedWorkspaces = List.copyOf(excludedWorkspaces);
    }

    public AgentPoolScope scope() {
        return new AgentPoolScope(organizationScoped, allowedWorkspaces, allowedProjects, excludedWorkspaces);
    }

    public List<WorkspaceId> workspaces() {
        return users.stream().map(Using::workspace).toList();
    }

    /** Workspaces that have the pool and may not use it any more: a lost grant does not evict. */
    public List<WorkspaceId> workspacesOutOfScope() {
        AgentPoolScope scope = scope();
        return users.stream()
                .filter(user -> !scope.usableBy(user.workspace(), user.project()))
                .map(Using::workspace)
                .toList();
    }
}
