package io.otfd.token;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.TeamId;
import io.otfd.Ids.TokenId;
import io.otfd.Ids.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * A token as it may be shown again: without its secret.
 *
 * @param description empty for the one unnamed token that a team may have
 */
public record Token(
        TokenId id,
        Owner owner,
        Optional<String> description,
        Optional<Creator> createdBy,
        Instant createdAt,
        Optional<Instant> lastUsedAt,
        Optional<Instant> expiresAt) {

    /** Whom it speaks for. */
    public sealed interface Owner {
        record User(UserId id) implements Owner {}

        record Team(TeamId id) implements Owner {}

        record Organization(OrganizationId id) implements Owner {}

        /** Reads an organization's audit trail, and nothing else. */
        record AuditTrails(OrganizationId organization) implements Owner {}

        record AgentPool(AgentPoolId id) implements Owner {}
    }

    /** Who made it. */
    public sealed interface Creator {
        record User(UserId id) implements Creator {}

        record Team(TeamId id) implements Creator {}
    }

    /** A fresh token and its secret, which nobody can read again. */
    public record Minted(Token token, String secret) {}
}
