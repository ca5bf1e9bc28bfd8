package io.otfd.ui.workspace;

import io.otfd.Ids.ProjectId;
import io.otfd.Refusal;
import io.otfd.access.WorkspacePermission;
import io.otfd.agentpool.AgentPools;
import io.otfd.organization.ExecutionMode;
import io.otfd.project.Projects;
import io.otfd.ui.Edition;
import io.otfd.ui.Filled;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.SettingsTab;
import io.otfd.ui.Visit;
import io.otfd.ui.WorkspaceTab;
import io.otfd.ui.agentpool.PoolChoices;
import io.otfd.ui.project.ProjectNames;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.Optional;

/** What a workspace is called, where its runs execute, and how. */
public final class WorkspaceSettingsPages {

    private static final String SETTINGS = "/app/{organization}/workspaces/{workspace}/settings";

    private final Frames frames;
    private final Workspaces workspaces;
    private final PoolChoices pools;
    private final ProjectNames projects;

    public WorkspaceSettingsPages(Frames frames, Workspaces workspaces, AgentPools pools, Projects projects) {
        this.frames = frames;
        this.workspaces = workspaces;
        this.pools = new PoolChoices(pools);
        this.projects = new ProjectNames(projects);
    }

    public void register(Routes routes) {
        routes.get(SETTINGS, this::show);
        routes.post(SETTINGS, this::save);
        // Finds pools; nothing is saved.
        routes.post(SETTINGS + "/draft", visit -> page(visit, read(visit), 200, Filled.of(visit.form())));
    }

    private WorkspaceView read(Visit visit) {
        WorkspaceView view = workspaces.read(visit.caller(), visit.path("organization"), visit.path("workspace"));
        view.grants().require(WorkspacePermission.CAN_UPDATE);
        return view;
    }

    private Reply show(Visit visit) {
        WorkspaceView view = read(visit);
        return page(
                visit,
                view,
                200,
                SettingsForm.of(
                        view.workspace(),
                        projects.name(visit.caller(), view.workspace().project())));
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
                        projects.offered(
                                visit.caller(), organization, visit.query().first("project")),
                        Edition.carried(form, SettingsForm.edition(workspace)),
                        workspace.inheritedMode().wireName(),
                        pools.of(
                                visit.caller(),
                                organization,
                                PoolChoices.Usable.by(workspace.name()),
                                form.values(),
                                workspace.executionMode().flatMap(ExecutionMode::agentPool)),
                        Optional.of(Links.agentPools(organization)),
                        view.grants().has(WorkspacePermission.CAN_DESTROY)
                                ? Optional.of(Links.workspace(organization, workspace.name()) + "/delete")
                                : Optional.empty()));
    }

    private ProjectId project(Visit visit, String name) {
        return projects.find(visit.caller(), visit.path("organization"), name)
                .orElseThrow(() -> Refusal.Invalid.relationship("project", "There is no project " + name + "."));
    }

    private Reply save(Visit visit) {
        WorkspaceView view = read(visit);
        try {
            Optional<ProjectId> project = visit.form().first("project").map(name -> project(visit, name));
            Workspace saved = workspaces
                    .update(
                            visit.caller(),
                            view.workspace().id(),
                            before -> SettingsForm.applied(before, visit.form(), project.orElse(before.project())),
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
