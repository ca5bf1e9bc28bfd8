package io.otfd.ui;

import io.otfd.ui.Badge.Tone;
import io.otfd.ui.account.AccountPage;
import io.otfd.ui.agentpool.AgentPoolListPage;
import io.otfd.ui.agentpool.AgentPoolPage;
import io.otfd.ui.agentpool.AgentTable;
import io.otfd.ui.agentpool.AgentsPage;
import io.otfd.ui.agentpool.DrainPage;
import io.otfd.ui.agentpool.PoolChoices;
import io.otfd.ui.log.LogText;
import io.otfd.ui.login.Authorization;
import io.otfd.ui.login.AuthorizePage;
import io.otfd.ui.login.AuthorizedPage;
import io.otfd.ui.login.LoginPage;
import io.otfd.ui.login.WelcomePage;
import io.otfd.ui.markdown.Markdown;
import io.otfd.ui.notification.NotificationListPage;
import io.otfd.ui.notification.NotificationPage;
import io.otfd.ui.organization.OrganizationListPage;
import io.otfd.ui.organization.OrganizationSettingsPage;
import io.otfd.ui.organizationmembership.OrganizationMembershipListPage;
import io.otfd.ui.plan.AttributeDiff;
import io.otfd.ui.plan.ChangePage;
import io.otfd.ui.plan.PlanPage;
import io.otfd.ui.plan.PlanPart;
import io.otfd.ui.policy.PolicyListPage;
import io.otfd.ui.policy.PolicyPage;
import io.otfd.ui.policyset.PolicySetListPage;
import io.otfd.ui.policyset.PolicySetPage;
import io.otfd.ui.project.ProjectListPage;
import io.otfd.ui.project.ProjectPage;
import io.otfd.ui.queryrun.QueryRunPage;
import io.otfd.ui.queryrun.QueryRunsPage;
import io.otfd.ui.registrymodule.RegistryModuleListPage;
import io.otfd.ui.registrymodule.RegistryModulePage;
import io.otfd.ui.run.NewRunPage;
import io.otfd.ui.run.RunAction;
import io.otfd.ui.run.RunListPage;
import io.otfd.ui.run.RunPage;
import io.otfd.ui.run.RunRow;
import io.otfd.ui.run.RunSummary;
import io.otfd.ui.runtrigger.RunTriggersPage;
import io.otfd.ui.search.SearchPage;
import io.otfd.ui.sshkey.SshKeyPage;
import io.otfd.ui.sshkey.SshKeysPage;
import io.otfd.ui.sshkey.WorkspaceSshKeyPage;
import io.otfd.ui.state.StateContents;
import io.otfd.ui.state.StateDiffPage;
import io.otfd.ui.state.StateListPage;
import io.otfd.ui.state.StatePage;
import io.otfd.ui.state.StateSharingPage;
import io.otfd.ui.task.TaskListPage;
import io.otfd.ui.task.TaskPage;
import io.otfd.ui.task.WorkspaceTaskListPage;
import io.otfd.ui.task.WorkspaceTaskPage;
import io.otfd.ui.team.TeamAccessEditPage;
import io.otfd.ui.team.TeamAccessPage;
import io.otfd.ui.team.TeamListPage;
import io.otfd.ui.team.TeamPage;
import io.otfd.ui.token.TokenRow;
import io.otfd.ui.token.TokensPage;
import io.otfd.ui.user.UserListPage;
import io.otfd.ui.user.UserPage;
import io.otfd.ui.variable.VariableListPage;
import io.otfd.ui.variable.VariablePage;
import io.otfd.ui.variable.VariableRow;
import io.otfd.ui.variableset.VariableSetListPage;
import io.otfd.ui.variableset.VariableSetPage;
import io.otfd.ui.workspace.ReadmePage;
import io.otfd.ui.workspace.StatusCounts;
import io.otfd.ui.workspace.TagsPage;
import io.otfd.ui.workspace.WorkspaceListPage;
import io.otfd.ui.workspace.WorkspacePage;
import io.otfd.ui.workspace.WorkspaceSettingsPage;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A model for each template that a handler renders, every text of it hostile. */
final class HostileModels {

    private HostileModels() {}

    /** A model for each template that a handler renders, every text of it hostile. */
    static Map<String, Object> of(String evil) {
        List<Frame.Item> items = List.of(new Frame.Item(evil, Links.workspaces(evil), true, evil));
        Frame frame = new Frame(
                evil,
                List.of(new Crumb(evil, Links.workspaces(evil))),
                Optional.of(new Frame.Visitor(evil, true, evil)),
                Preferences.DEFAULT,
                true,
                Optional.of(evil),
                Optional.of(evil),
                items,
                items);
        Badge badge = new Badge(evil, Tone.BAD);
        Moment moment = new Moment(evil, evil);
        Paging paging = Paging.of(
                new io.otfd.Page<>(List.of(), new io.otfd.Page.Request(2, 1), 3),
                Links.workspaces(evil),
                Map.of("search", evil));
        List<Fact> facts = List.of(new Fact(evil, evil));
        List<RunRow> runs = List.of(new RunRow(
                evil,
                Links.run(evil, evil, evil),
                evil,
                evil,
                Links.workspace(evil, evil),
                badge,
                evil,
                Optional.of(evil),
                moment));
        RunSummary summary = new RunSummary(
                badge,
                Optional.of(evil),
                List.of(new RunSummary.Part(evil, badge, Optional.of(evil), Optional.of(evil))),
                List.of(new RunSummary.Stage(
                        evil, badge, List.of(new RunSummary.Check(evil, badge, evil, evil, Optional.of(evil))))),
                List.of(new RunSummary.Step(evil, moment, Optional.of(evil), true)),
                List.of(RunAction.values()),
                Links.run(evil, evil, evil),
                evil);
        AttributeDiff diff = new AttributeDiff(
                List.of(new AttributeDiff.Line(evil, Optional.of(evil), Optional.of(evil), true)), 1, 1);
        List<PlanPart.Row> changes =
                List.of(new PlanPart.Row(badge, evil, Optional.of(evil), Links.run(evil, evil, evil)));
        PlanPart plan = new PlanPart(
                Links.run(evil, evil, evil),
                Optional.empty(),
                List.of(badge),
                filled(evil, "search", "action", "type"),
                choices(evil),
                choices(evil),
                changes,
                paging,
                1,
                changes,
                List.of(new PlanPart.Output(evil, badge, diff)));
        RunPage.Panel panel = new RunPage.Panel(
                "plan", evil, new LogText("<span>made by us</span>"), true, Links.run(evil, evil, evil), true);
        Optional<WorkspaceListPage.Current> current =
                Optional.of(new WorkspaceListPage.Current(Links.run(evil, evil, evil), badge));
        Map<String, Object> models = new HashMap<>(agentPools(evil, frame, badge, moment, paging, facts));
        models.putAll(login(evil, frame, paging));
        models.put(
                "preferences",
                new PreferencesPage(frame, filled(evil, "theme"), List.of(new PreferencesPage.Shortcut(evil, evil))));
        models.put(
                "state/diff",
                new StateDiffPage(
                        frame,
                        Links.states(evil, evil),
                        filled(evil, "with"),
                        choices(evil),
                        Optional.empty(),
                        List.of(badge),
                        List.of(new StateDiffPage.Row(evil, badge, diff)),
                        paging,
                        List.of(new StateDiffPage.Row(evil, badge, diff))));
        models.put("workspace/readme", new ReadmePage(frame, Optional.of(Markdown.render(evil))));
        models.put(
                "workspace/tags",
                new TagsPage(
                        frame,
                        Links.workspaceSettings(evil, evil),
                        items,
                        true,
                        List.of(evil),
                        filled(evil, "name"),
                        List.of(evil),
                        filled(evil, "tag-bindings"),
                        evil));
        models.put(
                "state/sharing",
                new StateSharingPage(
                        frame,
                        Links.workspaceSettings(evil, evil),
                        items,
                        "",
                        filled(evil, "remote-state-consumers"),
                        evil,
                        List.of(picker(evil, badge))));
        models.put(
                "sshkey/workspace",
                new WorkspaceSshKeyPage(
                        frame,
                        Links.workspaceSettings(evil, evil),
                        items,
                        filled(evil, "ssh-key"),
                        choices(evil),
                        Links.sshKeys(evil)));
        models.put(
                "registrymodule/list",
                new RegistryModuleListPage(
                        frame,
                        Links.registry(evil),
                        evil,
                        List.of(new RegistryModuleListPage.Row(
                                evil, Links.registryModule(evil, evil), evil, evil, badge, moment)),
                        paging,
                        Optional.of(filled(evil, "name", "provider", "version", "archive"))));
        models.put(
                "registrymodule/show",
                new RegistryModulePage(
                        frame,
                        evil,
                        facts,
                        evil,
                        Optional.of(evil),
                        List.of(new RegistryModulePage.Row(
                                evil,
                                Links.registryModule(evil, evil),
                                true,
                                badge,
                                evil,
                                evil,
                                moment,
                                Optional.of(Links.registryModule(evil, evil)))),
                        Links.registryModule(evil, evil),
                        evil,
                        Optional.of(filled(evil, "version", "commit-sha", "archive")),
                        Optional.of(Links.registryModule(evil, evil)),
                        Optional.of(evil),
                        Optional.of(Markdown.render(evil))));
        QueryRunPage.Progress progress = new QueryRunPage.Progress(badge, new LogText("<span>made by us</span>"), true);
        models.put("queryrun/progress", progress);
        models.put(
                "queryrun/show",
                new QueryRunPage(
                        frame,
                        Optional.of(evil),
                        facts,
                        progress,
                        Links.queries(evil, evil),
                        Optional.of(Links.queries(evil, evil)),
                        Optional.of(Links.queries(evil, evil))));
        models.put(
                "queryrun/list",
                new QueryRunsPage(
                        frame,
                        List.of(new QueryRunsPage.Row(evil, Links.queries(evil, evil), badge, evil, moment)),
                        paging));
        models.put("sshkey/show", new SshKeyPage(frame, Links.sshKeys(evil), evil, filled(evil, "name"), evil));
        models.putAll(tasks(evil, frame, badge, items, paging));
        models.put("agentpool/drain", new DrainPage(frame, Links.agents(evil), evil, true, Optional.of(evil)));
        models.put(
                "runtrigger/list",
                new RunTriggersPage(
                        frame,
                        Links.workspaceSettings(evil, evil),
                        items,
                        List.of(new RunTriggersPage.Row(evil, evil, Links.workspace(evil, evil), moment)),
                        List.of(new RunTriggersPage.Row(evil, evil, Links.workspace(evil, evil), moment)),
                        filled(evil, "sourceable"),
                        List.of(evil)));
        models.put(
                "team/access",
                new TeamAccessPage(
                        frame,
                        Links.workspaceSettings(evil, evil),
                        items,
                        List.of(new TeamAccessPage.Row(evil, evil, evil, Links.workspaceSettings(evil, evil))),
                        Optional.of(filled(evil, "team", "access")),
                        List.of(evil),
                        choices(evil)));
        models.put(
                "team/access-edit",
                new TeamAccessEditPage(
                        frame,
                        Links.workspaceSettings(evil, evil),
                        Links.workspaceSettings(evil, evil),
                        evil,
                        filled(evil, "access"),
                        evil,
                        choices(evil)));
        models.put(
                "search/show",
                new SearchPage(
                        frame,
                        evil,
                        Optional.of(evil),
                        List.of(new SearchPage.Section(
                                evil,
                                List.of(new SearchPage.Hit(evil, Links.workspaces(evil), evil)),
                                Optional.of(Links.workspaces(evil)))),
                        Optional.of(evil)));
        models.putAll(Map.of(
                "error", new ErrorPage(frame, 404, evil, false),
                "login/login", new LoginPage(frame, evil, filled(evil, "username"), Optional.of(evil), true),
                "organization/list",
                        new OrganizationListPage(
                                frame,
                                evil,
                                List.of(new OrganizationListPage.Row(evil, Links.workspaces(evil), evil, moment)),
                                paging,
                                filled(evil, "name", "email"),
                                Optional.of(Links.agents())),
                "workspace/list",
                        new WorkspaceListPage(
                                frame,
                                evil,
                                filled(evil, "search", "tag", "status"),
                                true,
                                List.of(evil),
                                new StatusCounts(
                                        Links.workspaces(evil),
                                        List.of(new StatusCounts.Count(evil, Links.workspaces(evil), evil, true))),
                                choices(evil),
                                choices(evil),
                                List.of(new WorkspaceListPage.Row(
                                        evil,
                                        Links.workspace(evil, evil),
                                        List.of(evil),
                                        evil,
                                        current,
                                        1,
                                        Optional.of(evil),
                                        moment)),
                                paging,
                                Optional.of(filled(evil, "name", "description", "project")),
                                evil),
                "workspace/show",
                        new WorkspacePage(
                                frame,
                                Links.workspace(evil, evil),
                                evil,
                                evil,
                                evil,
                                Optional.of(evil),
                                Optional.of(evil),
                                new WorkspacePage.LockActions(true, true, true),
                                filled(evil, "reason"),
                                facts,
                                List.of(evil),
                                runs,
                                Optional.of(contents(evil)),
                                Optional.of(Links.states(evil, evil)),
                                Optional.of(Links.workspace(evil, evil)),
                                Links.runs(evil, evil),
                                Optional.of(Links.runs(evil, evil)),
                                evil),
                "run/list",
                        new RunListPage(
                                frame,
                                Links.runs(evil),
                                filled(evil, "search", "workspace", "pool"),
                                true,
                                choices(evil),
                                choices(evil),
                                choices(evil),
                                true,
                                runs,
                                Optional.of(Links.queries(evil, evil)),
                                Optional.of(Links.runs(evil, evil)),
                                paging),
                "run/show",
                        new RunPage(
                                frame,
                                evil + "\n" + evil,
                                facts,
                                Links.workspace(evil, evil),
                                evil,
                                summary,
                                Optional.of(plan),
                                panel,
                                panel,
                                List.of(new RunPage.CommentRow(evil, moment, evil)),
                                Optional.of(filled(evil, "body")),
                                Optional.of(evil),
                                Optional.of(Links.run(evil, evil, evil) + "/live")),
                "run/summary", summary));
        models.put("plan/list", new PlanPage(frame, plan));
        models.put("plan/show", new ChangePage(frame, evil, badge, Optional.of(evil), diff));
        models.put(
                "run/new",
                new NewRunPage(
                        frame,
                        Links.runs(evil, evil),
                        evil,
                        true,
                        filled(evil, "message", "typed", "target-addrs", "replace-addrs"),
                        Optional.empty()));
        models.putAll(identity(evil, frame, moment, paging));
        models.putAll(inWorkspace(evil, frame, badge, moment, paging, facts));
        models.putAll(ofPolicies(evil, frame, badge, paging, facts));
        models.put(
                "confirm",
                ConfirmPage.of(frame, Links.workspaces(evil), evil, Links.workspaces(evil), evil)
                        .afterTyping(evil, filled(evil, ConfirmPage.TYPED)));
        models.put(
                "project/list",
                new ProjectListPage(
                        frame,
                        Links.projects(evil),
                        evil,
                        List.of(new ProjectListPage.Row(
                                evil, Links.project(evil, evil), evil, evil, Links.workspaces(evil), evil)),
                        paging,
                        Optional.of(filled(evil, "name"))));
        models.put(
                "project/show",
                new ProjectPage(
                        frame,
                        Links.project(evil, evil),
                        evil,
                        evil,
                        facts,
                        Links.workspaces(evil),
                        Optional.of(Links.variableSets(evil)),
                        Optional.of(filled(evil, "name", "description", "tag-bindings")),
                        List.of(evil),
                        evil,
                        new PoolChoices.Offered(evil, choices(evil), true),
                        true));
        models.put(
                "workspace/settings",
                new WorkspaceSettingsPage(
                        frame,
                        Links.workspaceSettings(evil, evil),
                        items,
                        filled(evil, "name", "description", "agent-pool-id"),
                        List.of(evil),
                        evil,
                        evil,
                        new PoolChoices.Offered(evil, choices(evil), true),
                        Optional.of(Links.agentPools(evil)),
                        Optional.of(Links.workspace(evil, evil))));
        return models;
    }

    private static Map<String, Object> tasks(
            String evil, Frame frame, Badge badge, List<Frame.Item> tabs, Paging paging) {
        String url = Links.runTasks(evil);
        return Map.of(
                "task/list",
                new TaskListPage(
                        frame,
                        url,
                        List.of(new TaskListPage.Row(evil, url, evil, evil, badge, evil)),
                        paging,
                        Optional.of(filled(evil, "name", "url", "description", "hmac-key")),
                        choices(evil)),
                "task/show",
                new TaskPage(frame, url, evil, true, true, filled(evil, "name", "url", "stages"), choices(evil), evil),
                "task/attached",
                new WorkspaceTaskListPage(
                        frame,
                        url,
                        tabs,
                        List.of(new WorkspaceTaskListPage.Row(evil, url, evil, evil)),
                        Optional.of(filled(evil, "task", "stages")),
                        choices(evil),
                        choices(evil)),
                "task/attachment",
                new WorkspaceTaskPage(frame, url, tabs, filled(evil, "stages"), choices(evil), evil));
    }

    private static Map<String, Object> identity(String evil, Frame frame, Moment moment, Paging paging) {
        String url = Links.teams(evil);
        return Map.of(
                "token/list",
                new TokensPage(
                        frame,
                        evil,
                        url,
                        evil,
                        List.of(new TokenRow(evil, moment, Optional.of(moment), Optional.of(moment), url)),
                        Optional.of(evil),
                        true,
                        filled(evil, "description"),
                        Optional.of(evil)),
                "notification/list",
                new NotificationListPage(
                        frame,
                        url,
                        List.of(new NotificationListPage.Row(
                                evil,
                                url,
                                evil,
                                new Badge(evil, Tone.GOOD),
                                List.of(new Badge(evil, Tone.BAD)),
                                List.of(evil))),
                        filled(evil, "name", "url", "email-addresses"),
                        List.of(new Choice(evil, evil))),
                "notification/show",
                new NotificationPage(
                        frame,
                        url,
                        evil,
                        evil,
                        "generic",
                        evil,
                        true,
                        true,
                        filled(evil, "name", "url"),
                        List.of(new Choice(evil, evil)),
                        evil,
                        List.of(new NotificationPage.Delivery(
                                moment,
                                evil,
                                Optional.of(evil),
                                Optional.of(url),
                                new Badge(evil, Tone.BAD),
                                3,
                                evil,
                                evil)),
                        paging),
                "sshkey/list",
                new SshKeysPage(
                        frame,
                        url,
                        List.of(new SshKeysPage.Row(evil, evil, url)),
                        paging,
                        Optional.of(filled(evil, "name", "value"))),
                "team/list",
                new TeamListPage(
                        frame,
                        url,
                        evil,
                        List.of(new TeamListPage.Row(evil, url, 1, evil)),
                        paging,
                        Optional.of(filled(evil, "name"))),
                "team/show",
                new TeamPage(
                        frame,
                        url,
                        evil,
                        evil,
                        List.of(evil),
                        Optional.of(filled(evil, "name")),
                        evil,
                        List.of(new TeamPage.Access(evil, evil)),
                        Optional.of(filled(evil, "username")),
                        true),
                "organization/settings",
                new OrganizationSettingsPage(
                        frame,
                        url,
                        filled(evil, "name", "email"),
                        evil,
                        new PoolChoices.Offered(evil, choices(evil), true),
                        Optional.of(url)));
    }

    private static List<Choice> choices(String evil) {
        return List.of(new Choice(evil, evil));
    }

    private static Map<String, Object> ofPolicies(
            String evil, Frame frame, Badge badge, Paging paging, List<Fact> facts) {
        String url = Links.policy(evil, evil);
        Optional<String> some = Optional.of(evil);
        return Map.of(
                "policy/list",
                new PolicyListPage(
                        frame,
                        url,
                        url,
                        evil,
                        List.of(new PolicyListPage.Row(evil, url, evil, badge, evil, 1)),
                        paging,
                        Optional.of(filled(evil, "name", "description", "query", "source"))),
                "policy/show",
                new PolicyPage(
                        frame,
                        url,
                        evil,
                        evil,
                        some,
                        true,
                        filled(evil, "description", "query", "source"),
                        evil,
                        evil,
                        facts),
                "policyset/list",
                new PolicySetListPage(
                        frame,
                        url,
                        url,
                        evil,
                        List.of(new PolicySetListPage.Row(evil, url, evil, List.of(badge), evil, 1)),
                        paging,
                        Optional.of(filled(evil, "name", "description"))),
                "policyset/show",
                new PolicySetPage(
                        frame,
                        url,
                        evil,
                        evil,
                        some,
                        false,
                        filled(evil, "name", "description"),
                        evil,
                        List.of(picker(evil, badge)),
                        List.of(new PolicySetPage.Member(evil, url)),
                        facts));
    }

    private static Map<String, Object> inWorkspace(
            String evil, Frame frame, Badge badge, Moment moment, Paging paging, List<Fact> facts) {
        String url = Links.workspace(evil, evil);
        Optional<String> some = Optional.of(evil);
        List<VariableRow> variables = List.of(
                new VariableRow(evil, some, evil, List.of(badge), evil, url),
                new VariableRow(evil, Optional.empty(), evil, List.of(), evil, url));
        return Map.of(
                "variable/list",
                new VariableListPage(
                        frame,
                        url,
                        variables,
                        Optional.of(filled(evil, "key", "value", "description")),
                        List.of(
                                new VariableListPage.Inherited(
                                        variables.getFirst(), evil, Optional.of(Links.variableSet(evil, evil))),
                                new VariableListPage.Inherited(variables.getLast(), evil, Optional.empty()))),
                "variableset/list",
                new VariableSetListPage(
                        frame,
                        Links.variableSets(evil),
                        evil,
                        some,
                        evil,
                        List.of(new VariableSetListPage.Row(
                                evil, Links.variableSet(evil, evil), evil, List.of(badge), evil, 1)),
                        paging,
                        Optional.of(filled(evil, "name", "description"))),
                "variableset/show",
                new VariableSetPage(
                        frame,
                        Links.variableSet(evil, evil),
                        evil,
                        evil,
                        some,
                        true,
                        filled(evil, "name", "description"),
                        evil,
                        true,
                        List.of(picker(evil, badge)),
                        facts,
                        variables,
                        filled(evil, "key", "value", "description")),
                "variable/show",
                new VariablePage(frame, url, evil, url, true, filled(evil, "value", "key", "description"), evil),
                "state/list",
                new StateListPage(
                        frame,
                        List.of(new StateListPage.Row(
                                evil, url, true, some, evil, Optional.of(url), evil, evil, moment)),
                        paging),
                "state/show",
                new StatePage(
                        frame,
                        evil,
                        evil,
                        true,
                        facts,
                        contents(evil),
                        Optional.of(url),
                        Optional.of(url),
                        Optional.of(url)));
    }

    /** A form that was refused with this text in each of the fields. */
    private static Filled filled(String evil, String... fields) {
        return new Filled(
                new Form(Arrays.stream(fields).collect(Collectors.toMap(field -> field, field -> List.of(evil)))),
                Optional.of(evil),
                Optional.of(fields[0]));
    }

    private static Map<String, Object> login(String evil, Frame frame, Paging paging) {
        Authorization authorization = new Authorization("a".repeat(43), "http://localhost:10000/login", evil);
        return Map.of(
                "login/authorize", new AuthorizePage(frame, authorization, evil, evil),
                "login/authorized", new AuthorizedPage(frame, authorization.denied()),
                "login/welcome",
                        new WelcomePage(
                                frame,
                                Links.welcome(evil),
                                evil,
                                true,
                                true,
                                evil,
                                filled(evil, "username", "email", "password", "password_confirmation")),
                "organizationmembership/list",
                        new OrganizationMembershipListPage(
                                frame,
                                Links.members(evil),
                                evil,
                                List.of(new OrganizationMembershipListPage.Row(
                                        evil,
                                        evil,
                                        new Badge(evil, Badge.Tone.GOOD),
                                        List.of(new Frame.Item(evil, Links.teams(evil), false, evil)),
                                        Optional.of(Links.members(evil)))),
                                paging,
                                Optional.of(filled(evil, "email")),
                                choices(evil),
                                Optional.of(evil)),
                "user/list",
                        new UserListPage(
                                frame,
                                Links.users(),
                                evil,
                                List.of(new UserListPage.Row(
                                        evil,
                                        Links.users() + "/user-1",
                                        evil,
                                        List.of(new Badge(evil, Badge.Tone.GOOD)))),
                                paging,
                                filled(evil, "email")),
                "user/show",
                        new UserPage(
                                frame,
                                Links.users() + "/user-1",
                                evil,
                                List.of(new Badge(evil, Badge.Tone.GOOD)),
                                List.of(new Fact(evil, evil)),
                                Optional.of(evil),
                                Optional.of(evil),
                                List.of(new UserPage.Action("suspend", evil)),
                                Optional.of(evil)),
                "account/show",
                        new AccountPage(
                                frame,
                                Links.account(),
                                Links.tokens(),
                                filled(evil, "username", "email"),
                                Optional.of(evil),
                                true,
                                filled(evil, "current_password"),
                                List.of(new AccountPage.Row(
                                        "at-1",
                                        evil,
                                        evil,
                                        Moment.of(Instant.EPOCH),
                                        Optional.of(Moment.of(Instant.EPOCH))))));
    }

    private static Map<String, Object> agentPools(
            String evil, Frame frame, Badge badge, Moment moment, Paging paging, List<Fact> facts) {
        String url = Links.agentPool(evil, evil);
        AgentTable agents = new AgentTable(
                List.of(new AgentTable.Row(
                        evil,
                        evil,
                        evil,
                        url,
                        badge,
                        Optional.of(evil),
                        evil,
                        evil,
                        List.of(evil),
                        evil,
                        moment,
                        List.of(
                                new AgentTable.Work(evil, Optional.of(Links.run(evil, evil, evil))),
                                new AgentTable.Work(evil, Optional.empty())),
                        List.of(new AgentTable.Action(evil, url)))),
                true,
                2);
        AgentPoolPage.Waiting waiting = new AgentPoolPage.Waiting(Optional.of(evil));
        return Map.of(
                "agentpool/list",
                new AgentPoolListPage(
                        frame,
                        Links.agentPools(evil),
                        evil,
                        List.of(
                                new AgentPoolListPage.Row(evil, Optional.of(url), badge, 1, 1, moment),
                                new AgentPoolListPage.Row(evil, Optional.empty(), badge, 1, 1, moment)),
                        paging,
                        Optional.of(filled(evil, "name"))),
                "agentpool/show",
                new AgentPoolPage(
                        frame,
                        url,
                        evil,
                        evil,
                        facts,
                        agents,
                        url + "/live",
                        Optional.of(new AgentPoolPage.FreshToken(evil, evil, waiting)),
                        List.of(new AgentPoolPage.TokenRow(evil, evil, moment, Optional.of(moment), url)),
                        filled(evil, "description"),
                        filled(evil, "name"),
                        evil,
                        List.of(picker(evil, badge)),
                        List.of(new AgentPoolPage.Use(evil, Optional.of(url), List.of(badge))),
                        1,
                        Optional.of(evil)),
                "agentpool/all",
                new AgentsPage(frame, agents, paging, url, Optional.of(url)),
                "agentpool/agents",
                agents,
                "agentpool/waiting",
                waiting);
    }

    private static StateContents contents(String evil) {
        return new StateContents(
                List.of(new StateContents.ResourceRow(evil, evil, evil, evil, 1)),
                List.of(
                        new StateContents.Output(evil, evil, Optional.of(evil)),
                        new StateContents.Output(evil, evil, Optional.empty())));
    }

    private static Picker picker(String evil, Badge badge) {
        return new Picker(
                evil,
                evil,
                evil,
                evil,
                true,
                List.of(new Picker.Chosen(evil, evil, Optional.of(Links.workspace(evil, evil)), List.of(badge))),
                evil,
                choices(evil),
                true);
    }
}
