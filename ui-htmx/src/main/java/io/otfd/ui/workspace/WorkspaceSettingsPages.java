package io.otfd.ui.workspace;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.WorkspacePermission;
import io.otfd.agentpool.AgentPool;
import io.otfd.agentpool.AgentPools;
import io.otfd.organization.ExecutionMode;
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
import java.util.Optional;

/** What a workspace is called, where its runs execute, and how. */
public final class WorkspaceSettingsPages {

    private static final String SETTINGS = "/app/{organization}/workspaces/{workspace}/settings";

    private final Frames frames;
    private final Workspaces workspaces;
    private final AgentPools pools;

    public WorkspaceSettingsPages(Frames frames, Workspaces workspaces, AgentPools pools) {
        this.frames = frames;
        this.workspaces = workspaces;
        this.pools = pools;
    }

    public void register(Routes routes) {
        routes.get(SETTINGS, this::show);
        routes.post(SETTINGS, this::save);
    }

    private WorkspaceView read(Visit visit) {
        WorkspaceView view = workspaces.read(visit.caller(), visit.path("organization"), visit.path("workspace"));
        view.grants().require(WorkspacePermission.CAN_UPDATE);
        return view;
    }

    private Reply show(Visit visit) {
        WorkspaceView view = read(visit);
        return page(visit, view, 200, SettingsForm.of(view.workspace()));
    }

    private Reply page(Visit visit, WorkspaceView view, int status, Filled form) {
        Workspace workspace = view.workspace();
        String organization = workspace.organizationName();
        return new Reply.Html(
                status,
                "workspace/settings",
                new WorkspaceSettingsPage(
                        frames.of(visit, "Settings", view, WorkspaceTab.SETTINGS),
                        Links.workspaceSettings(organization, workspace.name()),
                        SettingsTab.tabs(Links.workspaceSettings(organization, workspace.name()), SettingsTab.GENERAL),
                        form,
                        SettingsForm.edition(workspace).text(),
                        workspace.inheritedMode().wireName(),
                        usable(visit, workspace),
                        Optional.of(Links.agentPools(organization)),
                        view.grants().has(WorkspacePermission.CAN_DESTROY)
                                ? Optional.of(Links.workspace(organization, workspace.name()) + "/delete")
                                : Optional.empty()));
    }

    /** Pools to choose from, and the one that the workspace has even when it may not use it any more. */
    private List<WorkspaceSettingsPage.Pool> usable(Visit visit, Workspace workspace) {
        Page<AgentPool> usable = pools.list(
                visit.caller(),
                workspace.organizationName(),
                Optional.empty(),
                Optional.of(workspace.name()),
                Optional.empty(),
                AgentPools.Sort.NAME,
                Page.Request.LARGEST);
        List<WorkspaceSettingsPage.Pool> offered = new ArrayList<>(usable.items().stream()
                .map(pool -> new WorkspaceSettingsPage.Pool(
                        pool.id().value(),
                        pool.name() + (pool.agentCount() == 1 ? " (1 agent)" : " (" + pool.agentCount() + " agents)")))
                .toList());
        workspace
                .executionMode()
                .flatMap(ExecutionMode::agentPool)
                .map(AgentPoolId::value)
                .filter(own -> offered.stream().noneMatch(pool -> pool.id().equals(own)))
                .ifPresent(own ->
                        offered.add(new WorkspaceSettingsPage.Pool(own, own + " (assigned, not granted any more)")));
        return offered;
    }

    private Reply save(Visit visit) {
        WorkspaceView view = read(visit);
        try {
            Workspace saved = workspaces
                    .update(
                            visit.caller(),
                            view.workspace().id(),
                            before -> SettingsForm.applied(before, visit.form()),
                            Optional.empty())
                    .workspace();
            return Reply.Redirect.to(Links.workspaceSettings(saved.organizationName(), saved.name()))
                    .saying("Changes were saved.");
        } catch (Refusal.Invalid e) {
            return page(visit, view, 422, Filled.refused(visit.form(), e));
        } catch (Refusal.Conflict e) {
            return page(visit, read(visit), 409, Filled.refused(visit.form(), e));
        }
    }
}
