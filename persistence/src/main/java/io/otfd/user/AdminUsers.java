package io.otfd.user;

import io.otfd.Ids.UserId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.database.Database;
import io.otfd.database.Tx;
import io.otfd.organization.Like;
import io.otfd.organization.Organizations;
import io.otfd.workspace.WorkspaceLocks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What site admins decide about people (enterprise/api-docs/admin/users). For others none of it is there. */
public final class AdminUsers {

    private final Database database;
    private final WorkspaceLocks locks;

    public AdminUsers(Database database, WorkspaceLocks locks) {
        this.database = database;
        this.locks = locks;
    }

    /** @param search part of the name or the address; @param siteAdmins those alone, or all others; {@code suspended} too */
    public record Filter(Optional<String> search, Optional<Boolean> siteAdmins, Optional<Boolean> suspended) {}

    /** By name. */
    public Page<User> list(Caller caller, Filter filter, Page.Request page) {
        Organizations.requireSiteAdmin(caller);
        Object[] wanted = {
            "search",
            filter.search().map(text -> "%" + Like.escape(text) + "%").orElse("%"),
            "site_admin",
            filter.siteAdmins().orElse(null),
            "suspended",
            filter.suspended().orElse(null)
        };
        List<Object> window = new ArrayList<>(List.of("limit", page.size(), "offset", page.offset()));
        window.addAll(Arrays.asList(wanted));
        return database.read(sql -> new Page<>(
                sql.list("user.list", UserStore::user, window.toArray()), page, sql.count("user.count", wanted)));
    }

    public User read(Caller caller, UserId id) {
        Organizations.requireSiteAdmin(caller);
        return database.read(sql -> UserStore.find(sql, id));
    }

    /** A new user, who is let in once they have used a {@linkplain PasswordLinks#mint link}. */
    public User invite(Caller caller, String email) {
        Organizations.requireSiteAdmin(caller);
        return database.transact(tx -> {
            if (UserStore.byLogin(tx, User.email(email)).isPresent()) {
                throw Refusal.Invalid.attribute("email", "has already been taken");
            }
            return Users.invite(tx, email);
        });
    }

    /** Ends their sessions; their tokens are refused for as long as they are suspended. */
    public User suspend(Caller caller, UserId id) {
        return change(caller, id, user -> user.with(user.siteAdmin(), true));
    }

    public User unsuspend(Caller caller, UserId id) {
        return change(caller, id, user -> user.with(user.siteAdmin(), false));
    }

    public User grantAdmin(Caller caller, UserId id) {
        return change(caller, id, user -> user.with(true, user.suspended()));
    }

    public User revokeAdmin(Caller caller, UserId id) {
        return change(caller, id, user -> user.with(false, user.suspended()));
    }

    /** The address that a user has given, and nobody has confirmed yet, counts from now on. */
    public User confirmEmail(Caller caller, UserId id) {
        return change(
                caller,
                id,
                user -> user.named(
                        user.username(),
                        user.unconfirmedEmail()
                                .orElseThrow(() -> new Refusal.Conflict("No address waits to be confirmed.")),
                        Optional.empty()));
    }

    private User change(Caller caller, UserId id, UnaryOperator<User> change) {
        Organizations.requireSiteAdmin(caller);
        return database.transact(tx -> {
            User before = UserStore.find(tx, id);
            User after = change.apply(before);
            boolean loses = (after.suspended() && !before.suspended()) || (before.siteAdmin() && !after.siteAdmin());
            if (loses) {
                requireExpendable(tx, caller, before);
            }
            UserStore.update(tx, after);
            if (after.suspended()) {
                tx.update("token.delete_sessions", "user_id", id);
            }
            return after;
        });
    }

    /** What they have locked is free again; what they did stays. */
    public void delete(Caller caller, UserId id) {
        Organizations.requireSiteAdmin(caller);
        database.transactVoid(tx -> {
            User user = UserStore.find(tx, id);
            requireExpendable(tx, caller, user);
            List<String> orphans = tx.list("user.sole_owner_of", row -> row.text("name"), "id", id);
            if (!orphans.isEmpty()) {
                throw Refusal.Invalid.document(user.username() + " is the only owner of " + String.join(", ", orphans)
                        + ". An organization needs an owner.");
            }
            locks.releaseAll(tx, id);
            tx.update("user.delete", "id", id);
        });
    }

    /** Site admins cannot shut themselves out, neither one by one nor all together. */
    private static void requireExpendable(Tx tx, Caller caller, User user) {
        if (user.id().equals(caller.user().id())) {
            throw Refusal.Invalid.document("Nobody can do this to their own account.");
        }
        if (tx.exists("user.owns_site_token", "id", user.id())) {
            throw Refusal.Invalid.document("The site token belongs to " + user.username() + ".");
        }
    }
}
