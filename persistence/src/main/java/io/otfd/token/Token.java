package io.otfd.token;

import io.otfd.Ids.TokenId;
import io.otfd.Ids.UserId;
import java.time.Instant;
import java.util.Optional;

/** A token as it may be shown again: without its secret. */
public record Token(
        TokenId id, String description, Optional<UserId> createdBy, Instant createdAt, Optional<Instant> lastUsedAt) {

    /** A fresh token and its secret, which nobody can read again. */
    public record Minted(Token token, String secret) {}
}
