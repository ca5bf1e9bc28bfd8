package io.otfd.ui.token;

import io.otfd.Ids.TokenId;
import io.otfd.Ids.UserId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.token.AuthenticationTokens;
import io.otfd.token.Token;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Crumb;
import io.otfd.ui.Filled;
import io.otfd.ui.Links;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import java.util.List;
import java.util.Optional;

/** The visitor's own tokens. */
public final class UserTokenPages {

    private final AuthenticationTokens tokens;

    public UserTokenPages(AuthenticationTokens tokens) {
        this.tokens = tokens;
    }

    public void register(Routes routes) {
        routes.get(Links.tokens(), visit -> page(visit, 200, Filled.EMPTY, Optional.empty()));
        routes.post(Links.tokens(), this::create);
        routes.get(Links.tokens() + "/{token}/delete", this::askToDelete);
        routes.post(Links.tokens() + "/{token}/delete", this::delete);
    }

    private static UserId self(Visit visit) {
        return visit.caller().user().id();
    }

    private static String deleteUrl(Token token) {
        return Links.tokens() + "/" + token.id().value() + "/delete";
    }

    private Reply page(Visit visit, int status, Filled form, Optional<String> fresh) {
        Page<Token> made = tokens.listOfUser(visit.caller(), self(visit), Page.Request.LARGEST);
        return new Reply.Html(
                status,
                "token/list",
                new TokensPage(
                        visit.frame("Tokens", List.of()),
                        "A token lets Terraform, scripts and browsers act in your name. It ends after two years.",
                        Links.tokens(),
                        "Create token",
                        made.map(token -> TokenRow.of(token, deleteUrl(token))).items(),
                        fresh,
                        true,
                        form,
                        Optional.of(visit.host())));
    }

    private Reply create(Visit visit) {
        Optional<String> description = visit.form().first("description");
        try {
            if (description.isEmpty()) {
                throw Refusal.Invalid.attribute("description", "can't be blank");
            }
            String secret = tokens.createForUser(visit.caller(), self(visit), description, Optional.empty())
                    .secret();
            return page(visit, 201, Filled.EMPTY, Optional.of(secret));
        } catch (Refusal.Invalid e) {
            return page(visit, 422, Filled.refused(visit.form(), e), Optional.empty());
        }
    }

    private Token read(Visit visit) {
        Token token = tokens.read(visit.caller(), new TokenId(visit.path("token")));
        if (!token.owner().equals(new Token.Owner.User(self(visit)))) {
            throw new Refusal.NotFound();
        }
        return token;
    }

    private Reply askToDelete(Visit visit) {
        Token token = read(visit);
        return Reply.Html.of(
                "confirm",
                ConfirmPage.of(
                        visit.frame(
                                "Delete token " + token.description().orElse(""),
                                List.of(new Crumb("Tokens", Links.tokens()))),
                        deleteUrl(token),
                        "Delete token",
                        Links.tokens(),
                        "Whoever uses it is refused from now on. This cannot be undone."));
    }

    private Reply delete(Visit visit) {
        tokens.delete(visit.caller(), read(visit).id());
        return Reply.Redirect.to(Links.tokens()).saying("The token was deleted.");
    }
}
