package io.otfd.ui.organizationmembership;

import io.otfd.Ids.OrganizationMembershipId;
import io.otfd.Ids.TeamId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.OrganizationPermission;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.organizationmembership.OrganizationMembership;
import io.otfd.organizationmembership.OrganizationMembership.Status;
import io.otfd.organizationmembership.OrganizationMemberships;
import io.otfd.team.Team;
import io.otfd.team.TeamView;
import io.otfd.team.Teams;
import io.otfd.ui.Badge;
import io.otfd.ui.Choice;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Crumb;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.MenuItem;
import io.otfd.ui.Paging;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import io.otfd.user.PasswordLinks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Members of an organization, for those who may see its users. */
public final class OrganizationMembershipPages {

    private static final String MEMBERS = "/app/{organization}/members";
    private static final String REMOVAL = MEMBERS + "/{membership}/delete";

    private final Frames frames;
    private final Organizations organizations;
    private final OrganizationMemberships memberships;
    private final Teams teams;
    private final PasswordLinks links;

    public OrganizationMembershipPages(
            Frames frames,
            Organizations organizations,
            OrganizationMemberships memberships,
            Teams teams,
            PasswordLinks links) {
        this.frames = frames;
        this.organizations = organizations;
        this.memberships = memberships;
        this.teams = teams;
        this.links = links;
    }

    public void register(Routes routes) {
        routes.get(MEMBERS, visit -> page(visit, 200, Filled.EMPTY, Optional.empty()));
        routes.post(MEMBERS, this::invite);
        routes.get(REMOVAL, visit -> confirmation(visit, 200, Optional.empty()));
        routes.post(REMOVAL, this::remove);
    }

    private Reply page(Visit visit, int status, Filled form, Optional<String> link) {
        OrganizationView view = organizations.read(visit.caller(), visit.path("organization"));
        String organization = view.organization().name();
        Optional<String> search = visit.query().first("search");
        Page<OrganizationMembership> page = memberships.list(
                visit.caller(),
                organization,
                new OrganizationMemberships.Filter(search, List.of(), Optional.empty()),
                Paging.request(visit.query()));
        boolean manages = view.grants().has(OrganizationPermission.CAN_MANAGE_USERS);
        List<TeamView> known = teams.list(
                        visit.caller(), organization, List.of(), Optional.empty(), Page.Request.LARGEST)
                .items();
        String url = Links.members(organization);
        return new Reply.Html(
                status,
                "organizationmembership/list",
                new OrganizationMembershipListPage(
                        frames.of(visit, "Members", view, MenuItem.MEMBERS),
                        url,
                        search.orElse(""),
                        rows(page.items(), known, manages ? Optional.of(url) : Optional.empty()),
                        Paging.of(page, url, Map.of("search", search.orElse(""))),
                        manages ? Optional.of(form) : Optional.empty(),
                        choices(known),
                        link));
    }

    /** None comes first: teams can be joined later. */
    private static List<Choice> choices(List<TeamView> known) {
        Stream<Choice> teams = known.stream()
                .filter(TeamView::mayUpdateMembership)
                .map(team -> new Choice(team.team().id().value(), team.team().name()));
        return Stream.concat(Stream.of(new Choice("", "None yet")), teams).toList();
    }

    private static List<OrganizationMembershipListPage.Row> rows(
            List<OrganizationMembership> shown, List<TeamView> known, Optional<String> url) {
        Map<TeamId, Team> byId =
                known.stream().map(TeamView::team).collect(Collectors.toMap(Team::id, Function.identity()));
        return shown.stream()
                .map(member -> new OrganizationMembershipListPage.Row(
                        member.username(),
                        member.email(),
                        badge(member.status()),
                        member.teams().stream()
                                .filter(byId::containsKey)
                                .map(id -> new Frame.Item(
                                        byId.get(id).name(),
                                        Links.teams(member.organizationName()) + "/" + id.value(),
                                        false,
                                        ""))
                                .toList(),
                        url.map(list -> list + "/" + member.id().value() + "/delete")))
                .toList();
    }

    private static Badge badge(Status status) {
        return switch (status) {
            case ACTIVE -> new Badge("active", Badge.Tone.GOOD);
            case INVITED -> new Badge("invited", Badge.Tone.QUIET);
            case INACTIVE -> new Badge("suspended", Badge.Tone.BAD);
        };
    }

    private Reply invite(Visit visit) {
        try {
            OrganizationMembership member = memberships.create(
                    visit.caller(),
                    visit.path("organization"),
                    visit.form().first("email").orElse(""),
                    visit.form().first("teams").map(TeamId::new).map(List::of).orElse(List.of()));
            if (member.status() == Status.INVITED && isSiteAdmin(visit)) {
                String link = visit.address() + Links.welcome(links.mint(visit.caller(), member.user()));
                return page(visit, 201, Filled.EMPTY, Optional.of(link));
            }
            return Reply.Redirect.to(Links.members(member.organizationName())).saying(said(member));
        } catch (Refusal.Invalid e) {
            return page(visit, 422, Filled.refused(visit.form(), e), Optional.empty());
        }
    }

    private static boolean isSiteAdmin(Visit visit) {
        return visit.caller() instanceof Caller.User user && user.siteAdmin();
    }

    private static String said(OrganizationMembership member) {
        return member.status() == Status.INVITED
                ? member.email() + " is invited. A site admin hands out the link to come in."
                : member.username() + " is a member.";
    }

    private OrganizationMembership read(Visit visit) {
        OrganizationMembership member =
                memberships.read(visit.caller(), new OrganizationMembershipId(visit.path("membership")));
        if (!member.organizationName().equals(visit.path("organization"))) {
            throw new Refusal.NotFound();
        }
        return member;
    }

    private Reply confirmation(Visit visit, int status, Optional<String> obstacle) {
        OrganizationView view = organizations.read(visit.caller(), visit.path("organization"));
        view.grants().require(OrganizationPermission.CAN_MANAGE_USERS);
        OrganizationMembership member = read(visit);
        String url = Links.members(member.organizationName());
        return new Reply.Html(
                status,
                "confirm",
                ConfirmPage.of(
                                frames.of(
                                        visit,
                                        "Remove " + member.username(),
                                        view,
                                        MenuItem.MEMBERS,
                                        new Crumb("Members", url)),
                                url + "/" + member.id().value() + "/delete",
                                "Remove member",
                                url,
                                member.username() + " leaves the organization and all its teams.",
                                "Tokens of theirs are good for nothing here any more.")
                        .hinderedBy(obstacle));
    }

    private Reply remove(Visit visit) {
        OrganizationMembership member = read(visit);
        try {
            memberships.delete(visit.caller(), member.id());
        } catch (Refusal.Invalid | Refusal.Denied e) {
            return confirmation(visit, 422, Optional.of(e.getMessage()));
        }
        return Reply.Redirect.to(Links.members(member.organizationName()))
                .saying(member.username() + " is no member any more.");
    }
}
