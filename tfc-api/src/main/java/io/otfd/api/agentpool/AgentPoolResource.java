package io.otfd.api.agentpool;

import io.otfd.Ids.ProjectId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.agentpool.AgentPool;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import java.util.List;

/** The {@code agent-pools} document (cloud-docs/api-docs/agents). */
public final class AgentPoolResource {

    private AgentPoolResource() {}

    public static Resource of(AgentPool pool) {
        String self = "/api/v2/agent-pools/" + pool.id().value();
        return new Resource("agent-pools", pool.id().value())
                .attribute("name", pool.name())
                .attribute("created-at", pool.createdAt())
                .attribute("organization-scoped", pool.organizationScoped())
                .attribute("agent-count", pool.agentCount())
                .toOne("organization", "organizations", pool.organizationName())
                .related("agents", self + "/agents")
                .related("authentication-tokens", self + "/authentication-tokens")
                .toMany("workspaces", "workspaces", pool.workspaces())
                .toMany("allowed-workspaces", "workspaces", pool.allowedWorkspaces())
                .toMany("allowed-projects", "projects", pool.allowedProjects())
                .toMany("excluded-workspaces", "workspaces", pool.excludedWorkspaces())
                .link("self", self);
    }

    static AgentPool change(AgentPool before, Patch patch) {
        return new AgentPool(
                before.id(),
                before.organization(),
                before.organizationName(),
                patch.text("name", before.name()),
                patch.flag("organization-scoped", before.organizationScoped()),
                before.createdAt(),
                before.agentCount(),
                before.workspaces(),
                workspaces(patch, "allowed-workspaces", before.allowedWorkspaces()),
                patch.references("allowed-projects")
                        .map(ids -> ids.stream().map(ProjectId::new).toList())
                        .orElse(before.allowedProjects()),
                workspaces(patch, "excluded-workspaces", before.excludedWorkspaces()));
    }

    private static List<WorkspaceId> workspaces(Patch patch, String name, List<WorkspaceId> before) {
        return patch.references(name)
                .map(ids -> ids.stream().map(WorkspaceId::new).distinct().toList())
                .orElse(before);
    }
}
