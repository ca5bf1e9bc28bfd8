package io.otfd.api.taskresult;

import static io.otfd.api.Operation.answers;
import static io.otfd.api.Operation.bytes;
import static io.otfd.api.Operation.lists;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.taskresult.TaskResultResource.OUTCOMES;
import static io.otfd.api.taskresult.TaskResultResource.SCHEMA;

import io.otfd.Ids.TaskResultId;
import io.otfd.Ids.TaskResultOutcomeId;
import io.otfd.Refusal;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.taskresult.TaskOutcome;
import io.otfd.taskresult.TaskResults;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;

/** cloud-docs/api-docs/run-tasks/run-task-stages-results, and what tasks answer (…/run-tasks-integration). */
public final class TaskResultEndpoints {

    private final TaskResults results;

    public TaskResultEndpoints(TaskResults results) {
        this.results = results;
    }

    public void register(RouteTable routes) {
        routes.family(TaskResultEndpoints.class, Route.Audience.TOKEN)
                .get("/api/v2/task-results/{id}", this::read, shows(SCHEMA))
                .patch(
                        "/api/v2/task-results/{id}/callback",
                        this::answer,
                        answers(200).takes(SCHEMA, OUTCOMES))
                .get("/api/v2/task-results/{id}/outcomes", this::outcomes, lists(OUTCOMES))
                .get("/api/v2/task-result-outcomes/{id}", this::outcome, shows(OUTCOMES))
                .get("/api/v2/task-result-outcomes/{id}/body", this::body, bytes("text/plain"));
    }

    private Answer read(Call call) {
        return JsonApi.resource(TaskResultResource.of(results.read(call.caller(), id(call))));
    }

    private Answer answer(Call call) {
        Patch patch = call.patch();
        results.answer(
                call.caller(),
                id(call),
                new io.otfd.taskresult.Answer(
                        io.otfd.taskresult.Answer.status(patch.requiredText("status")),
                        patch.optionalText("message"),
                        patch.optionalText("url"),
                        patch.related("outcomes")
                                .map(outcomes -> outcomes.stream()
                                        .map(TaskResultEndpoints::outcome)
                                        .toList())));
        return Answer.empty(200);
    }

    private static TaskOutcome.Draft outcome(Patch outcome) {
        JsonValue tags = outcome.attributes().getOrDefault("tags", JsonValue.EMPTY_JSON_OBJECT);
        if (!(tags instanceof JsonObject labels)) {
            throw Refusal.Invalid.relationship("outcomes", "An outcome's tags must be an object.");
        }
        return new TaskOutcome.Draft(
                outcome.text("outcome-id", ""),
                outcome.text("description", ""),
                outcome.text("body", ""),
                outcome.text("url", ""),
                labels);
    }

    private Answer outcomes(Call call) {
        return JsonApi.list(results.outcomes(call.caller(), id(call)).stream()
                .map(TaskResultResource::of)
                .toList());
    }

    private Answer outcome(Call call) {
        return JsonApi.resource(TaskResultResource.of(results.outcome(call.caller(), outcomeId(call))));
    }

    /** Plain, whatever the task means it to be: browsers run nothing of it. */
    private Answer body(Call call) {
        byte[] text = results.body(call.caller(), outcomeId(call)).getBytes(StandardCharsets.UTF_8);
        return Answer.stream("text/plain", text.length, out -> out.write(text));
    }

    private static TaskResultId id(Call call) {
        return new TaskResultId(call.path("id"));
    }

    private static TaskResultOutcomeId outcomeId(Call call) {
        return new TaskResultOutcomeId(call.path("id"));
    }
}
