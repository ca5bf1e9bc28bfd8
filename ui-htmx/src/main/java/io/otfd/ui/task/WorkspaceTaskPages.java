package io.otfd.ui.task;

import io.otfd.Ids.TaskId;
import io.otfd.Ids.WorkspaceTaskId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.WorkspacePermission;
import io.otfd.task.WorkspaceTask;
import io.otfd.task.WorkspaceTasks;
import io.otfd.ui.Choice;
import io.otfd.ui.Crumb;
import io.otfd.ui.Edition;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
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
import java.util.Optional;

/** Which run tasks a workspace's runs go through. */
public final class WorkspaceTaskPages {

    private static final String TASKS = "/app/{organization}/workspaces/{workspace}/settings/run-tasks";
    private static final String TASK = TASKS + "/{task}";
    private static final String TITLE = "Run tasks";

    private final Frames frames;
    private final Workspaces workspaces;
    private final WorkspaceTasks tasks;

    public WorkspaceTaskPages(Frames frames, Workspaces workspaces, WorkspaceTasks tasks) {
        this.frames = frames;
        this.workspaces = workspaces;
        this.tasks = tasks;
    }

    public void register(Routes routes) {
        routes.get(TASKS, visit -> list(visit, 200, Optional.empty()));
        routes.post(TASKS, this::attach);
        routes.get(TASK, this::show);
        routes.post(TASK, this::update);
        routes.post(TASK + "/delete", this::detach);
    }

    private WorkspaceView read(Visit visit) {
        WorkspaceView view = workspaces.read(visit.caller(), visit.path("organization"), visit.path("workspace"));
        view.grants().require(WorkspacePermission.CAN_UPDATE);
        return view;
    }

    private static String settings(Workspace workspace) {
        return Links.workspaceSettings(workspace.organizationName(), workspace.name());
    }

    private static String url(Workspace workspace) {
        return SettingsTab.RUN_TASKS.url(settings(workspace));
    }

    private Reply list(Visit visit, int status, Optional<Filled> refused) {
        WorkspaceView view = read(visit);
        Workspace workspace = view.workspace();
        List<WorkspaceTask> attached =
                tasks.list(visit.caller(), workspace.id(), Page.Request.LARGEST).items();
        boolean manages = view.grants().has(WorkspacePermission.CAN_MANAGE_RUN_TASKS);
        List<Choice> choices = manages ? choices(visit, workspace, attached) : List.of();
        return new Reply.Html(
                status,
                "task/attached",
                new WorkspaceTaskListPage(
                        frames.of(
                                visit, TITLE, view, WorkspaceTab.SETTINGS, new Crumb("Settings", settings(workspace))),
                        url(workspace),
                        SettingsTab.tabs(settings(workspace), SettingsTab.RUN_TASKS),
                        attached.stream()
                                .map(task -> new WorkspaceTaskListPage.Row(
                                        task.taskName(),
                                        url(workspace) + "/" + task.id().value(),
                                        TaskForm.words(task.stages()),
                                        task.enforcement().toString()))
                                .toList(),
                        manages ? refused.or(() -> Optional.of(TaskForm.fresh(choices))) : Optional.empty(),
                        choices,
                        TaskForm.STAGES));
    }

    private List<Choice> choices(Visit visit, Workspace workspace, List<WorkspaceTask> attached) {
        List<TaskId> taken = attached.stream().map(WorkspaceTask::task).toList();
        return tasks.attachable(visit.caller(), workspace.id()).entrySet().stream()
                .filter(each -> !taken.contains(each.getKey()))
                .map(each -> new Choice(each.getKey().value(), each.getValue()))
                .toList();
    }

    private Reply attach(Visit visit) {
        Workspace workspace = read(visit).workspace();
        Form form = visit.form();
        try {
            WorkspaceTask made = tasks.create(
                    visit.caller(),
                    workspace.id(),
                    form.first("task")
                            .map(TaskId::new)
                            .orElseThrow(() -> Refusal.Invalid.relationship("task", "Choose a run task.")),
                    TaskForm.terms(form));
            return Reply.Redirect.to(url(workspace)).saying("Runs go through " + made.taskName() + " from now on.");
        } catch (Refusal.Invalid e) {
            return list(visit, 422, Optional.of(Filled.refused(form, e)));
        }
    }

    private WorkspaceTask task(Visit visit, WorkspaceView view) {
        view.grants().require(WorkspacePermission.CAN_MANAGE_RUN_TASKS);
        return tasks.read(visit.caller(), view.workspace().id(), new WorkspaceTaskId(visit.path("task")));
    }

    private Reply show(Visit visit) {
        WorkspaceView view = read(visit);
        WorkspaceTask task = task(visit, view);
        return page(visit, view, task, 200, TaskForm.of(task));
    }

    private Reply page(Visit visit, WorkspaceView view, WorkspaceTask task, int status, Filled form) {
        Workspace workspace = view.workspace();
        return new Reply.Html(
                status,
                "task/attachment",
                new WorkspaceTaskPage(
                        frames.of(
                                visit,
                                task.taskName(),
                                view,
                                WorkspaceTab.SETTINGS,
                                new Crumb("Settings", settings(workspace)),
                                new Crumb(TITLE, url(workspace))),
                        url(workspace) + "/" + task.id().value(),
                        SettingsTab.tabs(settings(workspace), SettingsTab.RUN_TASKS),
                        form,
                        TaskForm.STAGES,
                        Edition.carried(form, TaskForm.edition(task))));
    }

    private Reply update(Visit visit) {
        WorkspaceView view = read(visit);
        WorkspaceTask task = task(visit, view);
        Form form = visit.form();
        try {
            TaskForm.edition(task).require(form);
            tasks.update(visit.caller(), view.workspace().id(), task.id(), before -> TaskForm.terms(form));
            return Reply.Redirect.to(url(view.workspace())).saying("Run task " + task.taskName() + " was saved.");
        } catch (Refusal.Invalid | Refusal.Conflict e) {
            return page(visit, view, task, e instanceof Refusal.Invalid ? 422 : 409, Filled.refused(form, e));
        }
    }

    private Reply detach(Visit visit) {
        WorkspaceView view = read(visit);
        WorkspaceTask task = task(visit, view);
        tasks.delete(visit.caller(), view.workspace().id(), task.id());
        return Reply.Redirect.to(url(view.workspace()))
                .saying("Runs do not go through " + task.taskName() + " any more.");
    }
}
