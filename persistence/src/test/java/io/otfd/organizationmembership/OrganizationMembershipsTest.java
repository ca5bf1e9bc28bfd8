package io.otfd.organizationmembership;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.Ids.TeamId;
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
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.organizationmembership.OrganizationMembership.Status;
import io.otfd.team.Team;
import io.otfd.team.TeamWorkspaces;
import io.otfd.team.Teams;
import io.otfd.token.AuthenticationTokens;
import io.otfd.token.Tokens;
import io.otfd.user.PasswordLinks;
import io.otfd.user.User;
import io.otfd.user.Users;
import io.otfd.workspace.WorkspaceFilter;
import io.otfd.workspace.WorkspaceLocks;
import io.otfd.workspace.Workspaces;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who belongs to an organization, and what that lets them do. */
@ExtendWith(PostgresExtension.class)
class OrganizationMembershipsTest {

    private static final Organizations.Filter EVERY =
            new Organizations.Filter(Optional.empty(), Optional.empty(), Optional.empty());

    private final MovableClock clock = new MovableClock();
    private final Database database;
    private final Organizations organizations;
    private final OrganizationMemberships memberships;
    private final Teams teams;
    private final TeamWorkspaces accesses;
    private final Workspaces workspaces;
    private final PasswordLinks links;
    private final AuthenticationTokens authenticationTokens;
    private final Tokens tokens;
    private final Caller.User admin;
    private String organization;

    OrganizationMembershipsTest(TestDatabase test) {
        database = test.open(4);
        organizations = new Organizations(database, clock);
        memberships = new OrganizationMemberships(database, clock);
        teams = new Teams(database, new WorkspaceLocks(database, (tx, id) -> {}), clock);
        accesses = new TeamWorkspaces(database, clock);
        workspaces = new Workspaces(database, clock, "1.11.4");
        links = new PasswordLinks(database, clock);
        authenticationTokens = new AuthenticationTokens(database, clock);
        tokens = new Tokens(database, clock);
        User user = new Users(database).admin();
        admin = new Caller.User(user.id(), user.username(), true);
    }

    @BeforeEach
    void makeOrganization() {
        organization = organization(admin);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String organization(Caller owner) {
        String name = "m-" + UUID.randomUUID().toString().substring(0, 20);
        organizations.create(owner, name, "a@b.c", UnaryOperator.identity());
        return name;
    }

    private OrganizationMembership invited(TeamId... into) {
        return memberships.create(admin, organization, UUID.randomUUID() + "@example.com", List.of(into));
    }

    /** Sets a password; acts by an API token. */
    private Caller.User arrived(OrganizationMembership membership) {
        String name = "u-" + UUID.randomUUID().toString().substring(0, 12);
        String password = "correct horse battery";
        User user = links.use(
                links.mint(admin, membership.user()), new PasswordLinks.Profile(name, "", password, password));
        String token = authenticationTokens
                .createForUser(
                        new Caller.User(user.id(), name, false), user.id(), Optional.of("laptop"), Optional.empty())
                .secret();
        return tokens.verify(token).user();
    }

    private Team team(OrganizationAccess... access) {
        Team fresh = teams.create(admin, organization, "team " + UUID.randomUUID(), UnaryOperator.identity())
                .team();
        return teams.update(
                        admin,
                        fresh.id(),
                        before -> new Team(
                                before.id(),
                                before.organization(),
                                before.organizationName(),
                                before.name(),
                                before.visibility(),
                                before.ssoTeamId(),
                                before.allowMemberTokenManagement(),
                                Set.of(access),
                                before.createdAt(),
                                before.members(),
                                before.memberships()))
                .team();
    }

    private TeamId owners() {
        return teams.list(admin, organization, List.of(Access.OWNERS), Optional.empty(), Page.Request.FIRST)
                .items()
                .getFirst()
                .team()
                .id();
    }

    private List<OrganizationMembership> list(Caller caller, OrganizationMemberships.Filter filter) {
        return memberships
                .list(caller, organization, filter, Page.Request.LARGEST)
                .items();
    }

    @Test
    void whoIsInvitedIsActiveOnceTheyHaveAPassword() {
        Team team = team();
        OrganizationMembership invited = invited(team.id());
        assertThat(invited.status(), is(Status.INVITED));
        assertThat(invited.teams(), contains(team.id()));

        arrived(invited);

        assertThat(memberships.read(admin, invited.id()).status(), is(Status.ACTIVE));
    }

    @Test
    void whoIsOnTheSiteAlreadyIsAMemberAtOnceAndOnlyOnce() {
        OrganizationMembership first = invited();
        arrived(first);
        String other = organization(admin);

        OrganizationMembership second =
                memberships.create(admin, other, first.email().toUpperCase(), List.of());

        assertThat(second.user(), is(first.user()));
        assertThat(second.status(), is(Status.ACTIVE));
        assertThrows(Refusal.Invalid.class, () -> memberships.create(admin, other, first.email(), List.of()));
    }

    @Test
    void listIsSearchedAndFiltered() {
        OrganizationMembership one = invited();
        OrganizationMembership two = invited();

        assertThat(list(admin, OrganizationMemberships.Filter.ALL).size(), is(3));
        assertThat(
                list(
                        admin,
                        new OrganizationMemberships.Filter(
                                Optional.of(one.email().substring(0, 20).toUpperCase()), List.of(), Optional.empty())),
                contains(one));
        assertThat(
                list(
                        admin,
                        new OrganizationMemberships.Filter(
                                Optional.empty(), List.of(two.email().toUpperCase(), "x@y"), Optional.empty())),
                contains(two));
        assertThat(
                list(
                        admin,
                        new OrganizationMemberships.Filter(Optional.empty(), List.of(), Optional.of(Status.INVITED))),
                containsInAnyOrder(one, two));
    }

    @Test
    void memberWithoutATeamSeesTheOrganizationAndNothingInIt() {
        WorkspaceId workspace = workspace("w");
        Caller.User member = arrived(invited());

        OrganizationView view = organizations.read(member, organization);

        assertThat(
                view.grants().permissions(),
                is(Set.of(OrganizationPermission.CAN_ACCESS_VIA_TEAMS, OrganizationPermission.CAN_TRAVERSE)));
        assertThat(seen(member), is(empty()));
        assertThrows(Refusal.NotFound.class, () -> workspaces.read(member, workspace));
        assertThrows(Refusal.NotFound.class, () -> list(member, OrganizationMemberships.Filter.ALL));
        assertThrows(
                Refusal.NotFound.class,
                () -> memberships.create(member, organization, "friend@example.com", List.of()));
    }

    private WorkspaceId workspace(String name) {
        return workspaces
                .create(admin, organization, name, Optional.empty(), UnaryOperator.identity(), Workspaces.Labels.NONE)
                .workspace()
                .id();
    }

    private List<String> seen(Caller caller) {
        WorkspaceFilter every = new WorkspaceFilter(
                Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), Optional.empty(), List.of());
        return workspaces.list(caller, organization, every, "name", Page.Request.FIRST).items().stream()
                .map(view -> view.workspace().name())
                .toList();
    }

    @Test
    void memberMayDoWhatTheirTeamsMayDo() {
        Team team = team();
        WorkspaceId mine = workspace("mine");
        workspace("other");
        accesses.create(admin, mine, team.id(), WorkspaceAccess.PLAN);
        OrganizationMembership membership = invited();
        Caller.User member = arrived(membership);
        assertThat(seen(member), is(empty()));

        teams.addMemberships(admin, team.id(), List.of(membership.id()));

        assertThat(seen(member), contains("mine"));
        assertThat(workspaces.read(member, mine).grants().has(WorkspacePermission.CAN_QUEUE_RUN), is(true));
        assertThat(workspaces.read(member, mine).grants().has(WorkspacePermission.CAN_QUEUE_APPLY), is(false));
        teams.removeMemberships(admin, team.id(), List.of(membership.id()));
        assertThat(seen(member), is(empty()));
    }

    @Test
    void listOfOrganizationsTakesTheSameStatementsForOneAndForMany() {
        OrganizationMembership membership =
                invited(team(OrganizationAccess.MANAGE_WORKSPACES).id());
        Caller.User member = arrived(membership);
        long one = statements(() -> organizations.list(member, EVERY, Optional.empty()));
        String plain = organization(admin);
        memberships.create(admin, plain, membership.email(), List.of());
        organization(member);

        long three = statements(() -> organizations.list(member, EVERY, Optional.empty()));

        List<OrganizationView> views =
                organizations.list(member, EVERY, Optional.empty()).items();
        assertThat(three, is(one));
        assertThat(views.size(), is(3));
        for (OrganizationView view : views) {
            assertThat(
                    view.grants(),
                    is(organizations.read(member, view.organization().name()).grants()));
        }
    }

    private long statements(Runnable work) {
        long before = database.executedStatements();
        work.run();
        return database.executedStatements() - before;
    }

    @Test
    void whoLeavesLosesTeamsToo() {
        Team team = team(OrganizationAccess.MANAGE_WORKSPACES);
        OrganizationMembership membership = invited(team.id());
        Caller.User member = arrived(membership);

        memberships.delete(admin, membership.id());

        assertThrows(Refusal.NotFound.class, () -> organizations.read(member, organization));
        assertThat(teams.read(admin, team.id()).team().members(), not(hasItem(member.id())));
        assertThrows(Refusal.NotFound.class, () -> memberships.read(admin, membership.id()));
    }

    @Test
    void membersGoOfThemselvesAndOwnersDoNot() {
        OrganizationMembership membership = invited();
        Caller.User member = arrived(membership);
        OrganizationMembership own = memberships.listOwn(admin, Page.Request.LARGEST).items().stream()
                .filter(each -> each.organizationName().equals(organization))
                .findFirst()
                .orElseThrow();

        memberships.delete(member, membership.id());

        assertThrows(Refusal.Denied.class, () -> memberships.delete(admin, own.id()));
    }

    @Test
    void ownersAreMadeAndRemovedByOwnersAlone() {
        Team managers = team(OrganizationAccess.MANAGE_MEMBERSHIP);
        Caller.User manager = arrived(invited(managers.id()));
        OrganizationMembership owner = invited(owners());
        arrived(owner);

        assertThrows(
                Refusal.Invalid.class,
                () -> memberships.create(manager, organization, "self-made@example.com", List.of(owners())));
        assertThrows(Refusal.Denied.class, () -> memberships.delete(manager, owner.id()));
        memberships.delete(
                manager,
                memberships
                        .create(manager, organization, "a@example.com", List.of())
                        .id());
        memberships.delete(admin, owner.id());
    }

    @Test
    void ownerWhoHasNotArrivedIsNoOwnerYet() {
        invited(owners());

        assertThrows(Refusal.Invalid.class, () -> teams.removeMembers(admin, owners(), List.of(admin.username())));
    }

    @Test
    void teamsTakeMembersOfTheirOrganizationAlone() {
        OrganizationMembership elsewhere =
                memberships.create(admin, organization(admin), UUID.randomUUID() + "@example.com", List.of());
        Team team = team();

        assertThrows(Refusal.Invalid.class, () -> teams.addMembers(admin, team.id(), List.of(elsewhere.username())));
        assertThrows(Refusal.Invalid.class, () -> teams.addMemberships(admin, team.id(), List.of(elsewhere.id())));
        assertThrows(
                Refusal.Invalid.class,
                () -> memberships.create(admin, elsewhere.organizationName(), "c@example.com", List.of(team.id())));
    }
}
