package io.otfd.ui.workspace;

import io.otfd.Ids.RunId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.run.Run;
import io.otfd.run.RunView;
import io.otfd.run.Runs;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.MenuItem;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import io.otfd.ui.WorkspaceTab;
import io.otfd.ui.run.RunBadge;
import io.otfd.ui.run.RunRow;
import io.otfd.user.Users;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceFilter;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The list of workspaces, and one of them. */
public final class WorkspacePages {

    private static final Page.Request LATEST = new Page.Request(1, 10);

    private final Frames frames;
    private final Organizations organizations;
    private final Workspaces workspaces;
    private final Runs runs;
    private final Users users;

    public WorkspacePages(Frames frames, Organizations organizations, Workspaces workspaces, Runs runs, Users users) {
        this.frames = frames;
        this.organizations = organizations;
        this.workspaces = workspaces;
        this.runs = runs;
        this.users = users;
    }

    public void register(Routes routes) {
        routes.get("/app/{organization}", visit -> Reply.Redirect.to(Links.workspaces(visit.path("organization"))));
        routes.get("/app/{organization}/workspaces", this::list);
        routes.get("/app/{organization}/workspaces/{workspace}", this::show);
        // Printed by the CLI for a remote backend (observed: Terraform 1.11).
        routes.get("/app/{organization}/{workspace}/variables", this::toWorkspace);
    }

    private Reply list(Visit visit) {
        OrganizationView owner = organizations.read(visit.caller(), visit.path("organization"));
        String organization = owner.organization().name();
        Optional<String> search = visit.query().first("search");
        WorkspaceFilter filter = new WorkspaceFilter(
                search, Optional.empty(), List.of(), List.of(), List.of(), Optional.empty(), List.of());
        Page<WorkspaceView> page =
                workspaces.list(visit.caller(), organization, filter, "name", Paging.request(visit.query()));
        String text = search.orElse("");
        return Reply.Html.of(
                "workspace/list",
                new WorkspaceListPage(
                        frames.of(visit, "Workspaces", owner, MenuItem.WORKSPACES),
                        organization,
                        text,
                        page.map(view -> row(visit.caller(), view.workspace())).items(),
                        Paging.of(page, Links.workspaces(organization), Map.of("search", text)),
                        visit.host()));
    }

    private WorkspaceListPage.Row row(Caller caller, Workspace workspace) {
        String organization = workspace.organizationName();
        return new WorkspaceListPage.Row(
                workspace.name(),
                Links.workspace(organization, workspace.name()),
                workspace.effectiveMode().wireName(),
                workspace
                        .currentRun()
                        .flatMap(id -> find(caller, id))
                        .map(run -> new WorkspaceListPage.Current(
                                Links.run(
                                        organization, workspace.name(), run.id().value()),
                                RunBadge.of(run.status()))),
                workspace.resourceCount(),
                workspace.lock().map(LockText::of),
                Moment.of(workspace.latestChangeAt()));
    }

    /** Empty when it was deleted in the meantime. */
    private Optional<Run> find(Caller caller, RunId id) {
        try {
            return Optional.of(runs.read(caller, id).run());
        } catch (Refusal.NotFound e) {
            return Optional.empty();
        }
    }

    private Reply show(Visit visit) {
        WorkspaceView view = workspaces.read(visit.caller(), visit.path("organization"), visit.path("workspace"));
        Workspace workspace = view.workspace();
        String organization = workspace.organizationName();
        List<RunView> latest = view.grants().has(WorkspacePermission.CAN_READ_RUN)
                ? runs.list(visit.caller(), workspace.id(), List.of(), LATEST).items()
                : List.of();
        return Reply.Html.of(
                "workspace/show",
                new WorkspacePage(
                        frames.of(visit, "Overview", view, WorkspaceTab.OVERVIEW),
                        organization,
                        workspace.name(),
                        workspace.id().value(),
                        workspace.settings().description(),
                        workspace.lock().map(LockText::of),
                        WorkspacePage.facts(workspace),
                        RunRow.of(latest, users),
                        Links.runs(organization, workspace.name()),
                        visit.host()));
    }

    private Reply toWorkspace(Visit visit) {
        return Reply.Redirect.to(Links.workspace(visit.path("organization"), visit.path("workspace")));
    }
}
