package io.otfd.ui.state;

import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.WorkspacePermission;
import io.otfd.ui.Badge;
import io.otfd.ui.Badge.Tone;
import io.otfd.ui.Crumb;
import io.otfd.ui.Edition;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.Pickers;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.SettingsTab;
import io.otfd.ui.Visit;
import io.otfd.ui.WorkspaceTab;
import io.otfd.workspace.RemoteStateConsumers;
import io.otfd.workspace.Settings;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Workspaces that may read another one's state, by name. */
public final class StateSharingPages {

    private static final String SHARING = "/app/{organization}/workspaces/{workspace}/settings/state-sharing";
    private static final String CONSUMERS = "remote-state-consumers";
    private static final List<Pickers.Kind> PICKERS = List.of(new Pickers.Kind(
            Pickers.Noun.WORKSPACE,
            CONSUMERS,
            "Workspaces that may read the state",
            "Share with workspace",
            "No workspace may read it.",
            false));

    private final Frames frames;
    private final Workspaces workspaces;
    private final RemoteStateConsumers consumers;
    private final Pickers pickers;

    public StateSharingPages(Frames frames, Workspaces workspaces, RemoteStateConsumers consumers, Pickers pickers) {
        this.frames = frames;
        this.workspaces = workspaces;
        this.consumers = consumers;
        this.pickers = pickers;
    }

    public void register(Routes routes) {
        routes.get(SHARING, visit -> page(visit, read(visit), 200, stored(visit)));
        routes.post(SHARING, this::save);
        routes.post(SHARING + "/draft", this::draft);
    }

    private WorkspaceView read(Visit visit) {
        WorkspaceView view = workspaces.read(visit.caller(), visit.path("organization"), visit.path("workspace"));
        view.grants().require(WorkspacePermission.CAN_UPDATE);
        return view;
    }

    /** By name; none while the settings share the state with more than those. */
    private List<String> present(Visit visit, WorkspaceView view) {
        List<String> ids = new ArrayList<>();
        if (shared(view.workspace().settings()).isEmpty()) {
            Page.Request request = Page.Request.LARGEST;
            Page<WorkspaceView> page;
            do {
                page = consumers.list(visit.caller(), view.workspace().id(), request);
                page.items().forEach(each -> ids.add(each.workspace().id().value()));
                request = new Page.Request(request.number() + 1, request.size());
            } while (request.number() <= page.totalPages());
        }
        return ids;
    }

    private static String shared(Settings settings) {
        return settings.globalRemoteState()
                ? "all workspaces of the organization"
                : settings.projectRemoteState() ? "all workspaces of the project" : "";
    }

    private Filled stored(Visit visit) {
        List<String> ids = present(visit, read(visit));
        return Filled.of(ids.isEmpty() ? Form.EMPTY : new Form(Map.of(CONSUMERS, ids)));
    }

    private static String settings(Workspace workspace) {
        return Links.workspaceSettings(workspace.organizationName(), workspace.name());
    }

    private static String url(Workspace workspace) {
        return SettingsTab.STATE_SHARING.url(settings(workspace));
    }

    private Reply page(Visit visit, WorkspaceView view, int status, Filled form) {
        Workspace workspace = view.workspace();
        String settings = settings(workspace);
        List<String> present = present(visit, view);
        return new Reply.Html(
                status,
                "state/sharing",
                new StateSharingPage(
                        frames.of(visit, "State sharing", view, WorkspaceTab.SETTINGS, new Crumb("Settings", settings)),
                        url(workspace),
                        SettingsTab.tabs(settings, SettingsTab.STATE_SHARING),
                        shared(workspace.settings()),
                        form,
                        Edition.carried(form, Edition.of(present)),
                        pickers.of(
                                visit.caller(),
                                workspace.organizationName(),
                                form.values(),
                                PICKERS,
                                (field, id) -> List.of(
                                        present.contains(id)
                                                ? new Badge("shared", Tone.GOOD)
                                                : new Badge("not saved yet", Tone.ATTENTION)))));
    }

    private Form joined(Visit visit, WorkspaceView view) {
        return pickers.joined(visit.caller(), view.workspace().organizationName(), visit.form(), PICKERS);
    }

    private Reply draft(Visit visit) {
        WorkspaceView view = read(visit);
        try {
            return page(visit, view, 200, Filled.of(joined(visit, view)));
        } catch (Refusal.Invalid e) {
            return page(visit, view, visit.isPartial() ? 200 : 422, Filled.refused(visit.form(), e));
        }
    }

    private Reply save(Visit visit) {
        WorkspaceView view = read(visit);
        try {
            Form form = joined(visit, view);
            Edition.of(present(visit, view)).require(form);
            consumers.replace(
                    visit.caller(),
                    view.workspace().id(),
                    form.all(CONSUMERS).stream().map(WorkspaceId::new).toList());
            return Reply.Redirect.to(url(view.workspace())).saying("Changes were saved.");
        } catch (Refusal.Invalid | Refusal.Conflict e) {
            return page(visit, view, e instanceof Refusal.Invalid ? 422 : 409, Filled.refused(visit.form(), e));
        }
    }
}
