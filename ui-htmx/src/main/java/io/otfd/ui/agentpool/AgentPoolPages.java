package io.otfd.ui.agentpool;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.TokenId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.OrganizationPermission;
import io.otfd.agentpool.AgentPool;
import io.otfd.agentpool.AgentPools;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.token.AuthenticationTokens;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.LiveParts;
import io.otfd.ui.MenuItem;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import io.otfd.ui.Pickers;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Templates;
import io.otfd.ui.Visit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Pools of an organization, and one of them: who may use it, its agents, deleting it. */
public final class AgentPoolPages {

    private static final String POOLS = "/app/{organization}/agent-pools";
    static final String POOL = POOLS + "/{pool}";

    private final Frames frames;
    private final Organizations organizations;
    private final AgentPools pools;
    private final AuthenticationTokens tokens;
    private final Pickers pickers;
    private final AgentTables tables;
    private final AgentPoolView view;
    private final Templates templates;

    AgentPoolPages(
            Frames frames,
            Organizations organizations,
            AgentPools pools,
            AuthenticationTokens tokens,
            Pickers pickers,
            AgentTables tables,
            AgentPoolView view,
            Templates templates) {
        this.frames = frames;
        this.organizations = organizations;
        this.pools = pools;
        this.tokens = tokens;
        this.pickers = pickers;
        this.tables = tables;
        this.view = view;
        this.templates = templates;
    }

    public void register(Routes routes) {
        routes.get(POOLS, visit -> list(visit, 200, Filled.EMPTY));
        routes.post(POOLS, this::create);
        routes.get(POOL, visit -> view.page(visit, pool(pools, visit)));
        routes.post(POOL, this::update);
        routes.post(POOL + "/draft", this::draft);
        routes.get(POOL + "/live", this::live);
        routes.get(POOL + "/delete", this::askToDelete);
        routes.post(POOL + "/delete", this::delete);
    }

    /** The pool of the address; one of another organization is not there. */
    static AgentPool pool(AgentPools pools, Visit visit) {
        AgentPool pool = pools.read(visit.caller(), new AgentPoolId(visit.path("pool")));
        if (!pool.organizationName().equals(visit.path("organization"))) {
            throw new Refusal.NotFound();
        }
        return pool;
    }

    private Reply list(Visit visit, int status, Filled form) {
        OrganizationView owner = organizations.read(visit.caller(), visit.path("organization"));
        String organization = owner.organization().name();
        boolean manages = owner.grants().has(OrganizationPermission.CAN_UPDATE_AGENT_POOLS);
        Optional<String> search = visit.query().first("search");
        Page<AgentPool> page = pools.list(
                visit.caller(),
                organization,
                search,
                Optional.empty(),
                Optional.empty(),
                AgentPools.Sort.NAME,
                Paging.request(visit.query()));
        String text = search.orElse("");
        String url = Links.agentPools(organization);
        return new Reply.Html(
                status,
                "agentpool/list",
                new AgentPoolListPage(
                        frames.of(visit, "Agent pools", owner, MenuItem.AGENT_POOLS),
                        url,
                        text,
                        page.map(pool -> row(pool, manages)).items(),
                        Paging.of(page, url, Map.of("search", text)),
                        manages ? Optional.of(form) : Optional.empty()));
    }

    private static AgentPoolListPage.Row row(AgentPool pool, boolean manages) {
        return new AgentPoolListPage.Row(
                pool.name(),
                manages ? Optional.of(AgentPoolView.url(pool)) : Optional.empty(),
                AgentPoolView.scope(pool),
                pool.agentCount(),
                pool.users().size(),
                Moment.of(pool.createdAt()));
    }

    private Reply create(Visit visit) {
        try {
            AgentPool pool = pools.create(
                    visit.caller(),
                    visit.path("organization"),
                    visit.form().first("name").orElse(""),
                    UnaryOperator.identity());
            return Reply.Redirect.to(AgentPoolView.url(pool)).saying("Agent pool " + pool.name() + " was created.");
        } catch (Refusal.Invalid e) {
            return list(visit, 422, Filled.refused(visit.form(), e));
        }
    }

    private Reply update(Visit visit) {
        AgentPool before = pool(pools, visit);
        try {
            AgentPool after =
                    pools.update(visit.caller(), before.id(), now -> ScopeForm.applied(now, joined(visit, now)));
            return Reply.Redirect.to(AgentPoolView.url(after)).saying("Changes were saved.");
        } catch (Refusal.Invalid e) {
            return refused(visit, before, 422, e);
        } catch (Refusal.Conflict e) {
            return refused(visit, pool(pools, visit), 409, e);
        }
    }

    private Form joined(Visit visit, AgentPool pool) {
        return pickers.joined(visit.caller(), pool.organizationName(), visit.form(), ScopeForm.PICKERS);
    }

    private Reply refused(Visit visit, AgentPool pool, int status, Refusal refusal) {
        return view.page(visit, pool, status, Filled.refused(visit.form(), refusal), Filled.EMPTY, Optional.empty());
    }

    /** Puts what was chosen in a dropdown into its list, and finds what may be chosen. Nothing is saved. */
    private Reply draft(Visit visit) {
        AgentPool pool = pool(pools, visit);
        try {
            Filled joined = Filled.of(joined(visit, pool));
            return view.page(visit, pool, 200, joined, Filled.EMPTY, Optional.empty());
        } catch (Refusal.Invalid e) {
            return refused(visit, pool, visit.isPartial() ? 200 : 422, e);
        }
    }

    private Reply live(Visit visit) {
        AgentPool pool = pool(pools, visit);
        Caller caller = visit.caller();
        Optional<TokenId> token = visit.query().first("token").map(TokenId::new);
        return LiveParts.stream(() -> {
            AgentTable agents = tables.table(caller, tables.ofPool(caller, pool.id()), false);
            String table = templates.text("agentpool/agents", agents);
            return token.map(id -> List.of(
                            table,
                            templates.text("agentpool/waiting", view.waiting(caller, agents, tokens.read(caller, id)))))
                    .orElse(List.of(table));
        });
    }

    private Reply askToDelete(Visit visit) {
        AgentPool pool = pool(pools, visit);
        return confirmation(visit, pool, 200, view.hindrance(visit.caller(), pool));
    }

    private Reply confirmation(Visit visit, AgentPool pool, int status, Optional<String> hindrance) {
        String url = AgentPoolView.url(pool);
        return new Reply.Html(
                status,
                "confirm",
                ConfirmPage.of(
                                frames.of(
                                        visit,
                                        "Delete agent pool " + pool.name(),
                                        pool.organizationName(),
                                        MenuItem.AGENT_POOLS,
                                        AgentPoolView.crumb(pool.organizationName()),
                                        AgentPoolView.crumb(pool)),
                                url + "/delete",
                                "Delete agent pool",
                                url,
                                "The pool's tokens stop working, and its agents end.",
                                "This cannot be undone.")
                        .hinderedBy(hindrance));
    }

    private Reply delete(Visit visit) {
        AgentPool pool = pool(pools, visit);
        try {
            pools.delete(visit.caller(), pool.id());
        } catch (Refusal.Invalid e) {
            return confirmation(visit, pool, 422, Optional.of(e.getMessage()));
        }
        return Reply.Redirect.to(Links.agentPools(pool.organizationName()))
                .saying("Agent pool " + pool.name() + " was deleted.");
    }
}
