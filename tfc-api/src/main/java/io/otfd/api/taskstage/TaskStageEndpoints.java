package io.otfd.api.taskstage;

import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.taskstage.TaskStageResource.SCHEMA;

import io.otfd.Ids.RunId;
import io.otfd.Ids.TaskStageId;
import io.otfd.Page;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.policyevaluation.PolicyEvaluationResource;
import io.otfd.api.run.RunResource;
import io.otfd.api.taskresult.TaskResultResource;
import io.otfd.comment.Comments;
import io.otfd.policyevaluation.PolicyEvaluations;
import io.otfd.run.Runs;
import io.otfd.taskresult.TaskResults;
import io.otfd.taskstage.TaskStageView;
import io.otfd.taskstage.TaskStages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** cloud-docs/api-docs/run-tasks/run-task-stages-results. */
public final class TaskStageEndpoints {

    private static final String[] INCLUDES = {"task_results", "policy_evaluations", "run"};

    private final TaskStages stages;
    private final TaskResults results;
    private final PolicyEvaluations evaluations;
    private final Runs runs;
    private final Comments comments;

    public TaskStageEndpoints(
            TaskStages stages, TaskResults results, PolicyEvaluations evaluations, Runs runs, Comments comments) {
        this.evaluations = evaluations;
        this.runs = runs;
        this.stages = stages;
        this.results = results;
        this.comments = comments;
    }

    public void register(RouteTable routes) {
        routes.family(TaskStageEndpoints.class, Route.Audience.TOKEN)
                .get("/api/v2/runs/{run}/task-stages", this::list, pages(SCHEMA))
                .get(
                        "/api/v2/task-stages/{id}",
                        this::read,
                        shows(SCHEMA)
                                .include(INCLUDES)
                                .beside(TaskResultResource.SCHEMA, PolicyEvaluationResource.SCHEMA, RunResource.SCHEMA))
                .post(
                        "/api/v2/task-stages/{id}/actions/override",
                        this::override,
                        shows(SCHEMA).takesJson().bodyIsOptional());
    }

    /** A run has four of them at most, which are one page. */
    private Answer list(Call call) {
        List<TaskStageView> all = stages.list(call.caller(), new RunId(call.path("run")));
        return JsonApi.page(call, new Page<>(all, Page.Request.FIRST, all.size()), TaskStageResource::of);
    }

    private Answer read(Call call) {
        Set<String> wanted = call.include(INCLUDES);
        TaskStageView view = stages.read(call.caller(), id(call));
        List<Resource> included = new ArrayList<>();
        if (wanted.contains("task_results")) {
            included.addAll(results(view));
        }
        if (wanted.contains("policy_evaluations")) {
            evaluations
                    .list(call.caller(), view.stage().id())
                    .forEach(evaluation ->
                            included.add(PolicyEvaluationResource.of(evaluation).withoutData("policy-attachable")));
        }
        if (wanted.contains("run")) {
            included.add(RunResource.of(runs.read(call.caller(), view.stage().run())));
        }
        return JsonApi.resource(200, TaskStageResource.of(view), included);
    }

    /** Results do not refer back to the stage that they stand beside. */
    private List<Resource> results(TaskStageView view) {
        return results.of(List.of(view.stage().id())).stream()
                .map(TaskResultResource::of)
                .map(result -> result.withoutData("task-stage"))
                .toList();
    }

    /** A comment of the request becomes a comment on the run, once the stage is overridden. */
    private Answer override(Call call) {
        TaskStageId id = id(call);
        Optional<String> comment = Patch.plainText(call.body(), "comment").filter(text -> !text.isBlank());
        TaskStageView view = stages.override(call.caller(), id);
        comment.ifPresent(text -> comments.create(call.caller(), view.stage().run(), text));
        return JsonApi.resource(TaskStageResource.of(view));
    }

    private static TaskStageId id(Call call) {
        return new TaskStageId(call.path("id"));
    }
}
