package io.otfd.ui;

import io.helidon.webserver.http.HttpRouting;
import io.otfd.ui.account.AccountPages;
import io.otfd.ui.agentpool.AgentPoolSite;
import io.otfd.ui.login.AuthorizePages;
import io.otfd.ui.login.LoginPages;
import io.otfd.ui.login.WelcomePages;
import io.otfd.ui.notification.NotificationPages;
import io.otfd.ui.organization.OrganizationPages;
import io.otfd.ui.organization.OrganizationSettingsPages;
import io.otfd.ui.organizationmembership.OrganizationMembershipPages;
import io.otfd.ui.plan.PlanPages;
import io.otfd.ui.plan.Plans;
import io.otfd.ui.policy.PolicyPages;
import io.otfd.ui.policyset.PolicySetPages;
import io.otfd.ui.project.ProjectPages;
import io.otfd.ui.queryrun.QueryRunPages;
import io.otfd.ui.registrymodule.RegistryModulePages;
import io.otfd.ui.run.NewRunPages;
import io.otfd.ui.run.RunListPages;
import io.otfd.ui.run.RunPageView;
import io.otfd.ui.run.RunPages;
import io.otfd.ui.run.RunStages;
import io.otfd.ui.runtrigger.RunTriggerPages;
import io.otfd.ui.search.SearchPages;
import io.otfd.ui.sshkey.SshKeyPages;
import io.otfd.ui.sshkey.WorkspaceSshKeyPages;
import io.otfd.ui.state.StateDiffPages;
import io.otfd.ui.state.StatePages;
import io.otfd.ui.state.StateSharingPages;
import io.otfd.ui.task.TaskPages;
import io.otfd.ui.task.WorkspaceTaskPages;
import io.otfd.ui.team.TeamAccessPages;
import io.otfd.ui.team.TeamPages;
import io.otfd.ui.token.OrganizationTokenPages;
import io.otfd.ui.token.UserTokenPages;
import io.otfd.ui.user.UserPages;
import io.otfd.ui.variable.WorkspaceVariablePages;
import io.otfd.ui.variableset.VariableSetPages;
import io.otfd.ui.workspace.ReadmePages;
import io.otfd.ui.workspace.TagPages;
import io.otfd.ui.workspace.WorkspaceOverviewPages;
import io.otfd.ui.workspace.WorkspacePages;
import io.otfd.ui.workspace.WorkspaceSettingsPages;
import java.time.Clock;

/** All pages. Routes: {@code /}, {@code /app/…}, {@code /login}, {@code /logout}, {@code /welcome/…}, {@code /oauth/authorize} and {@code /assets/…}. */
public final class Pages {

    private final Sessions sessions;
    private final Templates templates;
    private final LoginPages login;
    private final PreferencesPages preferences = new PreferencesPages();
    private final SearchPages search;
    private final WelcomePages welcome;
    private final AccountPages account;
    private final UserPages users;
    private final OrganizationMembershipPages memberships;
    private final AuthorizePages authorize;
    private final OrganizationPages organizations;
    private final OrganizationSettingsPages organizationSettings;
    private final OrganizationTokenPages organizationTokens;
    private final UserTokenPages userTokens;
    private final TeamPages teams;
    private final SshKeyPages sshKeys;
    private final AgentPoolSite agentPools;
    private final ProjectPages projects;
    private final RegistryModulePages registryModules;
    private final WorkspacePages workspaces;
    private final WorkspaceOverviewPages overview;
    private final WorkspaceVariablePages variables;
    private final VariableSetPages variableSets;
    private final PolicyPages policies;
    private final PolicySetPages policySets;
    private final NotificationPages notifications;
    private final StatePages states;
    private final StateDiffPages stateDiffs;
    private final WorkspaceSettingsPages settings;
    private final ReadmePages readmes;
    private final TagPages tags;
    private final StateSharingPages sharing;
    private final WorkspaceSshKeyPages sshKey;
    private final RunTriggerPages runTriggers;
    private final TeamAccessPages teamAccess;
    private final TaskPages tasks;
    private final WorkspaceTaskPages workspaceTasks;
    private final NewRunPages newRuns;
    private final PlanPages plans;
    private final QueryRunPages queryRuns;
    private final RunListPages runLists;
    private final RunPages runs;

    public Pages(Services services) {
        this.sessions = new Sessions(services.tokens());
        this.templates = new Templates();
        Frames frames = new Frames(services.organizations());
        this.search = new SearchPages(frames, services);
        this.login = new LoginPages(services.tokens(), services.signIns(), services.passwordLinks());
        this.welcome = new WelcomePages(services.passwordLinks(), services.tokens());
        this.users = new UserPages(services.adminUsers(), services.passwordLinks());
        this.memberships = new OrganizationMembershipPages(
                frames,
                services.organizations(),
                services.organizationMemberships(),
                services.teams(),
                services.passwordLinks());
        this.account = new AccountPages(services.users(), services.accounts(), services.userSessions());
        this.authorize = new AuthorizePages(services.authorizationCodes());
        this.organizations = new OrganizationPages(services.organizations());
        this.organizationSettings =
                new OrganizationSettingsPages(frames, services.organizations(), services.agentPools());
        this.organizationTokens =
                new OrganizationTokenPages(frames, services.organizations(), services.authenticationTokens());
        this.userTokens = new UserTokenPages(services.authenticationTokens());
        this.teams = new TeamPages(frames, services.organizations(), services.teams(), services.users());
        this.sshKeys = new SshKeyPages(frames, services.organizations(), services.sshKeys());
        this.agentPools = new AgentPoolSite(services, frames, templates);
        this.projects = new ProjectPages(
                frames, services.organizations(), services.projects(), services.agentPools(), Clock.systemUTC());
        this.registryModules = new RegistryModulePages(frames, services);
        this.workspaces = new WorkspacePages(
                frames, services.organizations(), services.projects(), services.workspaces(), services.runs());
        this.overview = new WorkspaceOverviewPages(
                frames,
                services.workspaces(),
                services.workspaceLocks(),
                services.runs(),
                services.users(),
                services.states());
        this.variables = new WorkspaceVariablePages(
                frames, services.organizations(), services.workspaces(), services.variables());
        Pickers pickers = new Pickers(services.workspaces(), services.projects(), services.policies());
        this.variableSets = new VariableSetPages(frames, services, pickers);
        this.tasks = new TaskPages(frames, services.organizations(), services.tasks());
        this.workspaceTasks = new WorkspaceTaskPages(frames, services.workspaces(), services.workspaceTasks());
        this.policies = new PolicyPages(frames, services);
        this.policySets = new PolicySetPages(frames, services, pickers);
        this.notifications =
                new NotificationPages(frames, services.workspaces(), services.notificationConfigurations());
        this.states = new StatePages(
                frames,
                services.workspaces(),
                services.workspaceLocks(),
                services.states(),
                services.users(),
                services.blobs());
        this.stateDiffs = new StateDiffPages(frames, services.workspaces(), services.states(), services.blobs());
        this.readmes = new ReadmePages(frames, services.workspaces(), services.readmes());
        this.tags = new TagPages(frames, services.workspaces(), services.tags(), Clock.systemUTC());
        this.sharing = new StateSharingPages(frames, services.workspaces(), services.remoteStateConsumers(), pickers);
        this.sshKey = new WorkspaceSshKeyPages(frames, services.workspaces(), services.sshKeys());
        this.runTriggers = new RunTriggerPages(frames, services.workspaces(), services.runTriggers());
        this.teamAccess =
                new TeamAccessPages(frames, services.workspaces(), services.teams(), services.teamWorkspaces());
        this.settings =
                new WorkspaceSettingsPages(frames, services.workspaces(), services.agentPools(), services.projects());
        Plans plans = new Plans(services.blobs());
        this.newRuns = new NewRunPages(frames, services.workspaces(), services.runs());
        this.plans = new PlanPages(frames, services.runs(), plans);
        this.queryRuns = new QueryRunPages(frames, services, templates);
        this.runLists = new RunListPages(
                frames, services.organizations(), services.workspaces(), services.runs(), services.users());
        this.runs = new RunPages(
                services.runs(),
                services.taskStages(),
                services.comments(),
                services.logs(),
                services.events(),
                new RunPageView(
                        frames,
                        services.users(),
                        services.logs(),
                        services.comments(),
                        plans,
                        new RunStages(services.taskStages(), services.taskResults(), services.policyEvaluations()),
                        Clock.systemUTC()),
                templates);
    }

    public void register(HttpRouting.Builder routing) {
        Assets.register(routing);
        Routes routes = new Routes(routing, sessions, templates);
        routes.getOpen("/", visit -> Reply.Redirect.to(Links.organizations()));
        routes.getOpen("/app", visit -> Reply.Redirect.to(Links.organizations()));
        login.register(routes);
        welcome.register(routes);
        account.register(routes);
        users.register(routes);
        memberships.register(routes);
        authorize.register(routes);
        preferences.register(routes);
        search.register(routes);
        organizations.register(routes);
        userTokens.register(routes);
        organizationSettings.register(routes);
        organizationTokens.register(routes);
        teams.register(routes);
        sshKeys.register(routes);
        agentPools.register(routes);
        projects.register(routes);
        registryModules.register(routes);
        settings.register(routes);
        readmes.register(routes);
        tags.register(routes);
        sharing.register(routes);
        sshKey.register(routes);
        runTriggers.register(routes);
        teamAccess.register(routes);
        variables.register(routes);
        variableSets.register(routes);
        tasks.register(routes);
        workspaceTasks.register(routes);
        policies.register(routes);
        policySets.register(routes);
        notifications.register(routes);
        states.register(routes);
        stateDiffs.register(routes);
        // Runs before workspaces: the longer paths would do as names of the shorter ones.
        newRuns.register(routes);
        plans.register(routes);
        queryRuns.register(routes);
        runLists.register(routes);
        runs.register(routes);
        overview.register(routes);
        workspaces.register(routes);
        routes.notFound("/app/*");
    }
}
