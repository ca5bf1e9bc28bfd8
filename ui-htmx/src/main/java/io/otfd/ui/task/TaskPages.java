package io.otfd.ui.task;

import io.otfd.Ids.TaskId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.OrganizationPermission;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.task.Task;
import io.otfd.task.Tasks;
import io.otfd.ui.Badge;
import io.otfd.ui.Badge.Tone;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Crumb;
import io.otfd.ui.Edition;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.MenuItem;
import io.otfd.ui.Paging;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import java.util.Map;
import java.util.Optional;

/** Run tasks of an organization. Keys for signatures are written and never shown. */
public final class TaskPages {

    private static final String TASKS = "/app/{organization}/run-tasks";
    private static final String TASK = TASKS + "/{task}";
    private static final String TITLE = "Run tasks";

    private final Frames frames;
    private final Organizations organizations;
    private final Tasks tasks;

    public TaskPages(Frames frames, Organizations organizations, Tasks tasks) {
        this.frames = frames;
        this.organizations = organizations;
        this.tasks = tasks;
    }

    public void register(Routes routes) {
        routes.get(TASKS, visit -> list(visit, 200, TaskForm.fresh()));
        routes.post(TASKS, this::create);
        routes.get(TASK, this::show);
        routes.post(TASK, this::update);
        routes.get(TASK + "/delete", this::askToDelete);
        routes.post(TASK + "/delete", this::delete);
    }

    private OrganizationView owner(Visit visit) {
        return organizations.read(visit.caller(), visit.path("organization"));
    }

    private static String url(OrganizationView owner) {
        return Links.runTasks(owner.organization().name());
    }

    private static String url(OrganizationView owner, Task task) {
        return url(owner) + "/" + task.id().value();
    }

    private Reply list(Visit visit, int status, Filled form) {
        OrganizationView owner = owner(visit);
        String url = url(owner);
        Page<Task> page = tasks.list(visit.caller(), owner.organization().name(), Paging.request(visit.query()));
        return new Reply.Html(
                status,
                "task/list",
                new TaskListPage(
                        frames.of(visit, TITLE, owner, MenuItem.RUN_TASKS),
                        url,
                        page.map(task -> row(owner, task)).items(),
                        Paging.of(page, url, Map.of()),
                        owner.grants().has(OrganizationPermission.CAN_MANAGE_RUN_TASKS)
                                ? Optional.of(form)
                                : Optional.empty(),
                        TaskForm.STAGES));
    }

    private static TaskListPage.Row row(OrganizationView owner, Task task) {
        boolean everywhere = task.global().filter(Task.Global::enabled).isPresent();
        return new TaskListPage.Row(
                task.name(),
                url(owner, task),
                task.url(),
                task.description(),
                task.enabled() ? new Badge("Enabled", Tone.GOOD) : new Badge("Disabled", Tone.QUIET),
                everywhere ? "every workspace" : words(task.workspaceTasks().size()));
    }

    private static String words(int workspaces) {
        return workspaces == 1 ? "1 workspace" : workspaces + " workspaces";
    }

    private Reply create(Visit visit) {
        Form form = visit.form();
        OrganizationView owner = owner(visit);
        try {
            Task made = tasks.create(visit.caller(), owner.organization().name(), draft -> TaskForm.typed(draft, form));
            return Reply.Redirect.to(url(owner, made)).saying("Run task " + made.name() + " was added.");
        } catch (Refusal.Invalid e) {
            return list(visit, 422, Filled.refused(form, e).without("hmac-key"));
        }
    }

    private Task read(Visit visit, OrganizationView owner) {
        owner.grants().require(OrganizationPermission.CAN_MANAGE_RUN_TASKS);
        Task task = tasks.read(visit.caller(), new TaskId(visit.path("task")));
        if (!task.organization().equals(owner.organization().id())) {
            throw new Refusal.NotFound();
        }
        return task;
    }

    private Reply show(Visit visit) {
        OrganizationView owner = owner(visit);
        Task task = read(visit, owner);
        return page(visit, owner, task, 200, TaskForm.of(task));
    }

    private Reply page(Visit visit, OrganizationView owner, Task task, int status, Filled form) {
        return new Reply.Html(
                status,
                "task/show",
                new TaskPage(
                        frames.of(visit, task.name(), owner, MenuItem.RUN_TASKS, new Crumb(TITLE, url(owner))),
                        url(owner, task),
                        task.id().value(),
                        task.hmacKey().isPresent(),
                        task.global().isPresent(),
                        form,
                        TaskForm.STAGES,
                        Edition.carried(form, TaskForm.edition(task))));
    }

    private Reply update(Visit visit) {
        OrganizationView owner = owner(visit);
        Task task = read(visit, owner);
        Form form = visit.form();
        try {
            TaskForm.edition(task).require(form);
            Task saved = tasks.update(visit.caller(), task.id(), before -> TaskForm.typed(before, form));
            return Reply.Redirect.to(url(owner, saved)).saying("Run task " + saved.name() + " was saved.");
        } catch (Refusal.Invalid | Refusal.Conflict e) {
            return page(
                    visit,
                    owner,
                    task,
                    e instanceof Refusal.Invalid ? 422 : 409,
                    Filled.refused(form, e).without("hmac-key"));
        }
    }

    private Reply askToDelete(Visit visit) {
        OrganizationView owner = owner(visit);
        Task task = read(visit, owner);
        return Reply.Html.of(
                "confirm",
                ConfirmPage.of(
                        frames.of(
                                visit,
                                "Delete run task " + task.name(),
                                owner,
                                MenuItem.RUN_TASKS,
                                new Crumb(TITLE, url(owner))),
                        url(owner, task) + "/delete",
                        "Delete run task",
                        url(owner),
                        "Runs go on without it, in every workspace. What it has said stays. This cannot be undone."));
    }

    private Reply delete(Visit visit) {
        OrganizationView owner = owner(visit);
        Task task = read(visit, owner);
        tasks.delete(visit.caller(), task.id());
        return Reply.Redirect.to(url(owner)).saying("Run task " + task.name() + " was deleted.");
    }
}
