package io.otfd.api.run;

import static io.otfd.api.Operation.answers;
import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.slices;
import static io.otfd.api.run.RunResource.SCHEMA;

import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.UserId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.RequestSource;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.Schema;
import io.otfd.api.account.AccountEndpoints;
import io.otfd.api.configuration.ConfigurationVersionResource;
import io.otfd.api.taskstage.TaskStageResource;
import io.otfd.api.workspace.WorkspaceResource;
import io.otfd.comment.Comments;
import io.otfd.configuration.ConfigurationVersions;
import io.otfd.run.Phase;
import io.otfd.run.Run;
import io.otfd.run.RunOptions;
import io.otfd.run.RunView;
import io.otfd.run.Runs;
import io.otfd.taskstage.TaskStages;
import io.otfd.user.Users;
import io.otfd.workspace.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** cloud-docs/api-docs/run. Plans, applies and their logs are {@link PhaseEndpoints}. */
public final class RunEndpoints {

    private static final String DEFAULT_MESSAGE = "Queued manually using Terraform";

    private static final String[] INCLUDES = {
        "workspace", "plan", "apply", "configuration_version", "created_by", "confirmed_by", "task_stages"
    };

    private static final Schema[] BESIDE = {
        WorkspaceResource.SCHEMA,
        PhaseResource.PLANS,
        PhaseResource.APPLIES,
        ConfigurationVersionResource.SCHEMA,
        AccountEndpoints.SCHEMA,
        TaskStageResource.SCHEMA
    };

    private final Runs runs;
    private final ConfigurationVersions configurations;
    private final Users users;
    private final PhaseResource phases;
    private final Comments comments;
    private final TaskStages stages;

    public RunEndpoints(
            Runs runs,
            ConfigurationVersions configurations,
            Users users,
            PhaseResource phases,
            Comments comments,
            TaskStages stages) {
        this.stages = stages;
        this.comments = comments;
        this.runs = runs;
        this.configurations = configurations;
        this.users = users;
        this.phases = phases;
    }

    public void register(RouteTable routes) {
        routes.family(RunEndpoints.class, Route.Audience.TOKEN)
                .post("/api/v2/runs", this::create, creates(SCHEMA))
                .get(
                        "/api/v2/runs/{id}",
                        this::read,
                        shows(SCHEMA).include(INCLUDES).beside(BESIDE))
                .post(
                        "/api/v2/runs/{id}/actions/apply",
                        this::apply,
                        answers(202).takesJson().bodyIsOptional())
                .post(
                        "/api/v2/runs/{id}/actions/discard",
                        this::discard,
                        answers(202).takesJson().bodyIsOptional())
                .post(
                        "/api/v2/runs/{id}/actions/cancel",
                        this::cancel,
                        answers(202).takesJson().bodyIsOptional())
                .post(
                        "/api/v2/runs/{id}/actions/force-cancel",
                        this::forceCancel,
                        answers(202).takesJson().bodyIsOptional())
                .post(
                        "/api/v2/runs/{id}/actions/force-execute",
                        this::forceExecute,
                        answers(202).takesJson().bodyIsOptional())
                .get(
                        "/api/v2/workspaces/{workspace}/runs",
                        this::list,
                        pages(SCHEMA)
                                .query(RunList.OF_WORKSPACE)
                                .include(INCLUDES)
                                .beside(BESIDE))
                .get(
                        "/api/v2/organizations/{organization}/runs",
                        this::listOfOrganization,
                        slices(SCHEMA)
                                .query(RunList.OF_ORGANIZATION)
                                .include(INCLUDES)
                                .beside(BESIDE))
                .get("/api/v2/organizations/{organization}/runs/queue", this::queue, pages(SCHEMA));
    }

    private Answer create(Call call) {
        Patch patch = call.patch();
        WorkspaceId workspace = patch.reference("workspace")
                .map(WorkspaceId::new)
                .orElseThrow(() -> Refusal.Invalid.relationship("workspace", "A run needs a workspace."));
        RunView view = runs.create(
                call.caller(),
                new Runs.Request(
                        workspace,
                        patch.reference("configuration-version").map(ConfigurationVersionId::new),
                        patch.text("message", DEFAULT_MESSAGE),
                        RequestSource.of(call),
                        owner -> options(call, patch, owner)));
        return JsonApi.created(RunResource.of(view));
    }

    private static RunOptions options(Call call, Patch patch, Workspace workspace) {
        boolean structured = workspace.settings().structuredRunOutputEnabled();
        return new RunOptions(
                patch.flag("plan-only", false),
                patch.flag("auto-apply", workspace.settings().autoApply()),
                patch.flag("is-destroy", false),
                patch.flag("refresh", true),
                patch.flag("refresh-only", false),
                patch.flag("save-plan", false),
                patch.flag("allow-empty-apply", false),
                patch.flag("allow-config-generation", false),
                structured && RequestSource.rendersStructuredOutput(call),
                patch.texts("target-addrs", List.of()),
                patch.texts("replace-addrs", List.of()),
                patch.optionalText("terraform-version"),
                patch.objects("variables").stream()
                        .map(variable -> new RunOptions.RunVariable(
                                variable.requiredText("key"), variable.requiredText("value")))
                        .toList(),
                patch.texts("policy-paths", List.of()),
                patch.texts("invoke-action-addrs", List.of()));
    }

    private Answer read(Call call) {
        RunView view = runs.read(call.caller(), id(call));
        return JsonApi.resource(200, RunResource.of(view), included(call, view));
    }

    /** Names that we do not know are ignored here, and only here: the CLI asks for what it would like to have. */
    private List<Resource> included(Call call, RunView view) {
        Run run = view.run();
        List<Resource> included = new ArrayList<>();
        for (String name : call.queryList("include")) {
            switch (name.replace('-', '_')) {
                case "workspace" -> included.add(workspace(view));
                case "plan" -> included.add(phases.of(call, view, Phase.Kind.PLAN));
                case "apply" -> included.add(phases.of(call, view, Phase.Kind.APPLY));
                case "configuration_version" ->
                    included.add(ConfigurationVersionResource.of(
                            configurations.read(call.caller(), run.configurationVersion()), Optional.empty()));
                case "created_by" -> run.createdBy().ifPresent(user -> include(included, user));
                case "confirmed_by" -> run.confirmedBy().ifPresent(user -> include(included, user));
                case "task_stages" -> included.addAll(stages(call, run));
                default -> {
                    // Nothing to include.
                }
            }
        }
        return included;
    }

    private void include(List<Resource> included, UserId id) {
        users.find(id).ifPresent(user -> included.add(AccountEndpoints.of(user)));
    }

    private List<Resource> stages(Call call, Run run) {
        return run.stages().isEmpty()
                ? List.of()
                : stages.list(call.caller(), run.id()).stream()
                        .map(TaskStageResource::of)
                        .map(stage -> stage.withoutData("run"))
                        .toList();
    }

    /** Beside a run, the workspace says how this run's log is written: the CLI decides by it whether to render a plan. */
    private static Resource workspace(RunView view) {
        return WorkspaceResource.of(view.workspace())
                .override("structured-run-output-enabled", view.run().options().structuredOutput());
    }

    private Answer list(Call call) {
        Page<RunView> page = runs.list(
                call.caller(), new WorkspaceId(call.path("workspace")), RunList.ofWorkspace(call), call.page());
        return JsonApi.page(call, page, RunResource::of, included(call, page.items()));
    }

    private Answer listOfOrganization(Call call) {
        List<RunView> peeked = runs.peek(
                call.caller(), call.path("organization"), RunList.ofOrganization(call, Instant.now()), call.page());
        boolean more = peeked.size() > call.page().size();
        List<RunView> shown = more ? peeked.subList(0, call.page().size()) : peeked;
        return JsonApi.slice(call, shown.stream().map(RunResource::of).toList(), more, included(call, shown));
    }

    private List<Resource> included(Call call, List<RunView> views) {
        return views.stream().flatMap(view -> included(call, view).stream()).toList();
    }

    private Answer queue(Call call) {
        return JsonApi.page(call, runs.queue(call.caller(), call.path("organization"), call.page()), RunResource::of);
    }

    private Answer apply(Call call) {
        return act(call, runs::confirm);
    }

    private Answer discard(Call call) {
        return act(call, runs::discard);
    }

    private Answer cancel(Call call) {
        return act(call, runs::cancel);
    }

    private Answer forceCancel(Call call) {
        return act(call, runs::forceCancel);
    }

    private Answer forceExecute(Call call) {
        return act(call, runs::forceExecute);
    }

    /** A comment of the request becomes a comment on the run, once the action is accepted. */
    private Answer act(Call call, BiConsumer<Caller, RunId> action) {
        Optional<String> comment = Patch.plainText(call.body(), "comment").filter(text -> !text.isBlank());
        RunId id = id(call);
        action.accept(call.caller(), id);
        comment.ifPresent(text -> comments.create(call.caller(), id, text));
        return Answer.empty(202);
    }

    private static RunId id(Call call) {
        return new RunId(call.path("id"));
    }
}
