package io.otfd.api.agentpool;

import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.NUMBER;
import static io.otfd.api.Schema.NUMBERS;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TEXTS;
import static io.otfd.api.Schema.TIME;

import io.otfd.Ids.ProjectId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.agentpool.AgentPool;
import io.otfd.agentpool.PoolDemand;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Schema;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code agent-pools} document (cloud-docs/api-docs/agents). */
public final class AgentPoolResource {

    public static final Schema SCHEMA = Schema.of("agent-pools")
            .writable(TEXT, "name")
            .writable(FLAG, "organization-scoped")
            .readOnly(TIME, "created-at")
            .readOnly(NUMBER, "agent-count")
            .readOnly(TEXTS, "otf-workspaces-out-of-scope")
            .readOnly(NUMBERS, "otf-demand")
            .one("organization", "organizations")
            .link("agents")
            .link("authentication-tokens")
            .many("workspaces", "workspaces")
            .many("allowed-workspaces", "workspaces")
            .many("allowed-projects", "projects")
            .many("excluded-workspaces", "workspaces")
            .writableRelationships("allowed-workspaces", "allowed-projects", "excluded-workspaces");

    private AgentPoolResource() {}

    public static Resource of(AgentPool pool, PoolDemand demand) {
        String self = "/api/v2/agent-pools/" + pool.id().value();
        return new Resource(SCHEMA, pool.id().value())
                .attribute("name", pool.name())
                .attribute("created-at", pool.createdAt())
                .attribute("organization-scoped", pool.organizationScoped())
                .attribute("agent-count", pool.agentCount())
                // Ours: workspaces that use the pool by a grant that is gone. They keep it; nobody else gets it back.
                .attribute(
                        "otf-workspaces-out-of-scope",
                        pool.workspacesOutOfScope().stream()
                                .map(WorkspaceId::value)
                                .toList())
                .attribute("otf-demand", demand(demand))
                .toOne("organization", "organizations", pool.organizationName())
                .related("agents", self + "/agents")
                .related("authentication-tokens", self + "/authentication-tokens")
                .toMany("workspaces", "workspaces", pool.workspaces())
                .toMany("allowed-workspaces", "workspaces", pool.allowedWorkspaces())
                .toMany("allowed-projects", "projects", pool.allowedProjects())
                .toMany("excluded-workspaces", "workspaces", pool.excludedWorkspaces())
                .link("self", self);
    }

    /** Ours: what an autoscaler goes by. */
    private static Map<String, Long> demand(PoolDemand demand) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("plan-queued", demand.planQueued());
        counts.put("plan-running", demand.planRunning());
        counts.put("apply-queued", demand.applyQueued());
        counts.put("apply-running", demand.applyRunning());
        counts.put("agents-idle", demand.agentsIdle());
        counts.put("agents-busy", demand.agentsBusy());
        counts.put("agents-unknown", demand.agentsUnknown());
        counts.put("slots", demand.slots());
        return counts;
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
                before.users(),
                patch.references("allowed-workspaces", WorkspaceId::new).orElse(before.allowedWorkspaces()),
                patch.references("allowed-projects", ProjectId::new).orElse(before.allowedProjects()),
                patch.references("excluded-workspaces", WorkspaceId::new).orElse(before.excludedWorkspaces()));
    }
}
