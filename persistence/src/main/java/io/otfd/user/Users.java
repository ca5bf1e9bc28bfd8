package io.otfd.user;

import io.otfd.Ids.UserId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.database.Database;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** People. */
public final class Users {

    /** The user of the site token, who is there from the start. He may be called otherwise later. */
    public static final String ADMIN = "admin";

    private final Database database;

    public Users(Database database) {
        this.database = database;
    }

    /** The caller's own account. */
    public User current(Caller caller) {
        return find(caller.user().id()).orElseThrow(Refusal.NotFound::new);
    }

    /** A user by id, for showing who did something. */
    public Optional<User> find(UserId id) {
        return database.read(sql -> sql.one("user.by_id", UserStore::user, "id", id));
    }

    /** Several at once. */
    public List<User> find(Collection<UserId> ids) {
        return database.read(sql -> sql.list("user.by_ids", UserStore::user, "ids", ids));
    }

    /** The user of the site token; made on an empty database. */
    public User admin() {
        return database.transact(tx -> tx.one("user.of_site_token", UserStore::user)
                .orElseGet(() -> {
                    tx.update(
                            "user.insert_unless_taken",
                            "id",
                            UserId.random(),
                            "username",
                            ADMIN,
                            "email",
                            ADMIN + "@localhost",
                            "site_admin",
                            true,
                            "pending",
                            false);
                    return tx.one("user.by_username", UserStore::user, "username", ADMIN)
                            .orElseThrow();
                }));
    }
}
