package io.otfd.api.agentpool;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.updates;

import io.otfd.Ids.AgentId;
import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.agentpool.AgentPool;
import io.otfd.agentpool.AgentPools;
import io.otfd.agentpool.Agents;
import io.otfd.agentpool.PoolDemand;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.workspace.WorkspaceResource;
import io.otfd.workspace.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Agent pools and the agents in them (cloud-docs/api-docs/agents). */
public final class AgentPoolEndpoints {

    private static final String[] INCLUDES = {"workspaces", "hyok_configurations"};

    private final AgentPools pools;
    private final Agents agents;
    private final Workspaces workspaces;

    public AgentPoolEndpoints(AgentPools pools, Agents agents, Workspaces workspaces) {
        this.pools = pools;
        this.agents = agents;
        this.workspaces = workspaces;
    }

    public void register(RouteTable routes) {
        routes.family(AgentPoolEndpoints.class, Route.Audience.TOKEN)
                .get(
                        "/api/v2/organizations/{organization}/agent-pools",
                        this::list,
                        pages(AgentPoolResource.SCHEMA)
                                .query(
                                        "q",
                                        "sort",
                                        "filter[allowed_workspaces][name]",
                                        "filter[allowed_projects][name]")
                                .include(INCLUDES)
                                .beside(WorkspaceResource.SCHEMA))
                .post(
                        "/api/v2/organizations/{organization}/agent-pools",
                        this::create,
                        creates(AgentPoolResource.SCHEMA))
                .get(
                        "/api/v2/agent-pools/{id}",
                        this::read,
                        shows(AgentPoolResource.SCHEMA).include(INCLUDES).beside(WorkspaceResource.SCHEMA))
                .patch("/api/v2/agent-pools/{id}", this::update, updates(AgentPoolResource.SCHEMA))
                .delete("/api/v2/agent-pools/{id}", this::delete, noContent())
                .get(
                        "/api/v2/agent-pools/{id}/agents",
                        this::listAgents,
                        pages(AgentResource.SCHEMA).query("sort", "filter[last-ping-since]"))
                .get("/api/v2/agents/{id}", this::readAgent, shows(AgentResource.SCHEMA))
                .delete("/api/v2/agents/{id}", this::deleteAgent, noContent().refuses(412))
                // Ours, for who is about to take an agent away.
                .post(
                        "/api/v2/agents/{id}/actions/drain",
                        call -> drain(call, true),
                        shows(AgentResource.SCHEMA).takesJson())
                .post("/api/v2/agents/{id}/actions/undrain", call -> drain(call, false), shows(AgentResource.SCHEMA));
    }

    private Answer list(Call call) {
        Set<String> include = call.include(INCLUDES);
        Page<AgentPool> page = pools.list(
                call.caller(),
                call.path("organization"),
                call.query("q"),
                call.query("filter[allowed_workspaces][name]"),
                call.query("filter[allowed_projects][name]"),
                sort(call.query("sort")),
                call.page());
        Map<AgentPoolId, PoolDemand> demand = pools.demand(page.items());
        return JsonApi.page(
                call,
                page,
                pool -> AgentPoolResource.of(pool, demand.get(pool.id())),
                included(call, page.items(), include));
    }

    private List<Resource> included(Call call, List<AgentPool> shown, Set<String> include) {
        if (!include.contains("workspaces")) {
            return List.of();
        }
        List<WorkspaceId> ids = shown.stream()
                .flatMap(pool -> pool.workspaces().stream())
                .distinct()
                .toList();
        return workspaces.read(call.caller(), ids).stream()
                .map(WorkspaceResource::of)
                .toList();
    }

    private static AgentPools.Sort sort(Optional<String> wanted) {
        return switch (wanted.orElse("").replace('_', '-')) {
            case "name" -> AgentPools.Sort.NAME;
            case "-name" -> AgentPools.Sort.NAME_DESCENDING;
            case "-created-at" -> AgentPools.Sort.CREATED_AT_DESCENDING;
            default -> AgentPools.Sort.CREATED_AT;
        };
    }

    private Answer create(Call call) {
        Patch patch = call.patch();
        return JsonApi.created(resource(pools.create(
                call.caller(),
                call.path("organization"),
                patch.requiredText("name"),
                fresh -> AgentPoolResource.change(fresh, patch))));
    }

    private Answer read(Call call) {
        Set<String> include = call.include(INCLUDES);
        AgentPool found = pools.read(call.caller(), pool(call));
        return JsonApi.resource(200, resource(found), included(call, List.of(found), include));
    }

    private Answer update(Call call) {
        Patch patch = call.patch();
        return JsonApi.resource(
                resource(pools.update(call.caller(), pool(call), before -> AgentPoolResource.change(before, patch))));
    }

    private Resource resource(AgentPool pool) {
        return AgentPoolResource.of(pool, pools.demand(List.of(pool)).get(pool.id()));
    }

    private Answer delete(Call call) {
        pools.delete(call.caller(), pool(call));
        return Answer.noContent();
    }

    private Answer listAgents(Call call) {
        return JsonApi.page(
                call,
                agents.list(
                        call.caller(),
                        pool(call),
                        call.queryTime("filter[last-ping-since]"),
                        agentSort(call),
                        call.page()),
                AgentResource::of);
    }

    private static Agents.Sort agentSort(Call call) {
        return call.query("sort")
                        .filter(wanted -> wanted.replace('_', '-').equals("-created-at"))
                        .isPresent()
                ? Agents.Sort.CREATED_AT_DESCENDING
                : Agents.Sort.CREATED_AT;
    }

    private Answer readAgent(Call call) {
        return JsonApi.resource(AgentResource.of(agents.read(call.caller(), agent(call))));
    }

    private Answer drain(Call call, boolean draining) {
        Optional<String> message = draining ? Patch.plainText(call.body(), "message") : Optional.empty();
        return JsonApi.resource(AgentResource.of(agents.drain(call.caller(), agent(call), draining, message)));
    }

    private Answer deleteAgent(Call call) {
        agents.delete(call.caller(), agent(call));
        return Answer.noContent();
    }

    private static AgentPoolId pool(Call call) {
        return new AgentPoolId(call.path("id"));
    }

    private static AgentId agent(Call call) {
        return new AgentId(call.path("id"));
    }
}
