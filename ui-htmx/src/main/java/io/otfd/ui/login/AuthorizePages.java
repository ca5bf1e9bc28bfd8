package io.otfd.ui.login;

import io.otfd.token.AuthorizationCodes;
import io.otfd.ui.Links;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import java.util.List;

/** The browser's half of {@code terraform login}: consent, and a code for the program that waits. */
public final class AuthorizePages {

    private final AuthorizationCodes codes;

    public AuthorizePages(AuthorizationCodes codes) {
        this.codes = codes;
    }

    public void register(Routes routes) {
        routes.get(Links.authorize(), this::ask);
        routes.post(Links.authorize(), this::grant);
    }

    private Reply ask(Visit visit) {
        Authorization authorization = Authorization.of(visit.query());
        return Reply.Html.of(
                "login/authorize",
                new AuthorizePage(
                        visit.frame("Log Terraform in", List.of()),
                        authorization,
                        visit.requireSession().user().username(),
                        visit.host()));
    }

    private Reply grant(Visit visit) {
        Authorization authorization = Authorization.of(visit.form());
        String code =
                codes.grant(visit.requireSession().user(), authorization.challenge(), authorization.redirectUri());
        return Reply.Html.of(
                "login/authorized",
                new AuthorizedPage(visit.frame("Logged in", List.of()), authorization.answered(code)));
    }
}
