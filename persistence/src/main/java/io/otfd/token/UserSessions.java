package io.otfd.token;

import io.otfd.Ids.TokenId;
import io.otfd.Ids.UserId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Tx;
import java.util.List;
import java.util.Optional;

/** The browsers in which a person is signed in. */
public final class UserSessions {

    private static final byte[] NONE = {};

    private final Database database;

    public UserSessions(Database database) {
        this.database = database;
    }

    /**
     * The caller's own, latest first.
     *
     * @param secret of the one that asks
     */
    public List<UserSession> list(Caller caller, String secret) {
        return database.read(sql -> sql.list(
                "token.list_sessions",
                UserSessions::session,
                "user_id",
                caller.user().id(),
                "hash",
                Secrets.hash(secret)));
    }

    public void delete(Caller caller, TokenId id) {
        database.transactVoid(tx -> {
            if (tx.update(
                            "token.delete_session",
                            "id",
                            id,
                            "user_id",
                            caller.user().id())
                    == 0) {
                throw new Refusal.NotFound();
            }
        });
    }

    /** Signs the caller out everywhere, here too. */
    public void deleteAll(Caller caller) {
        database.transactVoid(tx ->
                tx.update("token.delete_sessions", "user_id", caller.user().id()));
    }

    /** For other services: all but one. */
    public static void deleteOthers(Tx tx, UserId user, Optional<String> secret) {
        tx.update(
                "token.delete_other_sessions",
                "user_id",
                user,
                "hash",
                secret.map(Secrets::hash).orElse(NONE));
    }

    private static UserSession session(Row row) {
        return new UserSession(
                new TokenId(row.text("id")),
                row.optionalText("description").orElse(""),
                row.optionalText("address"),
                row.instant("created_at"),
                row.optionalInstant("last_used_at"),
                row.instant("expires_at"),
                row.flag("is_current"));
    }
}
