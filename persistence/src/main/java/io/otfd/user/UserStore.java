package io.otfd.user;

import io.otfd.Ids.UserId;
import io.otfd.Refusal;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import java.util.Optional;

/** Columns ↔ {@link User}. */
final class UserStore {

    private UserStore() {}

    static User find(Sql sql, UserId id) {
        return sql.one("user.by_id", UserStore::user, "id", id).orElseThrow(Refusal.NotFound::new);
    }

    /** @param login a user name or an e-mail address */
    static Optional<User> byLogin(Sql sql, String login) {
        return sql.one("user.by_login", UserStore::user, "login", login);
    }

    static void update(Tx tx, User user) {
        tx.update(
                "user.update",
                "id",
                user.id(),
                "username",
                user.username(),
                "email",
                user.email(),
                "unconfirmed_email",
                user.unconfirmedEmail().orElse(null),
                "site_admin",
                user.siteAdmin(),
                "suspended",
                user.suspended());
    }

    static User user(Row row) {
        return new User(
                new UserId(row.text("id")),
                row.text("username"),
                row.text("email"),
                row.optionalText("unconfirmed_email"),
                row.flag("site_admin"),
                row.flag("pending"),
                row.flag("suspended"),
                row.flag("has_password"),
                row.instant("created_at"));
    }
}
