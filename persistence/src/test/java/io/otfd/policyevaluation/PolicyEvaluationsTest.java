package io.otfd.policyevaluation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.Id;
import io.otfd.Ids.PolicyId;
import io.otfd.Ids.PolicySetId;
import io.otfd.Ids.RunId;
import io.otfd.JsonTrees;
import io.otfd.PostgresExtension;
import io.otfd.TestDatabase;
import io.otfd.access.Caller;
import io.otfd.agentpool.Agents;
import io.otfd.agentpool.Dialect;
import io.otfd.blob.Spool;
import io.otfd.configuration.ConfigurationVersions;
import io.otfd.database.Database;
import io.otfd.dispatch.Dispatch;
import io.otfd.dispatch.Offer;
import io.otfd.dispatch.Report;
import io.otfd.dispatch.Reports;
import io.otfd.event.Events;
import io.otfd.job.Jobs;
import io.otfd.job.Timeouts;
import io.otfd.log.Logs;
import io.otfd.notification.Notifications;
import io.otfd.organization.Organizations;
import io.otfd.policy.Enforcement;
import io.otfd.policy.Policies;
import io.otfd.policyset.PolicySetSettings;
import io.otfd.policyset.PolicySets;
import io.otfd.policyset.Target;
import io.otfd.run.PlanResult;
import io.otfd.run.RunAdvance;
import io.otfd.run.RunOptions;
import io.otfd.run.RunStatus;
import io.otfd.run.Runs;
import io.otfd.taskstage.Stage;
import io.otfd.taskstage.TaskStageView;
import io.otfd.taskstage.TaskStages;
import io.otfd.token.Tokens;
import io.otfd.user.User;
import io.otfd.user.Users;
import io.otfd.variable.Variable;
import io.otfd.variable.Variables;
import io.otfd.workspace.Engine;
import io.otfd.workspace.Engines;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.Workspaces;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs that wait for policies, and servers that evaluate them, on real SQL. */
@ExtendWith(PostgresExtension.class)
class PolicyEvaluationsTest {

    private static final List<String> ALL = List.of("plan", "apply");
    private static final PlanResult CHANGES =
            new PlanResult(true, false, Optional.of(1), Optional.of(0), Optional.of(0), Optional.of(0));

    private final Database database;
    private final Events events;
    private final Tokens tokens;
    private final Runs runs;
    private final Workspaces workspaces;
    private final ConfigurationVersions configurations;
    private final Dispatch dispatch;
    private final Reports reports;
    private final Policies policies;
    private final PolicySets sets;
    private final PolicyEvaluations evaluations;
    private final TaskStages stages;
    private final Caller.User admin;
    private final Caller server;
    private String organization;
    private Workspace workspace;
    private ConfigurationVersionId configuration;

    PolicyEvaluationsTest(TestDatabase test) {
        database = test.open(4);
        events = new Events(database.url()).start();
        Clock clock = Clock.systemUTC();
        tokens = new Tokens(database, clock);
        Jobs jobs = new Jobs(events);
        RunAdvance advance = new RunAdvance(
                events,
                jobs,
                new Logs(database, events),
                tokens,
                new Notifications(database, events),
                List.of(new PolicyCheck(events, clock)),
                clock);
        runs = new Runs(database, advance, clock, Engines.only("1.11.4"));
        workspaces = new Workspaces(database, clock, "1.11.4");
        configurations = new ConfigurationVersions(database, clock);
        dispatch = new Dispatch(database, jobs, advance, tokens, events, Timeouts.DEFAULT, clock);
        reports = new Reports(database, jobs, advance);
        policies = new Policies(database, clock);
        sets = new PolicySets(database, clock);
        evaluations = new PolicyEvaluations(database, advance, clock);
        stages = new TaskStages(database, advance);
        User user = new Users(database).admin();
        admin = new Caller.User(user.id(), user.username(), true);
        server = tokens.verify(tokens.mintServerToken());
    }

    @BeforeEach
    void makeWorkspace() {
        organization = "t-" + UUID.randomUUID().toString().substring(0, 20);
        new Organizations(database, Clock.systemUTC()).create(admin, organization, "a@b.c", fresh -> fresh);
        workspace = workspaces
                .create(admin, organization, "w", Optional.empty(), fresh -> fresh, Workspaces.Labels.NONE)
                .workspace();
        configuration = configurations
                .create(admin, workspace.id(), new ConfigurationVersions.Options("tfe-api", false, false, false))
                .id();
        configurations.upload(configuration, Spool.of("tar".getBytes(StandardCharsets.UTF_8)), (tx, version) -> {});
    }

    @AfterEach
    void close() {
        workspaces.delete(admin, workspace.id());
        events.close();
        database.close();
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

    private RunId run(boolean planOnly, boolean autoApply) {
        return runs.create(
                        admin,
                        new Runs.Request(
                                workspace.id(),
                                Optional.of(configuration),
                                "test",
                                "tfe-api",
                                owner -> new RunOptions(
                                        planOnly,
                                        autoApply,
                                        false,
                                        true,
                                        false,
                                        false,
                                        false,
                                        false,
                                        true,
                                        List.of(),
                                        List.of(),
                                        Optional.empty(),
                                        List.of(),
                                        List.of(),
                                        List.of())))
                .run()
                .id();
    }

    private Caller.Agent agent() {
        return (Caller.Agent) tokens.verify(dispatch.register(
                        server,
                        new Agents.Details(
                                Optional.of("a"),
                                Optional.of("127.0.0.1"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                1,
                                true,
                                ALL,
                                Dialect.TFC,
                                Optional.empty(),
                                List.of(Engine.TERRAFORM),
                                Map.of()))
                .sessionToken());
    }

    private void execute(RunId run, PlanResult result) {
        Caller.Agent agent = agent();
        Offer offer = dispatch.next(agent, ALL, Optional.of(run), Duration.ZERO).orElseThrow();
        reports.accept(
                agent,
                new Report(
                        run,
                        offer.kind(),
                        Optional.of(offer.lease()),
                        Report.Outcome.FINISHED,
                        Optional.empty(),
                        result));
    }

    private RunStatus status(RunId id) {
        return runs.read(admin, id).run().status();
    }

    private TaskStageView stage(RunId run, Stage wanted) {
        return stages.list(admin, run).stream()
                .filter(view -> view.stage().stage() == wanted)
                .findFirst()
                .orElseThrow();
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
