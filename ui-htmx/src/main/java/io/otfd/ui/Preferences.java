package io.otfd.ui;

import io.helidon.http.SetCookie;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * How a browser wants its pages; kept in a cookie, so that the first paint is right.
 *
 * @param shortcuts single keys do something (WCAG 2.1.4: they can be switched off)
 */
public record Preferences(Theme theme, boolean shortcuts) {

    public static final Preferences DEFAULT = new Preferences(Theme.SYSTEM, true);

    private static final String COOKIE = "otfd_preferences";
    private static final String NO_SHORTCUTS = "no-shortcuts";
    private static final Duration LIFETIME = Duration.ofDays(400);

    /** Light, dark, or what the browser's system says. */
    public enum Theme {
        SYSTEM,
        LIGHT,
        DARK;

        /** As in forms, cookies and the style sheet. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Theme of(String text) {
            return Arrays.stream(values())
                    .filter(theme -> theme.toString().equals(text))
                    .findFirst()
                    .orElse(SYSTEM);
        }
    }

    static Preferences of(ServerRequest request) {
        return parse(request.headers().cookies().first(COOKIE).asOptional().orElse(""));
    }

    static Preferences parse(String cookie) {
        String[] words = cookie.split("\\.", 2);
        return new Preferences(Theme.of(words[0]), words.length < 2 || !words[1].equals(NO_SHORTCUTS));
    }

    static Preferences of(Form form) {
        return new Preferences(Theme.of(form.exact("theme")), form.has("shortcuts"));
    }

    SetCookie cookie(boolean secure) {
        return SetCookie.builder(COOKIE, theme + (shortcuts ? "" : "." + NO_SHORTCUTS))
                .httpOnly(true)
                .sameSite(SetCookie.SameSite.LAX)
                .secure(secure)
                .path("/")
                .maxAge(LIFETIME)
                .build();
    }
}
