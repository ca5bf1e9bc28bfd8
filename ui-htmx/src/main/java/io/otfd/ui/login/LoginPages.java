package io.otfd.ui.login;

import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.token.Tokens;
import io.otfd.ui.Form;
import io.otfd.ui.Links;
import io.otfd.ui.LocalPath;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Sessions;
import io.otfd.ui.Visit;
import java.util.List;
import java.util.Optional;

/** A token in, a session out. */
public final class LoginPages {

    private static final String RETURN_TO = "return-to";

    private final Tokens tokens;

    public LoginPages(Tokens tokens) {
        this.tokens = tokens;
    }

    public void register(Routes routes) {
        routes.getOpen(Links.login(), this::show);
        routes.postOpen(Links.login(), this::login);
        routes.post("/logout", this::logout);
    }

    private Reply show(Visit visit) {
        String wanted = wanted(visit.query());
        return visit.session().isPresent() ? Reply.Redirect.to(wanted) : form(visit, 200, wanted, Optional.empty());
    }

    private static Reply form(Visit visit, int status, String wanted, Optional<String> problem) {
        return new Reply.Html(status, "login/login", new LoginPage(visit.frame("Log in", List.of()), wanted, problem));
    }

    private Reply login(Visit visit) {
        String wanted = wanted(visit.form());
        Optional<Caller.User> user = visit.form().first("token").flatMap(this::user);
        if (user.isEmpty()) {
            String problem = "This token is not valid. It may have been revoked, or part of it is missing.";
            return form(visit, 401, wanted, Optional.of(problem));
        }
        String secret = tokens.mintSession(user.get().id(), Sessions.LIFETIME);
        return Reply.Redirect.to(wanted).with(Sessions.cookie(secret, visit.isSecure()));
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
