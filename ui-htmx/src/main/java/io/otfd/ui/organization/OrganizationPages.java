package io.otfd.ui.organization;

import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.ui.Filled;
import io.otfd.ui.Links;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The list of organizations, and a new one. */
public final class OrganizationPages {

    private final Organizations organizations;

    public OrganizationPages(Organizations organizations) {
        this.organizations = organizations;
    }

    public void register(Routes routes) {
        routes.get(Links.organizations(), visit -> list(visit, 200, Filled.EMPTY));
        routes.post(Links.organizations(), this::create);
    }

    private Reply list(Visit visit, int status, Filled form) {
        Optional<String> search = visit.query().first("search");
        Page<OrganizationView> page = organizations.list(
                visit.caller(), Organizations.Filter.by(search), Optional.of(Paging.request(visit.query())));
        String text = search.orElse("");
        return new Reply.Html(
                status,
                "organization/list",
                new OrganizationListPage(
                        visit.frame("Organizations", List.of()),
                        text,
                        page.map(OrganizationPages::row).items(),
                        Paging.of(page, Links.organizations(), Map.of("search", text)),
                        form,
                        visit.requireSession().user().siteAdmin() ? Optional.of(Links.agents()) : Optional.empty()));
    }

    private static OrganizationListPage.Row row(OrganizationView view) {
        return new OrganizationListPage.Row(
                view.organization().name(),
                Links.workspaces(view.organization().name()),
                view.organization().defaultExecution().wireName(),
                Moment.of(view.organization().createdAt()));
    }

    private Reply create(Visit visit) {
        try {
            String name = organizations
                    .create(
                            visit.caller(),
                            visit.form().first("name").orElse(""),
                            visit.form().first("email").orElse(""),
                            UnaryOperator.identity())
                    .organization()
                    .name();
            return Reply.Redirect.to(Links.workspaces(name)).saying("Organization " + name + " was created.");
        } catch (Refusal.Invalid e) {
            return list(visit, 422, Filled.refused(visit.form(), e));
        }
    }
}
