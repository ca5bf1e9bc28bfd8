package io.otfd.ui.account;

import io.otfd.Ids.TokenId;
import io.otfd.Refusal;
import io.otfd.token.UserSession;
import io.otfd.token.UserSessions;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.ui.Links;
import io.otfd.ui.Moment;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Sessions;
import io.otfd.ui.Visit;
import io.otfd.user.Accounts;
import io.otfd.user.User;
import io.otfd.user.Users;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The visitor's own account: name, address, password, and where they are logged in. */
public final class AccountPages {

    private static final String SESSIONS = Links.account() + "/sessions";

    private final Users users;
    private final Accounts accounts;
    private final UserSessions sessions;

    public AccountPages(Users users, Accounts accounts, UserSessions sessions) {
        this.users = users;
        this.accounts = accounts;
        this.sessions = sessions;
    }

    public void register(Routes routes) {
        routes.get(Links.account(), visit -> page(visit, 200, Optional.empty(), Filled.EMPTY));
        routes.post(Links.account(), this::update);
        routes.post(Links.account() + "/password", this::changePassword);
        routes.post(SESSIONS + "/delete", this::logOutEverywhere);
        routes.post(SESSIONS + "/{session}/delete", this::endSession);
    }

    private Reply page(Visit visit, int status, Optional<Filled> profile, Filled password) {
        User user = users.current(visit.caller());
        return new Reply.Html(
                status,
                "account/show",
                new AccountPage(
                        visit.frame("Account", List.of()),
                        Links.account(),
                        Links.tokens(),
                        profile.orElseGet(() -> Filled.of(Map.of("username", user.username(), "email", user.email()))),
                        user.unconfirmedEmail(),
                        user.hasPassword(),
                        password,
                        sessions.list(visit.caller(), visit.requireSession().secret()).stream()
                                .map(AccountPages::row)
                                .toList()));
    }

    private static AccountPage.Row row(UserSession session) {
        return new AccountPage.Row(
                session.current() ? "" : session.id().value(),
                session.browser().isBlank() ? "(unknown)" : session.browser(),
                session.address().orElse("(unknown)"),
                Moment.of(session.createdAt()),
                session.lastUsedAt().map(Moment::of));
    }

    private Reply update(Visit visit) {
        Form form = visit.form();
        try {
            User user = accounts.update(
                    visit.caller(),
                    Optional.of(form.first("username").orElse("")),
                    Optional.of(form.first("email").orElse("")));
            return Reply.Redirect.to(Links.account())
                    .saying(user.unconfirmedEmail()
                            .map(address -> "Changes were saved. A site admin has to confirm " + address + ".")
                            .orElse("Changes were saved."));
        } catch (Refusal.Invalid e) {
            return page(visit, 422, Optional.of(Filled.refused(form, e)), Filled.EMPTY);
        }
    }

    private Reply changePassword(Visit visit) {
        Form form = visit.form();
        try {
            accounts.changePassword(
                    visit.caller(),
                    new Accounts.Change(
                            form.exact("current_password"),
                            form.exact("password"),
                            form.exact("password_confirmation")),
                    Optional.of(visit.requireSession().secret()),
                    visit.remoteAddress());
            return Reply.Redirect.to(Links.account())
                    .saying("The password was changed. You were logged out everywhere else.");
        } catch (Refusal.Invalid e) {
            return page(visit, 422, Optional.empty(), Filled.refused(Form.EMPTY, e));
        } catch (Refusal.TooMany e) {
            return page(visit, 429, Optional.empty(), Filled.refused(Form.EMPTY, e));
        }
    }

    private Reply endSession(Visit visit) {
        sessions.delete(visit.caller(), new TokenId(visit.path("session")));
        return Reply.Redirect.to(Links.account()).saying("That browser is logged out.");
    }

    private Reply logOutEverywhere(Visit visit) {
        sessions.deleteAll(visit.caller());
        return Reply.Redirect.to(Links.login()).with(Sessions.removal(visit.isSecure()));
    }
}
