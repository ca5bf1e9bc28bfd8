package io.otfd.ui;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import io.otfd.Ids.AgentPoolId;
import io.otfd.TestDatabase;
import io.otfd.access.Caller;
import io.otfd.agentpool.AgentOverview;
import io.otfd.agentpool.AgentPool;
import io.otfd.agentpool.AgentPools;
import io.otfd.agentpool.Agents;
import io.otfd.agentpool.Dialect;
import io.otfd.agentpool.RegisteredAgent;
import io.otfd.blob.Blobs;
import io.otfd.blob.Spool;
import io.otfd.comment.Comments;
import io.otfd.configuration.ConfigurationVersion;
import io.otfd.configuration.ConfigurationVersions;
import io.otfd.configuration.Readmes;
import io.otfd.database.Database;
import io.otfd.database.DatabaseUrl;
import io.otfd.event.Events;
import io.otfd.job.Jobs;
import io.otfd.log.Logs;
import io.otfd.notification.Notification;
import io.otfd.notification.NotificationConfigurations;
import io.otfd.notification.Notifications;
import io.otfd.notification.Receipt;
import io.otfd.organization.Organizations;
import io.otfd.organizationmembership.OrganizationMemberships;
import io.otfd.policy.Policies;
import io.otfd.policyevaluation.PolicyCheck;
import io.otfd.policyevaluation.PolicyEvaluations;
import io.otfd.policyset.PolicySets;
import io.otfd.project.Projects;
import io.otfd.registrymodule.RegistryModuleVersions;
import io.otfd.registrymodule.RegistryModules;
import io.otfd.run.Phase;
import io.otfd.run.QueryRun;
import io.otfd.run.QueryRuns;
import io.otfd.run.Run;
import io.otfd.run.RunAdvance;
import io.otfd.run.RunEvent;
import io.otfd.run.RunOptions;
import io.otfd.run.Runs;
import io.otfd.runtrigger.RunTriggers;
import io.otfd.sshkey.SshKeys;
import io.otfd.state.StateVersion;
import io.otfd.state.StateVersions;
import io.otfd.task.TaskRequest;
import io.otfd.task.Tasks;
import io.otfd.task.WorkspaceTasks;
import io.otfd.taskresult.Answer;
import io.otfd.taskresult.TaskChecks;
import io.otfd.taskresult.TaskResults;
import io.otfd.taskstage.TaskStages;
import io.otfd.team.TeamWorkspaces;
import io.otfd.team.Teams;
import io.otfd.token.AuthenticationTokens;
import io.otfd.token.AuthorizationCodes;
import io.otfd.token.Tokens;
import io.otfd.token.UserSessions;
import io.otfd.user.Accounts;
import io.otfd.user.AdminUsers;
import io.otfd.user.PasswordLinks;
import io.otfd.user.SignIns;
import io.otfd.user.User;
import io.otfd.user.Users;
import io.otfd.variable.Variable;
import io.otfd.variable.Variables;
import io.otfd.variableset.VariableSets;
import io.otfd.workspace.Engine;
import io.otfd.workspace.Engines;
import io.otfd.workspace.RemoteStateConsumers;
import io.otfd.workspace.Tags;
import io.otfd.workspace.WorkspaceLocks;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The services and a web server with nothing but pages: organizations {@code acme} and {@code crowd}. */
final class TestSite implements AutoCloseable {

    static final String TOKEN = "otfd.v1.token-of-the-test";
    static final String PLAN_LOG = "Terraform v1.11.4\n  \u001b[32m+\u001b[0m null_resource.a\nPlan: 1 to add\n";

    private final Database database;
    private final Events events;
    private final Workspaces workspaces;
    private final ConfigurationVersions configurations;
    private final RunAdvance advance;
    private final Runs runs;
    private final Variables variables;
    private final VariableSets variableSets;
    private final StateVersions states;
    private final WorkspaceLocks locks;
    private final AgentPools pools;
    private final PolicyEvaluations policyEvaluations;
    private final TaskResults taskResults;
    private final Tokens tokens;
    private final Tasks tasks;
    private final WorkspaceTasks workspaceTasks;
    private final Agents agents;
    private final Logs logs;
    private final Caller.User admin;
    private final PasswordLinks passwordLinks;
    private final WebServer web;

    /** Somebody who takes every message but those to {@code down.example.com}. */
    private static Receipt deliver(Notification notification) {
        return notification.url().orElse("").contains("down.example.com")
                ? Receipt.failed("nobody answers", true)
                : Receipt.arrived();
    }

    private static Receipt deliver(TaskRequest request) {
        return request.url().contains("down.example.com") ? Receipt.failed("nobody answers", true) : Receipt.arrived();
    }

    private TestSite(TestDatabase test) {
        DatabaseUrl url = new DatabaseUrl(test.jdbcUrl(), test.user(), test.password());
        Clock clock = Clock.systemUTC();
        database = test.open(5);
        events = new Events(url).start();
        tokens = new Tokens(database, clock);
        Users users = new Users(database);
        Organizations organizations = new Organizations(database, clock);
        workspaces = new Workspaces(database, clock, "1.11.4");
        configurations = new ConfigurationVersions(database, clock);
        logs = new Logs(database, events);
        advance = new RunAdvance(
                events,
                new Jobs(events),
                logs,
                tokens,
                new Notifications(database, events),
                List.of(new TaskChecks(events, clock), new PolicyCheck(events, clock)),
                clock);
        runs = new Runs(database, advance, clock, Engines.only("1.11.4"));
        User user = users.admin();
        admin = new Caller.User(user.id(), user.username(), true);
        tokens.setSiteToken(user.id(), TOKEN);
        for (String name : List.of("acme", "crowd")) {
            organizations.create(admin, name, "admin@example.com", UnaryOperator.identity());
        }
        workspaces.create(admin, "acme", "web", Optional.empty(), UnaryOperator.identity(), Workspaces.Labels.NONE);
        workspaces.create(admin, "acme", "api", Optional.empty(), UnaryOperator.identity(), Workspaces.Labels.NONE);
        for (int i = 1; i <= 22; i++) {
            workspaces.create(
                    admin,
                    "crowd",
                    "w%02d".formatted(i),
                    Optional.empty(),
                    UnaryOperator.identity(),
                    Workspaces.Labels.NONE);
        }
        variables = new Variables(database, clock);
        variableSets = new VariableSets(database, clock);
        states = new StateVersions(database, clock);
        locks = new WorkspaceLocks(database, advance::nextTurn);
        pools = new AgentPools(database, clock);
        policyEvaluations = new PolicyEvaluations(database, advance, clock);
        taskResults = new TaskResults(database, advance, tokens, TaskResults.Patience.DEFAULT, clock);
        tasks = new Tasks(database, TestSite::deliver, clock);
        workspaceTasks = new WorkspaceTasks(database, clock);
        agents = new Agents(database);
        AuthenticationTokens authenticationTokens = new AuthenticationTokens(database, clock);
        SignIns signIns = new SignIns(database, clock);
        passwordLinks = new PasswordLinks(database, clock);
        Pages pages = new Pages(new Services(
                new Accounts(database, signIns),
                new AdminUsers(database, locks),
                new AgentOverview(database),
                pools,
                agents,
                authenticationTokens,
                new AuthorizationCodes(database, authenticationTokens, clock),
                new Blobs(database),
                new Comments(database, clock),
                events,
                logs,
                new NotificationConfigurations(database, TestSite::deliver, clock),
                new OrganizationMemberships(database, clock),
                organizations,
                passwordLinks,
                new Policies(database, clock),
                policyEvaluations,
                new PolicySets(database, clock),
                new Projects(database, clock),
                new QueryRuns(database, runs),
                new RegistryModules(database, clock),
                new RegistryModuleVersions(database, clock),
                new RunTriggers(database, clock),
                runs,
                signIns,
                new SshKeys(database, clock),
                new Readmes(configurations),
                new RemoteStateConsumers(database),
                states,
                new Tags(database, clock),
                taskResults,
                new TaskStages(database, advance),
                tasks,
                new TeamWorkspaces(database, clock),
                new Teams(database, locks, clock),
                tokens,
                new UserSessions(database),
                users,
                variableSets,
                variables,
                locks,
                workspaceTasks,
                workspaces));
        web = WebServer.builder()
                .host("127.0.0.1")
                .addProtocol(Http1Config.builder().validatePrologue(false).build())
                .routing(pages::register)
                .build()
                .start();
    }

    static TestSite start(TestDatabase database) {
        return new TestSite(database);
    }

    Runs runs() {
        return runs;
    }

    /** What a task would say. */
    void answer(TaskResults.Claimed asked, Answer answer) {
        taskResults.answer(tokens.verify(asked.request().about().orElseThrow().token()), asked.id(), answer);
    }

    PolicyEvaluations policyEvaluations() {
        return policyEvaluations;
    }

    TaskResults taskResults() {
        return taskResults;
    }

    PasswordLinks passwordLinks() {
        return passwordLinks;
    }

    AgentPool pool(String name) {
        return pools.create(admin, "acme", name, UnaryOperator.identity());
    }

    AgentPool pool(AgentPoolId id) {
        return pools.read(admin, id);
    }

    WorkspaceView workspace(String name) {
        return workspaces.read(admin, "acme", name);
    }

    /** Registers an agent; returns it. */
    RegisteredAgent agent(AgentPoolId pool, String name) {
        return database.transact(tx -> Agents.register(
                tx,
                Optional.of(pool),
                new Agents.Details(
                        Optional.of(name),
                        Optional.of("192.0.2.7"),
                        Optional.of("0.1.0"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        true,
                        List.of("plan", "apply"),
                        Dialect.TFC,
                        Optional.of("bubblewrap"),
                        List.of(Engine.TERRAFORM),
                        Map.of("zone", "b"))));
    }

    void ping(RegisteredAgent agent, String status) {
        database.transactVoid(tx -> Agents.ping(tx, agent.id(), status));
    }

    List<Variable> variables(String workspace) {
        return variables.list(admin, workspace(workspace).workspace().id());
    }

    /** Stores a state of this serial with one output. */
    StateVersion state(String workspace, long serial) {
        return state(workspace, serial, """
                {"version": 4, "terraform_version": "1.11.4", "serial": %d, "lineage": "line", "resources": [],
                 "outputs": {"greeting": {"value": "hello %d", "type": "string"},
                             "secret": {"value": "hidden-value", "type": "string", "sensitive": true}}}
                """.formatted(serial, serial));
    }

    StateVersion state(String workspace, long serial, String json) {
        byte[] file = json.getBytes(StandardCharsets.UTF_8);
        WorkspaceView view = workspace(workspace);
        locks.lock(admin, view.workspace().id(), Optional.empty());
        try (Spool spool = Spool.of(file)) {
            return states.create(
                    admin,
                    view.workspace().id(),
                    new StateVersions.Upload(
                            serial,
                            spool.md5(),
                            Optional.of("line"),
                            false,
                            Optional.empty(),
                            Optional.of(spool),
                            Optional.empty()));
        } finally {
            locks.unlock(admin, view.workspace().id());
        }
    }

    /** Stores the plan of a run as an agent would. */
    void plan(Run run, String json) {
        try (Spool spool = Spool.of(json.getBytes(StandardCharsets.UTF_8))) {
            new Blobs(database).write(Phase.jsonKey(run.plan().id()), run.workspace(), spool);
        }
    }

    Logs logs() {
        return logs;
    }

    Caller.User admin() {
        return admin;
    }

    TestBrowser browser() {
        return new TestBrowser("http://127.0.0.1:" + web.port(), "");
    }

    TestBrowser browser(String cookie) {
        return new TestBrowser("http://127.0.0.1:" + web.port(), cookie);
    }

    /** Uploads a configuration with this file, which a run makes the current one. */
    void configure(String workspace, String path, String text) {
        ConfigurationVersion configuration = configurations.create(
                admin,
                workspace(workspace).workspace().id(),
                new ConfigurationVersions.Options("tfe-api", true, false, false));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            TarArchiveEntry entry = new TarArchiveEntry(path);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        configurations.upload(configuration.id(), Spool.of(bytes.toByteArray()), runs::createForUpload);
    }

    /** One that waits for an agent, of the newest configuration. */
    QueryRun query(String workspace) {
        return new QueryRuns(database, runs)
                .create(
                        admin,
                        new QueryRuns.Request(
                                workspaces
                                        .read(admin, "acme", workspace)
                                        .workspace()
                                        .id(),
                                Optional.empty(),
                                "tfe-api",
                                Optional.empty(),
                                true,
                                List.of()));
    }

    /** A run of {@code acme} that waits for its confirmation; an earlier one of the workspace is discarded. */
    Run plannedRun(String workspace, String message) {
        WorkspaceView view = workspaces.read(admin, "acme", workspace);
        view.workspace().currentRun().map(id -> runs.find(id)).ifPresent(this::end);
        ConfigurationVersion configuration = configurations.create(
                admin, view.workspace().id(), new ConfigurationVersions.Options("tfe-api", false, false, false));
        configurations.upload(configuration.id(), Spool.of(new byte[] {1}), (tx, uploaded) -> {});
        RunOptions options = new RunOptions(
                false,
                false,
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
                List.of());
        Run run = runs.create(
                        admin,
                        new Runs.Request(
                                view.workspace().id(),
                                Optional.of(configuration.id()),
                                message,
                                "tfe-ui",
                                given -> options))
                .run();
        advance(run, RunEvent.PLAN_STARTED);
        logs.append(run.plan().id(), 0, PLAN_LOG.getBytes());
        report(run);
        advance(run, RunEvent.PLAN_CHANGES);
        return runs.find(run.id());
    }

    private void end(Run run) {
        switch (run.status()) {
            case PLANNED, PENDING -> runs.discard(admin, run.id());
            case APPLY_QUEUED -> runs.cancel(admin, run.id());
            case APPLYING -> advance(run, RunEvent.APPLY_ERRORED);
            case PLAN_QUEUED, PLANNING, PLANNED_AND_SAVED, CONFIRMED ->
                throw new IllegalStateException(run.status().toString());
            case PLANNED_AND_FINISHED, APPLIED, DISCARDED, ERRORED, CANCELED, FORCE_CANCELED -> {}
        }
    }

    /** What an agent would say of the plan. */
    private void report(Run run) {
        database.transactVoid(
                tx -> tx.update("run.has_changes", "id", run.id(), "has_changes", true, "structured_output", true));
        database.transactVoid(tx -> tx.update(
                "run.phase_result",
                "id",
                run.plan().id(),
                "has_changes",
                true,
                "generated_configuration",
                false,
                "additions",
                1,
                "changes",
                0,
                "destructions",
                0,
                "imports",
                0));
    }

    void advance(Run run, RunEvent event) {
        database.transactVoid(tx -> advance.advance(tx, run.id(), event, Optional.empty()));
    }

    @Override
    public void close() {
        web.stop();
        events.close();
        database.close();
    }
}
