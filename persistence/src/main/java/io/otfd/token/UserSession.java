package io.otfd.token;

import io.otfd.Ids.TokenId;
import java.time.Instant;
import java.util.Optional;

/**
 * A browser that is signed in.
 *
 * @param browser what it calls itself; anything, or empty
 * @param address where it signed in from
 * @param current the one that asks
 */
public record UserSession(
        TokenId id,
        String browser,
        Optional<String> address,
        Instant createdAt,
        Optional<Instant> lastUsedAt,
        Instant expiresAt,
        boolean current) {}
