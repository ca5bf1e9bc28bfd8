package io.otfd.ui.agentpool;

import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.access.Caller;
import io.otfd.agentpool.AgentOverview;
import io.otfd.agentpool.AgentPool;
import io.otfd.agentpool.AgentPools;
import io.otfd.agentpool.PoolDemand;
import io.otfd.token.AuthenticationTokens;
import io.otfd.token.Token;
import io.otfd.ui.Badge;
import io.otfd.ui.Badge.Tone;
import io.otfd.ui.Crumb;
import io.otfd.ui.Edition;
import io.otfd.ui.Fact;
import io.otfd.ui.Filled;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.MenuItem;
import io.otfd.ui.Moment;
import io.otfd.ui.Pickers;
import io.otfd.ui.Reply;
import io.otfd.ui.Visit;
import io.otfd.ui.agentpool.AgentPoolPage.FreshToken;
import io.otfd.ui.agentpool.AgentPoolPage.TokenRow;
import io.otfd.ui.agentpool.AgentPoolPage.Use;
import io.otfd.ui.agentpool.AgentPoolPage.Waiting;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.Workspaces;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A pool's page, in each of its moments: as it is, with a form that was refused, with a new token. */
final class AgentPoolView {

    private static final int MAX_USERS = 50;

    private final Frames frames;
    private final AgentPools pools;
    private final AuthenticationTokens tokens;
    private final Workspaces workspaces;
    private final AgentTables tables;
    private final Pickers pickers;

    AgentPoolView(
            Frames frames,
            AgentPools pools,
            AuthenticationTokens tokens,
            Workspaces workspaces,
            AgentTables tables,
            Pickers pickers) {
        this.frames = frames;
        this.pools = pools;
        this.tokens = tokens;
        this.workspaces = workspaces;
        this.tables = tables;
        this.pickers = pickers;
    }

    static Crumb crumb(String organization) {
        return new Crumb("Agent pools", Links.agentPools(organization));
    }

    static Crumb crumb(AgentPool pool) {
        return new Crumb(pool.name(), url(pool));
    }

    static String url(AgentPool pool) {
        return Links.agentPool(pool.organizationName(), pool.id().value());
    }

    static Badge scope(AgentPool pool) {
        return pool.organizationScoped()
                ? new Badge("All workspaces", Tone.GOOD)
                : new Badge("Specific workspaces", Tone.ACTIVE);
    }

    Reply page(Visit visit, AgentPool pool) {
        return page(visit, pool, 200, Filled.of(ScopeForm.of(pool)), Filled.EMPTY, Optional.empty());
    }

    /**
     * @param form name and scope
     * @param tokenForm of a new token
     * @param fresh a token that was made just now
     */
    Reply page(Visit visit, AgentPool pool, int status, Filled form, Filled tokenForm, Optional<Token.Minted> fresh) {
        Caller caller = visit.caller();
        String url = url(pool);
        Page<AgentOverview.Row> agents = tables.ofPool(caller, pool.id());
        Page<Token> made = tokens.listOfAgentPool(caller, pool.id(), Page.Request.LARGEST);
        List<Use> others = others(caller, pool);
        return new Reply.Html(
                status,
                "agentpool/show",
                new AgentPoolPage(
                        frames.of(
                                visit,
                                pool.name(),
                                pool.organizationName(),
                                MenuItem.AGENT_POOLS,
                                crumb(pool.organizationName())),
                        url,
                        pool.name(),
                        pool.id().value(),
                        facts(pool),
                        tables.table(caller, agents, false),
                        url + "/live"
                                + fresh.map(token ->
                                                "?token=" + token.token().id().value())
                                        .orElse(""),
                        fresh.map(token -> fresh(visit, token)),
                        made.map(token -> row(url, token)).items(),
                        tokenForm,
                        form,
                        Edition.carried(form, ScopeForm.edition(pool)),
                        pickers.of(
                                caller,
                                pool.organizationName(),
                                form.values(),
                                ScopeForm.PICKERS,
                                (field, id) -> ScopeForm.badges(pool, field, id)),
                        others,
                        Math.max(0, pool.users().size() - MAX_USERS),
                        hindrance(caller, pool)));
    }

    /** What there is to know at a glance. */
    private List<Fact> facts(AgentPool pool) {
        PoolDemand demand = pools.demand(List.of(pool)).get(pool.id());
        List<Fact> facts = new ArrayList<>();
        if (demand != null) {
            facts.add(new Fact("Jobs waiting", Long.toString(demand.planQueued() + demand.applyQueued())));
            facts.add(new Fact("Jobs running", Long.toString(demand.planRunning() + demand.applyRunning())));
            facts.add(new Fact("Jobs at once", Long.toString(demand.slots())));
        }
        facts.addAll(List.of(
                new Fact("Scope", scope(pool).label()),
                new Fact("Agents", Integer.toString(pool.agentCount())),
                new Fact("Assigned workspaces", Integer.toString(pool.users().size())),
                new Fact("Created", Moment.of(pool.createdAt()).text())));
        return facts;
    }

    private FreshToken fresh(Visit visit, Token.Minted minted) {
        String command = "otf-agent --token " + minted.secret() + " --address " + visit.address();
        return new FreshToken(minted.secret(), command, new Waiting(Optional.empty()));
    }

    /** @param token that the agent is to come with */
    Waiting waiting(Caller caller, AgentTable agents, Token token) {
        return new Waiting(token.lastUsedAt()
                .map(used -> agents.rows().stream()
                        .findFirst()
                        .map(agent -> agent.name() + " (" + agent.id() + ")")
                        .orElse("an agent")));
    }

    private static TokenRow row(String url, Token token) {
        return new TokenRow(
                token.id().value(),
                token.description().filter(text -> !text.isBlank()).orElse("(no description)"),
                Moment.of(token.createdAt()),
                token.lastUsedAt().map(Moment::of),
                url + "/tokens/" + token.id().value() + "/revoke");
    }

    /** Those who use the pool without standing in the list of granted workspaces. */
    private List<Use> others(Caller caller, AgentPool pool) {
        Set<WorkspaceId> lost = new HashSet<>(pool.workspacesOutOfScope());
        List<WorkspaceId> ids = pool.workspaces().stream()
                .filter(id ->
                        pool.organizationScoped() || !pool.allowedWorkspaces().contains(id))
                .filter(id -> !pool.excludedWorkspaces().contains(id))
                .limit(MAX_USERS)
                .toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        return workspaces.read(caller, ids).stream()
                .map(view -> {
                    Workspace workspace = view.workspace();
                    return new Use(
                            workspace.name(),
                            Optional.of(Links.workspace(workspace.organizationName(), workspace.name())),
                            ScopeForm.use(!lost.contains(workspace.id())));
                })
                .toList();
    }

    Optional<String> hindrance(Caller caller, AgentPool pool) {
        List<String> users = pools.users(caller, pool.id());
        return users.isEmpty()
                ? Optional.empty()
                : Optional.of("The pool is in use by " + String.join(", ", users)
                        + (users.size() == 5 ? " and perhaps others" : "")
                        + ": change their execution mode or agent pool first.");
    }
}
