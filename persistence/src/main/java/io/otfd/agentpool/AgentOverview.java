package io.otfd.agentpool;

import io.otfd.Ids.AgentId;
import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.access.Caller;
import io.otfd.access.OrganizationPermission;
import io.otfd.database.Database;
import io.otfd.database.Sql;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Agents as people look after them: whose pool they are in and what they work on, those that are gone last. */
public final class AgentOverview {

    private final Database database;

    public AgentOverview(Database database) {
        this.database = database;
    }

    /**
     * An agent, and the jobs in its hands.
     *
     * @param poolName of its pool; empty for one inside a server
     * @param organizationName of that pool
     */
    public record Row(
            RegisteredAgent agent, Optional<String> poolName, Optional<String> organizationName, List<Work> work) {
        public Row {
            work = List.copyOf(work);
        }
    }

    /** @param kind {@code plan} or {@code apply} */
    public record Work(RunId run, WorkspaceId workspace, String kind) {}

    public Page<Row> ofOrganization(Caller caller, String organization, Page.Request page) {
        return database.read(sql -> {
            OrganizationView view = Organizations.view(sql, caller, organization);
            view.grants().require(OrganizationPermission.CAN_UPDATE_AGENT_POOLS);
            return list(sql, view.organization().id(), null, page);
        });
    }

    public Page<Row> ofPool(Caller caller, AgentPoolId id, Page.Request page) {
        return database.read(sql -> {
            AgentPool pool = AgentPools.find(sql, id);
            AgentPools.require(sql, caller, pool, OrganizationPermission.CAN_UPDATE_AGENT_POOLS);
            return list(sql, pool.organization(), id, page);
        });
    }

    /** Of all organizations, and those inside servers; for site admins. */
    public Page<Row> ofSite(Caller caller, Page.Request page) {
        Organizations.requireSiteAdmin(caller);
        return database.read(sql -> page(
                sql,
                sql.list("agent.overview_of_site", AgentOverview::row, "limit", page.size(), "offset", page.offset()),
                page,
                sql.count("agent.overview_of_site_count")));
    }

    private static Page<Row> list(Sql sql, OrganizationId organization, AgentPoolId pool, Page.Request page) {
        return page(
                sql,
                sql.list(
                        "agent.overview",
                        AgentOverview::row,
                        "organization_id",
                        organization,
                        "agent_pool_id",
                        pool,
                        "limit",
                        page.size(),
                        "offset",
                        page.offset()),
                page,
                sql.count("agent.overview_count", "organization_id", organization, "agent_pool_id", pool));
    }

    private static Row row(io.otfd.database.Row row) {
        return new Row(
                Agents.agent(row), row.optionalText("pool_name"), row.optionalText("organization_name"), List.of());
    }

    private static Page<Row> page(Sql sql, List<Row> rows, Page.Request page, long total) {
        Map<AgentId, List<Work>> work = work(sql, rows);
        return new Page<>(
                rows.stream()
                        .map(row -> new Row(
                                row.agent(),
                                row.poolName(),
                                row.organizationName(),
                                work.getOrDefault(row.agent().id(), List.of())))
                        .toList(),
                page,
                total);
    }

    private record Held(AgentId agent, Work work) {}

    private static Map<AgentId, List<Work>> work(Sql sql, List<Row> rows) {
        List<Held> held = sql.list(
                "agent.work",
                row -> new Held(
                        new AgentId(row.text("agent_id")),
                        new Work(
                                new RunId(row.text("run_id")),
                                new WorkspaceId(row.text("workspace_id")),
                                row.text("kind"))),
                "ids",
                rows.stream().map(row -> row.agent().id()).toList());
        return held.stream()
                .collect(Collectors.groupingBy(Held::agent, Collectors.mapping(Held::work, Collectors.toList())));
    }
}
