package io.otfd.dispatch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.RunId;
import io.otfd.Page;
import io.otfd.PostgresExtension;
import io.otfd.Refusal;
import io.otfd.TestDatabase;
import io.otfd.access.Caller;
import io.otfd.agentpool.AgentPools;
import io.otfd.agentpool.Agents;
import io.otfd.agentpool.Dialect;
import io.otfd.agentpool.RegisteredAgent;
import io.otfd.blob.Spool;
import io.otfd.configuration.ConfigurationVersions;
import io.otfd.database.Database;
import io.otfd.event.Events;
import io.otfd.job.Job;
import io.otfd.job.Jobs;
import io.otfd.job.Timeouts;
import io.otfd.log.Logs;
import io.otfd.notification.Notifications;
import io.otfd.organization.Organizations;
import io.otfd.run.Phase;
import io.otfd.run.PlanResult;
import io.otfd.run.Run;
import io.otfd.run.RunAdvance;
import io.otfd.run.RunOptions;
import io.otfd.run.RunStatus;
import io.otfd.run.Runs;
import io.otfd.token.Tokens;
import io.otfd.user.User;
import io.otfd.user.Users;
import io.otfd.workspace.Engine;
import io.otfd.workspace.Engines;
import io.otfd.workspace.Kpis;
import io.otfd.workspace.Lock;
import io.otfd.workspace.Settings;
import io.otfd.workspace.TerraformVersion;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceLocks;
import io.otfd.workspace.Workspaces;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs, their queue and their agents, on real SQL. */
@ExtendWith(PostgresExtension.class)
class DispatchTest {

    private static final List<String> ALL = List.of("plan", "apply");
    private static final PlanResult CHANGES =
            new PlanResult(true, false, Optional.of(1), Optional.of(0), Optional.of(0), Optional.of(0));

    /** Unknown at once, and given up much later. */
    private static final Agents.Silence BRIEF =
            new Agents.Silence(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(1));

    /** No silence is short enough. */
    private static final Agents.Silence AT_ONCE = new Agents.Silence(Duration.ZERO, Duration.ZERO, Duration.ofHours(1));

    private final Database database;
    private final Events events;
    private final Tokens tokens;
    private final Runs runs;
    private final Workspaces workspaces;
    private final WorkspaceLocks locks;
    private final ConfigurationVersions configurations;
    private final Dispatch dispatch;
    private final Dispatch hasty;
    private final OverdueJobs overdue;
    private final Signals signals;
    private final Liveness liveness;
    private final Reports reports;
    private final Logs logs;
    private final Caller.User admin;
    private final String serverToken;
    private final Caller server;
    private Workspace workspace;
    private ConfigurationVersionId configuration;

    DispatchTest(TestDatabase test) {
        database = test.open(8);
        events = new Events(database.url()).start();
        Clock clock = Clock.systemUTC();
        tokens = new Tokens(database, clock);
        Jobs jobs = new Jobs(events);
        logs = new Logs(database, events);
        RunAdvance advance =
                new RunAdvance(events, jobs, logs, tokens, new Notifications(database, events), List.of(), clock);
        runs = new Runs(database, advance, clock, Engines.only("1.11.4"));
        workspaces = new Workspaces(database, clock, "1.11.4");
        locks = new WorkspaceLocks(database, advance::nextTurn);
        configurations = new ConfigurationVersions(database, clock);
        dispatch = new Dispatch(database, jobs, advance, tokens, events, Timeouts.DEFAULT, clock);
        hasty = new Dispatch(
                database, jobs, advance, tokens, events, new Timeouts(Duration.ZERO, Duration.ZERO), clock);
        overdue = new OverdueJobs(database, jobs, advance);
        signals = new Signals(database, events, clock);
        liveness = new Liveness(database, jobs, advance, Duration.ZERO);
        reports = new Reports(database, jobs, advance);
        User user = new Users(database).admin();
        admin = new Caller.User(user.id(), user.username(), true);
        serverToken = tokens.mintServerToken();
        server = tokens.verify(serverToken);
    }

    @BeforeEach
    void makeWorkspace() {
        String name = "t-" + UUID.randomUUID().toString().substring(0, 20);
        new Organizations(database, Clock.systemUTC()).create(admin, name, "a@b.c", fresh -> fresh);
        workspace = workspaces
                .create(admin, name, "w", Optional.empty(), fresh -> fresh, Workspaces.Labels.NONE)
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

    private Run run(boolean planOnly, boolean autoApply) {
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
                .run();
    }

    private Caller.Agent agent() {
        return agent(Engine.TERRAFORM);
    }

    private Caller.Agent agent(Engine engine) {
        return agent(dispatch.register(server, details(engine)));
    }

    private static Agents.Details details(Engine engine) {
        return new Agents.Details(
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
                List.of(engine),
                Map.of());
    }

    private Caller.Agent agent(Registration registration) {
        return (Caller.Agent) tokens.verify(registration.sessionToken());
    }

    private RunStatus status(RunId id) {
        return runs.read(admin, id).run().status();
    }

    private void report(Caller.Agent agent, Offer offer, Report.Outcome outcome, PlanResult result) {
        reports.accept(
                agent,
                new Report(
                        offer.run().id(), offer.kind(), Optional.of(offer.lease()), outcome, Optional.empty(), result));
    }

    private Optional<Offer> take(Caller.Agent agent) {
        return dispatch.next(agent, ALL, Optional.empty(), Duration.ZERO);
    }

    private Optional<Offer> take(Caller.Agent agent, RunId only) {
        return dispatch.next(agent, ALL, Optional.of(only), Duration.ZERO);
    }

    @Test
    void aRunIsPlannedConfirmedAndApplied() {
        RunId id = run(false, false).id();
        Caller.Agent agent = agent();

        Offer plan = take(agent).orElseThrow();
        assertThat(status(id), is(RunStatus.PLANNING));
        report(agent, plan, Report.Outcome.FINISHED, CHANGES);
        assertThat(status(id), is(RunStatus.PLANNED));
        runs.confirm(admin, id);
        assertThat(status(id), is(RunStatus.APPLY_QUEUED));
        Offer apply = take(agent).orElseThrow();
        assertThat(apply.kind(), is(Phase.Kind.APPLY));
        report(agent, apply, Report.Outcome.FINISHED, PlanResult.NONE);

        assertThat(status(id), is(RunStatus.APPLIED));
        assertThat(workspaces.read(admin, workspace.id()).workspace().lock(), is(Optional.empty()));
    }

    @Test
    void autoApplyNeedsNobody() {
        RunId id = run(false, true).id();
        Caller.Agent agent = agent();

        report(agent, take(agent).orElseThrow(), Report.Outcome.FINISHED, CHANGES);

        assertThat(status(id), is(RunStatus.APPLY_QUEUED));
    }

    @Test
    void aPlanWithoutChangesIsTheEnd() {
        RunId id = run(false, false).id();
        Caller.Agent agent = agent();

        report(agent, take(agent).orElseThrow(), Report.Outcome.FINISHED, PlanResult.NONE);

        assertThat(status(id), is(RunStatus.PLANNED_AND_FINISHED));
    }

    @Test
    void theSecondRunWaitsForTheFirst() {
        RunId first = run(false, false).id();
        RunId second = run(false, false).id();

        assertThat(status(first), is(RunStatus.PLAN_QUEUED));
        assertThat(status(second), is(RunStatus.PENDING));
        runs.cancel(admin, first);

        assertThat(status(first), is(RunStatus.CANCELED));
        assertThat(status(second), is(RunStatus.PLAN_QUEUED));
    }

    @Test
    void aSpeculativeRunDoesNotWait() {
        run(false, false);

        assertThat(status(run(true, false).id()), is(RunStatus.PLAN_QUEUED));
    }

    @Test
    void aLockedWorkspaceHoldsItsRunsBack() {
        locks.lock(admin, workspace.id(), Optional.of("maintenance"));
        RunId id = run(false, false).id();
        assertThat(status(id), is(RunStatus.PENDING));

        locks.unlock(admin, workspace.id());

        assertThat(status(id), is(RunStatus.PLAN_QUEUED));
        Lock lock = workspaces.read(admin, workspace.id()).workspace().lock().orElseThrow();
        assertThat(lock.heldBy(), is("Run " + id.value()));
    }

    @Test
    void appliesGoBeforePlansAndPlansBeforeSpeculativeOnes() {
        RunId speculative = run(true, false).id();
        RunId plan = run(false, false).id();
        Caller.Agent agent = agent();

        assertThat(take(agent).orElseThrow().run().id(), is(plan));
        assertThat(take(agent).orElseThrow().run().id(), is(speculative));
    }

    /** Whose plan can be applied goes first; then whoever has fewer. */
    @Test
    void organizationsTakeTurns() {
        Workspace crowded = workspace;
        RunId first = run(true, false).id();
        RunId second = run(true, false).id();
        RunId third = run(true, false).id();
        makeWorkspace();
        RunId other = run(true, false).id();
        RunId plan = run(false, false).id();
        Caller.Agent agent = agent();

        List<RunId> taken = Stream.generate(
                        () -> take(agent).orElseThrow().run().id())
                .limit(5)
                .toList();

        assertThat(taken, is(List.of(plan, first, second, other, third)));
        workspaces.delete(admin, crowded.id());
    }

    @Test
    void twoAgentsNeverGetTheSameJob() throws Exception {
        int jobs = 20;
        for (int i = 0; i < jobs; i++) {
            run(true, false);
        }
        List<Caller.Agent> agents = List.of(agent(), agent(), agent(), agent());

        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> takers = agents.stream()
                    .map(agent -> (Callable<Integer>) () -> {
                        int taken = 0;
                        while (take(agent).isPresent()) {
                            taken++;
                        }
                        return taken;
                    })
                    .toList();
            int taken = 0;
            for (Future<Integer> future : executor.invokeAll(takers)) {
                taken += future.get();
            }

            assertThat(taken, is(jobs));
        }
    }

    /** Whatever the moment in which two ask at once. */
    @Test
    void twoAgentsThatRaceForOneJobAThousandTimesGetItOnce() throws Exception {
        List<Caller.Agent> agents = List.of(agent(), agent());
        CyclicBarrier start = new CyclicBarrier(agents.size());

        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1000; i++) {
                RunId id = run(true, false).id();
                List<Callable<Optional<Offer>>> takers = agents.stream()
                        .map(agent -> (Callable<Optional<Offer>>) () -> {
                            start.await();
                            return take(agent);
                        })
                        .toList();
                List<Offer> taken = new ArrayList<>();
                for (Future<Optional<Offer>> future : executor.invokeAll(takers)) {
                    future.get().ifPresent(taken::add);
                }
                assertThat(taken.stream().map(offer -> offer.run().id()).toList(), is(List.of(id)));
            }
        }
    }

    @Test
    void aWaitingAgentIsWokenByANewJob() throws Exception {
        Caller.Agent agent = agent();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<Offer>> waiting =
                    executor.submit(() -> dispatch.next(agent, ALL, Optional.empty(), Duration.ofSeconds(30)));

            RunId id = run(true, false).id();

            assertThat(waiting.get().orElseThrow().run().id(), is(id));
        }
    }

    @Test
    void aForcedRunEndsWhatIsBeforeIt() {
        RunId first = run(false, false).id();
        Caller.Agent agent = agent();
        report(agent, take(agent).orElseThrow(), Report.Outcome.FINISHED, CHANGES);
        RunId second = run(false, false).id();
        RunId speculative = run(true, false).id();
        RunId third = run(false, false).id();
        RunId fourth = run(false, false).id();

        runs.forceExecute(admin, third);

        assertThat(status(first), is(RunStatus.DISCARDED));
        assertThat(status(second), is(RunStatus.CANCELED));
        assertThat(status(speculative), is(RunStatus.PLAN_QUEUED));
        assertThat(status(third), is(RunStatus.PLAN_QUEUED));
        assertThat(status(fourth), is(RunStatus.PENDING));
        assertThrows(Refusal.Conflict.class, () -> runs.forceExecute(admin, third));
    }

    @Test
    void aForcedRunWaitsUntilTheEngineBeforeItHasStopped() {
        RunId first = run(false, false).id();
        Caller.Agent agent = agent();
        Offer plan = take(agent).orElseThrow();
        RunId second = run(false, false).id();

        runs.forceExecute(admin, second);

        assertThat(status(first), is(RunStatus.PLANNING));
        assertThat(status(second), is(RunStatus.PENDING));
        report(agent, plan, Report.Outcome.CANCELED, PlanResult.NONE);
        assertThat(status(first), is(RunStatus.CANCELED));
        assertThat(status(second), is(RunStatus.PLAN_QUEUED));
    }

    @Test
    void nobodysLockIsForced() {
        locks.lock(admin, workspace.id(), Optional.of("maintenance"));
        RunId id = run(false, false).id();

        assertThrows(Refusal.Conflict.class, () -> runs.forceExecute(admin, id));

        assertThat(status(id), is(RunStatus.PENDING));
    }

    @Test
    void aWorkspaceKnowsHowItsRunsWent() {
        assertThat(kpis(), is(Optional.empty()));
        Caller.Agent agent = agent();
        run(true, false);
        report(agent, take(agent).orElseThrow(), Report.Outcome.ERRORED, PlanResult.NONE);
        assertThat(kpis(), is(Optional.empty()));

        run(false, true);
        report(agent, take(agent).orElseThrow(), Report.Outcome.FINISHED, CHANGES);
        report(agent, take(agent).orElseThrow(), Report.Outcome.FINISHED, PlanResult.NONE);
        Kpis applied = kpis().orElseThrow();
        run(false, false);
        report(agent, take(agent).orElseThrow(), Report.Outcome.ERRORED, PlanResult.NONE);
        Kpis errored = kpis().orElseThrow();

        assertThat(applied.runs(), is(1));
        assertThat(applied.failures(), is(0));
        assertThat(applied.planAverage().isPresent(), is(true));
        assertThat(applied.applyAverage().isPresent(), is(true));
        assertThat(errored.runs(), is(2));
        assertThat(errored.failures(), is(1));
    }

    private Optional<Kpis> kpis() {
        return workspaces.read(admin, workspace.id()).workspace().kpis();
    }

    @Test
    void aReportTwiceChangesNothing() {
        RunId id = run(false, false).id();
        Caller.Agent agent = agent();
        Offer plan = take(agent).orElseThrow();

        report(agent, plan, Report.Outcome.FINISHED, CHANGES);
        report(agent, plan, Report.Outcome.FINISHED, CHANGES);

        assertThat(status(id), is(RunStatus.PLANNED));
    }

    @Test
    void anotherAgentsReportIsRefused() {
        run(false, false);
        Offer plan = take(agent()).orElseThrow();

        assertThrows(Refusal.Conflict.class, () -> report(agent(), plan, Report.Outcome.FINISHED, CHANGES));
    }

    @Test
    void cancelWhilePlanningSignalsTheAgent() {
        RunId id = run(false, false).id();
        Caller.Agent agent = agent();
        Offer plan = take(agent).orElseThrow();

        runs.cancel(admin, id);

        assertThat(status(id), is(RunStatus.PLANNING));
        assertThat(
                signals.await(agent, id, plan.lease(), Job.Signal.NONE, Duration.ZERO),
                is(Optional.of(Signals.Told.CANCEL)));
        assertThat(signals.await(agent, id, plan.lease(), Job.Signal.CANCEL, Duration.ZERO), is(Optional.empty()));
        report(agent, plan, Report.Outcome.CANCELED, PlanResult.NONE);
        assertThat(status(id), is(RunStatus.CANCELED));
    }

    @Test
    void forceCancelNeedsACancelBefore() {
        RunId id = run(false, false).id();
        take(agent());

        assertThrows(Refusal.Conflict.class, () -> runs.forceCancel(admin, id));
    }

    @Test
    void aLostPlanThatHadNotStartedIsPlannedByAnotherAgent() {
        RunId id = run(false, false).id();
        take(agent());

        liveness.sweep(AT_ONCE);
        assertThat(status(id), is(RunStatus.PLAN_QUEUED));

        assertThat(take(agent()).orElseThrow().run().id(), is(id));
    }

    @Test
    void aLostApplyIsErroredAndSaysWhy() {
        RunId id = run(false, true).id();
        Caller.Agent agent = agent();
        report(agent, take(agent).orElseThrow(), Report.Outcome.FINISHED, CHANGES);
        Offer apply = take(agent).orElseThrow();

        liveness.sweep(AT_ONCE);

        assertThat(status(id), is(RunStatus.ERRORED));
        String log = new String(logs.read(apply.run().apply().id(), 0, 1000), StandardCharsets.UTF_8);
        assertThat(log, containsString("fell silent"));
        assertThat(log.charAt(0), is('\u0002'));
        assertThat(log.charAt(log.length() - 1), is('\u0003'));
        assertThrows(Refusal.Conflict.class, () -> report(agent, apply, Report.Outcome.FINISHED, PlanResult.NONE));
    }

    @Test
    void aPlanThatHadStartedIsNotPlannedAgain() {
        RunId id = run(false, false).id();
        Caller.Agent agent = agent();
        report(agent, take(agent).orElseThrow(), Report.Outcome.RUNNING, PlanResult.NONE);

        liveness.sweep(AT_ONCE);

        assertThat(status(id), is(RunStatus.ERRORED));
        assertThat(workspaces.read(admin, workspace.id()).workspace().lock(), is(Optional.empty()));
    }

    @Test
    void aPieceOfLogShowsThatTheEngineStarted() {
        Run run = run(false, false);
        Offer plan = take(agent()).orElseThrow();
        logs.append(run.plan().id(), plan.claim(), 0, new byte[] {'x'});

        liveness.sweep(AT_ONCE);

        assertThat(status(run.id()), is(RunStatus.ERRORED));
    }

    @Test
    void aPlanIsQueuedAgainOnceOnly() {
        RunId id = run(false, false).id();
        take(agent());
        liveness.sweep(AT_ONCE);
        take(agent());

        liveness.sweep(AT_ONCE);

        assertThat(status(id), is(RunStatus.ERRORED));
    }

    @Test
    void anApplyThatHadNotStartedIsNotGivenToASecondAgent() {
        RunId id = run(false, true).id();
        Caller.Agent agent = agent();
        report(agent, take(agent).orElseThrow(), Report.Outcome.FINISHED, CHANGES);
        take(agent);

        liveness.sweep(AT_ONCE);

        assertThat(status(id), is(RunStatus.ERRORED));
    }

    @Test
    void whatALostAgentStillWritesIsRefused() {
        Run run = run(false, false);
        Offer first = take(agent()).orElseThrow();
        liveness.sweep(AT_ONCE);
        Caller.Agent second = agent();
        Offer again = take(second).orElseThrow();
        byte[] text = {'x'};

        assertThrows(Refusal.Conflict.class, () -> logs.append(run.plan().id(), first.claim(), 0, text));
        assertThat(logs.append(run.plan().id(), again.claim(), 0, text), is(1L));
        report(second, again, Report.Outcome.FINISHED, CHANGES);

        assertThrows(Refusal.Conflict.class, () -> logs.append(run.plan().id(), again.claim(), 1, text));
        assertThat(logs.append(run.plan().id(), again.claim(), 0, text), is(1L));
    }

    @Test
    void silenceWhileTheServerWasAwayDoesNotCount() {
        RunId id = run(false, false).id();
        Caller.Agent agent = agent();
        Offer plan = take(agent).orElseThrow();
        Agents.Silence justStarted = new Agents.Silence(Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO);

        liveness.sweep(justStarted);

        report(agent, plan, Report.Outcome.FINISHED, CHANGES);
        assertThat(status(id), is(RunStatus.PLANNED));
    }

    @Test
    void anAgentThatSpeaksLateIsNotGivenUp() {
        Caller.Agent agent = agent();
        Agents.Silence unknown = new Agents.Silence(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(2));
        liveness.sweep(unknown);

        liveness.heartbeat(agent, "idle", Optional.of(List.of()));

        RunId id = run(true, false).id();
        assertThat(take(agent).orElseThrow().run().id(), is(id));
    }

    @Test
    void anAgentThatWasGivenUpIsToldSo() {
        Caller.Agent agent = agent();
        liveness.sweep(AT_ONCE);

        assertThrows(Refusal.Gone.class, () -> liveness.heartbeat(agent, "idle", Optional.of(List.of())));
        assertThrows(Refusal.Gone.class, () -> take(agent));
    }

    @Test
    void anAgentThatEndsGivesUpItsJobs() {
        RunId id = run(false, false).id();
        Caller.Agent agent = agent();
        take(agent);

        liveness.heartbeat(agent, "exited", Optional.of(List.of()));

        assertThat(status(id), is(RunStatus.PLAN_QUEUED));
    }

    /** A poll whose client had died without a word. */
    @Test
    void aJobThatNobodyAcknowledgesIsGivenToAnotherAgent() {
        RunId id = run(false, true).id();
        Offer lost = take(agent()).orElseThrow();
        liveness.sweep(BRIEF);
        assertThat(status(id), is(RunStatus.PLAN_QUEUED));
        Caller.Agent second = agent();
        report(second, take(second).orElseThrow(), Report.Outcome.FINISHED, CHANGES);
        Offer lostToo = take(second).orElseThrow();
        assertThat(status(id), is(RunStatus.APPLYING));

        liveness.sweep(BRIEF);

        assertThat(status(id), is(RunStatus.APPLY_QUEUED));
        Caller.Agent third = agent();
        Offer apply = take(third).orElseThrow();
        assertThrows(Refusal.Conflict.class, () -> report(second, lost, Report.Outcome.RUNNING, PlanResult.NONE));
        assertThrows(Refusal.Conflict.class, () -> report(second, lostToo, Report.Outcome.RUNNING, PlanResult.NONE));
        report(third, apply, Report.Outcome.RUNNING, PlanResult.NONE);
        liveness.sweep(BRIEF);
        report(third, apply, Report.Outcome.FINISHED, PlanResult.NONE);
        assertThat(status(id), is(RunStatus.APPLIED));
    }

    @Test
    void aJobThatItsAgentListsIsItsOwn() {
        RunId id = run(false, false).id();
        Caller.Agent agent = agent();
        Offer plan = take(agent).orElseThrow();
        liveness.heartbeat(agent, "busy", Optional.of(List.of(new Liveness.HeldJob(id, plan.lease()))));

        liveness.sweep(BRIEF);

        assertThat(status(id), is(RunStatus.PLANNING));
    }

    /** It may have begun before we know: an apply is not done twice. */
    @Test
    void anApplyOfAForeignAgentIsNotGivenToAnother() {
        RunId id = run(false, true).id();
        Caller.Agent agent = foreignAgent();
        Offer plan = take(agent).orElseThrow();
        report(agent, plan, Report.Outcome.FINISHED, CHANGES);
        take(agent);

        liveness.sweep(BRIEF);

        assertThat(status(id), is(RunStatus.APPLYING));
    }

    @Test
    void aPlanThatTakesTooLongIsStopped() {
        RunId id = run(false, false).id();
        Caller.Agent agent = foreignAgent();
        Offer plan = hasty.next(agent, ALL, Optional.empty(), Duration.ZERO).orElseThrow();
        report(agent, plan, Report.Outcome.RUNNING, PlanResult.NONE);

        overdue.sweep(Duration.ofHours(1));

        assertThat(
                signals.await(agent, id, plan.lease(), Job.Signal.NONE, Duration.ZERO),
                is(Optional.of(Signals.Told.CANCEL)));
        assertThat("it is given time", status(id), is(RunStatus.PLANNING));
        report(agent, plan, Report.Outcome.CANCELED, PlanResult.NONE);
        assertThat("nobody has canceled it", status(id), is(RunStatus.ERRORED));
        assertThat(
                planLog(plan), containsString("The plan took longer than the 0s that it may take, and was stopped."));
    }

    @Test
    void anEngineThatDoesNotStopIsGivenUp() {
        RunId id = run(false, false).id();
        Caller.Agent agent = agent();
        Offer plan = hasty.next(agent, ALL, Optional.empty(), Duration.ZERO).orElseThrow();
        report(agent, plan, Report.Outcome.RUNNING, PlanResult.NONE);

        overdue.sweep(Duration.ZERO);

        assertThat(status(id), is(RunStatus.ERRORED));
        assertThat(planLog(plan), containsString("did not stop when it was told to"));
        assertThat(
                signals.await(agent, id, plan.lease(), Job.Signal.NONE, Duration.ZERO),
                is(Optional.of(Signals.Told.LEASE_LOST)));
        assertThat(workspaces.read(admin, workspace.id()).workspace().lock(), is(Optional.empty()));
    }

    @Test
    void whoCancelsFirstHasCanceledIt() {
        RunId id = run(false, false).id();
        Caller.Agent agent = foreignAgent();
        Offer plan = hasty.next(agent, ALL, Optional.empty(), Duration.ZERO).orElseThrow();
        runs.cancel(admin, id);

        overdue.sweep(Duration.ofHours(1));
        report(agent, plan, Report.Outcome.CANCELED, PlanResult.NONE);

        assertThat(status(id), is(RunStatus.CANCELED));
    }

    @Test
    void whatIsInTimeIsLeftAlone() {
        RunId id = run(false, false).id();
        Caller.Agent agent = foreignAgent();
        Offer plan = take(agent).orElseThrow();

        overdue.sweep(Duration.ZERO);

        assertThat(status(id), is(RunStatus.PLANNING));
        assertThat(plan.timeout(), is(Timeouts.DEFAULT.plan()));
        assertThat(signals.await(agent, id, plan.lease(), Job.Signal.NONE, Duration.ZERO), is(Optional.empty()));
    }

    private String planLog(Offer plan) {
        return new String(logs.read(plan.run().plan().id(), 0, 1000), StandardCharsets.UTF_8);
    }

    /** The answer to its claim was lost on the wire: its next list of jobs shows it, and its next poll mends it. */
    @Test
    void aJobThatAnAgentDoesNotListIsOfferedToItAgain() {
        RunId id = run(false, false).id();
        Caller.Agent agent = agent();
        Offer lost = take(agent).orElseThrow();
        assertThat(take(agent), is(Optional.empty()));

        liveness.heartbeat(agent, "idle", Optional.of(List.of()));

        Offer again = take(agent).orElseThrow();
        assertThat(again.run().id(), is(id));
        assertThrows(Refusal.Conflict.class, () -> report(agent, lost, Report.Outcome.FINISHED, CHANGES));
        report(agent, again, Report.Outcome.FINISHED, CHANGES);
        assertThat(status(id), is(RunStatus.PLANNED));
    }

    @Test
    void aJobThatAnAgentListsIsNotOfferedAgain() {
        RunId id = run(false, false).id();
        Caller.Agent agent = agent();
        Offer plan = take(agent).orElseThrow();

        liveness.heartbeat(agent, "busy", Optional.of(List.of(new Liveness.HeldJob(id, plan.lease()))));
        liveness.heartbeat(agent, "idle", Optional.of(List.of()));

        assertThat(take(agent), is(Optional.empty()));
    }

    /** It does one job at a time: asking for another says that it has none. */
    @Test
    void anAgentThatListsNothingIsOfferedItsJobAgainWhenItAsks() {
        RunId id = run(false, false).id();
        Caller.Agent agent = foreignAgent();
        take(agent);

        Offer again = take(agent).orElseThrow();
        assertThat(again.run().id(), is(id));
        report(agent, again, Report.Outcome.RUNNING, PlanResult.NONE);

        assertThat(take(agent), is(Optional.empty()));
    }

    @Test
    void aJobThatItsAgentSaysNoMoreOfIsGivenUp() {
        RunId id = run(false, false).id();
        Caller.Agent agent = agent();
        report(agent, take(agent).orElseThrow(), Report.Outcome.RUNNING, PlanResult.NONE);
        Agents.Silence brief = new Agents.Silence(Duration.ofMillis(200), Duration.ofHours(1), Duration.ofHours(1));

        for (int beats = 0; beats < 10_000 && status(id) == RunStatus.PLANNING; beats++) {
            liveness.heartbeat(agent, "idle", Optional.of(List.of()));
            liveness.sweep(brief);
        }

        assertThat(status(id), is(RunStatus.ERRORED));
    }

    private Caller.Agent foreignAgent() {
        Registration registration = dispatch.register(
                server,
                new Agents.Details(
                        Optional.of("stranger"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        false,
                        ALL,
                        Dialect.TFC,
                        Optional.empty(),
                        List.of(Engine.TERRAFORM),
                        Map.of()));
        return new Caller.Agent(registration.agent().id(), Optional.empty(), Optional.empty());
    }

    /** Whoever takes a whole run asks for its apply only, and hears when there will be none. */
    @Test
    void anAgentOfOneRunIsGivenNoOther() {
        Caller.Agent agent = agent();
        RunId id = run(false, false).id();
        report(agent, take(agent).orElseThrow(), Report.Outcome.FINISHED, CHANGES);
        run(true, false);

        assertThat(take(agent, id), is(Optional.empty()));
        runs.confirm(admin, id);
        Offer apply = take(agent, id).orElseThrow();
        assertThat(apply.kind(), is(Phase.Kind.APPLY));
        report(agent, apply, Report.Outcome.FINISHED, PlanResult.NONE);

        assertThrows(Refusal.NotFound.class, () -> take(agent, id));
    }

    @Test
    void anApplyThatAnotherAgentHasIsNotWaitedFor() {
        Caller.Agent agent = agent();
        RunId id = run(false, true).id();
        report(agent, take(agent).orElseThrow(), Report.Outcome.FINISHED, CHANGES);
        take(agent()).orElseThrow();

        assertThrows(Refusal.NotFound.class, () -> take(agent, id));
    }

    @Test
    void anAgentIsGivenWhatItsEnginesRun() {
        RunId terraform = run(true, false).id();
        workspaces.update(admin, workspace.id(), before -> before.with(tofu(before.settings())), Optional.empty());
        RunId tofu = run(true, false).id();
        Caller.Agent agent = agent(Engine.TOFU);

        Offer offer = take(agent).orElseThrow();

        assertThat(offer.run().id(), is(tofu));
        assertThat(offer.run().engine(), is(Engine.TOFU));
        assertThat(take(agent), is(Optional.empty()));
        assertThat(take(agent(Engine.TERRAFORM)).orElseThrow().run().id(), is(terraform));
    }

    private static Settings tofu(Settings before) {
        return new Settings(
                before.name(),
                before.description(),
                before.allowDestroyPlan(),
                before.assessmentsEnabled(),
                before.autoApply(),
                before.autoApplyRunTrigger(),
                before.autoDestroy(),
                before.fileTriggersEnabled(),
                before.globalRemoteState(),
                before.projectRemoteState(),
                before.queueAllRuns(),
                before.source(),
                before.sourceName(),
                before.sourceUrl(),
                before.speculativeEnabled(),
                before.structuredRunOutputEnabled(),
                Engine.TOFU,
                TerraformVersion.LATEST,
                before.triggerPatterns(),
                before.triggerPrefixes(),
                before.workingDirectory());
    }

    /** What is said while it is drained goes with it. */
    @Test
    void whyAnAgentIsDrainedIsSaidToIt() {
        AgentPoolId pool = new AgentPools(database, Clock.systemUTC())
                .create(admin, workspace.organizationName(), "drained", fresh -> fresh)
                .id();
        Agents agents = new Agents(database);
        RegisteredAgent agent =
                database.transact(tx -> Agents.register(tx, Optional.of(pool), details(Engine.TERRAFORM)));
        Caller.Agent caller = new Caller.Agent(agent.id(), Optional.of(pool), Optional.empty());

        agents.drain(admin, agent.id(), true, Optional.of(" the host is rebuilt "));

        assertThat(
                liveness.heartbeat(caller, "idle", Optional.empty()).agent().drainMessage(),
                is(Optional.of("the host is rebuilt")));
        assertThat(agents.drain(admin, agent.id(), false, Optional.of("x")).drainMessage(), is(Optional.empty()));
    }

    @Test
    void anAgentActsForAsLongAsItsTokenIsThere() {
        Caller.Agent agent = agent();
        run(false, false);

        tokens.revoke(serverToken);

        assertThrows(Refusal.Unauthenticated.class, () -> take(agent));
    }

    @Test
    void anAgentThatStartsAgainFindsItsJob() {
        run(false, false);
        Agents.Details details = new Agents.Details(
                Optional.of("a"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(UUID.randomUUID().toString()),
                1,
                true,
                ALL,
                Dialect.TFC,
                Optional.empty(),
                List.of(Engine.TERRAFORM),
                Map.of());
        Registration first = dispatch.register(server, details);
        Caller.Agent agent = agent(first);
        Offer plan = take(agent).orElseThrow();

        Registration second = dispatch.register(server, details);

        assertThat(second.agent().id(), is(first.agent().id()));
        assertThat(second.held(), hasSize(1));
        assertThrows(Refusal.Conflict.class, () -> report(agent, plan, Report.Outcome.FINISHED, CHANGES));
        report(agent, second.held().getFirst(), Report.Outcome.FINISHED, CHANGES);
        assertThat(status(plan.run().id()), is(RunStatus.PLANNED));
    }

    /** Its connection may be gone while the server still waits on its behalf: what that wait took would reach nobody. */
    @Test
    void anAgentThatRegisteredAgainTakesNothingInItsEarlierSession() {
        Agents.Details details = new Agents.Details(
                Optional.of("a"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(UUID.randomUUID().toString()),
                1,
                true,
                ALL,
                Dialect.TFC,
                Optional.empty(),
                List.of(Engine.TERRAFORM),
                Map.of());
        Caller.Agent before = agent(dispatch.register(server, details));
        Caller.Agent after = agent(dispatch.register(server, details));
        Run run = run(false, false);

        assertThrows(Refusal.Unauthenticated.class, () -> take(before));

        assertThat(take(after).orElseThrow().run().id(), is(run.id()));
    }

    @Test
    void logsTakeBytesOnceAndInOrder() {
        Run run = run(false, false);
        take(agent());
        byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);

        assertThat(logs.append(run.plan().id(), 1, 0, hello), is(5L));
        assertThat(logs.append(run.plan().id(), 1, 0, hello), is(5L));
        assertThat(logs.append(run.plan().id(), 1, 3, "lo!".getBytes(StandardCharsets.UTF_8)), is(6L));
        assertThrows(Logs.LogGap.class, () -> logs.append(run.plan().id(), 1, 99, hello));

        assertThat(new String(logs.read(run.plan().id(), 0, 100), StandardCharsets.UTF_8), is("\u0002hello!"));
        assertThat(new String(logs.read(run.plan().id(), 3, 2), StandardCharsets.UTF_8), is("ll"));
        assertThat(logs.read(run.plan().id(), 100, 10).length, is(0));
    }

    @Test
    void runsAreListedNewestFirst() {
        RunId first = run(true, false).id();
        RunId second = run(true, false).id();

        assertThat(
                runs.list(admin, workspace.id(), List.of(), Page.Request.FIRST).items().stream()
                        .map(view -> view.run().id())
                        .toList(),
                is(List.of(second, first)));
    }
}
