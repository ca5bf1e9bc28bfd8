package io.otfd.policyevaluation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.otfd.Ids.Id;
import io.otfd.Ids.PolicyId;
import io.otfd.Ids.PolicySetId;
import io.otfd.Ids.RunId;
import io.otfd.JsonTrees;
import io.otfd.TestDatabase;
import io.otfd.policy.Enforcement;
import io.otfd.policy.Policies;
import io.otfd.policyset.PolicySetSettings;
import io.otfd.policyset.PolicySets;
import io.otfd.policyset.Target;
import io.otfd.run.PlanResult;
import io.otfd.run.RunStatus;
import io.otfd.taskstage.Stage;
import io.otfd.taskstage.StageBench;
import io.otfd.variable.Variable;
import io.otfd.variable.Variables;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Runs that wait for policies, and servers that evaluate them, on real SQL. */
class PolicyEvaluationsTest extends StageBench {

    private final Policies policies;
    private final PolicySets sets;
    private final PolicyEvaluations evaluations;

    PolicyEvaluationsTest(TestDatabase test) {
        super(test, events -> List.of(new PolicyCheck(events, Clock.systemUTC())));
        policies = new Policies(database, clock);
        sets = new PolicySets(database, clock);
        evaluations = new PolicyEvaluations(database, advance, clock);
    }

    /** One mandatory policy in a set. */
    private void hold(boolean overridable, Map<Target, ? extends List<? extends Id>> placement) {
        PolicyId policy = policies.create(
                        admin,
                        organization,
                        new Policies.Request(
                                "rule",
                                Optional.of("why"),
                                Enforcement.MANDATORY,
                                "data.rule",
                                Optional.of("package rule"),
                                List.of()))
                .id();
        PolicySetId set = sets.create(
                        admin,
                        organization,
                        new PolicySetSettings(
                                "set", Optional.empty(), placement.isEmpty(), overridable, false, "latest", List.of()),
                        placement)
                .id();
        sets.add(admin, set, Target.POLICIES, List.of(policy));
    }

    private RunId planned(boolean planOnly, PlanResult result) {
        RunId id = run(planOnly, false);
        execute(id, result);
        return id;
    }

    private PolicyEvaluation evaluation(RunId run) {
        return evaluations.list(admin, stage(run, Stage.POST_PLAN).stage().id()).getFirst();
    }

    private Assignment claim() {
        return evaluations.claim(Duration.ZERO).orElseThrow();
    }

    private void finish(Assignment assignment, Function<Assignment.Rule, PolicyOutcome> said) {
        evaluations.finish(
                assignment,
                "1.0",
                assignment.sets().stream()
                        .map(set -> new Assignment.Result(
                                set, "", set.rules().stream().map(said).toList()))
                        .toList());
    }

    private static PolicyOutcome fails(Assignment.Rule rule) {
        return rule.failed(List.of("no"));
    }

    private void leaseEnds(Assignment assignment) {
        evaluations.release(assignment);
    }

    @Test
    void aRunWithoutPoliciesHasNoStages() {
        hold(
                false,
                Map.of(
                        Target.WORKSPACES,
                        List.of(workspace.id()),
                        Target.WORKSPACE_EXCLUSIONS,
                        List.of(workspace.id())));

        assertThat(stages.list(admin, run(false, false)), is(empty()));
    }

    @Test
    void aRunWaitsForItsPolicies() {
        hold(false, Map.of());
        RunId id = run(false, false);
        assertThat(evaluation(id).status(), is(EvaluationStatus.PENDING));
        execute(id, CHANGES);
        assertThat(status(id), is(RunStatus.POST_PLAN_RUNNING));
        assertThat(evaluations.claim(Duration.ofMinutes(1)), is(Optional.empty()));

        Assignment assignment = claim();
        assertThat(evaluations.claim(Duration.ZERO), is(Optional.empty()));
        assertThat(evaluation(id).status(), is(EvaluationStatus.RUNNING));
        finish(assignment, Assignment.Rule::passed);

        assertThat(status(id), is(RunStatus.POST_PLAN_COMPLETED));
        assertThat(evaluation(id).status(), is(EvaluationStatus.PASSED));
        assertThat(evaluation(id).count(), is(new ResultCount(1, 0, 0, 0)));
    }

    @Test
    void theServerThatWasTooSlowHasNoSay() {
        hold(false, Map.of());
        RunId id = planned(false, CHANGES);
        Assignment slow = claim();
        leaseEnds(slow);
        Assignment second = claim();

        assertThat(evaluations.renew(slow), is(false));
        finish(slow, PolicyEvaluationsTest::fails);
        assertThat(status(id), is(RunStatus.POST_PLAN_RUNNING));
        finish(second, Assignment.Rule::passed);

        assertThat(second.attempt(), is(2));
        assertThat(status(id), is(RunStatus.POST_PLAN_COMPLETED));
        assertThat(evaluation(id).sets(), hasSize(1));
    }

    @Test
    void aRunThatIsCanceledWaitsNoMore() {
        hold(false, Map.of());
        RunId id = planned(false, CHANGES);
        Assignment assignment = claim();

        runs.cancel(admin, id);
        finish(assignment, Assignment.Rule::passed);

        assertThat(status(id), is(RunStatus.CANCELED));
        assertThat(evaluation(id).status(), is(EvaluationStatus.CANCELED));
        assertThat(evaluations.renew(assignment), is(false));
    }

    @Test
    void whatFailsEndsTheRunOrWaits() {
        hold(true, Map.of());
        RunId id = planned(false, CHANGES);

        finish(claim(), PolicyEvaluationsTest::fails);
        assertThat(status(id), is(RunStatus.POST_PLAN_AWAITING_DECISION));
        stages.override(admin, stage(id, Stage.POST_PLAN).stage().id());

        assertThat(status(id), is(RunStatus.POST_PLAN_COMPLETED));
        assertThat(evaluation(id).status(), is(EvaluationStatus.OVERRIDDEN));
        runs.discard(admin, id);
        RunId planOnly = planned(true, CHANGES);
        finish(claim(), PolicyEvaluationsTest::fails);
        assertThat(status(planOnly), is(RunStatus.ERRORED));
        RunId errs = planned(false, CHANGES);
        finish(claim(), rule -> rule.errored("why"));
        assertThat(status(errs), is(RunStatus.ERRORED));
        assertThat(evaluation(errs).sets().getFirst().outcomes().getFirst().description(), is("why"));
    }

    @Test
    void policiesSeeTheRunAndNoValues() {
        hold(false, Map.of());
        new Variables(database, Clock.systemUTC())
                .create(
                        admin,
                        workspace.id(),
                        "password",
                        Variable.Category.TERRAFORM,
                        fresh -> new Variable(
                                fresh.id(),
                                fresh.owner(),
                                fresh.key(),
                                "open sesame",
                                fresh.category(),
                                false,
                                true,
                                Optional.empty(),
                                fresh.versionId(),
                                fresh.createdAt()));
        RunId id = planned(false, CHANGES);

        JsonObject run = JsonTrees.object(claim().run());

        assertThat(run.getString("id"), is(id.value()));
        assertThat(run.getJsonObject("workspace").getString("name"), is("w"));
        assertThat(run.getJsonObject("organization").getString("name"), is(organization));
        assertThat(run.getJsonObject("variables").getJsonObject("password").getBoolean("sensitive"), is(true));
        assertThat(run.toString(), not(containsString("open sesame")));
    }
}
