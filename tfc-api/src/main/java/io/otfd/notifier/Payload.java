package io.otfd.notifier;

import io.otfd.JsonTrees;
import io.otfd.notification.Notification;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a destination is sent (cloud-docs/workspaces/settings/notifications). Names and messages in it are users' texts. */
final class Payload {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int SHORT = 300;

    private final String baseUrl;

    /** @param baseUrl of this server, as people reach it */
    Payload(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    String of(Notification notification) {
        return switch (notification.destination()) {
            case GENERIC -> generic(notification).toString();
            case SLACK -> slack(notification).toString();
            case MICROSOFT_TEAMS -> microsoftTeams(notification).toString();
            case EMAIL -> mail(notification);
        };
    }

    private static JsonObject generic(Notification notification, String url) {
        Optional<Notification.Subject> run = notification.run();
        JsonObjectBuilder payload = JsonTrees.JSON
                .createObjectBuilder()
                .add("payload_version", 1)
                .add(
                        "notification_configuration_id",
                        notification.configuration().value());
        put(payload, "run_url", run.map(subject -> url));
        put(payload, "run_id", run.map(subject -> subject.id().value()));
        put(payload, "run_message", run.map(Notification.Subject::message));
        put(payload, "run_created_at", run.map(subject -> TIME.format(subject.createdAt())));
        put(payload, "run_created_by", run.flatMap(Notification.Subject::createdBy));
        put(payload, "workspace_id", run.map(subject -> subject.workspace().value()));
        put(payload, "workspace_name", run.map(Notification.Subject::workspaceName));
        put(payload, "organization_name", run.map(Notification.Subject::organizationName));
        JsonObjectBuilder what = JsonTrees.JSON
                .createObjectBuilder()
                .add("message", notification.message())
                .add("trigger", notification.trigger());
        put(what, "run_status", run.map(Notification.Subject::status));
        put(what, "run_updated_at", run.map(Notification.Subject::updatedAt).map(TIME::format));
        put(what, "run_updated_by", run.flatMap(Notification.Subject::updatedBy));
        return payload.add("notifications", JsonTrees.JSON.createArrayBuilder().add(what))
                .build();
    }

    private JsonObject generic(Notification notification) {
        return generic(notification, url(notification));
    }

    private static void put(JsonObjectBuilder object, String name, Optional<String> text) {
        text.ifPresentOrElse(value -> object.add(name, value), () -> object.addNull(name));
    }

    private JsonObject slack(Notification notification) {
        JsonArrayBuilder fields = JsonTrees.JSON.createArrayBuilder();
        facts(notification)
                .forEach((name, value) -> fields.add(JsonTrees.JSON
                        .createObjectBuilder()
                        .add("title", name)
                        .add("value", slackText(value))
                        .add("short", value.length() < 40)));
        JsonObjectBuilder attachment = JsonTrees.JSON
                .createObjectBuilder()
                .add("fallback", slackText(title(notification)))
                .add("color", color(notification))
                .add("title", slackText(title(notification)))
                .add("fields", fields)
                .add("ts", moment(notification).getEpochSecond());
        notification.run().ifPresent(run -> attachment.add("title_link", url(notification)));
        return JsonTrees.JSON
                .createObjectBuilder()
                .add("text", slackText(title(notification)))
                .add("attachments", JsonTrees.JSON.createArrayBuilder().add(attachment))
                .build();
    }

    /** Slack reads links and mentions out of these three characters only. */
    private static String slackText(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Blocks of plain text, in which Teams reads no Markdown. */
    private JsonObject microsoftTeams(Notification notification) {
        JsonArrayBuilder body = JsonTrees.JSON.createArrayBuilder().add(block(title(notification), "Bolder"));
        facts(notification).forEach((name, value) -> body.add(block(name + ": " + value, "Default")));
        JsonObjectBuilder card = JsonTrees.JSON
                .createObjectBuilder()
                .add("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .add("type", "AdaptiveCard")
                .add("version", "1.2")
                .add("body", body);
        notification
                .run()
                .ifPresent(run -> card.add(
                        "actions",
                        JsonTrees.JSON
                                .createArrayBuilder()
                                .add(JsonTrees.JSON
                                        .createObjectBuilder()
                                        .add("type", "Action.OpenUrl")
                                        .add("title", "View run")
                                        .add("url", url(notification)))));
        return JsonTrees.JSON
                .createObjectBuilder()
                .add("type", "message")
                .add(
                        "attachments",
                        JsonTrees.JSON
                                .createArrayBuilder()
                                .add(JsonTrees.JSON
                                        .createObjectBuilder()
                                        .add("contentType", "application/vnd.microsoft.card.adaptive")
                                        .add("content", card)))
                .build();
    }

    private static JsonObjectBuilder block(String text, String weight) {
        return JsonTrees.JSON
                .createObjectBuilder()
                .add("type", "RichTextBlock")
                .add(
                        "inlines",
                        JsonTrees.JSON
                                .createArrayBuilder()
                                .add(JsonTrees.JSON
                                        .createObjectBuilder()
                                        .add("type", "TextRun")
                                        .add("text", text)
                                        .add("weight", weight)));
    }

    private String mail(Notification notification) {
        StringBuilder text = new StringBuilder(notification.message()).append("\n\n");
        facts(notification)
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append('\n'));
        notification
                .run()
                .ifPresent(run -> text.append('\n').append(url(notification)).append('\n'));
        return text.append("\nSent because of the notification ")
                .append(notification.configurationName())
                .append(" (")
                .append(notification.configuration().value())
                .append(").\n")
                .toString();
    }

    /** One line, also the subject of a mail. */
    static String title(Notification notification) {
        return notification
                .run()
                .map(run -> run.organizationName() + "/" + run.workspaceName() + ": " + notification.message())
                .orElse(notification.message());
    }

    private static Map<String, String> facts(Notification notification) {
        Map<String, String> facts = new LinkedHashMap<>();
        notification.run().ifPresent(run -> {
            facts.put("Run", run.id().value());
            facts.put("Message", Text.clean(run.message(), SHORT));
            run.createdBy().ifPresent(name -> facts.put("Created by", name));
            facts.put("Status", run.status());
            run.updatedBy().ifPresent(name -> facts.put("Changed by", name));
            facts.put("At", TIME.format(run.updatedAt()));
        });
        return facts;
    }

    private static Instant moment(Notification notification) {
        return notification.run().map(Notification.Subject::updatedAt).orElseGet(Instant::now);
    }

    private static String color(Notification notification) {
        return switch (notification.trigger()) {
            case "run:errored" -> "danger";
            case "run:needs_attention" -> "warning";
            case "run:completed" -> "good";
            default -> "#5c6bc0";
        };
    }

    private String url(Notification notification) {
        return notification
                .run()
                .map(run -> baseUrl + "/app/" + encode(run.organizationName()) + "/workspaces/"
                        + encode(run.workspaceName()) + "/runs/" + run.id().value())
                .orElse(baseUrl);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
