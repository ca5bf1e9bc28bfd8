package io.otfd.ui;

import io.helidon.http.SetCookie;
import io.helidon.webserver.http.ServerRequest;
import io.otfd.Ids.UserId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.token.Tokens;
import java.time.Duration;
import java.util.Optional;

/** Sessions and the cookie that carries their secret. */
public final class Sessions {

    static final String COOKIE = "otfd_session";

    /** As long as TFC's session-remember by default (20160 minutes). */
    public static final Duration LIFETIME = Duration.ofDays(14);

    private final Tokens tokens;

    Sessions(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Empty for a cookie that stands for nobody. */
    Optional<Session> of(ServerRequest request) {
        Optional<String> secret = request.headers().cookies().first(COOKIE).asOptional();
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        try {
            return tokens.verify(secret.get()) instanceof Caller.User user
                    ? Optional.of(new Session(user, secret.get()))
                    : Optional.empty();
        } catch (Refusal.Unauthenticated e) {
            return Optional.empty();
        }
    }

    /** A new session, always: nobody can have known its secret before. */
    public static Reply open(Tokens tokens, UserId user, Visit visit, String wanted) {
        String secret = tokens.mintSession(user, LIFETIME, visit.browser(), visit.remoteAddress());
        return Reply.Redirect.to(wanted).with(cookie(secret, visit.isSecure()));
    }

    /** Lax: links from elsewhere arrive logged in, forms from elsewhere do not. */
    static SetCookie cookie(String secret, boolean secure) {
        return builder(secret, secure).maxAge(LIFETIME).build();
    }

    public static SetCookie removal(boolean secure) {
        return builder("", secure).maxAge(Duration.ZERO).build();
    }

    private static SetCookie.Builder builder(String value, boolean secure) {
        return SetCookie.builder(COOKIE, value)
                .httpOnly(true)
                .sameSite(SetCookie.SameSite.LAX)
                .secure(secure)
                .path("/");
    }
}
