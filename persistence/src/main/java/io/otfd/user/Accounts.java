package io.otfd.user;

import io.otfd.Ids.UserId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.database.Database;
import io.otfd.token.UserSessions;
import java.util.Optional;

/** What people change about themselves (cloud-docs/api-docs/account). */
public final class Accounts {

    private final Database database;
    private final SignIns signIns;

    public Accounts(Database database, SignIns signIns) {
        this.database = database;
        this.signIns = signIns;
    }

    /** A new address of somebody who is no site admin waits until one confirms it. */
    public User update(Caller caller, Optional<String> username, Optional<String> email) {
        UserId id = caller.user().id();
        return database.transact(tx -> {
            User before = UserStore.find(tx, id);
            String name = username.orElse(before.username());
            String address = email.map(User::email).orElse(before.email());
            boolean atOnce = before.siteAdmin() || email.isEmpty() || address.equals(before.email());
            UserStore.update(
                    tx,
                    atOnce
                            ? before.named(
                                    name, address, email.isPresent() ? Optional.empty() : before.unconfirmedEmail())
                            : before.named(name, before.email(), Optional.of(address)));
            return UserStore.find(tx, id);
        });
    }

    /**
     * What a change of the password takes.
     *
     * @param current not asked of who has none
     */
    public record Change(String current, String password, String again) {}

    /**
     * Ends the user's other sessions.
     *
     * @param session secret of the one that goes on
     * @param address where the request comes from
     */
    public User changePassword(Caller caller, Change change, Optional<String> session, String address) {
        UserId id = caller.user().id();
        User user = database.read(sql -> UserStore.find(sql, id));
        if (user.hasPassword() && !signIns.matches(id, change.current(), address)) {
            throw Refusal.Invalid.attribute("current_password", "is not correct");
        }
        String hash = Passwords.hash(change.password(), change.again(), user.username());
        return database.transact(tx -> {
            Passwords.store(tx, id, hash);
            UserSessions.deleteOthers(tx, id, session);
            return UserStore.find(tx, id);
        });
    }
}
