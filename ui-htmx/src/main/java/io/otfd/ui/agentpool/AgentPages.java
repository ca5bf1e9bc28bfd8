package io.otfd.ui.agentpool;

import io.otfd.Ids.AgentId;
import io.otfd.Ids.AgentPoolId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.agentpool.AgentOverview;
import io.otfd.agentpool.AgentPool;
import io.otfd.agentpool.AgentPools;
import io.otfd.agentpool.Agents;
import io.otfd.agentpool.RegisteredAgent;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Crumb;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.LiveParts;
import io.otfd.ui.MenuItem;
import io.otfd.ui.Paging;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Templates;
import io.otfd.ui.Visit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every agent of an organization; draining one, and taking one off the list. */
final class AgentPages {

    private static final String AGENTS = "/app/{organization}/agents";

    /** Which of the two the form means: pressed twice, or after somebody else, it does the same. */
    private static final String DRAINING = "draining";

    private final Frames frames;
    private final AgentPools pools;
    private final Agents agents;
    private final AgentTables tables;
    private final Templates templates;

    AgentPages(Frames frames, AgentPools pools, Agents agents, AgentTables tables, Templates templates) {
        this.frames = frames;
        this.pools = pools;
        this.agents = agents;
        this.tables = tables;
        this.templates = templates;
    }

    void register(Routes routes) {
        routes.get(Links.agents(), this::listOfSite);
        routes.get(Links.agents() + "/live", this::liveOfSite);
        routes.get(AGENTS, this::list);
        routes.get(AGENTS + "/live", this::live);
        routes.get(AGENTS + "/{agent}/remove", visit -> confirmation(visit, 200, Optional.empty()));
        routes.post(AGENTS + "/{agent}/remove", this::remove);
        routes.get(AGENTS + "/{agent}/drain", this::askToDrain);
        routes.post(AGENTS + "/{agent}/drain", this::drain);
    }

    private Reply list(Visit visit) {
        String organization = visit.path("organization");
        Page.Request request = Paging.request(visit.query());
        Page<AgentOverview.Row> page = tables.ofOrganization(visit.caller(), organization, request);
        String url = Links.agents(organization);
        return Reply.Html.of(
                "agentpool/all",
                new AgentsPage(
                        frames.of(visit, "Agents", organization, MenuItem.AGENTS),
                        tables.table(visit.caller(), page, true),
                        Paging.of(page, url, Map.of()),
                        url + "/live?page=" + request.number(),
                        Optional.of(Links.agentPools(organization))));
    }

    private Reply listOfSite(Visit visit) {
        Page.Request request = Paging.request(visit.query());
        Page<AgentOverview.Row> page = tables.ofSite(visit.caller(), request);
        return Reply.Html.of(
                "agentpool/all",
                new AgentsPage(
                        visit.frame("Agents", List.of(Crumb.organizations())),
                        tables.table(visit.caller(), page, true),
                        Paging.of(page, Links.agents(), Map.of()),
                        Links.agents() + "/live?page=" + request.number(),
                        Optional.empty()));
    }

    private Reply liveOfSite(Visit visit) {
        Page.Request request = Paging.request(visit.query());
        tables.ofSite(visit.caller(), request);
        return LiveParts.stream(() -> List.of(templates.text(
                "agentpool/agents", tables.table(visit.caller(), tables.ofSite(visit.caller(), request), true))));
    }

    private Reply live(Visit visit) {
        String organization = visit.path("organization");
        Page.Request request = Paging.request(visit.query());
        tables.ofOrganization(visit.caller(), organization, request);
        return LiveParts.stream(() -> List.of(templates.text(
                "agentpool/agents",
                tables.table(visit.caller(), tables.ofOrganization(visit.caller(), organization, request), true))));
    }

    private record Found(RegisteredAgent agent, AgentPool pool) {
        String name() {
            return agent.name().orElse(agent.id().value());
        }
    }

    private Found find(Visit visit) {
        RegisteredAgent agent = agents.read(visit.caller(), new AgentId(visit.path("agent")));
        AgentPoolId id = agent.pool().orElseThrow(Refusal.NotFound::new);
        AgentPool pool = pools.read(visit.caller(), id);
        if (!pool.organizationName().equals(visit.path("organization"))) {
            throw new Refusal.NotFound();
        }
        return new Found(agent, pool);
    }

    private Reply confirmation(Visit visit, int status, Optional<String> hindrance) {
        Found found = find(visit);
        String organization = found.pool().organizationName();
        String url = AgentPoolView.url(found.pool());
        return new Reply.Html(
                status,
                "confirm",
                ConfirmPage.of(
                                frames.of(
                                        visit,
                                        "Remove agent " + found.name(),
                                        organization,
                                        MenuItem.AGENTS,
                                        new Crumb("Agents", Links.agents(organization))),
                                Links.agents(organization) + "/"
                                        + found.agent().id().value() + "/remove",
                                "Remove agent",
                                url,
                                "The agent is taken off the list; what it did stays on the pages of its runs.",
                                "Should it still live, it is told to register again.")
                        .hinderedBy(hindrance));
    }

    private Reply askToDrain(Visit visit) {
        Found found = find(visit);
        boolean draining = found.agent().draining();
        String organization = found.pool().organizationName();
        String name = found.name();
        return Reply.Html.of(
                "agentpool/drain",
                new DrainPage(
                        frames.of(
                                visit,
                                draining ? "Stop draining agent " + name : "Drain agent " + name,
                                organization,
                                MenuItem.AGENTS,
                                new Crumb("Agents", Links.agents(organization))),
                        Links.agents(organization) + "/" + found.agent().id().value() + "/drain",
                        AgentPoolView.url(found.pool()),
                        draining,
                        found.agent().drainMessage()));
    }

    private Reply drain(Visit visit) {
        Found found = find(visit);
        boolean draining = visit.form().first(DRAINING).isPresent();
        agents.drain(visit.caller(), found.agent().id(), draining, visit.form().first("message"));
        return Reply.Redirect.to(AgentPoolView.url(found.pool()))
                .saying(
                        draining
                                ? "Agent " + found.name() + " is draining."
                                : "Agent " + found.name() + " takes jobs again.");
    }

    private Reply remove(Visit visit) {
        Found found = find(visit);
        try {
            agents.delete(visit.caller(), found.agent().id());
        } catch (Refusal.Precondition e) {
            return confirmation(visit, 412, Optional.of(e.getMessage()));
        }
        return Reply.Redirect.to(AgentPoolView.url(found.pool())).saying("The agent was removed.");
    }
}
