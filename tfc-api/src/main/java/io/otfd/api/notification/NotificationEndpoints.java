package io.otfd.api.notification;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.updates;

import io.otfd.Ids.Id;
import io.otfd.Ids.NotificationConfigurationId;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.TeamId;
import io.otfd.Ids.UserId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.notification.Destination;
import io.otfd.notification.NotificationConfigurations;
import io.otfd.notification.NotificationView;
import java.util.List;
import java.util.function.Function;

/** cloud-docs/api-docs/notification-configurations. */
public final class NotificationEndpoints {

    private static final String CONFIGURATIONS = "/notification-configurations";
    private static final String CONFIGURATION = "/api/v2/notification-configurations/{id}";

    private final NotificationConfigurations configurations;

    public NotificationEndpoints(NotificationConfigurations configurations) {
        this.configurations = configurations;
    }

    public void register(RouteTable routes) {
        register(routes, "/api/v2/workspaces/{id}" + CONFIGURATIONS, WorkspaceId::new);
        register(routes, "/api/v2/projects/{id}" + CONFIGURATIONS, ProjectId::new);
        register(routes, "/api/v2/teams/{id}" + CONFIGURATIONS, TeamId::new);
        routes.family(NotificationEndpoints.class, Route.Audience.TOKEN)
                .get(CONFIGURATION, this::read, shows(NotificationResource.SCHEMA))
                .patch(
                        CONFIGURATION,
                        this::update,
                        updates(NotificationResource.SCHEMA).refuses(400))
                .delete(CONFIGURATION, this::delete, noContent())
                .post(
                        CONFIGURATION + "/actions/enable",
                        this::enable,
                        shows(NotificationResource.SCHEMA).refuses(400))
                .post(
                        CONFIGURATION + "/actions/verify",
                        this::verify,
                        shows(NotificationResource.SCHEMA).refuses(400));
    }

    private void register(RouteTable routes, String path, Function<String, Id> subscribable) {
        routes.family(NotificationEndpoints.class, Route.Audience.TOKEN)
                .get(path, call -> list(call, subscribable.apply(call.path("id"))), pages(NotificationResource.SCHEMA))
                .post(
                        path,
                        call -> create(call, subscribable.apply(call.path("id"))),
                        creates(NotificationResource.SCHEMA).refuses(400));
    }

    /** Without page parameters everything, and no pagination (observed: go-tfe's suite). */
    private Answer list(Call call, Id subscribable) {
        if (call.asksForPage()) {
            return JsonApi.page(
                    call, configurations.list(call.caller(), subscribable, call.page()), NotificationResource::of);
        }
        return JsonApi.list(configurations.list(call.caller(), subscribable, Page.Request.LARGEST).items().stream()
                .map(NotificationResource::of)
                .toList());
    }

    private Answer create(Call call, Id subscribable) {
        Patch patch = call.patch();
        String name = patch.requiredText("name");
        Destination destination = Destination.of(patch.requiredText("destination-type"));
        return JsonApi.created(NotificationResource.of(configurations.create(
                call.caller(), subscribable, destination, draft -> said(draft, patch, name, users(patch)))));
    }

    private Answer read(Call call) {
        return JsonApi.resource(NotificationResource.of(configurations.read(call.caller(), id(call))));
    }

    private Answer update(Call call) {
        Patch patch = call.patch();
        NotificationView view = configurations.update(
                call.caller(), id(call), draft -> said(draft, patch, patch.text("name", draft.name()), users(patch)));
        return JsonApi.resource(NotificationResource.of(view));
    }

    /** No mention of users is none: clients have no other way to take the last one away (observed: go-tfe's suite). */
    private static List<UserId> users(Patch patch) {
        return patch.references("users", UserId::new).orElse(List.of());
    }

    private static NotificationConfigurations.Draft said(
            NotificationConfigurations.Draft before, Patch patch, String name, List<UserId> users) {
        return new NotificationConfigurations.Draft(
                name,
                patch.flag("enabled", before.enabled()),
                patch.texts("triggers", before.triggers()),
                patch.optionalText("url", before.url()).filter(url -> !url.isEmpty()),
                patch.optionalText("token", before.token()).filter(token -> !token.isEmpty()),
                patch.texts("email-addresses", before.emailAddresses()),
                users);
    }

    private Answer delete(Call call) {
        configurations.delete(call.caller(), id(call));
        return Answer.noContent();
    }

    private Answer enable(Call call) {
        return JsonApi.resource(
                NotificationResource.of(configurations.update(call.caller(), id(call), draft -> draft.enabled(true))));
    }

    private Answer verify(Call call) {
        return JsonApi.resource(NotificationResource.of(configurations.verify(call.caller(), id(call))));
    }

    private static NotificationConfigurationId id(Call call) {
        return new NotificationConfigurationId(call.path("id"));
    }
}
