package io.otfd.api.run;

import static io.otfd.api.Operation.answers;
import static io.otfd.api.Operation.bytes;
import static io.otfd.api.Operation.shows;

import io.otfd.Ids.PhaseId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.SignedUrls;
import io.otfd.blob.Blobs;
import io.otfd.planexport.PlanExports;
import io.otfd.run.Phase;
import io.otfd.run.Run;
import io.otfd.run.RunView;
import io.otfd.run.Runs;
import java.time.Duration;
import java.util.Optional;

/** cloud-docs/api-docs/plans and applies. */
public final class PhaseEndpoints {

    private static final Duration READABLE = Duration.ofMinutes(10);

    private final Runs runs;
    private final Blobs blobs;
    private final PhaseResource resources;
    private final PlanExports exports;
    private final SignedUrls urls;

    public PhaseEndpoints(Runs runs, Blobs blobs, PhaseResource resources, PlanExports exports, SignedUrls urls) {
        this.exports = exports;
        this.urls = urls;
        this.runs = runs;
        this.blobs = blobs;
        this.resources = resources;
    }

    public void register(RouteTable routes) {
        routes.family(PhaseEndpoints.class, Route.Audience.TOKEN)
                .get("/api/v2/plans/{id}", call -> read(call, Phase.Kind.PLAN), shows(PhaseResource.PLANS))
                .get(
                        "/api/v2/plans/{id}/json-output",
                        this::json,
                        bytes("application/json").or(204))
                .get(
                        "/api/v2/plans/{id}/json-output-redacted",
                        this::redacted,
                        bytes("application/json").or(204))
                .get("/api/v2/runs/{run}/plan", call -> read(call, Phase.Kind.PLAN), shows(PhaseResource.PLANS))
                .get("/api/v2/applies/{id}", call -> read(call, Phase.Kind.APPLY), shows(PhaseResource.APPLIES))
                .get("/api/v2/applies/{id}/errored-state", this::erroredState, answers(307))
                .get("/api/v2/runs/{run}/apply", call -> read(call, Phase.Kind.APPLY), shows(PhaseResource.APPLIES));
    }

    private Answer read(Call call, Phase.Kind kind) {
        RunView view = find(call, kind);
        Resource resource = resources.of(call, view, kind);
        return JsonApi.resource(
                kind == Phase.Kind.PLAN
                        ? resource.toMany(
                                "exports",
                                "plan-exports",
                                exports.of(view.run().plan().id()))
                        : resource);
    }

    private RunView find(Call call, Phase.Kind kind) {
        RunView view = call.pathOptional("run")
                .map(run -> runs.read(call.caller(), new io.otfd.Ids.RunId(run)))
                .orElseGet(() -> runs.read(call.caller(), new PhaseId(call.path("id"))));
        boolean other = call.pathOptional("id")
                .filter(id -> !id.equals(view.run().phase(kind).id().value()))
                .isPresent();
        if (other) {
            throw new Refusal.NotFound();
        }
        return view;
    }

    /** The plan with its secrets: for who may change the workspace (cloud-docs: admin). */
    private Answer json(Call call) {
        if (call.caller() instanceof Caller.Task task) {
            return jsonFor(task, new PhaseId(call.path("id")));
        }
        RunView view = find(call, Phase.Kind.PLAN);
        view.workspace().grants().require(WorkspacePermission.CAN_UPDATE);
        return blob(Phase.jsonKey(view.run().plan().id()));
    }

    /** A run task sees the plan of its own run (cloud-docs/api-docs/run-tasks/run-tasks-integration). */
    private Answer jsonFor(Caller.Task task, PhaseId plan) {
        Run run = runs.find(plan);
        if (!run.id().equals(task.run()) || !run.plan().id().equals(plan)) {
            throw new Refusal.NotFound();
        }
        return blob(Phase.jsonKey(plan));
    }

    private Answer redacted(Call call) {
        return blob(Phase.redactedKey(find(call, Phase.Kind.PLAN).run().plan().id()));
    }

    /** Leads to the state that could not be stored; 404 where none was left (cloud-docs/api-docs/applies). */
    private Answer erroredState(Call call) {
        RunView view = find(call, Phase.Kind.APPLY);
        view.workspace().grants().require(WorkspacePermission.CAN_READ_STATE_VERSIONS);
        PhaseId apply = view.run().apply().id();
        blobs.find(Phase.erroredStateKey(apply)).orElseThrow(Refusal.NotFound::new);
        return Answer.empty(307)
                .with("Location", urls.sign(call, SignedUrls.Use.READ_ERRORED_STATE, apply.value(), READABLE));
    }

    /** 204 while there is none (cloud-docs/api-docs/plans). */
    private Answer blob(String key) {
        Optional<Blobs.Blob> blob = blobs.find(key);
        return blob.map(found -> Answer.stream("application/json", found.size(), out -> blobs.copy(found, out)))
                .orElseGet(Answer::noContent);
    }
}
