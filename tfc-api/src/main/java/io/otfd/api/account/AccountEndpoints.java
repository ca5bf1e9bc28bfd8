package io.otfd.api.account;

import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.updates;
import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.FLAGS;
import static io.otfd.api.Schema.TEXT;

import io.otfd.Ids.UserId;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.Schema;
import io.otfd.user.Accounts;
import io.otfd.user.User;
import io.otfd.user.Users;
import java.util.Map;
import java.util.Optional;

/** The caller's own account, and other people (cloud-docs/api-docs/account and users). */
public final class AccountEndpoints {

    public static final Schema SCHEMA = Schema.of("users")
            .writable(TEXT, "username")
            .readOnly(TEXT, "auth-method", "avatar-url")
            .writable(TEXT.orNull(), "email")
            .readOnly(TEXT.orNull(), "unconfirmed-email")
            .readOnly(FLAG, "is-service-account", "is-site-admin", "is-admin", "v2-only")
            .readOnly(FLAGS, "two-factor", "permissions");

    /** Underscores, unlike everywhere else. */
    private static final Schema PASSWORD =
            Schema.of("users").writeOnly(TEXT, "current_password", "password", "password_confirmation");

    private final Users users;
    private final Accounts accounts;

    public AccountEndpoints(Users users, Accounts accounts) {
        this.users = users;
        this.accounts = accounts;
    }

    public void register(RouteTable routes) {
        routes.family(AccountEndpoints.class, Route.Audience.TOKEN)
                .get("/api/v2/account/details", this::details, shows(SCHEMA))
                .patch("/api/v2/account/update", this::update, updates(SCHEMA))
                .patch(
                        "/api/v2/account/password",
                        this::changePassword,
                        shows(SCHEMA).takes(PASSWORD).refuses(429))
                .get("/api/v2/users/{id}", this::read, shows(SCHEMA));
    }

    private Answer details(Call call) {
        return JsonApi.resource(of(users.current(call.caller())));
    }

    private Answer update(Call call) {
        Patch patch = call.patch();
        return JsonApi.resource(
                of(accounts.update(call.caller(), patch.optionalText("username"), patch.optionalText("email"))));
    }

    private Answer changePassword(Call call) {
        Patch patch = call.patch();
        Accounts.Change change = new Accounts.Change(
                patch.text("current_password", ""),
                patch.requiredText("password"),
                patch.requiredText("password_confirmation"));
        return JsonApi.resource(
                of(accounts.changePassword(call.caller(), change, Optional.empty(), call.remoteAddress())));
    }

    private Answer read(Call call) {
        return JsonApi.resource(of(users.read(call.caller(), new UserId(call.path("id")))));
    }

    /** The {@code users} document. */
    public static Resource of(User user) {
        return new Resource(SCHEMA, user.id().value())
                .attribute("username", user.username())
                .attribute("email", user.email())
                .attribute("is-service-account", false)
                .attribute("is-site-admin", user.siteAdmin())
                .attribute("is-admin", user.siteAdmin())
                .attribute("auth-method", "tfc")
                .attribute("avatar-url", "")
                .attribute("v2-only", false)
                .attribute("unconfirmed-email", user.unconfirmedEmail())
                .attribute("two-factor", Map.of("enabled", false, "verified", false))
                .attribute(
                        "permissions",
                        Map.of(
                                "can-create-organizations", true,
                                "can-change-email", true,
                                "can-change-username", true))
                .link("self", "/api/v2/users/" + user.id().value());
    }
}
