package io.otfd.ui.login;

import io.otfd.Refusal;
import io.otfd.token.Tokens;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.ui.Links;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Sessions;
import io.otfd.ui.Visit;
import io.otfd.user.PasswordLinks;
import io.otfd.user.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where links lead that are good once: the set-up of the site, an invitation, a forgotten password. */
public final class WelcomePages {

    private static final String WELCOME = "/welcome/{secret}";

    private final PasswordLinks links;
    private final Tokens tokens;

    public WelcomePages(PasswordLinks links, Tokens tokens) {
        this.links = links;
        this.tokens = tokens;
    }

    public void register(Routes routes) {
        routes.getOpen(WELCOME, this::show);
        routes.postOpen(WELCOME, this::use);
    }

    private Reply show(Visit visit) {
        Optional<User> user = links.open(visit.path("secret"));
        Filled known = user.map(invited -> Filled.of(Map.of("username", invited.username())))
                .orElse(Filled.EMPTY);
        return page(visit, user, 200, known);
    }

    private static Reply page(Visit visit, Optional<User> user, int status, Filled form) {
        String title = user.isEmpty() ? "Set up this site" : "Set your password";
        String intro = user.map(known -> known.pending()
                        ? "You were invited as " + known.email() + ". Choose a user name and a password."
                        : "Choose a new password for " + known.username() + ".")
                .orElse("You become the first site admin, who invites the others.");
        return new Reply.Html(
                status,
                "login/welcome",
                new WelcomePage(
                        visit.frame(title, List.of()),
                        Links.welcome(visit.path("secret")),
                        intro,
                        user.map(User::pending).orElse(true),
                        user.isEmpty(),
                        user.isEmpty() ? "Set up" : "Set password",
                        form));
    }

    private Reply use(Visit visit) {
        String secret = visit.path("secret");
        Form form = visit.form();
        try {
            User user = links.use(
                    secret,
                    new PasswordLinks.Profile(
                            form.first("username").orElse(""),
                            form.first("email").orElse(""),
                            form.exact("password"),
                            form.exact("password_confirmation")));
            return Sessions.open(tokens, user.id(), visit, Links.organizations());
        } catch (Refusal.Invalid e) {
            return page(
                    visit,
                    links.open(secret),
                    422,
                    Filled.refused(form, e).without("password").without("password_confirmation"));
        }
    }
}
