package io.otfd.ui.team;

import io.otfd.Ids.TeamId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.OrganizationAccess;
import io.otfd.access.OrganizationPermission;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.team.Team;
import io.otfd.team.TeamView;
import io.otfd.team.Teams;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Crumb;
import io.otfd.ui.Edition;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.MenuItem;
import io.otfd.ui.Paging;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import io.otfd.user.User;
import io.otfd.user.Users;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Teams of an organization: who is in them, and what they may do there. */
public final class TeamPages {

    private static final String TEAMS = "/app/{organization}/teams";
    private static final String TEAM = TEAMS + "/{team}";

    private final Frames frames;
    private final Organizations organizations;
    private final Teams teams;
    private final Users users;

    public TeamPages(Frames frames, Organizations organizations, Teams teams, Users users) {
        this.frames = frames;
        this.organizations = organizations;
        this.teams = teams;
        this.users = users;
    }

    public void register(Routes routes) {
        routes.get(TEAMS, visit -> list(visit, 200, Filled.EMPTY));
        routes.post(TEAMS, this::create);
        routes.get(TEAM, this::show);
        routes.post(TEAM, this::update);
        routes.post(TEAM + "/members", this::addMember);
        routes.post(TEAM + "/members/remove", this::removeMember);
        routes.get(TEAM + "/delete", visit -> confirmation(visit, read(visit), 200, Optional.empty()));
        routes.post(TEAM + "/delete", this::delete);
    }

    private Reply list(Visit visit, int status, Filled form) {
        OrganizationView owner = organizations.read(visit.caller(), visit.path("organization"));
        String organization = owner.organization().name();
        Optional<String> search = visit.query().first("search");
        Page<TeamView> page =
                teams.list(visit.caller(), organization, List.of(), search, Paging.request(visit.query()));
        String url = Links.teams(organization);
        String text = search.orElse("");
        return new Reply.Html(
                status,
                "team/list",
                new TeamListPage(
                        frames.of(visit, "Teams", owner, MenuItem.TEAMS),
                        url,
                        text,
                        page.map(view -> new TeamListPage.Row(
                                        view.team().name(),
                                        url(view.team()),
                                        view.team().members().size(),
                                        view.team().visibility()))
                                .items(),
                        Paging.of(page, url, Map.of("search", text)),
                        owner.grants().has(OrganizationPermission.CAN_CREATE_TEAM)
                                ? Optional.of(form)
                                : Optional.empty()));
    }

    private static String url(Team team) {
        return Links.teams(team.organizationName()) + "/" + team.id().value();
    }

    private static Crumb crumb(Team team) {
        return new Crumb("Teams", Links.teams(team.organizationName()));
    }

    private Reply create(Visit visit) {
        try {
            Team team = teams.create(
                            visit.caller(),
                            visit.path("organization"),
                            visit.form().first("name").orElse(""),
                            UnaryOperator.identity())
                    .team();
            return Reply.Redirect.to(url(team)).saying("Team " + team.name() + " was created.");
        } catch (Refusal.Invalid e) {
            return list(visit, 422, Filled.refused(visit.form(), e));
        }
    }

    private TeamView read(Visit visit) {
        TeamView view = teams.read(visit.caller(), new TeamId(visit.path("team")));
        if (!view.team().organizationName().equals(visit.path("organization"))) {
            throw new Refusal.NotFound();
        }
        return view;
    }

    private Reply show(Visit visit) {
        TeamView view = read(visit);
        return page(visit, view, 200, filled(view.team()), Filled.EMPTY);
    }

    private Reply page(Visit visit, TeamView view, int status, Filled form, Filled memberForm) {
        Team team = view.team();
        return new Reply.Html(
                status,
                "team/show",
                new TeamPage(
                        frames.of(visit, team.name(), team.organizationName(), MenuItem.TEAMS, crumb(team)),
                        url(team),
                        team.name(),
                        team.id().value(),
                        team.members().stream()
                                .flatMap(id -> users.find(id).map(User::username).stream())
                                .toList(),
                        view.mayUpdate() ? Optional.of(form) : Optional.empty(),
                        edition(team).text(),
                        view.mayUpdateAccess() && !team.isOwners() ? access() : List.of(),
                        view.mayUpdateMembership() ? Optional.of(memberForm) : Optional.empty(),
                        view.mayUpdate() && !team.isOwners()));
    }

    private static List<TeamPage.Access> access() {
        return Arrays.stream(OrganizationAccess.values())
                .map(access ->
                        new TeamPage.Access(access.wireName(), access.wireName().replace('-', ' ')))
                .toList();
    }

    private static Edition edition(Team team) {
        return Edition.of(
                team.name(),
                team.visibility(),
                team.organizationAccess().stream().sorted().toList());
    }

    private static Filled filled(Team team) {
        Map<String, String> fields = new HashMap<>();
        fields.put("name", team.name());
        fields.put("visibility", team.visibility());
        team.organizationAccess().forEach(access -> fields.put(access.wireName(), "true"));
        return Filled.of(fields);
    }

    private static Team applied(TeamView view, Team before, Form form) {
        edition(before).require(form);
        Set<OrganizationAccess> access = view.mayUpdateAccess() && !before.isOwners()
                ? Arrays.stream(OrganizationAccess.values())
                        .filter(one -> form.has(one.wireName()))
                        .collect(Collectors.toSet())
                : before.organizationAccess();
        return new Team(
                before.id(),
                before.organization(),
                before.organizationName(),
                form.first("name").orElse(""),
                form.exact("visibility"),
                before.ssoTeamId(),
                before.allowMemberTokenManagement(),
                access,
                before.createdAt(),
                before.members(),
                before.memberships());
    }

    private Reply update(Visit visit) {
        TeamView view = read(visit);
        try {
            teams.update(visit.caller(), view.team().id(), before -> applied(view, before, visit.form()));
            return Reply.Redirect.to(url(view.team())).saying("Changes were saved.");
        } catch (Refusal.Invalid e) {
            return page(visit, view, 422, Filled.refused(visit.form(), e), Filled.EMPTY);
        } catch (Refusal.Conflict e) {
            return page(visit, read(visit), 409, Filled.refused(visit.form(), e), Filled.EMPTY);
        }
    }

    private Reply addMember(Visit visit) {
        TeamView view = read(visit);
        String name = visit.form().first("username").orElse("");
        try {
            teams.addMembers(visit.caller(), view.team().id(), List.of(name));
            return Reply.Redirect.to(url(view.team())).saying(name + " is in the team.");
        } catch (Refusal.Invalid e) {
            return page(visit, view, 422, filled(view.team()), Filled.refused(visit.form(), e));
        }
    }

    private Reply removeMember(Visit visit) {
        TeamView view = read(visit);
        String name = visit.form().first("username").orElse("");
        try {
            teams.removeMembers(visit.caller(), view.team().id(), List.of(name));
            return Reply.Redirect.to(Links.teams(view.team().organizationName()))
                    .saying(name + " is not in the team " + view.team().name() + " any more.");
        } catch (Refusal.Invalid e) {
            return page(visit, view, 422, filled(view.team()), Filled.refused(Form.EMPTY, e));
        }
    }

    private Reply confirmation(Visit visit, TeamView view, int status, Optional<String> obstacle) {
        Team team = view.team();
        return new Reply.Html(
                status,
                "confirm",
                ConfirmPage.of(
                                frames.of(
                                        visit,
                                        "Delete team " + team.name(),
                                        team.organizationName(),
                                        MenuItem.TEAMS,
                                        crumb(team),
                                        new Crumb(team.name(), url(team))),
                                url(team) + "/delete",
                                "Delete team",
                                url(team),
                                "Its tokens stop working, and what it has locked is free again.",
                                "This cannot be undone.")
                        .hinderedBy(obstacle));
    }

    private Reply delete(Visit visit) {
        TeamView view = read(visit);
        try {
            teams.delete(visit.caller(), view.team().id());
        } catch (Refusal.Invalid e) {
            return confirmation(visit, view, 422, Optional.of(e.getMessage()));
        }
        return Reply.Redirect.to(Links.teams(view.team().organizationName()))
                .saying("Team " + view.team().name() + " was deleted.");
    }
}
