package io.otfd.api.admin;

import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.FLAGS;
import static io.otfd.api.Schema.TEXT;

import io.otfd.Ids.UserId;
import io.otfd.access.Caller;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.Schema;
import io.otfd.user.AdminUsers;
import io.otfd.user.User;
import java.util.Map;
import java.util.function.BiFunction;

/** Everybody on this site, for site admins (enterprise/api-docs/admin/users). */
public final class AdminUserEndpoints {

    private static final Schema SCHEMA = Schema.of("users")
            .readOnly(TEXT, "username", "email", "avatar-url")
            .readOnly(FLAG, "is-admin", "is-suspended", "is-service-account")
            .readOnly(FLAGS, "two-factor");

    private static final String USER = "/api/v2/admin/users/{id}";

    private final AdminUsers users;

    public AdminUserEndpoints(AdminUsers users) {
        this.users = users;
    }

    public void register(RouteTable routes) {
        routes.family(AdminUserEndpoints.class, Route.Audience.TOKEN)
                .get("/api/v2/admin/users", this::list, pages(SCHEMA).query("q", "filter[admin]", "filter[suspended]"))
                .delete(USER, this::delete, noContent())
                .post(USER + "/actions/suspend", call -> changed(call, users::suspend), shows(SCHEMA))
                .post(USER + "/actions/unsuspend", call -> changed(call, users::unsuspend), shows(SCHEMA))
                .post(USER + "/actions/grant_admin", call -> changed(call, users::grantAdmin), shows(SCHEMA))
                .post(USER + "/actions/revoke_admin", call -> changed(call, users::revokeAdmin), shows(SCHEMA));
    }

    private Answer list(Call call) {
        AdminUsers.Filter filter = new AdminUsers.Filter(
                call.query("q"),
                call.query("filter[admin]").map(Boolean::valueOf),
                call.query("filter[suspended]").map(Boolean::valueOf));
        return JsonApi.page(call, users.list(call.caller(), filter, call.page()), AdminUserEndpoints::of);
    }

    private Answer changed(Call call, BiFunction<Caller, UserId, User> change) {
        return JsonApi.resource(of(change.apply(call.caller(), id(call))));
    }

    private Answer delete(Call call) {
        users.delete(call.caller(), id(call));
        return Answer.noContent();
    }

    private static UserId id(Call call) {
        return new UserId(call.path("id"));
    }

    private static Resource of(User user) {
        return new Resource(SCHEMA, user.id().value())
                .attribute("username", user.username())
                .attribute("email", user.email())
                .attribute("avatar-url", "")
                .attribute("is-admin", user.siteAdmin())
                .attribute("is-suspended", user.suspended())
                .attribute("is-service-account", false)
                .attribute("two-factor", Map.of("enabled", false, "verified", false))
                .link("self", "/api/v2/users/" + user.id().value());
    }
}
