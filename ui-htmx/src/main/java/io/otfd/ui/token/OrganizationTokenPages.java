package io.otfd.ui.token;

import io.otfd.Refusal;
import io.otfd.access.OrganizationPermission;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.token.AuthenticationTokens;
import io.otfd.token.AuthenticationTokens.OrganizationKind;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Crumb;
import io.otfd.ui.Filled;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.MenuItem;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import java.util.List;
import java.util.Optional;

/** The one token of an organization. */
public final class OrganizationTokenPages {

    private static final String TOKENS = "/app/{organization}/tokens";

    private final Frames frames;
    private final Organizations organizations;
    private final AuthenticationTokens tokens;

    public OrganizationTokenPages(Frames frames, Organizations organizations, AuthenticationTokens tokens) {
        this.frames = frames;
        this.organizations = organizations;
        this.tokens = tokens;
    }

    public void register(Routes routes) {
        routes.get(TOKENS, visit -> page(visit, 200, Optional.empty()));
        routes.post(TOKENS, this::create);
        routes.get(TOKENS + "/delete", this::askToDelete);
        routes.post(TOKENS + "/delete", this::delete);
    }

    private OrganizationView read(Visit visit) {
        OrganizationView view = organizations.read(visit.caller(), visit.path("organization"));
        view.grants().require(OrganizationPermission.CAN_UPDATE_API_TOKEN);
        return view;
    }

    private Reply page(Visit visit, int status, Optional<String> fresh) {
        OrganizationView view = read(visit);
        String name = view.organization().name();
        String url = Links.organizationTokens(name);
        return new Reply.Html(
                status,
                "token/list",
                new TokensPage(
                        frames.of(visit, "Organization token", view, MenuItem.TOKENS),
                        "The organization's token manages its teams and workspaces, and starts no runs. There is one: a new one takes its place.",
                        url,
                        "Create token",
                        rows(visit, name, url + "/delete"),
                        fresh,
                        false,
                        Filled.EMPTY,
                        Optional.empty()));
    }

    private List<TokenRow> rows(Visit visit, String organization, String deleteUrl) {
        try {
            return List.of(TokenRow.of(
                    tokens.readOfOrganization(visit.caller(), organization, OrganizationKind.FULL), deleteUrl));
        } catch (Refusal.NotFound e) {
            return List.of();
        }
    }

    private Reply create(Visit visit) {
        String name = read(visit).organization().name();
        String secret = tokens.createForOrganization(visit.caller(), name, OrganizationKind.FULL, Optional.empty())
                .secret();
        return page(visit, 201, Optional.of(secret));
    }

    private Reply askToDelete(Visit visit) {
        OrganizationView view = read(visit);
        String url = Links.organizationTokens(view.organization().name());
        return Reply.Html.of(
                "confirm",
                ConfirmPage.of(
                        frames.of(
                                visit,
                                "Delete the organization token",
                                view,
                                MenuItem.TOKENS,
                                new Crumb("Organization token", url)),
                        url + "/delete",
                        "Delete token",
                        url,
                        "Whoever uses it is refused from now on. This cannot be undone."));
    }

    private Reply delete(Visit visit) {
        String name = read(visit).organization().name();
        tokens.deleteOfOrganization(visit.caller(), name, OrganizationKind.FULL);
        return Reply.Redirect.to(Links.organizationTokens(name)).saying("The token was deleted.");
    }
}
