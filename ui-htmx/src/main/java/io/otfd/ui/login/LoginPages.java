package io.otfd.ui.login;

import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.token.Tokens;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.ui.Links;
import io.otfd.ui.LocalPath;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Sessions;
import io.otfd.ui.Visit;
import io.otfd.user.PasswordLinks;
import io.otfd.user.SignIns;
import io.otfd.user.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A name and a password in, or a token, and a session out. */
public final class LoginPages {

    private static final String RETURN_TO = "return-to";

    private final Tokens tokens;
    private final SignIns signIns;
    private final PasswordLinks links;

    public LoginPages(Tokens tokens, SignIns signIns, PasswordLinks links) {
        this.tokens = tokens;
        this.signIns = signIns;
        this.links = links;
    }

    public void register(Routes routes) {
        routes.getOpen(Links.login(), this::show);
        routes.postOpen(Links.login(), this::login);
        routes.post("/logout", this::logout);
    }

    private Reply show(Visit visit) {
        String wanted = wanted(visit.query());
        return visit.session().isPresent()
                ? Reply.Redirect.to(wanted)
                : form(visit, 200, wanted, Filled.EMPTY, Optional.empty(), links.setUpIsOpen());
    }

    private static Reply form(
            Visit visit, int status, String wanted, Filled username, Optional<String> problem, boolean byToken) {
        return new Reply.Html(
                status,
                "login/login",
                new LoginPage(visit.frame("Log in", List.of()), wanted, username, problem, byToken));
    }

    private Reply login(Visit visit) {
        return visit.form().has("token") ? byToken(visit) : byPassword(visit);
    }

    private Reply byPassword(Visit visit) {
        String wanted = wanted(visit.form());
        String login = visit.form().first("username").orElse("");
        try {
            User user = signIns.attempt(login, visit.form().exact("password"), visit.remoteAddress())
                    .orElseThrow(Refusal.Unauthenticated::new);
            return Sessions.open(tokens, user.id(), visit, wanted);
        } catch (Refusal.Unauthenticated e) {
            return refused(visit, 401, wanted, login, "This user name and password do not belong together.");
        } catch (Refusal.Denied e) {
            return refused(visit, 403, wanted, login, e.getMessage());
        } catch (Refusal.TooMany e) {
            return refused(visit, 429, wanted, login, e.getMessage());
        }
    }

    private static Reply refused(Visit visit, int status, String wanted, String login, String problem) {
        Filled username = Filled.of(Map.of("username", login));
        return form(visit, status, wanted, username, Optional.of(problem), false);
    }

    private Reply byToken(Visit visit) {
        String wanted = wanted(visit.form());
        Optional<Caller.User> user = visit.form().first("token").flatMap(this::user);
        if (user.isEmpty()) {
            String problem = "This token is not valid. It may have been revoked, or part of it is missing.";
            return form(visit, 401, wanted, Filled.EMPTY, Optional.of(problem), true);
        }
        return Sessions.open(tokens, user.get().id(), visit, wanted);
    }

    private Optional<Caller.User> user(String token) {
        try {
            return tokens.verify(token) instanceof Caller.User user ? Optional.of(user) : Optional.empty();
        } catch (Refusal.Unauthenticated e) {
            return Optional.empty();
        }
    }

    private Reply logout(Visit visit) {
        tokens.revoke(visit.requireSession().secret());
        return Reply.Redirect.to(Links.login()).with(Sessions.removal(visit.isSecure()));
    }

    private static String wanted(Form form) {
        return LocalPath.of(form.first(RETURN_TO).orElse(""));
    }
}
