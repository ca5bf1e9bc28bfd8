package io.otfd.api.task;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.updates;
import static io.otfd.api.task.TaskResource.WORKSPACE_TASKS;

import io.otfd.Ids.TaskId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Ids.WorkspaceTaskId;
import io.otfd.Refusal;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.task.Enforcement;
import io.otfd.task.WorkspaceTasks;
import io.otfd.taskstage.Stage;
import java.util.List;

/** cloud-docs/api-docs/run-tasks/run-tasks, those of a workspace. */
public final class WorkspaceTaskEndpoints {

    private static final String ALL = "/api/v2/workspaces/{workspace}/tasks";
    private static final String ONE = ALL + "/{id}";

    private final WorkspaceTasks tasks;

    public WorkspaceTaskEndpoints(WorkspaceTasks tasks) {
        this.tasks = tasks;
    }

    public void register(RouteTable routes) {
        routes.family(WorkspaceTaskEndpoints.class, Route.Audience.TOKEN)
                .get(ALL, this::list, pages(WORKSPACE_TASKS))
                .post(ALL, this::create, creates(WORKSPACE_TASKS))
                .get(ONE, this::read, shows(WORKSPACE_TASKS))
                .patch(ONE, this::update, updates(WORKSPACE_TASKS))
                .delete(ONE, this::delete, noContent());
    }

    private Answer list(Call call) {
        return JsonApi.page(call, tasks.list(call.caller(), workspace(call), call.page()), TaskResource::of);
    }

    private Answer create(Call call) {
        Patch patch = call.patch();
        TaskId task = patch.reference("task", TaskId::new)
                .orElseThrow(() -> Refusal.Invalid.relationship("task", "Task can't be blank"));
        WorkspaceTasks.Terms terms = new WorkspaceTasks.Terms(
                stages(patch, List.of(Stage.POST_PLAN)),
                Enforcement.of("enforcement-level", patch.requiredText("enforcement-level")));
        return JsonApi.created(TaskResource.of(tasks.create(call.caller(), workspace(call), task, terms)));
    }

    private Answer read(Call call) {
        return JsonApi.resource(TaskResource.of(tasks.read(call.caller(), workspace(call), id(call))));
    }

    private Answer update(Call call) {
        Patch patch = call.patch();
        return JsonApi.resource(TaskResource.of(tasks.update(
                call.caller(),
                workspace(call),
                id(call),
                before -> new WorkspaceTasks.Terms(
                        stages(patch, before.stages()),
                        Enforcement.of(
                                "enforcement-level",
                                patch.text(
                                        "enforcement-level",
                                        before.enforcement().toString()))))));
    }

    /** {@code stages} wins over {@code stage}, which older clients say. */
    private static List<Stage> stages(Patch patch, List<Stage> current) {
        if (patch.has("stages")) {
            return TaskEndpoints.stages(patch.texts("stages", List.of()));
        }
        return patch.optionalText("stage")
                .map(stage -> TaskEndpoints.stages(List.of(stage)))
                .orElse(current);
    }

    private Answer delete(Call call) {
        tasks.delete(call.caller(), workspace(call), id(call));
        return Answer.noContent();
    }

    private static WorkspaceId workspace(Call call) {
        return new WorkspaceId(call.path("workspace"));
    }

    private static WorkspaceTaskId id(Call call) {
        return new WorkspaceTaskId(call.path("id"));
    }
}
