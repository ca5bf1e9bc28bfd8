package io.otfd.ui.runtrigger;

import io.otfd.Ids.RunTriggerId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.WorkspacePermission;
import io.otfd.runtrigger.RunTrigger;
import io.otfd.runtrigger.RunTriggers;
import io.otfd.ui.Crumb;
import io.otfd.ui.Filled;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.Moment;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.SettingsTab;
import io.otfd.ui.Visit;
import io.otfd.ui.WorkspaceTab;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceFilter;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.List;
import java.util.Optional;

/** Which workspaces start runs here when they have applied. */
public final class RunTriggerPages {

    private static final String TRIGGERS = "/app/{organization}/workspaces/{workspace}/settings/run-triggers";
    private static final String SOURCE = "sourceable";
    private static final int OFFERED = 20;

    private final Frames frames;
    private final Workspaces workspaces;
    private final RunTriggers triggers;

    public RunTriggerPages(Frames frames, Workspaces workspaces, RunTriggers triggers) {
        this.frames = frames;
        this.workspaces = workspaces;
        this.triggers = triggers;
    }

    public void register(Routes routes) {
        routes.get(TRIGGERS, visit -> page(visit, 200, Filled.of(visit.query())));
        routes.post(TRIGGERS, this::create);
        routes.post(TRIGGERS + "/{trigger}/delete", this::delete);
    }

    private WorkspaceView read(Visit visit) {
        WorkspaceView view = workspaces.read(visit.caller(), visit.path("organization"), visit.path("workspace"));
        view.grants().require(WorkspacePermission.CAN_UPDATE);
        return view;
    }

    private static String settings(Workspace workspace) {
        return Links.workspaceSettings(workspace.organizationName(), workspace.name());
    }

    private Reply page(Visit visit, int status, Filled form) {
        WorkspaceView view = read(visit);
        Workspace workspace = view.workspace();
        String settings = settings(workspace);
        return new Reply.Html(
                status,
                "runtrigger/list",
                new RunTriggersPage(
                        frames.of(visit, "Run triggers", view, WorkspaceTab.SETTINGS, new Crumb("Settings", settings)),
                        SettingsTab.RUN_TRIGGERS.url(settings),
                        SettingsTab.tabs(settings, SettingsTab.RUN_TRIGGERS),
                        rows(visit, workspace, true),
                        rows(visit, workspace, false),
                        form,
                        offered(visit, workspace, form.values().first(SOURCE))));
    }

    /** A workspace has twenty sources at most; it may start more than a page of others. */
    private List<RunTriggersPage.Row> rows(Visit visit, Workspace workspace, boolean inbound) {
        return triggers.list(visit.caller(), workspace.id(), inbound, Page.Request.LARGEST).items().stream()
                .map(trigger -> row(workspace.organizationName(), trigger, inbound))
                .toList();
    }

    private static RunTriggersPage.Row row(String organization, RunTrigger trigger, boolean inbound) {
        String other = inbound ? trigger.sourceableName() : trigger.workspaceName();
        return new RunTriggersPage.Row(
                trigger.id().value(), other, Links.workspace(organization, other), Moment.of(trigger.createdAt()));
    }

    private List<String> offered(Visit visit, Workspace workspace, Optional<String> typed) {
        WorkspaceFilter filter = new WorkspaceFilter(
                typed, Optional.empty(), List.of(), List.of(), List.of(), Optional.empty(), List.of());
        return workspaces
                .list(visit.caller(), workspace.organizationName(), filter, "name", new Page.Request(1, OFFERED))
                .items()
                .stream()
                .map(view -> view.workspace().name())
                .filter(name -> !name.equals(workspace.name()))
                .toList();
    }

    private Reply create(Visit visit) {
        Workspace workspace = read(visit).workspace();
        String name = visit.form().first(SOURCE).orElse("");
        try {
            triggers.create(
                    visit.caller(),
                    workspace.id(),
                    source(visit, workspace, name).id());
            return Reply.Redirect.to(SettingsTab.RUN_TRIGGERS.url(settings(workspace)))
                    .saying("Runs start here when " + name + " has applied.");
        } catch (Refusal.Invalid | Refusal.Conflict e) {
            return page(visit, e instanceof Refusal.Invalid ? 422 : 409, Filled.refused(visit.form(), e));
        }
    }

    private Workspace source(Visit visit, Workspace workspace, String name) {
        try {
            return workspaces
                    .read(visit.caller(), workspace.organizationName(), name)
                    .workspace();
        } catch (Refusal.NotFound e) {
            throw Refusal.Invalid.relationship(SOURCE, "There is no workspace " + name + ".");
        }
    }

    private Reply delete(Visit visit) {
        Workspace workspace = read(visit).workspace();
        RunTrigger trigger = triggers.read(visit.caller(), new RunTriggerId(visit.path("trigger")));
        if (!trigger.workspace().equals(workspace.id())) {
            throw new Refusal.NotFound();
        }
        triggers.delete(visit.caller(), trigger.id());
        return Reply.Redirect.to(SettingsTab.RUN_TRIGGERS.url(settings(workspace)))
                .saying(trigger.sourceableName() + " starts no runs here any more.");
    }
}
