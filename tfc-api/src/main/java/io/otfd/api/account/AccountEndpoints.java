package io.otfd.api.account;

import static io.otfd.api.Operation.shows;
import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.FLAGS;
import static io.otfd.api.Schema.TEXT;

import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.Schema;
import io.otfd.user.User;
import io.otfd.user.Users;
import java.util.Map;

/** The caller's own account (cloud-docs/api-docs/account). */
public final class AccountEndpoints {

    public static final Schema SCHEMA = Schema.of("users")
            .readOnly(TEXT, "username", "auth-method", "avatar-url")
            .readOnly(TEXT.orNull(), "email", "unconfirmed-email")
            .readOnly(FLAG, "is-service-account", "is-site-admin", "v2-only")
            .readOnly(FLAGS, "two-factor", "permissions");

    private final Users users;

    public AccountEndpoints(Users users) {
        this.users = users;
    }

    public void register(RouteTable routes) {
        routes.family(AccountEndpoints.class, Route.Audience.TOKEN)
                .get("/api/v2/account/details", this::details, shows(SCHEMA));
    }

    private Answer details(Call call) {
        return JsonApi.resource(of(users.current(call.caller())));
    }

    /** The {@code users} document. */
    public static Resource of(User user) {
        return new Resource(SCHEMA, user.id().value())
                .attribute("username", user.username())
                .attribute("email", user.email())
                .attribute("is-service-account", false)
                .attribute("is-site-admin", user.siteAdmin())
                .attribute("auth-method", "tfc")
                .attribute("avatar-url", "")
                .attribute("v2-only", false)
                .attribute("unconfirmed-email", null)
                .attribute("two-factor", Map.of("enabled", false, "verified", false))
                .attribute(
                        "permissions",
                        Map.of(
                                "can-create-organizations", true,
                                "can-change-email", false,
                                "can-change-username", false))
                .link("self", "/api/v2/users/" + user.id().value());
    }
}
