package io.otfd.ui.user;

import io.otfd.Ids.UserId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.ui.Badge;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Crumb;
import io.otfd.ui.Fact;
import io.otfd.ui.Filled;
import io.otfd.ui.Links;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import io.otfd.user.AdminUsers;
import io.otfd.user.PasswordLinks;
import io.otfd.user.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everybody on this site, for site admins. */
public final class UserPages {

    private static final String USER = Links.users() + "/{user}";

    private final AdminUsers users;
    private final PasswordLinks links;

    public UserPages(AdminUsers users, PasswordLinks links) {
        this.users = users;
        this.links = links;
    }

    private interface Change {
        User of(Visit visit, UserId id);
    }

    public void register(Routes routes) {
        routes.get(Links.users(), visit -> list(visit, 200, Filled.EMPTY));
        routes.post(Links.users(), this::invite);
        routes.get(USER, visit -> page(visit, read(visit), 200, Optional.empty(), Optional.empty()));
        routes.post(USER + "/link", this::link);
        change(routes, "confirm", (visit, id) -> users.confirmEmail(visit.caller(), id), "The address was confirmed.");
        change(routes, "suspend", (visit, id) -> users.suspend(visit.caller(), id), "The user was suspended.");
        change(routes, "unsuspend", (visit, id) -> users.unsuspend(visit.caller(), id), "The user may log in again.");
        change(routes, "grant-admin", (visit, id) -> users.grantAdmin(visit.caller(), id), "A site admin more.");
        change(routes, "revoke-admin", (visit, id) -> users.revokeAdmin(visit.caller(), id), "No site admin any more.");
        routes.get(USER + "/delete", visit -> confirmation(visit, read(visit), 200, Optional.empty()));
        routes.post(USER + "/delete", this::delete);
    }

    private void change(Routes routes, String name, Change change, String said) {
        routes.post(USER + "/" + name, visit -> {
            try {
                return Reply.Redirect.to(url(change.of(visit, id(visit)))).saying(said);
            } catch (Refusal.Invalid | Refusal.Conflict e) {
                return page(visit, read(visit), 422, Optional.empty(), Optional.of(e.getMessage()));
            }
        });
    }

    private static UserId id(Visit visit) {
        return new UserId(visit.path("user"));
    }

    private User read(Visit visit) {
        return users.read(visit.caller(), id(visit));
    }

    private static String url(User user) {
        return Links.users() + "/" + user.id().value();
    }

    private static Crumb crumb() {
        return new Crumb("Users", Links.users());
    }

    private Reply list(Visit visit, int status, Filled form) {
        Optional<String> search = visit.query().first("search");
        Page<User> page = users.list(
                visit.caller(),
                new AdminUsers.Filter(search, Optional.empty(), Optional.empty()),
                Paging.request(visit.query()));
        String text = search.orElse("");
        return new Reply.Html(
                status,
                "user/list",
                new UserListPage(
                        visit.frame("Users", List.of()),
                        Links.users(),
                        text,
                        page.map(user -> new UserListPage.Row(user.username(), url(user), user.email(), badges(user)))
                                .items(),
                        Paging.of(page, Links.users(), Map.of("search", text)),
                        form));
    }

    private static List<Badge> badges(User user) {
        List<Badge> badges = new ArrayList<>();
        if (user.siteAdmin()) {
            badges.add(new Badge("site admin", Badge.Tone.ACTIVE));
        }
        if (user.pending()) {
            badges.add(new Badge("invited", Badge.Tone.QUIET));
        }
        if (user.suspended()) {
            badges.add(new Badge("suspended", Badge.Tone.BAD));
        }
        if (user.unconfirmedEmail().isPresent()) {
            badges.add(new Badge("new address", Badge.Tone.ATTENTION));
        }
        return badges;
    }

    private Reply invite(Visit visit) {
        try {
            User user = users.invite(visit.caller(), visit.form().first("email").orElse(""));
            return withLink(visit, user);
        } catch (Refusal.Invalid e) {
            return list(visit, 422, Filled.refused(visit.form(), e));
        }
    }

    private Reply link(Visit visit) {
        return withLink(visit, read(visit));
    }

    private Reply withLink(Visit visit, User user) {
        String link = visit.address() + Links.welcome(links.mint(visit.caller(), user.id()));
        return page(visit, user, 201, Optional.of(link), Optional.empty());
    }

    private static Reply page(Visit visit, User user, int status, Optional<String> link, Optional<String> problem) {
        return new Reply.Html(
                status,
                "user/show",
                new UserPage(
                        visit.frame(user.username(), List.of(crumb())),
                        url(user),
                        user.username(),
                        badges(user),
                        List.of(
                                new Fact("ID", user.id().value()),
                                new Fact("E-mail address", user.email()),
                                new Fact("Password", user.hasPassword() ? "set" : "none"),
                                new Fact("Since", Moment.of(user.createdAt()).text())),
                        link,
                        user.unconfirmedEmail(),
                        List.of(
                                user.siteAdmin()
                                        ? new UserPage.Action("revoke-admin", "Take the rights of a site admin away")
                                        : new UserPage.Action("grant-admin", "Make site admin"),
                                user.suspended()
                                        ? new UserPage.Action("unsuspend", "Lift the suspension")
                                        : new UserPage.Action("suspend", "Suspend")),
                        problem));
    }

    private static Reply confirmation(Visit visit, User user, int status, Optional<String> obstacle) {
        return new Reply.Html(
                status,
                "confirm",
                ConfirmPage.of(
                                visit.frame(
                                        "Delete user " + user.username(),
                                        List.of(crumb(), new Crumb(user.username(), url(user)))),
                                url(user) + "/delete",
                                "Delete user",
                                url(user),
                                "Tokens and sessions end, and what the user has locked is free again.",
                                "Runs and states stay. This cannot be undone.")
                        .hinderedBy(obstacle));
    }

    private Reply delete(Visit visit) {
        User user = read(visit);
        try {
            users.delete(visit.caller(), user.id());
        } catch (Refusal.Invalid e) {
            return confirmation(visit, user, 422, Optional.of(e.getMessage()));
        }
        return Reply.Redirect.to(Links.users()).saying("User " + user.username() + " was deleted.");
    }
}
