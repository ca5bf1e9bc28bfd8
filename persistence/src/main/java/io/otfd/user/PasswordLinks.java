package io.otfd.user;

import io.otfd.Ids.UserId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.organization.Organizations;
import io.otfd.token.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Links that let a person set a password once: the first site admin, whoever was invited, whoever has forgotten it. */
public final class PasswordLinks {

    private static final Duration SET_UP_LIFETIME = Duration.ofDays(1);
    private static final Duration LIFETIME = Duration.ofDays(7);

    private final Database database;
    private final Clock clock;

    public PasswordLinks(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Of a link that makes the first site admin; empty once somebody has a password. */
    public Optional<String> mintSetUp() {
        return database.transact(tx -> tx.exists("user.any_password")
                ? Optional.empty()
                : Optional.of(insert(tx, Optional.empty(), SET_UP_LIFETIME)));
    }

    /** Whether nobody has a password yet. */
    public boolean setUpIsOpen() {
        return !database.read(sql -> sql.exists("user.any_password"));
    }

    /** For site admins: of a link for this user. Earlier ones end. */
    public String mint(Caller caller, UserId user) {
        Organizations.requireSiteAdmin(caller);
        return database.transact(tx -> {
            UserStore.find(tx, user);
            tx.update("user.delete_links", "user_id", user);
            return insert(tx, Optional.of(user), LIFETIME);
        });
    }

    private String insert(Tx tx, Optional<UserId> user, Duration lifetime) {
        String secret = Secrets.random();
        tx.update(
                "user.insert_link",
                "hash",
                Secrets.hash(secret),
                "user_id",
                user.orElse(null),
                "expires_at",
                clock.instant().plus(lifetime));
        return secret;
    }

    /**
     * Whom a link is for; empty for the first site admin. It stays good.
     *
     * @throws Refusal.Gone when it was used, or is too old
     */
    public Optional<User> open(String secret) {
        return database.read(
                sql -> sql.one("user.link", PasswordLinks::owner, "hash", Secrets.hash(secret), "now", clock.instant())
                        .map(owner -> user(sql, owner))
                        .orElseThrow(PasswordLinks::gone));
    }

    private static Optional<User> user(Sql sql, Optional<UserId> owner) {
        if (owner.isEmpty() && sql.exists("user.any_password")) {
            throw gone();
        }
        return owner.map(id -> UserStore.find(sql, id));
    }

    private static Refusal gone() {
        return new Refusal.Gone("This link has been used, or is too old. Ask a site admin for a new one.");
    }

    private static Optional<UserId> owner(Row row) {
        return row.optionalText("user_id").map(UserId::new);
    }

    /**
     * What a person says of themselves.
     *
     * @param username counts for who has had no password yet
     * @param email counts for the first site admin
     */
    public record Profile(String username, String email, String password, String again) {}

    /** Uses a link up. Sessions of the user end: somebody else may have opened them. */
    public User use(String secret, Profile profile) {
        String username =
                open(secret).filter(user -> !user.pending()).map(User::username).orElse(profile.username());
        String hash = Passwords.hash(profile.password(), profile.again(), username);
        return database.transact(tx -> {
            Optional<UserId> owner = tx.one(
                            "user.take_link",
                            PasswordLinks::owner,
                            "hash",
                            Secrets.hash(secret),
                            "now",
                            clock.instant())
                    .orElseThrow(PasswordLinks::gone);
            return owner.isPresent()
                    ? setPassword(tx, UserStore.find(tx, owner.get()), profile, hash)
                    : makeFirst(tx, profile, hash);
        });
    }

    private User setPassword(Tx tx, User user, Profile profile, String hash) {
        if (user.pending()) {
            UserStore.update(tx, user.named(profile.username(), user.email(), user.unconfirmedEmail()));
        }
        Passwords.store(tx, user.id(), hash);
        tx.update("token.delete_sessions", "user_id", user.id());
        return UserStore.find(tx, user.id());
    }

    /** Two links at once make one: the second waits for the first, and finds itself gone. */
    private User makeFirst(Tx tx, Profile profile, String hash) {
        tx.update("user.delete_links", "user_id", null);
        if (tx.exists("user.any_password")) {
            throw gone();
        }
        User user = new User(
                UserId.random(),
                profile.username(),
                profile.email(),
                Optional.empty(),
                true,
                false,
                false,
                true,
                clock.instant());
        tx.update(
                "user.insert",
                "id",
                user.id(),
                "username",
                user.username(),
                "email",
                user.email(),
                "site_admin",
                true,
                "pending",
                false,
                "password_hash",
                hash);
        return user;
    }
}
