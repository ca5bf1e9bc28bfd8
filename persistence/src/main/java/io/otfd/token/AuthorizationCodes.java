package io.otfd.token;

import io.otfd.Ids.UserId;
import io.otfd.access.Caller;
import io.otfd.database.Database;
import io.otfd.database.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The authorization code grant with PKCE (RFC 6749 §4.1, RFC 7636), for programs on a person's own machine that have no
 * secret: {@code terraform login}. Codes are in the database, so that any server may take what another gave out.
 */
public final class AuthorizationCodes {

    /** A program fetches its token at once; RFC 6749 recommends ten minutes at most. */
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final Database database;
    private final AuthenticationTokens tokens;
    private final Clock clock;

    public AuthorizationCodes(Database database, AuthenticationTokens tokens, Clock clock) {
        this.database = database;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * A code that becomes a token of this user.
     *
     * @param challenge SHA-256 of what the program will say, in base64url
     * @param redirectUri where the code is sent; the program names it once more
     */
    public String grant(Caller.User user, String challenge, String redirectUri) {
        String code = Secrets.random();
        Instant now = clock.instant();
        database.transactVoid(tx -> {
            tx.update("token.delete_expired_authorization_codes", "now", now);
            tx.update(
                    "token.insert_authorization_code",
                    "hash",
                    Secrets.hash(code),
                    "user_id",
                    user.id(),
                    "code_challenge",
                    challenge,
                    "redirect_uri",
                    redirectUri,
                    "expires_at",
                    now.plus(LIFETIME));
        });
        return code;
    }

    private record Granted(UserId user, String challenge, String redirectUri, Instant expiresAt) {}

    /**
     * The token that a code stands for.
     *
     * @param verifier what the challenge was made of
     * @return empty for a code that is unknown, used, expired, or another program's
     */
    public Optional<String> exchange(String code, String verifier, String redirectUri, String description) {
        return database.transact(tx -> tx.one(
                        "token.take_authorization_code", AuthorizationCodes::granted, "hash", Secrets.hash(code)))
                .filter(granted -> granted.expiresAt().isAfter(clock.instant()))
                .filter(granted -> granted.redirectUri().equals(redirectUri))
                .filter(granted -> same(granted.challenge(), challenge(verifier)))
                .map(granted ->
                        tokens.createForProgram(granted.user(), description).secret());
    }

    private static Granted granted(Row row) {
        return new Granted(
                new UserId(row.text("user_id")),
                row.text("code_challenge"),
                row.text("redirect_uri"),
                row.instant("expires_at"));
    }

    private static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.hash(verifier));
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
