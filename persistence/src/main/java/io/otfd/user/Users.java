package io.otfd.user;

import io.otfd.Ids.UserId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.database.Database;
import io.otfd.database.Row;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** People. */
public final class Users {

    /** The first user, who is there from the start and owns the site. */
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
        return database.read(sql -> sql.one("user.by_id", Users::user, "id", id));
    }

    /** Several at once. */
    public List<User> find(Collection<UserId> ids) {
        return database.read(sql -> sql.list("user.by_ids", Users::user, "ids", ids));
    }

    /** The first user; made on an empty database. */
    public User admin() {
        return database.transact(tx -> {
            tx.update(
                    "user.insert_site_admin", "id", UserId.random(), "username", ADMIN, "email", ADMIN + "@localhost");
            return tx.one("user.by_username", Users::user, "username", ADMIN).orElseThrow();
        });
    }

    private static User user(Row row) {
        return new User(new UserId(row.text("id")), row.text("username"), row.text("email"), row.flag("site_admin"));
    }
}
