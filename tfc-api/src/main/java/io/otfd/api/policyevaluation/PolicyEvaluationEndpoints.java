package io.otfd.api.policyevaluation;

import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;

import io.otfd.Ids.PolicyEvaluationId;
import io.otfd.Ids.PolicySetOutcomeId;
import io.otfd.Ids.TaskStageId;
import io.otfd.Page;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.policyevaluation.PolicyEvaluations;
import io.otfd.policyevaluation.PolicyOutcome;
import io.otfd.policyevaluation.PolicySetOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** cloud-docs/api-docs/policy-evaluations. */
public final class PolicyEvaluationEndpoints {

    /** As documented, and as go-tfe sends it. */
    private static final String[] FILTERS = {
        "filter[0][status]", "filter[0][enforcementLevel]", "filter[0][enforcement_level]"
    };

    private static final int MOST_FILTERS = 20;

    private final PolicyEvaluations evaluations;

    public PolicyEvaluationEndpoints(PolicyEvaluations evaluations) {
        this.evaluations = evaluations;
    }

    public void register(RouteTable routes) {
        routes.family(PolicyEvaluationEndpoints.class, Route.Audience.TOKEN)
                .get(
                        "/api/v2/task-stages/{stage}/policy-evaluations",
                        this::list,
                        pages(PolicyEvaluationResource.SCHEMA))
                .get("/api/v2/policy-evaluations/{id}", this::read, shows(PolicyEvaluationResource.SCHEMA))
                .get(
                        "/api/v2/policy-evaluations/{id}/policy-set-outcomes",
                        this::outcomes,
                        pages(PolicySetOutcomeResource.SCHEMA).query(FILTERS))
                .get("/api/v2/policy-set-outcomes/{id}", this::outcome, shows(PolicySetOutcomeResource.SCHEMA));
    }

    private Answer list(Call call) {
        return JsonApi.page(
                call,
                page(call, evaluations.list(call.caller(), new TaskStageId(call.path("stage")))),
                PolicyEvaluationResource::of);
    }

    private Answer read(Call call) {
        return JsonApi.resource(
                PolicyEvaluationResource.of(evaluations.read(call.caller(), new PolicyEvaluationId(call.path("id")))));
    }

    private Answer outcomes(Call call) {
        List<Filter> filters = filters(call);
        List<PolicySetOutcome> sets =
                evaluations.read(call.caller(), new PolicyEvaluationId(call.path("id"))).sets().stream()
                        .filter(set -> filters.isEmpty()
                                || set.outcomes().stream()
                                        .anyMatch(outcome -> filters.stream().anyMatch(filter -> filter.lets(outcome))))
                        .toList();
        return JsonApi.page(call, page(call, sets), PolicySetOutcomeResource::of);
    }

    private Answer outcome(Call call) {
        return JsonApi.resource(PolicySetOutcomeResource.of(
                evaluations.outcome(call.caller(), new PolicySetOutcomeId(call.path("id")))));
    }

    private static <T> Page<T> page(Call call, List<T> all) {
        Page.Request request = call.page();
        return new Page<>(
                all.stream().skip(request.offset()).limit(request.size()).toList(), request, all.size());
    }

    /** What is not named does not matter. Policies that could not be evaluated are asked for without a level. */
    private record Filter(Optional<String> status, Optional<String> level) {

        boolean lets(PolicyOutcome outcome) {
            return status.filter(wanted -> !wanted.equals(outcome.status().toString()))
                            .isEmpty()
                    && level.filter(wanted ->
                                    !wanted.equals(outcome.enforcement().toString())
                                            || outcome.status() == PolicyOutcome.Status.ERRORED)
                            .isEmpty();
        }
    }

    /** A set is shown when one of its policies passes one of them. */
    private static List<Filter> filters(Call call) {
        List<Filter> filters = new ArrayList<>();
        for (int i = 0; i < MOST_FILTERS; i++) {
            Optional<String> status = call.query("filter[" + i + "][status]");
            String level = "filter[" + i + "][enforcement";
            Optional<String> enforcement = call.query(level + "Level]").or(() -> call.query(level + "_level]"));
            if (status.isPresent() || enforcement.isPresent()) {
                filters.add(new Filter(status, enforcement));
            }
        }
        return filters;
    }
}
