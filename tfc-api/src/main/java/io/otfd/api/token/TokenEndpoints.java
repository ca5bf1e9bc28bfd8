package io.otfd.api.token;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.token.TokenResource.SCHEMA;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.TeamId;
import io.otfd.Ids.TokenId;
import io.otfd.Ids.UserId;
import io.otfd.Refusal;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.token.AuthenticationTokens;
import io.otfd.token.AuthenticationTokens.OrganizationKind;
import io.otfd.token.Token;
import java.time.Instant;
import java.util.Optional;

/** Tokens of agent pools, teams, organizations and users (cloud-docs/api-docs/agent-tokens, team-tokens, …). */
public final class TokenEndpoints {

    private final AuthenticationTokens tokens;

    public TokenEndpoints(AuthenticationTokens tokens) {
        this.tokens = tokens;
    }

    public void register(RouteTable routes) {
        routes.family(TokenEndpoints.class, Route.Audience.TOKEN)
                .get("/api/v2/agent-pools/{id}/authentication-tokens", this::listOfAgentPool, pages(SCHEMA))
                .post("/api/v2/agent-pools/{id}/authentication-tokens", this::createForAgentPool, creates(SCHEMA))
                .get("/api/v2/users/{id}/authentication-tokens", this::listOfUser, pages(SCHEMA))
                .post(
                        "/api/v2/users/{id}/authentication-tokens",
                        this::createForUser,
                        creates(SCHEMA).bodyIsOptional())
                .get("/api/v2/teams/{id}/authentication-token", this::readOfTeam, shows(SCHEMA))
                .post(
                        "/api/v2/teams/{id}/authentication-token",
                        this::replaceOfTeam,
                        creates(SCHEMA).bodyIsOptional())
                .delete("/api/v2/teams/{id}/authentication-token", this::deleteOfTeam, noContent())
                .get("/api/v2/teams/{id}/authentication-tokens", this::listOfTeam, pages(SCHEMA))
                .post(
                        "/api/v2/teams/{id}/authentication-tokens",
                        this::createForTeam,
                        creates(SCHEMA).bodyIsOptional())
                .get(
                        "/api/v2/organizations/{organization}/team-tokens",
                        this::listOfTeams,
                        pages(SCHEMA).query("q", "sort"))
                .get(
                        "/api/v2/organizations/{organization}/authentication-token",
                        this::readOfOrganization,
                        shows(SCHEMA).query("token"))
                .post(
                        "/api/v2/organizations/{organization}/authentication-token",
                        this::replaceOfOrganization,
                        creates(SCHEMA).bodyIsOptional().query("token"))
                .delete(
                        "/api/v2/organizations/{organization}/authentication-token",
                        this::deleteOfOrganization,
                        noContent().query("token"))
                .get("/api/v2/authentication-tokens/{id}", this::read, shows(SCHEMA))
                .delete("/api/v2/authentication-tokens/{id}", this::delete, noContent());
    }

    private Answer listOfAgentPool(Call call) {
        return JsonApi.page(call, tokens.listOfAgentPool(call.caller(), pool(call), call.page()), TokenResource::of);
    }

    private Answer createForAgentPool(Call call) {
        return created(tokens.createForAgentPool(
                call.caller(), pool(call), call.patch().requiredText("description")));
    }

    private Answer listOfUser(Call call) {
        return JsonApi.page(call, tokens.listOfUser(call.caller(), user(call), call.page()), TokenResource::of);
    }

    private Answer createForUser(Call call) {
        Patch patch = call.patchIfAny();
        return created(
                tokens.createForUser(call.caller(), user(call), patch.optionalText("description"), expiry(patch)));
    }

    private Answer readOfTeam(Call call) {
        return JsonApi.resource(TokenResource.of(tokens.readOfTeam(call.caller(), team(call))));
    }

    private Answer replaceOfTeam(Call call) {
        return created(tokens.createForTeam(call.caller(), team(call), Optional.empty(), expiry(call.patchIfAny())));
    }

    private Answer deleteOfTeam(Call call) {
        tokens.deleteOfTeam(call.caller(), team(call));
        return Answer.noContent();
    }

    private Answer listOfTeam(Call call) {
        return JsonApi.page(call, tokens.listOfTeam(call.caller(), team(call), call.page()), TokenResource::of);
    }

    private Answer createForTeam(Call call) {
        Patch patch = call.patchIfAny();
        return created(
                tokens.createForTeam(call.caller(), team(call), patch.optionalText("description"), expiry(patch)));
    }

    private Answer listOfTeams(Call call) {
        return JsonApi.page(
                call,
                tokens.listOfTeams(
                        call.caller(),
                        call.path("organization"),
                        call.query("q"),
                        sort(call.query("sort")),
                        call.page()),
                TokenResource::of);
    }

    private static String sort(Optional<String> wanted) {
        String name = wanted.orElse("created-at");
        return name.startsWith("-") ? name.substring(1).replace('-', '_') + "_descending" : name.replace('-', '_');
    }

    private Answer readOfOrganization(Call call) {
        return JsonApi.resource(
                TokenResource.of(tokens.readOfOrganization(call.caller(), call.path("organization"), kind(call))));
    }

    private Answer replaceOfOrganization(Call call) {
        return created(tokens.createForOrganization(
                call.caller(), call.path("organization"), kind(call), expiry(call.patchIfAny())));
    }

    private Answer deleteOfOrganization(Call call) {
        tokens.deleteOfOrganization(call.caller(), call.path("organization"), kind(call));
        return Answer.noContent();
    }

    private static OrganizationKind kind(Call call) {
        return switch (call.query("token").orElse("")) {
            case "" -> OrganizationKind.FULL;
            case "audit-trails" -> OrganizationKind.AUDIT_TRAILS;
            default -> throw new Refusal.Malformed("token must be audit-trails, or not be given");
        };
    }

    private Answer read(Call call) {
        return JsonApi.resource(TokenResource.of(tokens.read(call.caller(), id(call))));
    }

    private Answer delete(Call call) {
        tokens.delete(call.caller(), id(call));
        return Answer.noContent();
    }

    private static Answer created(Token.Minted minted) {
        return JsonApi.created(TokenResource.of(minted));
    }

    private static Optional<Instant> expiry(Patch patch) {
        return patch.optionalTime("expired-at", Optional.empty());
    }

    private static AgentPoolId pool(Call call) {
        return new AgentPoolId(call.path("id"));
    }

    private static TeamId team(Call call) {
        return new TeamId(call.path("id"));
    }

    private static UserId user(Call call) {
        return new UserId(call.path("id"));
    }

    private static TokenId id(Call call) {
        return new TokenId(call.path("id"));
    }
}
