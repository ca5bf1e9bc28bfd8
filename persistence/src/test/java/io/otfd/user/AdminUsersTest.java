package io.otfd.user;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.Ids.TeamId;
import io.otfd.Ids.UserId;
import io.otfd.MovableClock;
import io.otfd.Page;
import io.otfd.PostgresExtension;
import io.otfd.Refusal;
import io.otfd.TestDatabase;
import io.otfd.access.Caller;
import io.otfd.database.Database;
import io.otfd.organization.Organizations;
import io.otfd.organizationmembership.OrganizationMemberships;
import io.otfd.team.Teams;
import io.otfd.token.AuthenticationTokens;
import io.otfd.token.Tokens;
import io.otfd.workspace.WorkspaceLocks;
import io.otfd.workspace.Workspaces;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What site admins may do with people. */
@ExtendWith(PostgresExtension.class)
class AdminUsersTest {

    private final MovableClock clock = new MovableClock();
    private final Database database;
    private final AdminUsers adminUsers;
    private final Accounts accounts;
    private final Tokens tokens;
    private final AuthenticationTokens authenticationTokens;
    private final Organizations organizations;
    private final OrganizationMemberships memberships;
    private final Teams teams;
    private final Workspaces workspaces;
    private final WorkspaceLocks locks;
    private final Caller.User siteToken;
    private final Caller.User admin;

    AdminUsersTest(TestDatabase test) {
        database = test.open(4);
        locks = new WorkspaceLocks(database, (tx, id) -> {});
        adminUsers = new AdminUsers(database, locks);
        accounts = new Accounts(database, new SignIns(database, clock));
        tokens = new Tokens(database, clock);
        authenticationTokens = new AuthenticationTokens(database, clock);
        organizations = new Organizations(database, clock);
        memberships = new OrganizationMemberships(database, clock);
        teams = new Teams(database, locks, clock);
        workspaces = new Workspaces(database, clock, "1.11.4");
        User owner = new Users(database).admin();
        tokens.setSiteToken(owner.id(), "the-site-token");
        siteToken = new Caller.User(owner.id(), owner.username(), true);
        User other = adminUsers.grantAdmin(siteToken, invited("boss").id());
        admin = new Caller.User(other.id(), other.username(), true);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private User invited(String name) {
        return adminUsers.invite(siteToken, name + "-" + UUID.randomUUID() + "@example.com");
    }

    @Test
    void invitedUserHasANameOfTheAddress() {
        User user = adminUsers.invite(admin, "-jo.o'neil@example.com");
        User other = adminUsers.invite(admin, "jo.o-neil@example.org");

        assertThat(user.username(), is("jo.o-neil"));
        assertThat(other.username(), startsWith("jo.o-neil-"));
        assertThat(user.pending(), is(true));
        assertThrows(Refusal.Invalid.class, () -> adminUsers.invite(admin, "JO.O-neil@example.org"));
        assertThrows(Refusal.Invalid.class, () -> adminUsers.invite(admin, "no-address"));
    }

    @Test
    void suspendedUserIsRefusedEverywhereUntilItIsLifted() {
        User user = invited("suspended");
        String session = tokens.mintSession(user.id(), Duration.ofDays(1), "Firefox", "192.0.2.1");
        String token = authenticationTokens
                .createForUser(
                        new Caller.User(user.id(), user.username(), false),
                        user.id(),
                        Optional.of("laptop"),
                        Optional.empty())
                .secret();

        adminUsers.suspend(admin, user.id());

        assertThrows(Refusal.Unauthenticated.class, () -> tokens.verify(session));
        assertThrows(Refusal.Unauthenticated.class, () -> tokens.verify(token));
        adminUsers.unsuspend(admin, user.id());
        assertThat(tokens.verify(token).user().id(), is(user.id()));
        assertThrows(Refusal.Unauthenticated.class, () -> tokens.verify(session));
    }

    @Test
    void nobodyShutsThemselvesOutNorTheSiteToken() {
        for (UserId id : new UserId[] {admin.id(), siteToken.id()}) {
            assertThrows(Refusal.Invalid.class, () -> adminUsers.suspend(admin, id));
            assertThrows(Refusal.Invalid.class, () -> adminUsers.revokeAdmin(admin, id));
            assertThrows(Refusal.Invalid.class, () -> adminUsers.delete(admin, id));
        }
        assertThat(adminUsers.revokeAdmin(siteToken, admin.id()).siteAdmin(), is(false));
    }

    @Test
    void othersFindNothingHere() {
        User user = invited("ordinary");
        Caller caller = new Caller.User(user.id(), user.username(), false);
        AdminUsers.Filter all = new AdminUsers.Filter(Optional.empty(), Optional.empty(), Optional.empty());

        for (Consumer<AdminUsers> each : List.<Consumer<AdminUsers>>of(
                service -> service.list(caller, all, Page.Request.FIRST),
                service -> service.read(caller, admin.id()),
                service -> service.invite(caller, "x@example.com"),
                service -> service.suspend(caller, admin.id()),
                service -> service.unsuspend(caller, admin.id()),
                service -> service.grantAdmin(caller, user.id()),
                service -> service.revokeAdmin(caller, admin.id()),
                service -> service.confirmEmail(caller, user.id()),
                service -> service.delete(caller, admin.id()))) {
            assertThrows(Refusal.NotFound.class, () -> each.accept(adminUsers));
        }
    }

    @Test
    void addressCountsOnceItIsConfirmed() {
        User user = invited("mover");
        String address = "new-" + UUID.randomUUID() + "@example.com";
        accounts.update(new Caller.User(user.id(), user.username(), false), Optional.empty(), Optional.of(address));

        User after = adminUsers.confirmEmail(admin, user.id());

        assertThat(after.email(), is(address));
        assertThat(after.unconfirmedEmail(), is(Optional.empty()));
        assertThrows(Refusal.Conflict.class, () -> adminUsers.confirmEmail(admin, user.id()));
    }

    @Test
    void listIsSearchedAndFiltered() {
        User user = invited("needle_1");
        String needle = user.email().substring(0, 8);
        assertThat(needle, containsString("_"));

        assertThat(names(Optional.of(needle.toUpperCase()), Optional.empty()), contains(user.username()));
        assertThat(names(Optional.of(needle), Optional.of(true)), is(List.of()));
        assertThat(names(Optional.of("needleX1"), Optional.empty()), is(List.of()));
        assertThat(names(Optional.empty(), Optional.of(true)), not(contains(user.username())));
    }

    private List<String> names(Optional<String> search, Optional<Boolean> siteAdmins) {
        return adminUsers
                .list(admin, new AdminUsers.Filter(search, siteAdmins, Optional.empty()), Page.Request.LARGEST)
                .map(User::username)
                .items();
    }

    @Test
    void deletedUserLeavesNoLockBehindAndNoOrganizationWithoutOwner() {
        User user = invited("leaver");
        Caller caller = new Caller.User(user.id(), user.username(), false);
        String name = "o-" + UUID.randomUUID().toString().substring(0, 20);
        organizations.create(caller, name, "a@b.c", UnaryOperator.identity());
        var workspace = workspaces
                .create(caller, name, "w", Optional.empty(), UnaryOperator.identity(), Workspaces.Labels.NONE)
                .workspace()
                .id();
        locks.lock(caller, workspace, Optional.empty());

        Refusal refusal = assertThrows(Refusal.Invalid.class, () -> adminUsers.delete(admin, user.id()));
        assertThat(refusal.getMessage(), containsString("only owner of " + name));
        TeamId owners = teams.list(caller, name, List.of("owners"), Optional.empty(), Page.Request.FIRST)
                .items()
                .getFirst()
                .team()
                .id();
        memberships.create(caller, name, "admin@localhost", List.of(owners));
        adminUsers.delete(admin, user.id());

        assertThat(workspaces.read(admin, workspace).workspace().lock(), is(Optional.empty()));
        assertThrows(Refusal.NotFound.class, () -> adminUsers.read(admin, user.id()));
    }
}
