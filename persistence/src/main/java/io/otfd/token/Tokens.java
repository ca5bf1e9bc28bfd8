package io.otfd.token;

import io.otfd.Ids.AgentId;
import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.TaskResultId;
import io.otfd.Ids.TaskStageId;
import io.otfd.Ids.TeamId;
import io.otfd.Ids.TokenId;
import io.otfd.Ids.UserId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Verifies tokens of every kind, and mints those that machines and browsers need. */
public final class Tokens {

    /** {@code last-used-at} is a hint for people, and a write per request would cost more than the request. */
    private static final Duration LAST_USED_PRECISION = Duration.ofMinutes(1);

    /** An agent asks again for as long as this when an answer of ours is lost (OTF's: some 13 minutes). */
    private static final Duration ENDED_LIFETIME = Duration.ofHours(1);

    private static final int MAX_BROWSER = 200;

    private final Database database;
    private final Clock clock;

    public Tokens(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Verified(Caller caller, TokenId id, Optional<Instant> lastUsedAt) {}

    /** @throws Refusal.Unauthenticated for a secret that is unknown, expired or deleted */
    public Caller verify(String secret) {
        return verify(secret, false);
    }

    /** The same for who may have to hear that what the token was for is over. */
    public Caller verifyOrEnded(String secret) {
        return verify(secret, true);
    }

    private Caller verify(String secret, boolean endedToo) {
        Instant now = clock.instant();
        Verified verified = database.read(sql -> sql.one(
                        "token.verify",
                        Tokens::verified,
                        "hash",
                        Secrets.hash(secret),
                        "now",
                        now,
                        "ended_too",
                        endedToo))
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
            case "site", "user" -> user(row, false);
            case "session" -> user(row, true);
            case "team" -> new Caller.Team(new TeamId(row.text("team_id")), organization(row));
            case "organization" -> new Caller.Organization(organization(row));
            // There is no audit trail to read yet, and it is good for nothing else.
            case "audit_trails" -> throw new Refusal.Unauthenticated();
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
                        new RunId(row.text("run_id")), new WorkspaceId(row.text("workspace_id")), organization(row));
            case "task" ->
                new Caller.Task(
                        new TaskResultId(row.text("task_result_id")),
                        new RunId(row.text("run_id")),
                        new WorkspaceId(row.text("workspace_id")));
            case String kind -> throw new IllegalStateException("token kind " + kind);
        };
        return new Verified(caller, new TokenId(row.text("id")), row.optionalInstant("last_used_at"));
    }

    private static Caller.User user(Row row, boolean session) {
        return new Caller.User(new UserId(row.text("user_id")), row.text("username"), row.flag("site_admin"), session);
    }

    private static OrganizationId organization(Row row) {
        return new OrganizationId(row.text("organization_id"));
    }

    private static TokenStore.Draft siteToken(UserId admin) {
        return new TokenStore.Draft("site").with("user_id", admin).description("site token");
    }

    /** Makes {@code secret} the site token of the first user, in place of an earlier one. */
    public void setSiteToken(UserId admin, String secret) {
        database.transactVoid(tx -> {
            tx.update("token.delete_site");
            siteToken(admin).insert(tx, secret, clock.instant());
        });
    }

    /** A new site token, unless there is one already. */
    public Optional<String> mintSiteToken(UserId admin) {
        return database.transact(tx -> {
            tx.update("token.lock_site");
            if (tx.exists("token.site")) {
                return Optional.empty();
            }
            return Optional.of(siteToken(admin).insert(tx, clock.instant()));
        });
    }

    /** The secret with which the agent inside this server registers. */
    public String mintServerToken() {
        return database.transact(
                tx -> new TokenStore.Draft("server").description("server agent").insert(tx, clock.instant()));
    }

    /**
     * A browser's session.
     *
     * @param browser what it calls itself, of which the beginning is kept
     * @param address where it is
     */
    public String mintSession(UserId user, Duration lifetime, String browser, String address) {
        Instant now = clock.instant();
        return database.transact(tx -> new TokenStore.Draft("session")
                .with("user_id", user)
                .description(browser.substring(0, Math.min(browser.length(), MAX_BROWSER)))
                .address(address)
                .expiresAt(now.plus(lifetime))
                .insert(tx, now));
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
        return new TokenStore.Draft("agent")
                .with("agent_id", agent)
                .with("parent_id", registeredWith)
                .insert(tx, clock.instant());
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
        return new TokenStore.Draft("run").with("run_id", run).expiresAt(expiry).insert(tx, clock.instant());
    }

    /** A run task's token: its way to the plan of the run, and to its own result. */
    public String mintTaskToken(Tx tx, TaskResultId result, Instant expiry) {
        return new TokenStore.Draft("task")
                .with("task_result_id", result)
                .expiresAt(expiry)
                .insert(tx, clock.instant());
    }

    /** Tokens of the stage's tasks. */
    public static void endTaskTokens(Tx tx, TaskStageId stage) {
        tx.update("token.end_tasks", "stage_id", stage);
    }

    /** They open nothing from now on. */
    public void endRunTokens(Tx tx, RunId run) {
        tx.update("token.end_run", "run_id", run, "expires_at", clock.instant().plus(ENDED_LIFETIME));
    }

    public void deleteExpired() {
        database.transactVoid(tx -> tx.update("token.delete_expired", "now", clock.instant()));
    }
}
