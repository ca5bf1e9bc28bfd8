package io.otfd.team;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.Ids.WorkspaceId;
import io.otfd.MovableClock;
import io.otfd.Page;
import io.otfd.PostgresExtension;
import io.otfd.Refusal;
import io.otfd.TestDatabase;
import io.otfd.access.Access;
import io.otfd.access.Caller;
import io.otfd.access.OrganizationAccess;
import io.otfd.access.OrganizationPermission;
import io.otfd.access.WorkspaceAccess;
import io.otfd.access.WorkspacePermission;
import io.otfd.database.Database;
import io.otfd.organization.Organization;
import io.otfd.organization.Organizations;
import io.otfd.token.AuthenticationTokens;
import io.otfd.token.AuthenticationTokens.OrganizationKind;
import io.otfd.token.Token;
import io.otfd.token.Tokens;
import io.otfd.user.User;
import io.otfd.user.Users;
import io.otfd.workspace.WorkspaceFilter;
import io.otfd.workspace.WorkspaceLocks;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What teams and tokens may do, on real SQL. */
@ExtendWith(PostgresExtension.class)
class TeamsTest {

    private static final WorkspaceFilter EVERY = new WorkspaceFilter(
            Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), Optional.empty(), List.of());

    private final MovableClock clock = new MovableClock();
    private final Database database;
    private final Organizations organizations;
    private final Workspaces workspaces;
    private final WorkspaceLocks locks;
    private final Teams teams;
    private final TeamWorkspaces accesses;
    private final Tokens tokens;
    private final AuthenticationTokens authenticationTokens;
    private final List<WorkspaceId> unlocked = new ArrayList<>();
    private final Caller.User admin;
    private Organization organization;

    TeamsTest(TestDatabase test) {
        database = test.open(4);
        organizations = new Organizations(database, clock);
        workspaces = new Workspaces(database, clock, "1.11.4");
        locks = new WorkspaceLocks(database, (tx, id) -> unlocked.add(id));
        teams = new Teams(database, locks, clock);
        accesses = new TeamWorkspaces(database, clock);
        tokens = new Tokens(database, clock);
        authenticationTokens = new AuthenticationTokens(database, clock);
        User user = new Users(database).admin();
        admin = new Caller.User(user.id(), user.username(), true);
    }

    @BeforeEach
    void makeOrganization() {
        String name = "t-" + UUID.randomUUID().toString().substring(0, 20);
        organization =
                organizations.create(admin, name, "a@b.c", fresh -> fresh).organization();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Team team(OrganizationAccess... access) {
        String name = "team " + UUID.randomUUID();
        return teams.create(admin, organization.name(), name, fresh -> with(fresh, Set.of(access)))
                .team();
    }

    private static Team with(Team team, Set<OrganizationAccess> access) {
        return new Team(
                team.id(),
                team.organization(),
                team.organizationName(),
                team.name(),
                team.visibility(),
                team.ssoTeamId(),
                team.allowMemberTokenManagement(),
                access,
                team.createdAt(),
                team.members(),
                team.memberships());
    }

    private Team owners() {
        return teams.list(admin, organization.name(), List.of(Access.OWNERS), Optional.empty(), Page.Request.FIRST)
                .items()
                .getFirst()
                .team();
    }

    private Caller as(Team team) {
        Token.Minted minted = authenticationTokens.createForTeam(admin, team.id(), Optional.empty(), Optional.empty());
        return tokens.verify(minted.secret());
    }

    private WorkspaceId workspace(String name) {
        return workspaces
                .create(admin, organization.name(), name, Optional.empty(), fresh -> fresh, Workspaces.Labels.NONE)
                .workspace()
                .id();
    }

    private List<String> listed(Caller caller) {
        return workspaces.list(caller, organization.name(), EVERY, "created_at", Page.Request.FIRST).items().stream()
                .map(view -> view.workspace().name())
                .toList();
    }

    @Test
    void aTeamMayWhatItsAccessSays() {
        Caller caller = as(team(OrganizationAccess.MANAGE_AGENT_POOLS, OrganizationAccess.READ_WORKSPACES));
        WorkspaceId workspace = workspace("w");

        Set<OrganizationPermission> granted =
                organizations.read(caller, organization.name()).grants().permissions();
        assertThat(granted.contains(OrganizationPermission.CAN_UPDATE_AGENT_POOLS), is(true));
        assertThat(granted.contains(OrganizationPermission.CAN_CREATE_WORKSPACE), is(false));
        assertThat(workspaces.read(caller, workspace).workspace().id(), is(workspace));
        assertThrows(Refusal.NotFound.class, () -> locks.lock(caller, workspace, Optional.empty()));
    }

    @Test
    void aTeamSeesTheWorkspacesThatItWasLetInto() {
        Team team = team();
        Caller caller = as(team);
        WorkspaceId one = workspace("one");
        WorkspaceId other = workspace("other");
        assertThat(listed(caller), empty());

        accesses.create(admin, one, team.id(), WorkspaceAccess.PLAN);

        assertThat(listed(caller), contains("one"));
        WorkspaceView view = workspaces.read(caller, one);
        assertThat(view.grants().has(WorkspacePermission.CAN_QUEUE_RUN), is(true));
        assertThat(view.grants().has(WorkspacePermission.CAN_QUEUE_APPLY), is(false));
        assertThrows(Refusal.NotFound.class, () -> workspaces.read(caller, other));
    }

    @Test
    void nobodyButOwnersGivesAccess() {
        Caller manager = as(team(OrganizationAccess.MANAGE_TEAMS));
        Team mine = teams.create(manager, organization.name(), "mine", fresh -> fresh)
                .team();

        assertThrows(
                Refusal.Invalid.class,
                () -> teams.update(manager, mine.id(), team -> with(team, Set.of(OrganizationAccess.MANAGE_TEAMS))));
        assertThrows(
                Refusal.Invalid.class,
                () -> teams.create(
                        manager,
                        organization.name(),
                        "more",
                        fresh -> with(fresh, Set.of(OrganizationAccess.MANAGE_WORKSPACES))));
    }

    @Test
    void theTeamOfOwnersIsInTheOwnersHandsAlone() {
        Caller manager = as(team(OrganizationAccess.MANAGE_TEAMS));
        Team owners = owners();

        assertThrows(
                Refusal.NotFound.class,
                () -> authenticationTokens.createForTeam(manager, owners.id(), Optional.empty(), Optional.empty()));
        assertThrows(Refusal.NotFound.class, () -> teams.addMembers(manager, owners.id(), List.of(admin.username())));
        assertThrows(Refusal.Invalid.class, () -> teams.delete(admin, owners.id()));
        assertThrows(Refusal.Invalid.class, () -> teams.removeMembers(admin, owners.id(), List.of(admin.username())));
    }

    @Test
    void aSecretTeamIsHiddenFromOtherTeams() {
        Team secret = team();
        Caller other = as(team());

        assertThrows(Refusal.NotFound.class, () -> teams.read(other, secret.id()));
        assertThat(
                teams.list(other, organization.name(), List.of(), Optional.empty(), Page.Request.FIRST)
                        .items(),
                hasSize(1));
    }

    @Test
    void aTeamOfAnotherOrganizationIsAStranger() {
        Caller stranger = as(team(OrganizationAccess.MANAGE_WORKSPACES));
        makeOrganization();

        assertThrows(Refusal.NotFound.class, () -> organizations.read(stranger, organization.name()));
    }

    @Test
    void deletingATeamFreesWhatItHasLocked() {
        Team team = team(OrganizationAccess.MANAGE_WORKSPACES);
        WorkspaceId workspace = workspace("w");
        locks.lock(as(team), workspace, Optional.empty());

        teams.delete(admin, team.id());

        assertThat(workspaces.read(admin, workspace).workspace().lock().isPresent(), is(false));
        assertThat(unlocked, contains(workspace));
    }

    @Test
    void anOrganizationThatRefusesUserTokensIsOpenToTeamsAndBrowsers() {
        Caller owner = as(owners());
        Caller session = tokens.verify(tokens.mintSession(admin.id(), Duration.ofHours(1), "Firefox", "192.0.2.1"));
        workspace("w");

        organizations.update(owner, organization.name(), before -> refusingUserTokens(before));

        assertThrows(Refusal.Unauthenticated.class, () -> organizations.read(admin, organization.name()));
        assertThrows(Refusal.Unauthenticated.class, () -> listed(admin));
        assertThat(listed(owner), contains("w"));
        assertThat(listed(session), contains("w"));
    }

    private static Organization refusingUserTokens(Organization before) {
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
                before.defaultExecution(),
                before.ownersTeamSamlRoleId(),
                false,
                before.maxTtlEnabled(),
                before.enforceHyok(),
                before.stacksEnabled(),
                before.defaultProject(),
                before.plan(),
                before.retention());
    }

    @Test
    void anOrganizationsTokenManagesButStartsNothing() {
        Token.Minted minted = authenticationTokens.createForOrganization(
                admin, organization.name(), OrganizationKind.FULL, Optional.empty());
        Caller caller = tokens.verify(minted.secret());
        WorkspaceId workspace = workspaces
                .create(caller, organization.name(), "made", Optional.empty(), fresh -> fresh, Workspaces.Labels.NONE)
                .workspace()
                .id();

        Set<WorkspacePermission> granted =
                workspaces.read(caller, workspace).grants().permissions();
        assertThat(granted.contains(WorkspacePermission.CAN_UPDATE), is(true));
        assertThat(granted.contains(WorkspacePermission.CAN_QUEUE_RUN), is(false));
        assertThrows(Refusal.NotFound.class, () -> locks.lock(caller, workspace, Optional.empty()));
    }

    @Test
    void aTokenEndsAtItsTimeAndWhenAnotherTakesItsPlace() {
        Team team = team();
        Instant tomorrow = clock.instant().plus(Duration.ofDays(1));
        Token.Minted first =
                authenticationTokens.createForTeam(admin, team.id(), Optional.empty(), Optional.of(tomorrow));
        Token.Minted named =
                authenticationTokens.createForTeam(admin, team.id(), Optional.of("ci"), Optional.of(tomorrow));
        Token.Minted second = authenticationTokens.createForTeam(admin, team.id(), Optional.empty(), Optional.empty());

        assertThrows(Refusal.Unauthenticated.class, () -> tokens.verify(first.secret()));
        assertThat(tokens.verify(named.secret()), is(new Caller.Team(team.id(), organization.id())));
        clock.set(tomorrow.plusSeconds(1));

        assertThrows(Refusal.Unauthenticated.class, () -> tokens.verify(named.secret()));
        assertThat(tokens.verify(second.secret()), is(new Caller.Team(team.id(), organization.id())));
        assertThat(second.secret(), not(is(first.secret())));
    }
}
