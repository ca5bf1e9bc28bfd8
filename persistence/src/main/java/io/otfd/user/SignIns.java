package io.otfd.user;

import io.otfd.Ids.UserId;
import io.otfd.Refusal;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.token.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Compares passwords, and slows down who guesses. Attempts count by name and address together, by address, and by name:
 * whoever guesses somebody's password from elsewhere does not lock them out where they have signed in before.
 */
public final class SignIns {

    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int MAX_OF_NAME_AND_ADDRESS = 10;
    private static final int MAX_OF_ADDRESS = 100;
    private static final int MAX_OF_NAME = 100;

    private final Database database;
    private final Clock clock;

    public SignIns(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * The person of this name and password.
     *
     * @param login user name or e-mail address
     * @param address where the attempt comes from
     * @return empty for a wrong password and an unknown name alike, after the same work
     * @throws Refusal.TooMany after too many failures
     * @throws Refusal.Denied for a suspended person, who has given the right password
     */
    public Optional<User> attempt(String login, String password, String address) {
        Optional<User> user = database.read(sql -> UserStore.byLogin(sql, login));
        byte[] name = Secrets.hash(user.map(known -> known.id().value()).orElse(login.toLowerCase(Locale.ROOT)));
        if (!matches(user.map(User::id), name, password, address)) {
            return Optional.empty();
        }
        if (user.orElseThrow().suspended()) {
            throw new Refusal.Denied("This account is suspended.");
        }
        return user;
    }

    /** Whether this is the user's password, within the same limits. */
    boolean matches(UserId user, String password, String address) {
        return matches(Optional.of(user), Secrets.hash(user.value()), password, address);
    }

    private boolean matches(Optional<UserId> user, byte[] name, String password, String address) {
        count(user, name, address);
        Optional<String> hash = database.read(sql -> sql.one(
                        "user.password_hash", row -> row.optionalText("password_hash"), "id", user.orElse(null)))
                .flatMap(kept -> kept);
        if (!Passwords.matches(password, hash)) {
            return false;
        }
        database.transactVoid(tx -> tx.update("user.delete_failures", "name", name, "address", address));
        return true;
    }

    private record Failures(long id, long here, long ofAddress, long ofName, boolean known) {

        boolean tooMany() {
            return here > MAX_OF_NAME_AND_ADDRESS || ofAddress > MAX_OF_ADDRESS || (ofName > MAX_OF_NAME && !known);
        }
    }

    /** Counts as failed from the start: many attempts at once are many. Those that are refused do not count. */
    private void count(Optional<UserId> user, byte[] name, String address) {
        Instant now = clock.instant();
        long id = database.transact(tx -> tx.one(
                        "user.insert_failure", row -> row.number("id"), "name", name, "address", address, "now", now)
                .orElseThrow());
        Failures failures = database.read(sql -> sql.one(
                        "user.count_failures",
                        row -> failures(row, id),
                        "user_id",
                        user.orElse(null),
                        "name",
                        name,
                        "address",
                        address,
                        "since",
                        now.minus(WINDOW)))
                .orElseThrow();
        if (failures.tooMany()) {
            database.transactVoid(tx -> tx.update("user.delete_failure", "id", id));
            throw new Refusal.TooMany("Too many failed attempts. Try again in " + WINDOW.toMinutes() + " minutes.");
        }
    }

    private static Failures failures(Row row, long id) {
        return new Failures(id, row.number("here"), row.number("of_address"), row.number("of_name"), row.flag("known"));
    }

    /** What counts no longer. */
    public void deleteExpired() {
        Instant now = clock.instant();
        database.transactVoid(tx -> {
            tx.update("user.delete_old_failures", "before", now.minus(WINDOW));
            tx.update("user.delete_expired_links", "now", now);
        });
    }
}
