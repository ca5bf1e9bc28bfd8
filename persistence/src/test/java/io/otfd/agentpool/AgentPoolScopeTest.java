package io.otfd.agentpool;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.PostgresExtension;
import io.otfd.Refusal;
import io.otfd.TestDatabase;
import io.otfd.access.Caller;
import io.otfd.database.Database;
import io.otfd.organization.ExecutionMode;
import io.otfd.organization.Organization;
import io.otfd.organization.Organizations;
import io.otfd.project.Project;
import io.otfd.project.Projects;
import io.otfd.user.User;
import io.otfd.user.Users;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may use a pool, who uses it, and what happens when many change it at once. */
@ExtendWith(PostgresExtension.class)
class AgentPoolScopeTest {

    private final Database database;
    private final Organizations organizations;
    private final Projects projects;
    private final AgentPools pools;
    private final Workspaces workspaces;
    private final Caller.User admin;
    private String organization;
    private ProjectId project;

    AgentPoolScopeTest(TestDatabase test) {
        database = test.open(8);
        Clock clock = Clock.systemUTC();
        organizations = new Organizations(database, clock);
        projects = new Projects(database, clock);
        pools = new AgentPools(database, clock);
        workspaces = new Workspaces(database, clock, "1.11.4");
        User user = new Users(database).admin();
        admin = new Caller.User(user.id(), user.username(), true);
    }

    @BeforeEach
    void makeOrganization() {
        organization = "t-" + UUID.randomUUID().toString().substring(0, 20);
        organizations.create(admin, organization, "a@b.c", fresh -> fresh);
        project = projects.create(admin, organization, "apps", fresh -> fresh, List.of())
                .project()
                .id();
    }

    @AfterEach
    void close() {
        organizations.delete(admin, organization);
        database.close();
    }

    @Test
    void exclusionWinsOverEveryGrant() {
        WorkspaceId workspace = workspace("w", Optional.empty()).id();
        List<String> wrong = new ArrayList<>();
        for (int grants = 0; grants < 16; grants++) {
            boolean scoped = (grants & 1) != 0;
            boolean allowed = (grants & 2) != 0;
            boolean ofProject = (grants & 4) != 0;
            boolean excluded = (grants & 8) != 0;
            AgentPool pool = pool(
                    "p" + grants,
                    before -> scope(
                            before,
                            scoped,
                            allowed ? List.of(workspace) : List.of(),
                            ofProject ? List.of(project) : List.of(),
                            excluded ? List.of(workspace) : List.of()));
            boolean expected = !excluded && (scoped || allowed || ofProject);
            if (pool.scope().usableBy(workspace, project) != expected || assigned(workspace, pool.id()) != expected) {
                wrong.add(pool.toString());
            }
            inherit(workspace);
        }

        assertThat(wrong, is(empty()));
    }

    private boolean assigned(WorkspaceId workspace, AgentPoolId pool) {
        try {
            assign(workspace, Optional.of(new ExecutionMode.Agent(pool)));
            return true;
        } catch (Refusal.Invalid e) {
            assertThat(e.pointer(), is(Optional.of("/data/attributes/agent-pool-id")));
            return false;
        }
    }

    @Test
    void aLostGrantDoesNotEvictAndIsShown() {
        WorkspaceId workspace = workspace("w", Optional.empty()).id();
        AgentPool pool = pool("p", before -> scope(before, false, List.of(workspace), List.of(), List.of()));
        assign(workspace, Optional.of(new ExecutionMode.Agent(pool.id())));

        AgentPool after =
                pools.update(admin, pool.id(), before -> scope(before, false, List.of(), List.of(), List.of()));

        assertThat(after.workspacesOutOfScope(), containsInAnyOrder(workspace));
        // Changes of something else go through; taking the pool anew does not.
        Workspace renamed = workspaces
                .update(admin, workspace, before -> before, Optional.empty())
                .workspace();
        assertThat(renamed.effectiveMode(), is(new ExecutionMode.Agent(pool.id())));
        inherit(workspace);
        assertThat(assigned(workspace, pool.id()), is(false));
    }

    @Test
    void defaultsNeedAPoolThatIsOpenToThoseWhoInherit() {
        AgentPool shut = pool("shut", before -> scope(before, false, List.of(), List.of(), List.of()));
        AgentPool open = pool("open", before -> scope(before, false, List.of(), List.of(project), List.of()));

        assertThrows(Refusal.Invalid.class, () -> projectDefault(shut.id()));
        assertThrows(Refusal.Invalid.class, () -> organizationDefault(open.id()));
        projectDefault(open.id());

        Workspace workspace = workspace("w", Optional.empty());
        assertThat(workspace.effectiveMode(), is(new ExecutionMode.Agent(open.id())));
        assertThat(workspace.executionMode(), is(Optional.empty()));
    }

    @Test
    void aPoolKnowsAllWhoUseItWhicheverWayAndStaysWhileTheyDo() {
        AgentPool pool = pool("p", before -> before);
        ProjectId other = projects.create(admin, organization, "infra", fresh -> fresh, List.of())
                .project()
                .id();
        Workspace own = workspace("own", Optional.of(new ExecutionMode.Agent(pool.id())));
        Workspace inheriting = workspace("inheriting", Optional.empty());
        Workspace local = workspace("local", Optional.of(new ExecutionMode.Local()));
        WorkspaceId elsewhere = workspaces
                .create(admin, organization, "elsewhere", Optional.of(other), it -> it, Workspaces.Labels.NONE)
                .workspace()
                .id();
        assertThat(pools.read(admin, pool.id()).workspaces(), containsInAnyOrder(own.id()));

        projectDefault(pool.id());
        assertThat(pools.read(admin, pool.id()).workspaces(), containsInAnyOrder(own.id(), inheriting.id()));
        organizationDefault(pool.id());
        assertThat(pools.read(admin, pool.id()).workspaces(), containsInAnyOrder(own.id(), inheriting.id(), elsewhere));
        for (Workspace workspace : List.of(own, inheriting, local)) {
            boolean uses = workspaces
                    .read(admin, workspace.id())
                    .workspace()
                    .effectiveMode()
                    .agentPool()
                    .isPresent();
            assertThat(uses, is(!workspace.equals(local)));
        }

        assertThat(
                assertThrows(Refusal.Invalid.class, () -> pools.delete(admin, pool.id()))
                        .getMessage(),
                containsString("in use by organization " + organization + ", project apps, workspace own"));
        inherit(own.id());
        organizations.update(admin, organization, before -> withDefault(before, ExecutionMode.REMOTE));
        projects.update(admin, project, before -> with(before, Optional.empty()), Optional.empty());
        pools.delete(admin, pool.id());
    }

    /** Every mode of a workspace in every mode of a project under every default of the organization. */
    @Test
    void whatTheTableSaysOfUsersIsWhatTheRuleSays() {
        AgentPoolId one = pool("one", before -> before).id();
        AgentPoolId two = pool("two", before -> before).id();
        List<Optional<ExecutionMode>> modes = List.of(
                Optional.empty(),
                Optional.of(ExecutionMode.REMOTE),
                Optional.of(new ExecutionMode.Agent(one)),
                Optional.of(new ExecutionMode.Agent(two)));
        List<WorkspaceId> all = new ArrayList<>();
        for (int i = 0; i < modes.size(); i++) {
            Optional<ExecutionMode> ofProject = modes.get(i);
            ProjectId home = projects.create(
                            admin, organization, "project-" + i, fresh -> with(fresh, ofProject), List.of())
                    .project()
                    .id();
            for (int j = 0; j < modes.size(); j++) {
                Optional<ExecutionMode> own = modes.get(j);
                all.add(workspaces
                        .create(
                                admin,
                                organization,
                                "w-" + i + "-" + j,
                                Optional.of(home),
                                fresh -> fresh.with(fresh.settings(), own, home),
                                Workspaces.Labels.NONE)
                        .workspace()
                        .id());
            }
        }

        for (Optional<ExecutionMode> byDefault : modes.subList(1, modes.size())) {
            organizations.update(admin, organization, before -> withDefault(before, byDefault.orElseThrow()));
            for (AgentPoolId pool : List.of(one, two)) {
                WorkspaceId[] expected = workspaces.read(admin, all).stream()
                        .map(WorkspaceView::workspace)
                        .filter(it -> it.effectiveMode().equals(new ExecutionMode.Agent(pool)))
                        .map(Workspace::id)
                        .toArray(WorkspaceId[]::new);
                assertThat(pools.read(admin, pool).workspaces(), containsInAnyOrder(expected));
            }
        }
    }

    @Test
    void tenChangesAtOnceLoseNothing() throws InterruptedException, ExecutionException {
        AgentPool pool = pool("p", before -> scope(before, false, List.of(), List.of(), List.of()));
        List<WorkspaceId> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ids.add(workspace("w" + i, Optional.empty()).id());
        }
        List<Callable<AgentPool>> changes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            WorkspaceId id = ids.get(i);
            boolean allow = i % 2 == 0;
            changes.add(() -> pools.update(
                    admin,
                    pool.id(),
                    before -> scope(
                            before,
                            before.organizationScoped(),
                            allow ? and(before.allowedWorkspaces(), id) : before.allowedWorkspaces(),
                            before.allowedProjects(),
                            allow ? before.excludedWorkspaces() : and(before.excludedWorkspaces(), id))));
        }

        try (var threads = Executors.newFixedThreadPool(10)) {
            for (Future<AgentPool> change : threads.invokeAll(changes)) {
                change.get();
            }
        }

        AgentPool after = pools.read(admin, pool.id());
        assertThat(
                after.allowedWorkspaces(),
                containsInAnyOrder(ids.get(0), ids.get(2), ids.get(4), ids.get(6), ids.get(8)));
        assertThat(
                after.excludedWorkspaces(),
                containsInAnyOrder(ids.get(1), ids.get(3), ids.get(5), ids.get(7), ids.get(9)));
    }

    private static List<WorkspaceId> and(List<WorkspaceId> some, WorkspaceId more) {
        List<WorkspaceId> all = new ArrayList<>(some);
        all.add(more);
        return all;
    }

    private AgentPool pool(String name, UnaryOperator<AgentPool> settings) {
        return pools.create(admin, organization, name, settings);
    }

    private Workspace workspace(String name, Optional<ExecutionMode> mode) {
        return workspaces
                .create(
                        admin,
                        organization,
                        name,
                        Optional.of(project),
                        fresh -> fresh.with(fresh.settings(), mode, project),
                        Workspaces.Labels.NONE)
                .workspace();
    }

    private void assign(WorkspaceId id, Optional<ExecutionMode> mode) {
        workspaces.update(
                admin, id, before -> before.with(before.settings(), mode, before.project()), Optional.empty());
    }

    private void inherit(WorkspaceId id) {
        assign(id, Optional.empty());
    }

    private void projectDefault(AgentPoolId pool) {
        projects.update(
                admin, project, before -> with(before, Optional.of(new ExecutionMode.Agent(pool))), Optional.empty());
    }

    private void organizationDefault(AgentPoolId pool) {
        organizations.update(admin, organization, before -> withDefault(before, new ExecutionMode.Agent(pool)));
    }

    private static Project with(Project before, Optional<ExecutionMode> mode) {
        return new Project(
                before.id(),
                before.organization(),
                before.organizationName(),
                before.name(),
                before.description(),
                before.isDefault(),
                before.createdAt(),
                before.workspaceCount(),
                mode,
                before.organizationExecution(),
                before.autoDestroyActivityDuration());
    }

    private static Organization withDefault(Organization before, ExecutionMode mode) {
        return new Organization(
                before.id(),
                before.name(),
                before.email(),
                before.createdAt(),
                before.sessionTimeout(),
                before.sessionRemember(),
                before.collaboratorAuthPolicy(),
                before.costEstimationEnabled(),
                before.assessmentsEnforced(),
                before.sendPassingStatuses(),
                before.aggregatedCommitStatusEnabled(),
                before.speculativePlanManagement(),
                before.allowForceDeleteWorkspaces(),
                mode,
                before.ownersTeamSamlRoleId(),
                before.userTokensEnabled(),
                before.maxTtlEnabled(),
                before.enforceHyok(),
                before.stacksEnabled(),
                before.defaultProject(),
                before.plan(),
                before.retention());
    }

    private static AgentPool scope(
            AgentPool before,
            boolean scoped,
            List<WorkspaceId> allowed,
            List<ProjectId> allowedProjects,
            List<WorkspaceId> excluded) {
        return new AgentPool(
                before.id(),
                before.organization(),
                before.organizationName(),
                before.name(),
                scoped,
                before.createdAt(),
                before.agentCount(),
                before.users(),
                allowed,
                allowedProjects,
                excluded);
    }
}
