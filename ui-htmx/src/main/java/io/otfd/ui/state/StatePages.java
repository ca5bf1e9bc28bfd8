package io.otfd.ui.state;

import io.otfd.Ids.StateVersionId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.Grants;
import io.otfd.access.WorkspacePermission;
import io.otfd.blob.Blobs;
import io.otfd.state.StateVersion;
import io.otfd.state.StateVersions;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Crumb;
import io.otfd.ui.Fact;
import io.otfd.ui.Frame;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import io.otfd.ui.WorkspaceTab;
import io.otfd.user.User;
import io.otfd.user.Users;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceLocks;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** States of a workspace: what was, what is in it, and going back. */
public final class StatePages {

    private static final String STATES = "/app/{organization}/workspaces/{workspace}/states";
    private static final String STATE = STATES + "/{state}";

    private final Frames frames;
    private final Workspaces workspaces;
    private final WorkspaceLocks locks;
    private final StateVersions states;
    private final Users users;
    private final Blobs blobs;

    public StatePages(
            Frames frames,
            Workspaces workspaces,
            WorkspaceLocks locks,
            StateVersions states,
            Users users,
            Blobs blobs) {
        this.frames = frames;
        this.workspaces = workspaces;
        this.locks = locks;
        this.states = states;
        this.users = users;
        this.blobs = blobs;
    }

    public void register(Routes routes) {
        routes.get(STATES, this::list);
        routes.get(STATE, this::show);
        routes.get(STATE + "/download", this::download);
        routes.get(STATE + "/rollback", visit -> confirmation(visit, 200, Optional.empty()));
        routes.post(STATE + "/rollback", this::rollback);
    }

    private record Found(WorkspaceView view, StateVersion state) {
        String url() {
            return StatePages.url(view, state);
        }

        boolean isCurrent() {
            return view.workspace().currentStateVersion().equals(Optional.of(state.id()));
        }
    }

    private WorkspaceView workspace(Visit visit) {
        return workspaces.read(visit.caller(), visit.path("organization"), visit.path("workspace"));
    }

    private Found find(Visit visit) {
        WorkspaceView view = workspace(visit);
        StateVersion state = states.read(visit.caller(), new StateVersionId(visit.path("state")));
        if (!state.workspace().equals(view.workspace().id())) {
            throw new Refusal.NotFound();
        }
        return new Found(view, state);
    }

    private static String url(WorkspaceView view) {
        return Links.states(
                view.workspace().organizationName(), view.workspace().name());
    }

    private static String url(WorkspaceView view, StateVersion state) {
        return url(view) + "/" + state.id().value();
    }

    private Reply list(Visit visit) {
        WorkspaceView view = workspace(visit);
        Page<StateVersion> page = states.list(visit.caller(), view.workspace().id(), Paging.request(visit.query()));
        return Reply.Html.of(
                "state/list",
                new StateListPage(
                        frames.of(visit, "States", view, WorkspaceTab.STATES),
                        page.map(state -> row(view, state)).items(),
                        Paging.of(page, url(view), Map.of())));
    }

    private StateListPage.Row row(WorkspaceView view, StateVersion state) {
        return new StateListPage.Row(
                "#" + state.serial(),
                url(view, state),
                view.workspace().currentStateVersion().equals(Optional.of(state.id())),
                state.isFinalized() ? Optional.empty() : Optional.of(state.status()),
                by(state),
                state.run()
                        .map(run -> Links.run(
                                view.workspace().organizationName(),
                                view.workspace().name(),
                                run.value())),
                state.terraformVersion().orElse(""),
                size(state),
                Moment.of(state.createdAt()));
    }

    private String by(StateVersion state) {
        return state.run()
                .map(run -> "a run")
                .or(() -> state.createdBy().flatMap(users::find).map(User::username))
                .orElse("a machine");
    }

    private static String size(StateVersion state) {
        return state.size()
                .map(bytes -> bytes < 1024 ? bytes + " B" : String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0))
                .orElse("");
    }

    private Frame frame(Visit visit, String title, WorkspaceView view) {
        return frames.of(visit, title, view, WorkspaceTab.STATES, new Crumb("States", url(view)));
    }

    private Reply show(Visit visit) {
        Found found = find(visit);
        StateVersion state = found.state();
        boolean reads = found.view().grants().has(WorkspacePermission.CAN_READ_STATE_OUTPUTS);
        boolean writes = found.view().grants().has(WorkspacePermission.CAN_CREATE_STATE_VERSIONS);
        return Reply.Html.of(
                "state/show",
                new StatePage(
                        frame(visit, "State #" + state.serial(), found.view()),
                        "State #" + state.serial(),
                        state.id().value(),
                        found.isCurrent(),
                        List.of(
                                new Fact("Created", Moment.of(state.createdAt()).text()),
                                new Fact("By", by(state)),
                                new Fact(
                                        "Terraform version",
                                        state.terraformVersion().orElse("")),
                                new Fact("Lineage", state.lineage().orElse("")),
                                new Fact("Size", size(state)),
                                new Fact("MD5", state.md5())),
                        StateContents.of(state, reads ? states.outputs(visit.caller(), state.id()) : List.of()),
                        state.isFinalized() ? Optional.of(found.url() + "/download") : Optional.empty(),
                        state.isFinalized() ? Optional.of(found.url() + "/diff") : Optional.empty(),
                        state.isFinalized() && writes && !found.isCurrent()
                                ? Optional.of(found.url() + "/rollback")
                                : Optional.empty()));
    }

    private Reply download(Visit visit) {
        Found found = find(visit);
        Blobs.Blob blob = blobs.find(found.state().blobKey()).orElseThrow(Refusal.NotFound::new);
        String name = found.view().workspace().name() + "-" + found.state().serial() + ".tfstate";
        return new Reply.Stream("application/json", Optional.of(name), out -> blobs.copy(blob, out));
    }

    private Reply confirmation(Visit visit, int status, Optional<String> obstacle) {
        Found found = find(visit);
        return new Reply.Html(
                status,
                "confirm",
                ConfirmPage.of(
                                frame(
                                        visit,
                                        "Roll back to state #" + found.state().serial(),
                                        found.view()),
                                found.url() + "/rollback",
                                "Roll back",
                                found.url(),
                                "A copy of this state becomes the current one, with a serial of its own; no later state is lost.",
                                "Nothing is changed but the state: the next plan shows what it does not match any more.")
                        .hinderedBy(obstacle));
    }

    /** Only who holds the lock may write a state: a workspace that nobody holds is locked meanwhile. */
    private StateVersion rollback(Caller caller, Found found) {
        Workspace workspace = found.view().workspace();
        Grants<WorkspacePermission> grants = found.view().grants();
        boolean lends = workspace.lock().isEmpty()
                && grants.has(WorkspacePermission.CAN_LOCK)
                && grants.has(WorkspacePermission.CAN_UNLOCK);
        if (!lends) {
            return states.rollback(caller, found.state().id());
        }
        locks.lock(
                caller,
                workspace.id(),
                Optional.of("Rolls back to state #" + found.state().serial()));
        try {
            return states.rollback(caller, found.state().id());
        } finally {
            locks.unlock(caller, workspace.id());
        }
    }

    private Reply rollback(Visit visit) {
        Found found = find(visit);
        try {
            StateVersion made = rollback(visit.caller(), found);
            return Reply.Redirect.to(url(found.view(), made))
                    .saying("State #" + made.serial() + " is the current one.");
        } catch (Refusal.Conflict e) {
            return confirmation(visit, 409, Optional.of(e.getMessage()));
        }
    }
}
