package io.otfd.taskstage;

import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.RunId;
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
import io.otfd.run.PlanResult;
import io.otfd.run.RunAdvance;
import io.otfd.run.RunOptions;
import io.otfd.run.RunStatus;
import io.otfd.run.Runs;
import io.otfd.token.Tokens;
import io.otfd.user.User;
import io.otfd.user.Users;
import io.otfd.workspace.Engine;
import io.otfd.workspace.Engines;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.Workspaces;
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
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs whose stages are checked, an agent that executes them, and a workspace for each test, on real SQL. */
@ExtendWith(PostgresExtension.class)
public abstract class StageBench {

    private static final List<String> ALL = List.of("plan", "apply");
    protected static final PlanResult CHANGES =
            new PlanResult(true, false, Optional.of(1), Optional.of(0), Optional.of(0), Optional.of(0));

    protected final Database database;
    protected final Events events;
    protected final Clock clock = Clock.systemUTC();
    protected final Tokens tokens;
    protected final RunAdvance advance;
    protected final Runs runs;
    protected final Workspaces workspaces;
    protected final TaskStages stages;
    protected final Caller.User admin;
    protected String organization;
    protected Workspace workspace;
    protected final ConfigurationVersions configurations;
    private final Dispatch dispatch;
    private final Reports reports;
    private final Caller server;
    protected ConfigurationVersionId configuration;

    /** @param checks what runs wait for in their stages */
    protected StageBench(TestDatabase test, Function<Events, List<StageCheck>> checks) {
        database = test.open(4);
        events = new Events(database.url()).start();
        tokens = new Tokens(database, clock);
        Jobs jobs = new Jobs(events);
        advance = new RunAdvance(
                events,
                jobs,
                new Logs(database, events),
                tokens,
                new Notifications(database, events),
                checks.apply(events),
                clock);
        runs = new Runs(database, advance, clock, Engines.only("1.11.4"));
        workspaces = new Workspaces(database, clock, "1.11.4");
        configurations = new ConfigurationVersions(database, clock);
        dispatch = new Dispatch(database, jobs, advance, tokens, events, Timeouts.DEFAULT, clock);
        reports = new Reports(database, jobs, advance);
        stages = new TaskStages(database, advance);
        User user = new Users(database).admin();
        admin = new Caller.User(user.id(), user.username(), true);
        server = tokens.verify(tokens.mintServerToken());
    }

    @BeforeEach
    protected void makeWorkspace() {
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
    protected void close() {
        workspaces.delete(admin, workspace.id());
        events.close();
        database.close();
    }

    protected RunId run(boolean planOnly, boolean autoApply) {
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

    protected Caller.Agent agent() {
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

    protected void execute(RunId run, PlanResult result) {
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

    protected RunStatus status(RunId id) {
        return runs.read(admin, id).run().status();
    }

    protected TaskStageView stage(RunId run, Stage wanted) {
        return stages.list(admin, run).stream()
                .filter(view -> view.stage().stage() == wanted)
                .findFirst()
                .orElseThrow();
    }
}
