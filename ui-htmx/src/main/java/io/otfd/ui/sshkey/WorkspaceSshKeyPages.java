package io.otfd.ui.sshkey;

import io.otfd.Ids.SshKeyId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.WorkspacePermission;
import io.otfd.sshkey.SshKeys;
import io.otfd.ui.Choice;
import io.otfd.ui.Crumb;
import io.otfd.ui.Filled;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The key with which the runs of a workspace fetch modules. */
public final class WorkspaceSshKeyPages {

    private static final String KEY = "/app/{organization}/workspaces/{workspace}/settings/ssh-key";
    private static final String FIELD = "ssh-key";

    private final Frames frames;
    private final Workspaces workspaces;
    private final SshKeys keys;

    public WorkspaceSshKeyPages(Frames frames, Workspaces workspaces, SshKeys keys) {
        this.frames = frames;
        this.workspaces = workspaces;
        this.keys = keys;
    }

    public void register(Routes routes) {
        routes.get(KEY, visit -> page(visit, read(visit), 200, stored(read(visit))));
        routes.post(KEY, this::save);
    }

    private WorkspaceView read(Visit visit) {
        WorkspaceView view = workspaces.read(visit.caller(), visit.path("organization"), visit.path("workspace"));
        view.grants().require(WorkspacePermission.CAN_UPDATE);
        return view;
    }

    private static Filled stored(WorkspaceView view) {
        return Filled.of(
                Map.of(FIELD, view.workspace().sshKey().map(SshKeyId::value).orElse("")));
    }

    private static String settings(Workspace workspace) {
        return Links.workspaceSettings(workspace.organizationName(), workspace.name());
    }

    private Reply page(Visit visit, WorkspaceView view, int status, Filled form) {
        Workspace workspace = view.workspace();
        String settings = settings(workspace);
        List<Choice> choices = new ArrayList<>(List.of(new Choice("", "None")));
        keys.list(visit.caller(), workspace.organizationName(), Page.Request.LARGEST)
                .items()
                .forEach(key -> choices.add(new Choice(key.id().value(), key.name())));
        return new Reply.Html(
                status,
                "sshkey/workspace",
                new WorkspaceSshKeyPage(
                        frames.of(visit, "SSH key", view, WorkspaceTab.SETTINGS, new Crumb("Settings", settings)),
                        SettingsTab.SSH_KEY.url(settings),
                        SettingsTab.tabs(settings, SettingsTab.SSH_KEY),
                        form,
                        choices,
                        Links.sshKeys(workspace.organizationName())));
    }

    private Reply save(Visit visit) {
        WorkspaceView view = read(visit);
        try {
            keys.assign(
                    visit.caller(),
                    view.workspace().id(),
                    visit.form().first(FIELD).map(SshKeyId::new));
            return Reply.Redirect.to(SettingsTab.SSH_KEY.url(settings(view.workspace())))
                    .saying("Changes were saved.");
        } catch (Refusal.NotFound e) {
            Refusal gone = Refusal.Invalid.relationship(FIELD, "This key is not there any more.");
            return page(visit, view, 422, Filled.refused(visit.form(), gone));
        }
    }
}
