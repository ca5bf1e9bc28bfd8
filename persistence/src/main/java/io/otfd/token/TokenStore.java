package io.otfd.token;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.Id;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.TeamId;
import io.otfd.Ids.TokenId;
import io.otfd.Ids.UserId;
import io.otfd.access.Caller;
import io.otfd.database.Row;
import io.otfd.database.Tx;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Columns ↔ {@link Token}. */
final class TokenStore {

    private TokenStore() {}

    /** A row under construction: its kind, and the columns that the kind has. */
    static final class Draft {
        private final TokenId id = TokenId.random();
        private final String kind;
        private final Map<String, Object> columns = new HashMap<>();

        Draft(String kind) {
            this.kind = kind;
        }

        Draft with(String column, Id value) {
            columns.put(column, value);
            return this;
        }

        Draft description(String text) {
            columns.put("description", text);
            return this;
        }

        Draft address(String address) {
            columns.put("address", address);
            return this;
        }

        Draft createdBy(Caller caller) {
            columns.put("created_by", caller.userId().orElse(null));
            columns.put("created_by_team_id", caller.teamId().orElse(null));
            return this;
        }

        Draft expiresAt(Instant expiry) {
            columns.put("expires_at", expiry);
            return this;
        }

        TokenId id() {
            return id;
        }

        /** Writes it and gives its secret. */
        String insert(Tx tx, Instant now) {
            String secret = Secrets.random();
            insert(tx, secret, now);
            return secret;
        }

        void insert(Tx tx, String secret, Instant now) {
            tx.update(
                    "token.insert",
                    "id",
                    id,
                    "kind",
                    kind,
                    "hash",
                    Secrets.hash(secret),
                    "description",
                    columns.get("description"),
                    "user_id",
                    columns.get("user_id"),
                    "team_id",
                    columns.get("team_id"),
                    "organization_id",
                    columns.get("organization_id"),
                    "agent_pool_id",
                    columns.get("agent_pool_id"),
                    "agent_id",
                    columns.get("agent_id"),
                    "run_id",
                    columns.get("run_id"),
                    "task_result_id",
                    columns.get("task_result_id"),
                    "parent_id",
                    columns.get("parent_id"),
                    "created_by",
                    columns.get("created_by"),
                    "created_by_team_id",
                    columns.get("created_by_team_id"),
                    "address",
                    columns.get("address"),
                    "now",
                    now,
                    "expires_at",
                    columns.get("expires_at"));
        }
    }

    static Draft draft(Token.Owner owner) {
        return switch (owner) {
            case Token.Owner.User user -> new Draft("user").with("user_id", user.id());
            case Token.Owner.Team team -> new Draft("team").with("team_id", team.id());
            case Token.Owner.Organization token -> new Draft("organization").with("organization_id", token.id());
            case Token.Owner.AuditTrails token ->
                new Draft("audit_trails").with("organization_id", token.organization());
            case Token.Owner.AgentPool pool -> new Draft("agent_pool").with("agent_pool_id", pool.id());
        };
    }

    static String kind(Token.Owner owner) {
        return draft(owner).kind;
    }

    static String ownerId(Token.Owner owner) {
        return switch (owner) {
            case Token.Owner.User user -> user.id().value();
            case Token.Owner.Team team -> team.id().value();
            case Token.Owner.Organization token -> token.id().value();
            case Token.Owner.AuditTrails token -> token.organization().value();
            case Token.Owner.AgentPool pool -> pool.id().value();
        };
    }

    static Token token(Row row) {
        Optional<Token.Creator> user = row.optionalText("created_by").map(id -> new Token.Creator.User(new UserId(id)));
        Optional<Token.Creator> team =
                row.optionalText("created_by_team_id").map(id -> new Token.Creator.Team(new TeamId(id)));
        return new Token(
                new TokenId(row.text("id")),
                owner(row),
                row.optionalText("description"),
                user.or(() -> team),
                row.instant("created_at"),
                row.optionalInstant("last_used_at"),
                row.optionalInstant("expires_at"));
    }

    private static Token.Owner owner(Row row) {
        return switch (row.text("kind")) {
            case "user" -> new Token.Owner.User(new UserId(row.text("user_id")));
            case "team" -> new Token.Owner.Team(new TeamId(row.text("team_id")));
            case "organization" -> new Token.Owner.Organization(new OrganizationId(row.text("organization_id")));
            case "audit_trails" -> new Token.Owner.AuditTrails(new OrganizationId(row.text("organization_id")));
            case "agent_pool" -> new Token.Owner.AgentPool(new AgentPoolId(row.text("agent_pool_id")));
            case String kind -> throw new IllegalStateException("token kind " + kind);
        };
    }
}
