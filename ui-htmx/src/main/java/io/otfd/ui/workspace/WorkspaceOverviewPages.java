package io.otfd.ui.workspace;

import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.Grants;
import io.otfd.access.WorkspacePermission;
import io.otfd.organization.ExecutionMode;
import io.otfd.run.RunView;
import io.otfd.run.Runs;
import io.otfd.state.StateVersion;
import io.otfd.state.StateVersions;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Filled;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import io.otfd.ui.WorkspaceTab;
import io.otfd.ui.run.RunRow;
import io.otfd.ui.state.StateContents;
import io.otfd.user.Users;
import io.otfd.workspace.Lock;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceLocks;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.List;
import java.util.Optional;

/** One workspace at a glance, its lock, and its end. */
public final class WorkspaceOverviewPages {

    private static final String WORKSPACE = "/app/{organization}/workspaces/{workspace}";
    private static final int SHOWN_RESOURCES = 20;
    private static final Page.Request LATEST = new Page.Request(1, 10);

    private final Frames frames;
    private final Workspaces workspaces;
    private final WorkspaceLocks locks;
    private final Runs runs;
    private final Users users;
    private final StateVersions states;

    public WorkspaceOverviewPages(
            Frames frames, Workspaces workspaces, WorkspaceLocks locks, Runs runs, Users users, StateVersions states) {
        this.frames = frames;
        this.workspaces = workspaces;
        this.locks = locks;
        this.runs = runs;
        this.users = users;
        this.states = states;
    }

    public void register(Routes routes) {
        routes.get(WORKSPACE, visit -> page(visit, read(visit), 200, Filled.EMPTY));
        routes.post(WORKSPACE + "/lock", this::lock);
        routes.post(WORKSPACE + "/unlock", this::unlock);
        routes.get(WORKSPACE + "/force-unlock", this::askToForce);
        routes.post(WORKSPACE + "/force-unlock", this::forceUnlock);
        routes.get(WORKSPACE + "/delete", visit -> askToDelete(visit, 200, Filled.EMPTY));
        routes.post(WORKSPACE + "/delete", this::delete);
    }

    private WorkspaceView read(Visit visit) {
        return workspaces.read(visit.caller(), visit.path("organization"), visit.path("workspace"));
    }

    private static String url(WorkspaceView view) {
        return Links.workspace(
                view.workspace().organizationName(), view.workspace().name());
    }

    private Reply page(Visit visit, WorkspaceView view, int status, Filled lockForm) {
        Workspace workspace = view.workspace();
        Grants<WorkspacePermission> grants = view.grants();
        String organization = workspace.organizationName();
        List<RunView> latest = grants.has(WorkspacePermission.CAN_READ_RUN)
                ? runs.list(visit.caller(), workspace.id(), List.of(), LATEST).items()
                : List.of();
        Optional<StateVersion> state = states.current(List.of(view)).stream().findFirst();
        String runsUrl = Links.runs(organization, workspace.name());
        boolean starts = grants.has(WorkspacePermission.CAN_QUEUE_RUN)
                && !(workspace.effectiveMode() instanceof ExecutionMode.Local);
        return new Reply.Html(
                status,
                "workspace/show",
                new WorkspacePage(
                        frames.of(visit, "Overview", view, WorkspaceTab.OVERVIEW),
                        url(view),
                        organization,
                        workspace.name(),
                        workspace.id().value(),
                        workspace.settings().description(),
                        workspace.lock().map(LockText::of),
                        lockActions(visit.caller(), workspace, grants),
                        lockForm,
                        WorkspacePage.facts(workspace),
                        workspace.tagNames(),
                        RunRow.of(latest, users),
                        state.map(current -> StateContents.of(current, states.currentOutputs(List.of(view)))
                                .limited(SHOWN_RESOURCES)),
                        state.map(current -> Links.states(organization, workspace.name()) + "/"
                                + current.id().value()),
                        workspace.currentConfigurationVersion().map(any -> url(view) + "/readme"),
                        runsUrl,
                        starts ? Optional.of(runsUrl + "/new") : Optional.empty(),
                        visit.host()));
    }

    private static WorkspacePage.LockActions lockActions(
            Caller caller, Workspace workspace, Grants<WorkspacePermission> grants) {
        Optional<Lock> lock = workspace.lock();
        boolean own = lock.filter(present -> present.isHeldBy(caller)).isPresent();
        return new WorkspacePage.LockActions(
                lock.isEmpty() && grants.has(WorkspacePermission.CAN_LOCK),
                own && grants.has(WorkspacePermission.CAN_UNLOCK),
                lock.isPresent() && !own && grants.has(WorkspacePermission.CAN_FORCE_UNLOCK));
    }

    private Reply lock(Visit visit) {
        WorkspaceView view = read(visit);
        try {
            locks.lock(visit.caller(), view.workspace().id(), visit.form().first("reason"));
        } catch (Refusal.Conflict e) {
            return page(visit, read(visit), 409, Filled.refused(visit.form(), e));
        }
        return Reply.Redirect.to(url(view)).saying("The workspace is locked.");
    }

    private Reply unlock(Visit visit) {
        WorkspaceView view = read(visit);
        try {
            locks.unlock(visit.caller(), view.workspace().id());
        } catch (Refusal.Conflict e) {
            return page(visit, read(visit), 409, Filled.refused(visit.form(), e));
        } catch (Refusal.Invalid e) {
            return page(visit, read(visit), 422, Filled.refused(visit.form(), e));
        }
        return Reply.Redirect.to(url(view)).saying("The workspace is unlocked.");
    }

    private Reply askToForce(Visit visit) {
        WorkspaceView view = read(visit);
        view.grants().require(WorkspacePermission.CAN_FORCE_UNLOCK);
        String holder = view.workspace().lock().map(LockText::of).orElse("Nobody holds it now.");
        return Reply.Html.of(
                "confirm",
                ConfirmPage.of(
                        frames.of(visit, "Force unlock", view, WorkspaceTab.OVERVIEW),
                        url(view) + "/force-unlock",
                        "Force unlock",
                        url(view),
                        holder,
                        "Whoever holds the lock may be writing the state now: two writers at once can spoil it."));
    }

    private Reply forceUnlock(Visit visit) {
        WorkspaceView view = read(visit);
        try {
            locks.forceUnlock(visit.caller(), view.workspace().id());
        } catch (Refusal.Conflict e) {
            return page(visit, read(visit), 409, Filled.refused(visit.form(), e));
        }
        return Reply.Redirect.to(url(view)).saying("The workspace is unlocked.");
    }

    private Reply askToDelete(Visit visit, int status, Filled typed) {
        WorkspaceView view = read(visit);
        view.grants().require(WorkspacePermission.CAN_DESTROY);
        Workspace workspace = view.workspace();
        String resources = workspace.resourceCount() == 0
                ? "It manages no resources."
                : "It manages " + workspace.resourceCount()
                        + " resources. They stay where they are, and nothing manages them any more: destroy them first if they shall go.";
        return new Reply.Html(
                status,
                "confirm",
                ConfirmPage.of(
                                frames.of(visit, "Delete workspace " + workspace.name(), view, WorkspaceTab.SETTINGS),
                                url(view) + "/delete",
                                "Delete workspace",
                                Links.workspaceSettings(workspace.organizationName(), workspace.name()),
                                "Its runs, states and variables are deleted with it.",
                                resources,
                                "This cannot be undone.")
                        .afterTyping(workspace.name(), typed));
    }

    private Reply delete(Visit visit) {
        WorkspaceView view = read(visit);
        Workspace workspace = view.workspace();
        try {
            ConfirmPage.requireTyped(visit.form(), workspace.name());
            if (view.grants().has(WorkspacePermission.CAN_FORCE_DELETE)) {
                workspaces.delete(visit.caller(), workspace.id());
            } else {
                workspaces.safeDelete(visit.caller(), workspace.id());
            }
        } catch (Refusal.Invalid e) {
            return askToDelete(visit, 422, Filled.refused(visit.form(), e));
        } catch (Refusal.Conflict e) {
            return askToDelete(visit, 409, Filled.refused(visit.form(), e));
        }
        return Reply.Redirect.to(Links.workspaces(workspace.organizationName()))
                .saying("Workspace " + workspace.name() + " was deleted.");
    }
}
