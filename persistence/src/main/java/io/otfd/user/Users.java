package io.otfd.user;

import io.otfd.Ids;
import io.otfd.Ids.UserId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.database.Database;
import io.otfd.database.Tx;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** People. */
public final class Users {

    /** The user of the site token, who is there from the start. He may be called otherwise later. */
    public static final String ADMIN = "admin";

    private static final int MAX_ATTEMPTS = 5;
    private static final int MAX_BASE = 40;

    private final Database database;

    public Users(Database database) {
        this.database = database;
    }

    /** The caller's own account. */
    public User current(Caller caller) {
        return find(caller.user().id()).orElseThrow(Refusal.NotFound::new);
    }

    /** Somebody with whom the caller has an organization in common; site admins see everybody. */
    public User read(Caller caller, UserId id) {
        Caller.User viewer = caller.user();
        return database.read(sql -> {
            User user = UserStore.find(sql, id);
            boolean visible = viewer.siteAdmin()
                    || viewer.id().equals(id)
                    || sql.exists("organization_membership.shared", "one", viewer.id(), "other", id);
            if (!visible) {
                throw new Refusal.NotFound();
            }
            return user;
        });
    }

    /** A user by id, for showing who did something. */
    public Optional<User> find(UserId id) {
        return database.read(sql -> sql.one("user.by_id", UserStore::user, "id", id));
    }

    /** Several at once. */
    public List<User> find(Collection<UserId> ids) {
        return database.read(sql -> sql.list("user.by_ids", UserStore::user, "ids", ids));
    }

    /** For other services: the user of this address; made, if there is none, and let in once they have a password. */
    public static User invite(Tx tx, String email) {
        User.email(email);
        String base = usernameOf(email);
        String name = base;
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            insert(tx, name, email, false, true);
            Optional<User> user = UserStore.byLogin(tx, email);
            if (user.isPresent()) {
                return user.get();
            }
            name = Ids.random(base + "-").substring(0, base.length() + 5);
        }
        throw new Refusal.Conflict("No user name could be found for " + email + ".");
    }

    /** To begin with; whoever sets a password chooses another one. */
    private static String usernameOf(String email) {
        String local = email.substring(0, email.indexOf('@'))
                .replaceAll("[^A-Za-z0-9._-]", "-")
                .replaceAll("^[._-]+", "");
        String name = local.substring(0, Math.min(local.length(), MAX_BASE)).replaceAll("[._-]+$", "");
        return name.isEmpty() ? "user" : name;
    }

    /** Does nothing where name or address are taken. */
    private static void insert(Tx tx, String username, String email, boolean siteAdmin, boolean pending) {
        tx.update(
                "user.insert_unless_taken",
                "id",
                UserId.random(),
                "username",
                username,
                "email",
                email,
                "site_admin",
                siteAdmin,
                "pending",
                pending);
    }

    /** The user of the site token; made on an empty database. */
    public User admin() {
        return database.transact(tx -> tx.one("user.of_site_token", UserStore::user)
                .orElseGet(() -> {
                    insert(tx, ADMIN, ADMIN + "@localhost", true, false);
                    return tx.one("user.by_username", UserStore::user, "username", ADMIN)
                            .orElseThrow();
                }));
    }
}
