package io.otfd.ui.organization;

import io.otfd.Page;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.ui.Links;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The list of organizations. */
public final class OrganizationPages {

    private final Organizations organizations;

    public OrganizationPages(Organizations organizations) {
        this.organizations = organizations;
    }

    public void register(Routes routes) {
        routes.get(Links.organizations(), this::list);
    }

    private Reply list(Visit visit) {
        Optional<String> search = visit.query().first("search");
        Page<OrganizationView> page = organizations.list(
                visit.caller(), Organizations.Filter.by(search), Optional.of(Paging.request(visit.query())));
        String text = search.orElse("");
        return Reply.Html.of(
                "organization/list",
                new OrganizationListPage(
                        visit.frame("Organizations", List.of()),
                        text,
                        page.map(OrganizationPages::row).items(),
                        Paging.of(page, Links.organizations(), Map.of("search", text)),
                        visit.host()));
    }

    private static OrganizationListPage.Row row(OrganizationView view) {
        return new OrganizationListPage.Row(
                view.organization().name(),
                Links.workspaces(view.organization().name()),
                view.organization().defaultExecution().wireName(),
                Moment.of(view.organization().createdAt()));
    }
}
