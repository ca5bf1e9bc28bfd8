package io.otfd.token;

import io.otfd.Ids.AgentId;
import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.TokenId;
import io.otfd.Ids.UserId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Access;
import io.otfd.access.Caller;
import io.otfd.access.OrganizationPermission;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Mints, verifies and deletes tokens of every kind. */
public final class Tokens {

    /** {@code last-used-at} is a hint for people, and a write per request would cost more than the request. */
    private static final Duration LAST_USED_PRECISION = Duration.ofMinutes(1);

    private final Database database;
    private final Clock clock;

    public Tokens(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Verified(Caller caller, TokenId id, Optional<Instant> lastUsedAt) {}

    /** @throws Refusal.Unauthenticated for a secret that is unknown, expired or deleted */
    public Caller verify(String secret) {
        Instant now = clock.instant();
        Verified verified = database.read(
                        sql -> sql.one("token.verify", Tokens::verified, "hash", Secrets.hash(secret), "now", now))
                .orElseThrow(Refusal.Unauthenticated::new);
        if (verified.lastUsedAt()
                .filter(used -> used.plus(LAST_USED_PRECISION).isAfter(now))
                .isEmpty()) {
            database.transactVoid(tx -> tx.update("token.used", "id", verified.id(), "now", now));
        }
        return verified.caller();
    }

    private static Verified verified(Row row) {
        Caller caller = switch (row.text("kind")) {
            case "site", "user", "session" ->
                new Caller.User(new UserId(row.text("user_id")), row.text("username"), row.flag("site_admin"));
            case "agent_pool" ->
                new Caller.AgentPool(new AgentPoolId(row.text("agent_pool_id")), new TokenId(row.text("id")));
            case "server" -> new Caller.Server(new TokenId(row.text("id")));
            case "agent" ->
                new Caller.Agent(
                        new AgentId(row.text("agent_id")),
                        row.optionalText("agent_agent_pool_id").map(AgentPoolId::new),
                        Optional.of(new TokenId(row.text("id"))));
            case "run" ->
                new Caller.Run(
                        new RunId(row.text("run_id")),
                        new WorkspaceId(row.text("workspace_id")),
                        new OrganizationId(row.text("organization_id")));
            case String kind -> throw new IllegalStateException("token kind " + kind);
        };
        return new Verified(caller, new TokenId(row.text("id")), row.optionalInstant("last_used_at"));
    }

    /** Makes {@code secret} the site token of the first user, in place of an earlier one. */
    public void setSiteToken(UserId admin, String secret) {
        database.transactVoid(tx -> {
            tx.update("token.delete_site");
            insert(tx, "site", secret, "site token", admin.value(), null, null, null, null, Optional.empty(), null);
        });
    }

    /** A new site token, unless there is one already. */
    public Optional<String> mintSiteToken(UserId admin) {
        return database.transact(tx -> {
            tx.update("token.lock_site");
            if (tx.exists("token.site")) {
                return Optional.empty();
            }
            String secret = Secrets.random();
            insert(tx, "site", secret, "site token", admin.value(), null, null, null, null, Optional.empty(), null);
            return Optional.of(secret);
        });
    }

    /** The secret with which the agent inside this server registers. */
    public String mintServerToken() {
        return database.transact(tx -> {
            String secret = Secrets.random();
            insert(tx, "server", secret, "server agent", null, null, null, null, null, Optional.empty(), null);
            return secret;
        });
    }

    /** A browser's session. */
    public String mintSession(UserId user, Duration lifetime) {
        return database.transact(tx -> {
            String secret = Secrets.random();
            Instant expiry = clock.instant().plus(lifetime);
            insert(tx, "session", secret, "session", user.value(), null, null, null, null, Optional.empty(), expiry);
            return secret;
        });
    }

    /** Ends what {@code secret} stands for; an unknown one is fine. */
    public void revoke(String secret) {
        database.transactVoid(tx -> tx.update("token.delete_by_hash", "hash", Secrets.hash(secret)));
    }

    /**
     * The session of a registered agent; earlier ones of the same agent end.
     *
     * @param registeredWith the session ends with this token
     */
    public String mintAgentSession(Tx tx, AgentId agent, TokenId registeredWith) {
        tx.update("token.delete_agent", "agent_id", agent);
        String secret = Secrets.random();
        insert(tx, "agent", secret, "", null, null, agent.value(), null, registeredWith, Optional.empty(), null);
        return secret;
    }

    /**
     * Whether an agent may still act: the token that it registered with is there, and it has not registered again since,
     * after which nobody listens to what an earlier session asked for.
     */
    public static boolean hasAgentSession(Sql sql, AgentId agent, Optional<TokenId> session) {
        return sql.exists("token.agent", "agent_id", agent, "session", session.orElse(null));
    }

    /** A run's token: its engine's way to state and registry. Lives until the phase ends or {@code expiry}. */
    public String mintRunToken(Tx tx, RunId run, Instant expiry) {
        String secret = Secrets.random();
        insert(tx, "run", secret, "", null, null, null, run.value(), null, Optional.empty(), expiry);
        return secret;
    }

    public void deleteRunTokens(Tx tx, RunId run) {
        tx.update("token.delete_run", "run_id", run);
    }

    public void deleteExpired() {
        database.transactVoid(tx -> tx.update("token.delete_expired", "now", clock.instant()));
    }

    /** A token with which agents register in a pool. */
    public Token.Minted createForAgentPool(Caller caller, AgentPoolId pool, String description) {
        if (description.isBlank()) {
            throw Refusal.Invalid.attribute("description", "can't be blank");
        }
        return database.transact(tx -> {
            requirePool(tx, caller, pool);
            String secret = Secrets.random();
            Token token = insert(
                    tx, "agent_pool", secret, description, null, pool.value(), null, null, null, caller.userId(), null);
            return new Token.Minted(token, secret);
        });
    }

    public Page<Token> listOfAgentPool(Caller caller, AgentPoolId pool, Page.Request page) {
        return database.read(sql -> {
            requirePool(sql, caller, pool);
            long total = sql.count("token.count_agent_pool", "agent_pool_id", pool);
            return new Page<>(
                    sql.list(
                            "token.list_agent_pool",
                            Tokens::token,
                            "agent_pool_id",
                            pool,
                            "limit",
                            page.size(),
                            "offset",
                            page.offset()),
                    page,
                    total);
        });
    }

    public Token read(Caller caller, TokenId id) {
        return database.read(sql -> visible(sql, caller, id));
    }

    public void delete(Caller caller, TokenId id) {
        database.transactVoid(tx -> {
            visible(tx, caller, id);
            tx.update("token.delete", "id", id);
        });
    }

    private Token visible(Sql sql, Caller caller, TokenId id) {
        record Owned(Token token, AgentPoolId pool) {}
        Owned owned = sql.one(
                        "token.by_id",
                        row -> new Owned(token(row), new AgentPoolId(row.text("agent_pool_id"))),
                        "id",
                        id)
                .orElseThrow(Refusal.NotFound::new);
        requirePool(sql, caller, owned.pool());
        return owned.token();
    }

    private static void requirePool(Sql sql, Caller caller, AgentPoolId pool) {
        OrganizationId organization = sql.one(
                        "agent_pool.organization", row -> new OrganizationId(row.text("organization_id")), "id", pool)
                .orElseThrow(Refusal.NotFound::new);
        Access.inOrganization(sql, caller, organization)
                .inOrganization()
                .require(OrganizationPermission.CAN_UPDATE_AGENT_POOLS);
    }

    private Token insert(
            Tx tx,
            String kind,
            String secret,
            String description,
            String user,
            String pool,
            String agent,
            String run,
            TokenId parent,
            Optional<UserId> createdBy,
            Instant expiry) {
        TokenId id = TokenId.random();
        return tx.one(
                        "token.insert",
                        Tokens::token,
                        "id",
                        id,
                        "kind",
                        kind,
                        "hash",
                        Secrets.hash(secret),
                        "description",
                        description,
                        "user_id",
                        user,
                        "agent_pool_id",
                        pool,
                        "agent_id",
                        agent,
                        "run_id",
                        run,
                        "parent_id",
                        parent,
                        "created_by",
                        createdBy.orElse(null),
                        "now",
                        clock.instant(),
                        "expires_at",
                        expiry)
                .orElseThrow();
    }

    private static Token token(Row row) {
        return new Token(
                new TokenId(row.text("id")),
                row.text("description"),
                row.optionalText("created_by").map(UserId::new),
                row.instant("created_at"),
                row.optionalInstant("last_used_at"));
    }
}
