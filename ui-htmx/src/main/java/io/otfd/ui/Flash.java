package io.otfd.ui;

import io.helidon.http.SetCookie;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** What was done, said once on the page that comes after the form. It travels in a cookie and is shown as text. */
final class Flash {

    private static final String COOKIE = "otfd_flash";
    private static final Duration LIFETIME = Duration.ofMinutes(1);
    private static final int MAX_LENGTH = 500;

    private Flash() {}

    static Optional<String> of(ServerRequest request) {
        return request.headers().cookies().first(COOKIE).asOptional().flatMap(Flash::decode);
    }

    private static Optional<String> decode(String value) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
            return Optional.of(text).filter(said -> !said.isBlank() && said.length() <= MAX_LENGTH);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static SetCookie cookie(String text, boolean secure) {
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return builder(encoded, secure).maxAge(LIFETIME).build();
    }

    static SetCookie removal(boolean secure) {
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
