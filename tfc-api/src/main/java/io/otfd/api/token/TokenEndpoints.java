package io.otfd.api.token;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.TokenId;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.token.Token;
import io.otfd.token.Tokens;
import java.util.Optional;

/** Tokens of agent pools (cloud-docs/api-docs/agent-tokens). */
public final class TokenEndpoints {

    private final Tokens tokens;

    public TokenEndpoints(Tokens tokens) {
        this.tokens = tokens;
    }

    public void register(RouteTable routes) {
        routes.family(TokenEndpoints.class, Route.Audience.TOKEN)
                .get("/api/v2/agent-pools/{id}/authentication-tokens", this::list)
                .post("/api/v2/agent-pools/{id}/authentication-tokens", this::create)
                .get("/api/v2/authentication-tokens/{id}", this::read)
                .delete("/api/v2/authentication-tokens/{id}", this::delete);
    }

    private Answer list(Call call) {
        return JsonApi.page(
                call,
                tokens.listOfAgentPool(call.caller(), pool(call), call.page()),
                token -> TokenResource.of(token, Optional.empty()));
    }

    private Answer create(Call call) {
        Token.Minted minted = tokens.createForAgentPool(
                call.caller(), pool(call), call.patch().requiredText("description"));
        return JsonApi.created(TokenResource.of(minted.token(), Optional.of(minted.secret())));
    }

    private Answer read(Call call) {
        return JsonApi.resource(TokenResource.of(tokens.read(call.caller(), id(call)), Optional.empty()));
    }

    private Answer delete(Call call) {
        tokens.delete(call.caller(), id(call));
        return Answer.noContent();
    }

    private static AgentPoolId pool(Call call) {
        return new AgentPoolId(call.path("id"));
    }

    private static TokenId id(Call call) {
        return new TokenId(call.path("id"));
    }
}
