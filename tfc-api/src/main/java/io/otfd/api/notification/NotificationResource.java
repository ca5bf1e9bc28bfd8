package io.otfd.api.notification;

import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.OBJECTS;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TEXTS;
import static io.otfd.api.Schema.TIME;

import io.otfd.Ids.Id;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.TeamId;
import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.notification.DeliveryResponse;
import io.otfd.notification.NotificationConfiguration;
import io.otfd.notification.NotificationView;
import java.util.LinkedHashMap;
import java.util.Map;

/** cloud-docs/api-docs/notification-configurations. */
final class NotificationResource {

    static final Schema SCHEMA = Schema.of("notification-configurations")
            .writable(TEXT, "name", "destination-type")
            .writable(FLAG, "enabled")
            .writable(TEXTS, "triggers")
            .writable(TEXT.orNull(), "url", "token")
            .writable(TEXTS, "email-addresses")
            .readOnly(OBJECTS, "delivery-responses")
            .readOnly(TIME, "created-at", "updated-at")
            .one("subscribable", "workspaces", "projects", "teams")
            .many("users", "users")
            .writableRelationships("subscribable", "users");

    private NotificationResource() {}

    /** The token is never shown. */
    static Resource of(NotificationView view) {
        NotificationConfiguration configuration = view.configuration();
        return new Resource(SCHEMA, configuration.id().value())
                .attribute("name", configuration.name())
                .attribute("destination-type", configuration.destination())
                .attribute("enabled", configuration.enabled())
                .attribute("triggers", configuration.triggers())
                .attribute("url", configuration.url())
                .attribute("token", null)
                .attribute("email-addresses", configuration.emailAddresses())
                .attribute(
                        "delivery-responses",
                        view.responses().stream()
                                .map(response -> response(configuration, response))
                                .toList())
                .attribute("created-at", configuration.createdAt())
                .attribute("updated-at", configuration.updatedAt())
                .toOne(
                        "subscribable",
                        type(configuration.subscribable()),
                        configuration.subscribable().value())
                .toMany("users", "users", configuration.users())
                .link(
                        "self",
                        "/api/v2/notification-configurations/"
                                + configuration.id().value());
    }

    /** Code and success are texts, as documented. Where there was no answer, the body says why. */
    private static Map<String, Object> response(NotificationConfiguration configuration, DeliveryResponse response) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("url", configuration.url().orElse(""));
        members.put("body", response.error().orElse(response.body()));
        members.put("code", response.code().map(String::valueOf).orElse(""));
        members.put("headers", response.headers());
        members.put("sent-at", response.sentAt());
        members.put("successful", Boolean.toString(response.successful()));
        return members;
    }

    private static String type(Id subscribable) {
        return switch (subscribable) {
            case TeamId _ -> "teams";
            case ProjectId _ -> "projects";
            default -> "workspaces";
        };
    }
}
