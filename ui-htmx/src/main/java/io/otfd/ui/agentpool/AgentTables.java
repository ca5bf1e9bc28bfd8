package io.otfd.ui.agentpool;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.access.Caller;
import io.otfd.agentpool.AgentOverview;
import io.otfd.agentpool.RegisteredAgent;
import io.otfd.ui.Links;
import io.otfd.ui.Moment;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Agents and what they work on, as far as the visitor may see it. */
final class AgentTables {

    private final AgentOverview overview;
    private final Workspaces workspaces;

    AgentTables(AgentOverview overview, Workspaces workspaces) {
        this.overview = overview;
        this.workspaces = workspaces;
    }

    Page<AgentOverview.Row> ofOrganization(Caller caller, String organization, Page.Request page) {
        return overview.ofOrganization(caller, organization, page);
    }

    Page<AgentOverview.Row> ofSite(Caller caller, Page.Request page) {
        return overview.ofSite(caller, page);
    }

    Page<AgentOverview.Row> ofPool(Caller caller, AgentPoolId pool) {
        return overview.ofPool(caller, pool, Page.Request.LARGEST);
    }

    AgentTable table(Caller caller, Page<AgentOverview.Row> page, boolean pools) {
        List<WorkspaceId> ids = page.items().stream()
                .flatMap(row -> row.work().stream())
                .map(AgentOverview.Work::workspace)
                .distinct()
                .toList();
        Map<WorkspaceId, Workspace> known = ids.isEmpty()
                ? Map.of()
                : workspaces.read(caller, ids).stream()
                        .map(WorkspaceView::workspace)
                        .collect(Collectors.toMap(workspace -> workspace.id(), workspace -> workspace));
        Function<AgentOverview.Work, AgentTable.Work> work = held -> Optional.ofNullable(known.get(held.workspace()))
                .map(workspace -> new AgentTable.Work(
                        held.kind() + " of " + workspace.name(),
                        Optional.of(Links.run(
                                workspace.organizationName(),
                                workspace.name(),
                                held.run().value()))))
                .orElseGet(() -> new AgentTable.Work(held.kind() + " of another workspace", Optional.empty()));
        return new AgentTable(page.items().stream().map(row -> row(row, work)).toList(), pools, page.totalCount());
    }

    private static AgentTable.Row row(AgentOverview.Row row, Function<AgentOverview.Work, AgentTable.Work> work) {
        String organization = row.organizationName().orElse("");
        RegisteredAgent agent = row.agent();
        return new AgentTable.Row(
                agent.name().orElse("(no name)"),
                agent.id().value(),
                row.poolName().orElse("the server"),
                agent.pool()
                        .map(pool -> Links.agentPool(organization, pool.value()))
                        .orElse(""),
                AgentBadge.of(agent.status()),
                agent.draining()
                        ? Optional.of(agent.drainMessage()
                                .map(why -> "draining: " + why)
                                .orElse("draining"))
                        : Optional.empty(),
                agent.version().orElse("unknown"),
                agent.sandboxed()
                        .map(sandboxed -> sandboxed ? "sandboxed" : "not sandboxed")
                        .orElse("not known"),
                agent.labels().entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .sorted()
                        .toList(),
                agent.ipAddress().orElse("unknown"),
                Moment.of(agent.lastPingAt()),
                row.work().stream().map(work).toList(),
                agent.pool().isPresent()
                        ? actions(
                                agent,
                                Links.agents(organization) + "/" + agent.id().value())
                        : List.of());
    }

    private static List<AgentTable.Action> actions(RegisteredAgent agent, String url) {
        List<AgentTable.Action> actions = new ArrayList<>();
        if (!agent.isGone()) {
            actions.add(new AgentTable.Action(agent.draining() ? "Stop draining" : "Drain", url + "/drain"));
        }
        if (agent.isGone() || agent.status().equals("unknown")) {
            actions.add(new AgentTable.Action("Remove", url + "/remove"));
        }
        return actions;
    }
}
