package io.otfd.ui.agentpool;

import io.otfd.Ids.TokenId;
import io.otfd.Refusal;
import io.otfd.agentpool.AgentPool;
import io.otfd.agentpool.AgentPools;
import io.otfd.token.AuthenticationTokens;
import io.otfd.token.Token;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Filled;
import io.otfd.ui.Frames;
import io.otfd.ui.MenuItem;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import java.util.Optional;

/** Tokens of a pool: made, shown once, revoked. */
final class AgentPoolTokenPages {

    private static final String TOKENS = AgentPoolPages.POOL + "/tokens";

    private final Frames frames;
    private final AgentPools pools;
    private final AuthenticationTokens tokens;
    private final AgentPoolView view;

    AgentPoolTokenPages(Frames frames, AgentPools pools, AuthenticationTokens tokens, AgentPoolView view) {
        this.frames = frames;
        this.pools = pools;
        this.tokens = tokens;
        this.view = view;
    }

    void register(Routes routes) {
        routes.post(TOKENS, this::create);
        routes.get(TOKENS, visit -> Reply.Redirect.to(AgentPoolView.url(AgentPoolPages.pool(pools, visit))));
        routes.get(TOKENS + "/{token}/revoke", this::askToRevoke);
        routes.post(TOKENS + "/{token}/revoke", this::revoke);
    }

    /** The answer is the page itself: a secret has no business in an address or a cookie. */
    private Reply create(Visit visit) {
        AgentPool pool = AgentPoolPages.pool(pools, visit);
        Filled form = Filled.of(ScopeForm.of(pool));
        try {
            Token.Minted minted = tokens.createForAgentPool(
                    visit.caller(), pool.id(), visit.form().first("description").orElse(""));
            return view.page(visit, pool, 201, form, Filled.EMPTY, Optional.of(minted));
        } catch (Refusal.Invalid e) {
            return view.page(visit, pool, 422, form, Filled.refused(visit.form(), e), Optional.empty());
        }
    }

    private Token token(Visit visit, AgentPool pool) {
        Token token = tokens.read(visit.caller(), new TokenId(visit.path("token")));
        if (!token.owner().equals(new Token.Owner.AgentPool(pool.id()))) {
            throw new Refusal.NotFound();
        }
        return token;
    }

    private Reply askToRevoke(Visit visit) {
        AgentPool pool = AgentPoolPages.pool(pools, visit);
        Token token = token(visit, pool);
        String url = AgentPoolView.url(pool);
        return Reply.Html.of(
                "confirm",
                ConfirmPage.of(
                        frames.of(
                                visit,
                                "Revoke token " + token.description().orElse(""),
                                pool.organizationName(),
                                MenuItem.AGENT_POOLS,
                                AgentPoolView.crumb(pool.organizationName()),
                                AgentPoolView.crumb(pool)),
                        url + "/tokens/" + token.id().value() + "/revoke",
                        "Revoke token",
                        url,
                        "Agents that registered with it end as soon as they are idle.",
                        "This cannot be undone."));
    }

    private Reply revoke(Visit visit) {
        AgentPool pool = AgentPoolPages.pool(pools, visit);
        Token token = token(visit, pool);
        tokens.delete(visit.caller(), token.id());
        return Reply.Redirect.to(AgentPoolView.url(pool))
                .saying("Token " + token.description().orElse("") + " was revoked.");
    }
}
