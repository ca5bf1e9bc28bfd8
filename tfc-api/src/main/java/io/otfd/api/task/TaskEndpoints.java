package io.otfd.api.task;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.updates;
import static io.otfd.api.task.TaskResource.SCHEMA;

import io.otfd.Ids.TaskId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.workspace.WorkspaceResource;
import io.otfd.task.Enforcement;
import io.otfd.task.Task;
import io.otfd.task.Tasks;
import io.otfd.task.WorkspaceTask;
import io.otfd.task.WorkspaceTasks;
import io.otfd.taskstage.Stage;
import io.otfd.workspace.Workspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** cloud-docs/api-docs/run-tasks/run-tasks, those of an organization. */
public final class TaskEndpoints {

    private static final String[] INCLUDES = {"workspace_tasks", "workspace_tasks.workspace"};

    private final Tasks tasks;
    private final WorkspaceTasks attached;
    private final Workspaces workspaces;

    public TaskEndpoints(Tasks tasks, WorkspaceTasks attached, Workspaces workspaces) {
        this.tasks = tasks;
        this.attached = attached;
        this.workspaces = workspaces;
    }

    public void register(RouteTable routes) {
        routes.family(TaskEndpoints.class, Route.Audience.TOKEN)
                .get(
                        "/api/v2/organizations/{organization}/tasks",
                        this::list,
                        pages(SCHEMA).include(INCLUDES).beside(TaskResource.WORKSPACE_TASKS, WorkspaceResource.SCHEMA))
                .post("/api/v2/organizations/{organization}/tasks", this::create, creates(SCHEMA))
                .get(
                        "/api/v2/tasks/{id}",
                        this::read,
                        shows(SCHEMA).include(INCLUDES).beside(TaskResource.WORKSPACE_TASKS, WorkspaceResource.SCHEMA))
                .patch("/api/v2/tasks/{id}", this::update, updates(SCHEMA))
                .delete("/api/v2/tasks/{id}", this::delete, noContent());
    }

    private Answer list(Call call) {
        Page<Task> page = tasks.list(call.caller(), call.path("organization"), call.page());
        return JsonApi.page(call, page, TaskResource::of, included(call, page.items()));
    }

    private Answer read(Call call) {
        Task task = tasks.read(call.caller(), id(call));
        return JsonApi.resource(200, TaskResource.of(task), included(call, List.of(task)));
    }

    private List<Resource> included(Call call, List<Task> shown) {
        Set<String> wanted = call.include(INCLUDES);
        List<Resource> included = new ArrayList<>();
        if (!wanted.isEmpty()) {
            List<WorkspaceTask> found =
                    attached.of(call.caller(), shown.stream().map(Task::id).toList());
            // Their task is the one that they stand beside.
            found.forEach(each -> included.add(TaskResource.of(each).withoutData("task")));
            if (wanted.contains("workspace_tasks.workspace")) {
                workspaces
                        .read(
                                call.caller(),
                                found.stream()
                                        .map(WorkspaceTask::workspace)
                                        .distinct()
                                        .toList())
                        .forEach(view -> included.add(WorkspaceResource.of(view)));
            }
        }
        return included;
    }

    private Answer create(Call call) {
        Patch patch = call.patch();
        String name = patch.requiredText("name");
        if (!patch.has("url")) {
            throw Refusal.Invalid.attribute("url", "can't be blank");
        }
        if (!patch.has("category")) {
            throw Refusal.Invalid.attribute("category", "must be task");
        }
        return JsonApi.created(TaskResource.of(
                tasks.create(call.caller(), call.path("organization"), draft -> said(draft, patch, name))));
    }

    private Answer update(Call call) {
        Patch patch = call.patch();
        return JsonApi.resource(TaskResource.of(tasks.update(
                call.caller(), id(call), draft -> said(draft, patch, patch.text("name", draft.name())))));
    }

    private static Tasks.Draft said(Tasks.Draft before, Patch patch, String name) {
        if (!patch.text("category", "task").equals("task")) {
            throw Refusal.Invalid.attribute("category", "must be task");
        }
        if (patch.reference("agent-pool").isPresent()) {
            throw Refusal.Invalid.relationship(
                    "agent-pool", "Agents do not forward requests: a run task has to be reached by the server itself.");
        }
        return new Tasks.Draft(
                name,
                patch.text("url", before.url()),
                patch.optionalText("description", Optional.of(before.description()))
                        .orElse(""),
                patch.optionalText("hmac-key", before.hmacKey()),
                patch.flag("enabled", before.enabled()),
                // Where there is none the organization is not entitled to it, and nobody minds (observed: go-tfe's
                // suite).
                before.global()
                        .map(global -> patch.object("global-configuration")
                                .map(terms -> global(global, terms))
                                .orElse(global)));
    }

    private static Task.Global global(Task.Global before, Patch terms) {
        return new Task.Global(
                terms.flag("enabled", before.enabled()),
                stages(terms.texts(
                        "stages", before.stages().stream().map(Stage::toString).toList())),
                Enforcement.of(
                        "enforcement-level",
                        terms.text("enforcement-level", before.enforcement().toString())));
    }

    static List<Stage> stages(List<String> names) {
        return names.stream()
                .map(name -> Stage.of(name)
                        .orElseThrow(() -> Refusal.Invalid.attribute(
                                "stages", "must be of " + String.join(", ", Stage.wireNames()))))
                .toList();
    }

    private Answer delete(Call call) {
        tasks.delete(call.caller(), id(call));
        return Answer.noContent();
    }

    private static TaskId id(Call call) {
        return new TaskId(call.path("id"));
    }
}
