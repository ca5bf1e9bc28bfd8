package io.otfd.ui.team;

import io.otfd.Ids.TeamWorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.WorkspaceAccess;
import io.otfd.access.WorkspacePermission;
import io.otfd.team.Team;
import io.otfd.team.TeamView;
import io.otfd.team.TeamWorkspace;
import io.otfd.team.TeamWorkspaces;
import io.otfd.team.Teams;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Crumb;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.ui.Frame;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.SettingsTab;
import io.otfd.ui.Visit;
import io.otfd.ui.WorkspaceTab;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which teams may do what with one workspace. Those who may delete it say so. */
public final class TeamAccessPages {

    private static final String TEAMS = "/app/{organization}/workspaces/{workspace}/settings/teams";
    private static final String ACCESS = TEAMS + "/{access}";
    private static final String TEAM = "team";
    private static final Filled FRESH = Filled.of(Map.of("access", "read"));

    private final Frames frames;
    private final Workspaces workspaces;
    private final Teams teams;
    private final TeamWorkspaces access;

    public TeamAccessPages(Frames frames, Workspaces workspaces, Teams teams, TeamWorkspaces access) {
        this.frames = frames;
        this.workspaces = workspaces;
        this.teams = teams;
        this.access = access;
    }

    public void register(Routes routes) {
        routes.get(TEAMS, visit -> list(visit, 200, FRESH));
        routes.post(TEAMS, this::create);
        routes.get(ACCESS, this::show);
        routes.post(ACCESS, this::update);
        routes.get(ACCESS + "/delete", this::askToDelete);
        routes.post(ACCESS + "/delete", this::delete);
    }

    private WorkspaceView read(Visit visit) {
        WorkspaceView view = workspaces.read(visit.caller(), visit.path("organization"), visit.path("workspace"));
        view.grants().require(WorkspacePermission.CAN_UPDATE);
        return view;
    }

    private static String url(WorkspaceView view) {
        return SettingsTab.TEAM_ACCESS.url(settings(view.workspace()));
    }

    private static String settings(Workspace workspace) {
        return Links.workspaceSettings(workspace.organizationName(), workspace.name());
    }

    private Frame frame(Visit visit, WorkspaceView view, String title, Crumb... below) {
        Crumb[] crumbs = new Crumb[below.length + 1];
        crumbs[0] = new Crumb("Settings", settings(view.workspace()));
        System.arraycopy(below, 0, crumbs, 1, below.length);
        return frames.of(visit, title, view, WorkspaceTab.SETTINGS, crumbs);
    }

    private Frame below(Visit visit, WorkspaceView view, String title) {
        return frame(visit, view, title, new Crumb("Team access", url(view)));
    }

    private Reply list(Visit visit, int status, Filled form) {
        WorkspaceView view = read(visit);
        Optional<String> typed =
                form.values().first(TEAM).or(() -> visit.query().first(TEAM));
        return new Reply.Html(
                status,
                "team/access",
                new TeamAccessPage(
                        frame(visit, view, "Team access"),
                        url(view),
                        SettingsTab.tabs(settings(view.workspace()), SettingsTab.TEAM_ACCESS),
                        access.list(visit.caller(), view.workspace().id(), Page.Request.LARGEST).items().stream()
                                .map(each -> row(visit, view, each))
                                .toList(),
                        view.grants().has(WorkspacePermission.CAN_DESTROY) ? Optional.of(form) : Optional.empty(),
                        find(visit, view, List.of(), typed).stream()
                                .map(Team::name)
                                .toList(),
                        TeamAccessForm.LEVELS));
    }

    private TeamAccessPage.Row row(Visit visit, WorkspaceView view, TeamWorkspace each) {
        return new TeamAccessPage.Row(
                name(visit, each),
                each.access().level(),
                TeamAccessForm.words(each.access()),
                url(view) + "/" + each.id().value());
    }

    /** A secret team is called by its id. */
    private String name(Visit visit, TeamWorkspace each) {
        try {
            return teams.read(visit.caller(), each.team()).team().name();
        } catch (Refusal.NotFound e) {
            return each.team().value();
        }
    }

    private List<Team> find(Visit visit, WorkspaceView view, List<String> names, Optional<String> search) {
        return teams
                .list(visit.caller(), view.workspace().organizationName(), names, search, Page.Request.LARGEST)
                .items()
                .stream()
                .map(TeamView::team)
                .toList();
    }

    private Reply create(Visit visit) {
        WorkspaceView view = read(visit);
        Form form = visit.form();
        String name = form.first(TEAM).orElse("");
        try {
            Team team = find(visit, view, List.of(name), Optional.empty()).stream()
                    .findFirst()
                    .orElseThrow(() -> Refusal.Invalid.relationship(TEAM, "There is no team " + name + "."));
            TeamWorkspace made = access.create(
                    visit.caller(),
                    view.workspace().id(),
                    team.id(),
                    TeamAccessForm.typed(form, WorkspaceAccess.CUSTOM));
            boolean custom = made.access().isCustom();
            return Reply.Redirect.to(custom ? url(view) + "/" + made.id().value() : url(view))
                    .saying("Team " + name + " was let in.");
        } catch (Refusal.Invalid | Refusal.Conflict e) {
            return list(visit, e instanceof Refusal.Invalid ? 422 : 409, Filled.refused(form, e));
        }
    }

    private TeamWorkspace find(Visit visit, WorkspaceView view) {
        view.grants().require(WorkspacePermission.CAN_DESTROY);
        TeamWorkspace found = access.read(visit.caller(), new TeamWorkspaceId(visit.path("access")));
        if (!found.workspace().equals(view.workspace().id())) {
            throw new Refusal.NotFound();
        }
        return found;
    }

    private Reply show(Visit visit) {
        WorkspaceView view = read(visit);
        TeamWorkspace found = find(visit, view);
        return page(visit, view, found, 200, TeamAccessForm.of(found.access()));
    }

    private Reply page(Visit visit, WorkspaceView view, TeamWorkspace found, int status, Filled form) {
        String team = name(visit, found);
        return new Reply.Html(
                status,
                "team/access-edit",
                new TeamAccessEditPage(
                        below(visit, view, team),
                        url(view) + "/" + found.id().value(),
                        url(view),
                        team,
                        form,
                        TeamAccessForm.edition(found.access()).text(),
                        TeamAccessForm.LEVELS));
    }

    private Reply update(Visit visit) {
        WorkspaceView view = read(visit);
        TeamWorkspace found = find(visit, view);
        Form form = visit.form();
        try {
            access.update(visit.caller(), found.id(), before -> {
                TeamAccessForm.edition(before).require(form);
                return TeamAccessForm.typed(form, before);
            });
            return Reply.Redirect.to(url(view)).saying("Changes were saved.");
        } catch (Refusal.Invalid e) {
            return page(visit, view, found, 422, Filled.refused(form, e));
        } catch (Refusal.Conflict e) {
            return page(visit, view, find(visit, view), 409, Filled.refused(form, e));
        }
    }

    private Reply askToDelete(Visit visit) {
        WorkspaceView view = read(visit);
        TeamWorkspace found = find(visit, view);
        String team = name(visit, found);
        return Reply.Html.of(
                "confirm",
                ConfirmPage.of(
                        below(visit, view, "Remove team " + team),
                        url(view) + "/" + found.id().value() + "/delete",
                        "Remove team",
                        url(view),
                        "Its members lose what they may do with this workspace, unless they may by another team or by the"
                                + " organization."));
    }

    private Reply delete(Visit visit) {
        WorkspaceView view = read(visit);
        TeamWorkspace found = find(visit, view);
        String team = name(visit, found);
        access.delete(visit.caller(), found.id());
        return Reply.Redirect.to(url(view)).saying("Team " + team + " was removed.");
    }
}
