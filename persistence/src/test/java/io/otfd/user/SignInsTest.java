package io.otfd.user;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.Ids.UserId;
import io.otfd.MovableClock;
import io.otfd.PostgresExtension;
import io.otfd.Refusal;
import io.otfd.TestDatabase;
import io.otfd.access.Caller;
import io.otfd.database.Database;
import io.otfd.token.Secrets;
import io.otfd.token.Tokens;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who comes in by name and password, and how the first one gets a password. */
@ExtendWith(PostgresExtension.class)
class SignInsTest {

    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "192.0.2.2";
    private static final String PASSWORD = "correct horse battery";

    private final MovableClock clock = new MovableClock();
    private final Database database;
    private final Users users;
    private final SignIns signIns;
    private final PasswordLinks links;
    private final Accounts accounts;
    private final Tokens tokens;
    private final Caller.User admin;

    SignInsTest(TestDatabase test) {
        database = test.open(4);
        users = new Users(database);
        signIns = new SignIns(database, clock);
        links = new PasswordLinks(database, clock);
        accounts = new Accounts(database, signIns);
        tokens = new Tokens(database, clock);
        admin = new Caller.User(users.admin().id(), "admin", true);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static PasswordLinks.Profile profile(String username, String password) {
        return new PasswordLinks.Profile(username, username + "@example.com", password, password);
    }

    /** Somebody with a password. */
    private User person() {
        String username = "u-" + UUID.randomUUID().toString().substring(0, 8);
        return links.use(links.mint(admin, invited(username)), profile(username, PASSWORD));
    }

    private UserId invited(String username) {
        UserId id = UserId.random();
        database.transactVoid(tx -> tx.update(
                "user.insert",
                "id",
                id,
                "username",
                username,
                "email",
                username + "@example.com",
                "site_admin",
                false,
                "pending",
                true,
                "password_hash",
                null));
        return id;
    }

    private void failures(User user, String address, int count) {
        for (int i = 0; i < count; i++) {
            database.transact(tx -> tx.one(
                    "user.insert_failure",
                    row -> row.number("id"),
                    "name",
                    Secrets.hash(user.id().value()),
                    "address",
                    address,
                    "now",
                    clock.instant()));
        }
    }

    @Test
    void rightPasswordIsLetInByNameAndByAddress() {
        User user = person();

        assertThat(
                signIns.attempt(user.username(), PASSWORD, HERE).orElseThrow().id(), is(user.id()));
        assertThat(
                signIns.attempt(user.email().toUpperCase(), PASSWORD, HERE)
                        .orElseThrow()
                        .id(),
                is(user.id()));
        assertThat(user.pending(), is(false));
    }

    @Test
    void wrongPasswordAndUnknownNameAreAnsweredAlike() {
        User user = person();

        assertThat(signIns.attempt(user.username(), "another password", HERE), is(Optional.empty()));
        assertThat(signIns.attempt("nobody-here", PASSWORD, HERE), is(Optional.empty()));
        assertThat(signIns.attempt("admin", "nobody", HERE), is(Optional.empty()));
    }

    @Test
    void passwordsAreStoredAsArgon2Hashes() {
        User user = person();

        String kept = database.read(
                        sql -> sql.one("user.password_hash", row -> row.text("password_hash"), "id", user.id()))
                .orElseThrow();
        assertThat(kept, containsString("$argon2id$v=19$m=19456,t=2,p=1$"));
        assertThat(kept, not(containsString(PASSWORD)));
    }

    @Test
    void whoGuessesIsStoppedWhereTheyAreAndNobodyElse() {
        User user = person();
        failures(user, HERE, 10);

        assertThrows(Refusal.TooMany.class, () -> signIns.attempt(user.username(), PASSWORD, HERE));
        assertThat(signIns.attempt(user.username(), PASSWORD, ELSEWHERE).isPresent(), is(true));
        assertThat(signIns.attempt(person().username(), PASSWORD, HERE).isPresent(), is(true));
        clock.pass(Duration.ofMinutes(15));
        assertThat(signIns.attempt(user.username(), PASSWORD, HERE).isPresent(), is(true));
    }

    @Test
    void whoGuessesFromManyPlacesDoesNotLockThePersonOut() {
        User user = person();
        tokens.mintSession(user.id(), Duration.ofDays(1), "Firefox", HERE);
        for (int i = 0; i < 20; i++) {
            failures(user, "198.51.100." + i, 5);
        }

        assertThrows(Refusal.TooMany.class, () -> signIns.attempt(user.username(), PASSWORD, ELSEWHERE));
        assertThat(signIns.attempt(user.username(), PASSWORD, HERE).isPresent(), is(true));
    }

    @Test
    void whoTriesManyNamesIsStopped() {
        for (int i = 0; i < 20; i++) {
            failures(person(invited("sprayed-" + UUID.randomUUID().toString().substring(0, 8))), ELSEWHERE, 5);
        }

        assertThrows(Refusal.TooMany.class, () -> signIns.attempt("nobody-there", "a password", ELSEWHERE));
        assertThat(signIns.attempt("nobody-there", "a password", HERE), is(Optional.empty()));
    }

    private User person(UserId id) {
        return users.find(id).orElseThrow();
    }

    @Test
    void successForgetsFailures() {
        User user = person();
        failures(user, HERE, 9);

        signIns.attempt(user.username(), PASSWORD, HERE);
        failures(user, HERE, 9);

        assertThat(signIns.attempt(user.username(), PASSWORD, HERE).isPresent(), is(true));
    }

    @Test
    void linkIsGoodOnceAndNotForEver() {
        UserId id = invited("linked-" + UUID.randomUUID().toString().substring(0, 8));
        String earlier = links.mint(admin, id);
        String link = links.mint(admin, id);
        assertThrows(Refusal.Gone.class, () -> links.open(earlier));
        assertThrows(Refusal.Invalid.class, () -> links.use(link, profile("short", "short")));
        assertThat(links.open(link).orElseThrow().id(), is(id));

        links.use(link, profile("chosen-" + UUID.randomUUID().toString().substring(0, 8), PASSWORD));

        assertThrows(Refusal.Gone.class, () -> links.use(link, profile("again", PASSWORD)));
        String late = links.mint(admin, id);
        clock.pass(Duration.ofDays(7));
        assertThrows(Refusal.Gone.class, () -> links.open(late));
    }

    @Test
    void linksAreForSiteAdminsToMake() {
        User user = person();

        assertThrows(
                Refusal.NotFound.class,
                () -> links.mint(
                        new Caller.User(user.id(), user.username(), false),
                        users.admin().id()));
    }

    @Test
    void newPasswordEndsTheOtherSessions() {
        User user = person();
        Caller caller = new Caller.User(user.id(), user.username(), false);
        String here = tokens.mintSession(user.id(), Duration.ofDays(1), "Firefox", HERE);
        String other = tokens.mintSession(user.id(), Duration.ofDays(1), "Chrome", ELSEWHERE);
        Accounts.Change wrong = new Accounts.Change("a wrong one", "another password", "another password");
        Accounts.Change right = new Accounts.Change(PASSWORD, "another password", "another password");

        assertThrows(Refusal.Invalid.class, () -> accounts.changePassword(caller, wrong, Optional.of(here), HERE));
        accounts.changePassword(caller, right, Optional.of(here), HERE);

        assertThat(tokens.verify(here).user().id(), is(user.id()));
        assertThrows(Refusal.Unauthenticated.class, () -> tokens.verify(other));
        assertThat(signIns.attempt(user.username(), PASSWORD, HERE), is(Optional.empty()));
    }

    @Test
    void linkForAForgottenPasswordEndsEverySessionAndKeepsTheName() {
        User user = person();
        String session = tokens.mintSession(user.id(), Duration.ofDays(1), "Firefox", HERE);

        User after = links.use(links.mint(admin, user.id()), profile("somebody-else", "another password"));

        assertThat(after.username(), is(user.username()));
        assertThrows(Refusal.Unauthenticated.class, () -> tokens.verify(session));
    }

    @Test
    void newAddressWaitsForASiteAdmin() {
        User user = person();
        Caller caller = new Caller.User(user.id(), user.username(), false);

        User after = accounts.update(caller, Optional.empty(), Optional.of("boss@example.com"));

        assertThat(after.email(), is(user.email()));
        assertThat(after.unconfirmedEmail(), is(Optional.of("boss@example.com")));
    }

    @Test
    void namesDifferInMoreThanCase() {
        User user = person();
        User other = person();
        Caller caller = new Caller.User(other.id(), other.username(), false);

        assertThrows(
                Refusal.Invalid.class,
                () -> accounts.update(caller, Optional.of(user.username().toUpperCase()), Optional.empty()));
    }
}
