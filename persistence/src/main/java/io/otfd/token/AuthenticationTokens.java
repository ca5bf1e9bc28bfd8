package io.otfd.token;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.TeamId;
import io.otfd.Ids.TokenId;
import io.otfd.Ids.UserId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Access;
import io.otfd.access.Caller;
import io.otfd.access.OrganizationPermission;
import io.otfd.database.Database;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.organization.Like;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.team.Teams;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Tokens that people make through the API: for agent pools, teams, organizations and themselves. */
public final class AuthenticationTokens {

    /** Of tokens that name no end (observed: go-tfe's suite). Agents' tokens have none. */
    private static final int DEFAULT_YEARS = 2;

    private final Database database;
    private final Clock clock;

    public AuthenticationTokens(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Which organization token is meant: there is one of each. */
    public enum OrganizationKind {
        FULL,
        AUDIT_TRAILS
    }

    public Token.Minted createForAgentPool(Caller caller, AgentPoolId pool, String description) {
        if (description.isBlank()) {
            throw Refusal.Invalid.attribute("description", "can't be blank");
        }
        return create(caller, new Token.Owner.AgentPool(pool), Optional.of(description), Optional.empty());
    }

    public Token.Minted createForUser(
            Caller caller, UserId user, Optional<String> description, Optional<Instant> expiry) {
        return create(
                caller, new Token.Owner.User(user), Optional.of(description.orElse("")), Optional.of(end(expiry)));
    }

    /** For the bearer of an {@link AuthorizationCodes authorization code}: the user has consented in the browser. */
    Token.Minted createForProgram(UserId user, String description) {
        return database.transact(tx -> {
            TokenStore.Draft draft = TokenStore.draft(new Token.Owner.User(user))
                    .description(description)
                    .expiresAt(end(Optional.empty()));
            String secret = draft.insert(tx, clock.instant());
            return new Token.Minted(find(tx, draft.id()), secret);
        });
    }

    /** @param description empty replaces the team's unnamed token; others stand beside each other */
    public Token.Minted createForTeam(
            Caller caller, TeamId team, Optional<String> description, Optional<Instant> expiry) {
        return create(caller, new Token.Owner.Team(team), description, Optional.of(end(expiry)));
    }

    /** In place of an earlier one of this kind. */
    public Token.Minted createForOrganization(
            Caller caller, String organization, OrganizationKind kind, Optional<Instant> expiry) {
        Token.Owner owner = database.read(sql -> owner(sql, caller, organization, kind));
        return create(caller, owner, Optional.of(""), Optional.of(end(expiry)));
    }

    private Instant end(Optional<Instant> wanted) {
        Instant now = clock.instant();
        if (wanted.filter(end -> !end.isAfter(now)).isPresent()) {
            throw Refusal.Invalid.attribute("expired-at", "must be in the future");
        }
        return wanted.orElseGet(() -> now.atOffset(ZoneOffset.UTC)
                .plusYears(DEFAULT_YEARS)
                .truncatedTo(ChronoUnit.MILLIS)
                .toInstant());
    }

    private Token.Minted create(
            Caller caller, Token.Owner owner, Optional<String> description, Optional<Instant> expiry) {
        return database.transact(tx -> {
            require(tx, caller, owner);
            switch (owner) {
                case Token.Owner.Organization _, Token.Owner.AuditTrails _ -> deleteUnnamed(tx, owner);
                case Token.Owner.Team _ when description.isEmpty() -> deleteUnnamed(tx, owner);
                case Token.Owner.Team _, Token.Owner.User _, Token.Owner.AgentPool _ -> {}
            }
            TokenStore.Draft draft = TokenStore.draft(owner)
                    .description(description.orElse(null))
                    .createdBy(caller)
                    .expiresAt(expiry.orElse(null));
            String secret = draft.insert(tx, clock.instant());
            return new Token.Minted(find(tx, draft.id()), secret);
        });
    }

    public Page<Token> listOfAgentPool(Caller caller, AgentPoolId pool, Page.Request page) {
        return list(caller, new Token.Owner.AgentPool(pool), page);
    }

    public Page<Token> listOfUser(Caller caller, UserId user, Page.Request page) {
        return list(caller, new Token.Owner.User(user), page);
    }

    public Page<Token> listOfTeam(Caller caller, TeamId team, Page.Request page) {
        return list(caller, new Token.Owner.Team(team), page);
    }

    private Page<Token> list(Caller caller, Token.Owner owner, Page.Request page) {
        return database.read(sql -> {
            require(sql, caller, owner);
            String kind = TokenStore.kind(owner);
            String id = TokenStore.ownerId(owner);
            return new Page<>(
                    sql.list(
                            "token.list",
                            TokenStore::token,
                            "kind",
                            kind,
                            "owner_id",
                            id,
                            "limit",
                            page.size(),
                            "offset",
                            page.offset()),
                    page,
                    sql.count("token.count", "kind", kind, "owner_id", id));
        });
    }

    /**
     * Those of every team of the organization, for who manages teams.
     *
     * @param search part of the team's name
     * @param sort {@code created_at}, {@code expired_at}, {@code team_name}, …, with {@code _descending} for the other way
     */
    public Page<Token> listOfTeams(
            Caller caller, String organization, Optional<String> search, String sort, Page.Request page) {
        return database.read(sql -> {
            OrganizationView view = Organizations.view(sql, caller, organization);
            view.grants().require(OrganizationPermission.CAN_CREATE_TEAM);
            OrganizationId id = view.organization().id();
            String like = search.map(text -> "%" + Like.escape(text) + "%").orElse("%");
            return new Page<>(
                    sql.list(
                            "token.list_teams",
                            TokenStore::token,
                            "organization_id",
                            id,
                            "search",
                            like,
                            "sort",
                            sort,
                            "limit",
                            page.size(),
                            "offset",
                            page.offset()),
                    page,
                    sql.count("token.count_teams", "organization_id", id, "search", like));
        });
    }

    public Token read(Caller caller, TokenId id) {
        return database.read(sql -> visible(sql, caller, id));
    }

    /** The team's unnamed token. */
    public Token readOfTeam(Caller caller, TeamId team) {
        return database.read(sql -> unnamed(sql, caller, new Token.Owner.Team(team)));
    }

    public Token readOfOrganization(Caller caller, String organization, OrganizationKind kind) {
        return database.read(sql -> unnamed(sql, caller, owner(sql, caller, organization, kind)));
    }

    public void delete(Caller caller, TokenId id) {
        database.transactVoid(tx -> {
            visible(tx, caller, id);
            tx.update("token.delete", "id", id);
        });
    }

    public void deleteOfTeam(Caller caller, TeamId team) {
        database.transactVoid(tx -> {
            Token token = unnamed(tx, caller, new Token.Owner.Team(team));
            tx.update("token.delete", "id", token.id());
        });
    }

    public void deleteOfOrganization(Caller caller, String organization, OrganizationKind kind) {
        database.transactVoid(tx -> {
            Token token = unnamed(tx, caller, owner(tx, caller, organization, kind));
            tx.update("token.delete", "id", token.id());
        });
    }

    private static Token.Owner owner(Sql sql, Caller caller, String organization, OrganizationKind kind) {
        OrganizationId id =
                Organizations.view(sql, caller, organization).organization().id();
        return switch (kind) {
            case FULL -> new Token.Owner.Organization(id);
            case AUDIT_TRAILS -> new Token.Owner.AuditTrails(id);
        };
    }

    private static Token unnamed(Sql sql, Caller caller, Token.Owner owner) {
        require(sql, caller, owner);
        return sql.one(
                        "token.unnamed",
                        TokenStore::token,
                        "kind",
                        TokenStore.kind(owner),
                        "owner_id",
                        TokenStore.ownerId(owner))
                .orElseThrow(Refusal.NotFound::new);
    }

    private static void deleteUnnamed(Tx tx, Token.Owner owner) {
        tx.update("token.delete_unnamed", "kind", TokenStore.kind(owner), "owner_id", TokenStore.ownerId(owner));
    }

    private static Token visible(Sql sql, Caller caller, TokenId id) {
        Token token = find(sql, id);
        require(sql, caller, token.owner());
        return token;
    }

    private static Token find(Sql sql, TokenId id) {
        return sql.one("token.by_id", TokenStore::token, "id", id).orElseThrow(Refusal.NotFound::new);
    }

    /** Who may see that a token exists may also make and delete it. */
    private static void require(Sql sql, Caller caller, Token.Owner owner) {
        switch (owner) {
            case Token.Owner.User user -> {
                if (!caller.user().id().equals(user.id())) {
                    throw new Refusal.NotFound();
                }
            }
            case Token.Owner.Team team -> Teams.requireTokens(sql, caller, team.id());
            case Token.Owner.Organization token ->
                require(sql, caller, token.id(), OrganizationPermission.CAN_UPDATE_API_TOKEN);
            case Token.Owner.AuditTrails token ->
                require(sql, caller, token.organization(), OrganizationPermission.CAN_UPDATE_API_TOKEN);
            case Token.Owner.AgentPool pool -> {
                OrganizationId organization = sql.one(
                                "agent_pool.organization",
                                row -> new OrganizationId(row.text("organization_id")),
                                "id",
                                pool.id())
                        .orElseThrow(Refusal.NotFound::new);
                require(sql, caller, organization, OrganizationPermission.CAN_UPDATE_AGENT_POOLS);
            }
        }
    }

    private static void require(
            Sql sql, Caller caller, OrganizationId organization, OrganizationPermission permission) {
        Access.inOrganization(sql, caller, organization).inOrganization().require(permission);
    }
}
