package io.otfd.daemon;

import io.otfd.agent.Agent;
import io.otfd.agentpool.AgentOverview;
import io.otfd.agentpool.AgentPools;
import io.otfd.agentpool.Agents;
import io.otfd.api.Archivist;
import io.otfd.api.BearerAuthentication;
import io.otfd.api.Discovery;
import io.otfd.api.RouteTable;
import io.otfd.api.SignedUrls;
import io.otfd.api.account.AccountEndpoints;
import io.otfd.api.admin.AdminEndpoints;
import io.otfd.api.admin.AdminUserEndpoints;
import io.otfd.api.agent.AgentEndpoints;
import io.otfd.api.agent.JobOffers;
import io.otfd.api.agentpool.AgentPoolEndpoints;
import io.otfd.api.comment.CommentEndpoints;
import io.otfd.api.configuration.ConfigurationVersionEndpoints;
import io.otfd.api.engine.EngineEndpoints;
import io.otfd.api.engine.EngineMirror;
import io.otfd.api.meta.MetaEndpoints;
import io.otfd.api.notification.NotificationEndpoints;
import io.otfd.api.openapi.OpenApiEndpoints;
import io.otfd.api.organization.OrganizationEndpoints;
import io.otfd.api.organizationmembership.OrganizationMembershipEndpoints;
import io.otfd.api.otf.OtfAgentEndpoints;
import io.otfd.api.otf.OtfJobEndpoints;
import io.otfd.api.otf.OtfRunEndpoints;
import io.otfd.api.planexport.PlanExportEndpoints;
import io.otfd.api.policy.PolicyEndpoints;
import io.otfd.api.policyevaluation.PolicyEvaluationEndpoints;
import io.otfd.api.policyset.PolicySetEndpoints;
import io.otfd.api.project.ProjectEndpoints;
import io.otfd.api.queryrun.QueryRunEndpoints;
import io.otfd.api.queryrun.QueryRunResource;
import io.otfd.api.registrymodule.ModuleRegistryEndpoints;
import io.otfd.api.registrymodule.RegistryModuleEndpoints;
import io.otfd.api.registrymodule.RegistryModuleVersionEndpoints;
import io.otfd.api.resource.ResourceEndpoints;
import io.otfd.api.retention.RetentionPolicyEndpoints;
import io.otfd.api.run.PhaseEndpoints;
import io.otfd.api.run.PhaseResource;
import io.otfd.api.run.RunEndpoints;
import io.otfd.api.run.RunEventEndpoints;
import io.otfd.api.runtrigger.RunTriggerEndpoints;
import io.otfd.api.sshkey.SshKeyEndpoints;
import io.otfd.api.state.StateVersionEndpoints;
import io.otfd.api.state.StateVersionResource;
import io.otfd.api.tag.TagEndpoints;
import io.otfd.api.task.TaskEndpoints;
import io.otfd.api.task.WorkspaceTaskEndpoints;
import io.otfd.api.taskresult.TaskResultEndpoints;
import io.otfd.api.taskstage.TaskStageEndpoints;
import io.otfd.api.team.TeamEndpoints;
import io.otfd.api.team.TeamWorkspaceEndpoints;
import io.otfd.api.token.OAuthEndpoints;
import io.otfd.api.token.TokenEndpoints;
import io.otfd.api.variable.VariableEndpoints;
import io.otfd.api.variableset.VariableSetEndpoints;
import io.otfd.api.workspace.RemoteStateConsumerEndpoints;
import io.otfd.api.workspace.WorkspaceActionEndpoints;
import io.otfd.api.workspace.WorkspaceEndpoints;
import io.otfd.api.workspace.WorkspaceIncludes;
import io.otfd.blob.Blobs;
import io.otfd.comment.Comments;
import io.otfd.configuration.ConfigurationVersions;
import io.otfd.configuration.Readmes;
import io.otfd.database.Database;
import io.otfd.dispatch.Artifacts;
import io.otfd.dispatch.Dispatch;
import io.otfd.dispatch.Liveness;
import io.otfd.dispatch.OverdueJobs;
import io.otfd.dispatch.Reports;
import io.otfd.dispatch.Signals;
import io.otfd.dispatch.StartedJobs;
import io.otfd.evaluator.Evaluator;
import io.otfd.event.Events;
import io.otfd.job.Jobs;
import io.otfd.job.Timeouts;
import io.otfd.log.Logs;
import io.otfd.notification.Courier;
import io.otfd.notification.NotificationConfigurations;
import io.otfd.notification.Notifications;
import io.otfd.notifier.Notifier;
import io.otfd.notifier.TaskSender;
import io.otfd.organization.Organizations;
import io.otfd.organizationmembership.OrganizationMemberships;
import io.otfd.planexport.PlanExports;
import io.otfd.policy.Policies;
import io.otfd.policyevaluation.PolicyCheck;
import io.otfd.policyevaluation.PolicyEvaluations;
import io.otfd.policyset.PolicySets;
import io.otfd.project.Projects;
import io.otfd.registrymodule.RegistryModuleVersions;
import io.otfd.registrymodule.RegistryModules;
import io.otfd.resource.Resources;
import io.otfd.retention.Expiry;
import io.otfd.retention.RetentionPolicies;
import io.otfd.run.QueryRuns;
import io.otfd.run.RunAdvance;
import io.otfd.run.Runs;
import io.otfd.runtrigger.RunTriggers;
import io.otfd.sshkey.SshKeys;
import io.otfd.state.BackingData;
import io.otfd.state.StateVersions;
import io.otfd.task.TaskCourier;
import io.otfd.task.Tasks;
import io.otfd.task.WorkspaceTasks;
import io.otfd.taskresult.TaskChecks;
import io.otfd.taskresult.TaskResults;
import io.otfd.taskstage.TaskStages;
import io.otfd.team.TeamWorkspaces;
import io.otfd.team.Teams;
import io.otfd.token.AuthenticationTokens;
import io.otfd.token.AuthorizationCodes;
import io.otfd.token.SiteKeys;
import io.otfd.token.Tokens;
import io.otfd.token.UserSessions;
import io.otfd.ui.Pages;
import io.otfd.ui.Services;
import io.otfd.user.Accounts;
import io.otfd.user.AdminUsers;
import io.otfd.user.PasswordLinks;
import io.otfd.user.SignIns;
import io.otfd.user.Users;
import io.otfd.variable.Variables;
import io.otfd.variableset.VariableSets;
import io.otfd.workspace.Engine;
import io.otfd.workspace.RemoteStateConsumers;
import io.otfd.workspace.Tags;
import io.otfd.workspace.WorkspaceLocks;
import io.otfd.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Every service, built in order of dependency, and the routes and pages on top. */
public final class ControlPlane implements AutoCloseable {

    private final Events events;
    private final Tokens tokens;
    private final Users users;
    private final SignIns signIns;
    private final PasswordLinks passwordLinks;
    private final Liveness liveness;
    private final OverdueJobs overdueJobs;
    private final Runs runs;
    private final RunTriggers runTriggers;
    private final Expiry expiry;
    private final Notifications notifications;
    private final Notifier notifier;
    private final TaskResults taskResults;
    private final TaskSender taskSender;
    private final Evaluator evaluator;
    private final RouteTable routes;
    private final Pages pages;

    /**
     * @param mirror engines for agents; workspaces that name no version get what it has
     * @param agentUnknownAfter silence after which an agent counts as unknown
     * @param timeouts how long plans and applies may take
     * @param opa the program that evaluates policies
     * @param courier takes notifications to where they go
     * @param taskCourier takes requests to run tasks
     */
    public ControlPlane(
            Database database,
            Clock clock,
            EngineMirror mirror,
            Duration agentUnknownAfter,
            Timeouts timeouts,
            String opa,
            Courier courier,
            TaskCourier taskCourier) {
        events = new Events(database.url()).start();
        tokens = new Tokens(database, clock);
        users = new Users(database);
        signIns = new SignIns(database, clock);
        passwordLinks = new PasswordLinks(database, clock);
        Blobs blobs = new Blobs(database);
        Organizations organizations = new Organizations(database, clock);
        Projects projects = new Projects(database, clock);
        AgentPools pools = new AgentPools(database, clock);
        Agents agents = new Agents(database);
        Workspaces workspaces = new Workspaces(database, clock, mirror.newest(Engine.TERRAFORM));
        Tags tags = new Tags(database, clock);
        RemoteStateConsumers consumers = new RemoteStateConsumers(database);
        Variables variables = new Variables(database, clock);
        VariableSets variableSets = new VariableSets(database, clock);
        Policies policies = new Policies(database, clock);
        PolicySets policySets = new PolicySets(database, clock);
        ConfigurationVersions configurations = new ConfigurationVersions(database, clock);
        RegistryModules modules = new RegistryModules(database, clock);
        RegistryModuleVersions moduleVersions = new RegistryModuleVersions(database, clock);
        StateVersions states = new StateVersions(database, clock);
        Jobs jobs = new Jobs(events);
        Logs logs = new Logs(database, events);
        notifications = new Notifications(database, events);
        notifier = new Notifier(notifications, courier, events).start();
        NotificationConfigurations notificationConfigurations =
                new NotificationConfigurations(database, courier, clock);
        RunAdvance advance = new RunAdvance(
                events,
                jobs,
                logs,
                tokens,
                notifications,
                List.of(new TaskChecks(events, clock), new PolicyCheck(events, clock)),
                clock);
        runs = new Runs(database, advance, clock, mirror);
        QueryRuns queryRuns = new QueryRuns(database, runs);
        TaskStages taskStages = new TaskStages(database, advance);
        PlanExports planExports = new PlanExports(database, blobs, clock);
        taskResults = new TaskResults(database, advance, tokens, TaskResults.Patience.DEFAULT, clock);
        taskSender = new TaskSender(taskResults, taskCourier, events).start();
        Tasks tasks = new Tasks(database, taskCourier, clock);
        WorkspaceTasks workspaceTasks = new WorkspaceTasks(database, clock);
        PolicyEvaluations policyEvaluations = new PolicyEvaluations(database, advance, clock);
        evaluator = new Evaluator(policyEvaluations, blobs, events, opa).start();
        Comments comments = new Comments(database, clock);
        runTriggers = new RunTriggers(database, clock);
        WorkspaceLocks locks = new WorkspaceLocks(database, advance::nextTurn);
        Dispatch dispatch = new Dispatch(database, jobs, advance, tokens, events, timeouts, clock);
        Signals signals = new Signals(database, events, clock);
        overdueJobs = new OverdueJobs(database, jobs, advance);
        liveness = new Liveness(database, jobs, advance, agentUnknownAfter);
        Reports reports = new Reports(database, jobs, advance);

        AuthenticationTokens authenticationTokens = new AuthenticationTokens(database, clock);
        AuthorizationCodes authorizationCodes = new AuthorizationCodes(database, authenticationTokens, clock);
        Teams teams = new Teams(database, locks, clock);
        OrganizationMemberships memberships = new OrganizationMemberships(database, clock);
        Accounts accounts = new Accounts(database, signIns);
        AdminUsers adminUsers = new AdminUsers(database, locks);
        TeamWorkspaces teamWorkspaces = new TeamWorkspaces(database, clock);
        RetentionPolicies retentionPolicies = new RetentionPolicies(database);
        expiry = new Expiry(database, clock);

        SiteKeys keys = new SiteKeys(database);
        SshKeys sshKeys = new SshKeys(database, clock);
        SignedUrls urls = new SignedUrls(keys.key("signed-urls"), clock);
        PhaseResource phases = new PhaseResource(urls);
        StateVersionResource stateVersions = new StateVersionResource(urls);
        routes = new RouteTable(new BearerAuthentication(tokens));
        Discovery.register(routes);
        new MetaEndpoints(clock.instant()).register(routes);
        new AccountEndpoints(users, accounts).register(routes);
        new OrganizationEndpoints(organizations, projects).register(routes);
        new ProjectEndpoints(projects, workspaces).register(routes);
        WorkspaceIncludes includes = new WorkspaceIncludes(
                workspaces, organizations, projects, runs, phases, configurations, states, stateVersions, users);
        new WorkspaceEndpoints(workspaces, includes).register(routes);
        new WorkspaceActionEndpoints(locks, workspaces).register(routes);
        new RemoteStateConsumerEndpoints(consumers).register(routes);
        new TagEndpoints(tags).register(routes);
        new VariableEndpoints(variables).register(routes);
        new VariableSetEndpoints(variableSets, variables, workspaces, projects).register(routes);
        new PolicyEndpoints(policies).register(routes);
        new PolicyEvaluationEndpoints(policyEvaluations).register(routes);
        new PolicySetEndpoints(policySets, policies, workspaces, projects).register(routes);
        new AgentPoolEndpoints(pools, agents, workspaces).register(routes);
        new TokenEndpoints(authenticationTokens).register(routes);
        new OAuthEndpoints(authorizationCodes).register(routes);
        new TeamEndpoints(teams, users, memberships).register(routes);
        new OrganizationMembershipEndpoints(memberships, users, teams).register(routes);
        new AdminUserEndpoints(adminUsers).register(routes);
        new TeamWorkspaceEndpoints(teamWorkspaces).register(routes);
        new SshKeyEndpoints(sshKeys).register(routes);
        new NotificationEndpoints(notificationConfigurations).register(routes);
        new RetentionPolicyEndpoints(retentionPolicies).register(routes);
        new AdminEndpoints(organizations).register(routes);
        new ConfigurationVersionEndpoints(configurations, blobs, urls).register(routes);
        new RegistryModuleEndpoints(modules).register(routes);
        new RegistryModuleVersionEndpoints(modules, moduleVersions, urls).register(routes);
        new ModuleRegistryEndpoints(modules, urls).register(routes);
        new StateVersionEndpoints(states, stateVersions, new BackingData(database), blobs).register(routes);
        new RunEndpoints(runs, configurations, users, phases, comments, taskStages).register(routes);
        new QueryRunEndpoints(queryRuns, configurations, users, new QueryRunResource(urls, clock)).register(routes);
        new RunEventEndpoints(runs, users, comments).register(routes);
        new TaskStageEndpoints(taskStages, taskResults, policyEvaluations, runs, comments).register(routes);
        new TaskResultEndpoints(taskResults).register(routes);
        new TaskEndpoints(tasks, workspaceTasks, workspaces).register(routes);
        new WorkspaceTaskEndpoints(workspaceTasks).register(routes);
        new CommentEndpoints(comments).register(routes);
        new RunTriggerEndpoints(runTriggers, workspaces).register(routes);
        new ResourceEndpoints(new Resources(database)).register(routes);
        new PhaseEndpoints(runs, blobs, phases, planExports, urls).register(routes);
        new PlanExportEndpoints(planExports, urls).register(routes);
        new AgentEndpoints(dispatch, signals, liveness, reports, new JobOffers(urls, mirror), agentUnknownAfter)
                .register(routes);
        Artifacts artifacts = new Artifacts(database);
        new Archivist(urls, blobs, logs, configurations, moduleVersions, states, runs, artifacts, planExports)
                .register(routes);
        // After the Archivist: the path of a module's archive would do for an engine's.
        new EngineEndpoints(urls, mirror).register(routes);
        StartedJobs startedJobs = new StartedJobs(database, jobs, reports, tokens, events);
        new OtfAgentEndpoints(dispatch, liveness).register(routes);
        new OtfJobEndpoints(startedJobs, workspaces, artifacts, blobs, logs).register(routes);
        new OtfRunEndpoints(startedJobs, runs, workspaces, states, sshKeys, blobs).register(routes);
        new OpenApiEndpoints(routes, Agent.version()).register();
        pages = new Pages(new Services(
                accounts,
                adminUsers,
                new AgentOverview(database),
                pools,
                agents,
                authenticationTokens,
                authorizationCodes,
                blobs,
                comments,
                events,
                logs,
                notificationConfigurations,
                memberships,
                organizations,
                passwordLinks,
                policies,
                policyEvaluations,
                policySets,
                projects,
                queryRuns,
                modules,
                moduleVersions,
                runTriggers,
                runs,
                signIns,
                sshKeys,
                new Readmes(configurations),
                consumers,
                states,
                tags,
                taskResults,
                taskStages,
                tasks,
                teamWorkspaces,
                teams,
                tokens,
                new UserSessions(database),
                users,
                variableSets,
                variables,
                locks,
                workspaceTasks,
                workspaces));
    }

    public RouteTable routes() {
        return routes;
    }

    Pages pages() {
        return pages;
    }

    Tokens tokens() {
        return tokens;
    }

    Users users() {
        return users;
    }

    SignIns signIns() {
        return signIns;
    }

    PasswordLinks passwordLinks() {
        return passwordLinks;
    }

    Runs runs() {
        return runs;
    }

    Liveness liveness() {
        return liveness;
    }

    OverdueJobs overdueJobs() {
        return overdueJobs;
    }

    /** Makes the runs that run triggers have asked for. */
    void makeTriggeredRuns() {
        runTriggers.makeDue((tx, due) -> runs.createForTrigger(
                tx, due.workspace(), "Triggered by " + due.source().value() + " of workspace " + due.sourceName()));
    }

    Notifications notifications() {
        return notifications;
    }

    TaskResults taskResults() {
        return taskResults;
    }

    Expiry expiry() {
        return expiry;
    }

    @Override
    public void close() {
        notifier.close();
        taskSender.close();
        evaluator.close();
        events.close();
    }
}
