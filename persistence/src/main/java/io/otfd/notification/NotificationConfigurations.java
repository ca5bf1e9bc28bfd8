package io.otfd.notification;

import io.otfd.Ids.Id;
import io.otfd.Ids.NotificationConfigurationId;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.TeamId;
import io.otfd.Ids.UserId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.OrganizationPermission;
import io.otfd.access.WorkspacePermission;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.project.Projects;
import io.otfd.team.Teams;
import io.otfd.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Notification configurations of workspaces, projects and teams. One that is enabled is verified before it is stored: a
 * message goes to its URL, outside of any transaction, and has to be accepted. For those who may change the workspace, project
 * or team.
 */
public final class NotificationConfigurations {

    /** A workspace's (cloud-docs/workspaces/settings/notifications). */
    private static final int MAX_CONFIGURATIONS = 20;

    private static final int SHOWN_RESPONSES = 10;

    private final Database database;
    private final Courier courier;
    private final Clock clock;

    public NotificationConfigurations(Database database, Courier courier, Clock clock) {
        this.database = database;
        this.courier = courier;
        this.clock = clock;
    }

    /** @param settings fills in a configuration that is disabled and hears of nothing */
    public NotificationView create(
            Caller caller, Id subscribable, Destination destination, UnaryOperator<Draft> settings) {
        database.read(sql -> {
            require(sql, caller, subscribable);
            return null;
        });
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        NotificationConfiguration made = settings.apply(Draft.EMPTY)
                .of(NotificationConfigurationId.random(), subscribable, destination, now, now);
        Optional<Receipt> receipt = verified(made);
        return database.transact(tx -> {
            require(tx, caller, subscribable);
            requireMembers(tx, made);
            if (tx.count("notification.count", "subscribable_id", subscribable) >= MAX_CONFIGURATIONS) {
                throw Refusal.Invalid.document("There can be at most " + MAX_CONFIGURATIONS + " notifications.");
            }
            insert(tx, made);
            receipt.ifPresent(how -> Notifications.recordVerification(tx, made, how));
            return view(tx, made.id());
        });
    }

    /** What a client says of a configuration. */
    public record Draft(
            String name,
            boolean enabled,
            List<String> triggers,
            Optional<String> url,
            Optional<String> token,
            List<String> emailAddresses,
            List<UserId> users) {

        static final Draft EMPTY =
                new Draft("", false, List.of(), Optional.empty(), Optional.empty(), List.of(), List.of());

        static Draft of(NotificationConfiguration configuration) {
            return new Draft(
                    configuration.name(),
                    configuration.enabled(),
                    configuration.triggers(),
                    configuration.url(),
                    configuration.token(),
                    configuration.emailAddresses(),
                    configuration.users());
        }

        public Draft enabled(boolean wanted) {
            return new Draft(name, wanted, triggers, url, token, emailAddresses, users);
        }

        NotificationConfiguration of(
                NotificationConfigurationId id,
                Id subscribable,
                Destination destination,
                Instant createdAt,
                Instant updatedAt) {
            return new NotificationConfiguration(
                    id,
                    subscribable,
                    name,
                    destination,
                    enabled,
                    triggers,
                    url,
                    token,
                    emailAddresses,
                    users,
                    createdAt,
                    updatedAt);
        }
    }

    public Page<NotificationView> list(Caller caller, Id subscribable, Page.Request page) {
        return database.read(sql -> {
            require(sql, caller, subscribable);
            Page<NotificationConfiguration> found = new Page<>(
                    sql.list(
                            "notification.list",
                            NotificationConfigurations::configuration,
                            "subscribable_id",
                            subscribable,
                            "limit",
                            page.size(),
                            "offset",
                            page.offset()),
                    page,
                    sql.count("notification.count", "subscribable_id", subscribable));
            Map<NotificationConfigurationId, List<DeliveryResponse>> responses = responses(
                    sql,
                    found.items().stream().map(NotificationConfiguration::id).toList());
            return found.map(each -> new NotificationView(each, responses.getOrDefault(each.id(), List.of())));
        });
    }

    public NotificationView read(Caller caller, NotificationConfigurationId id) {
        return database.read(sql -> {
            require(sql, caller, find(sql, id).subscribable());
            return view(sql, id);
        });
    }

    /** The destination type stays. */
    public NotificationView update(Caller caller, NotificationConfigurationId id, UnaryOperator<Draft> change) {
        NotificationConfiguration wanted = changed(read(caller, id).configuration(), change);
        Optional<Receipt> receipt = verified(wanted);
        return database.transact(tx -> {
            tx.one("notification.lock_row", row -> true, "id", id).orElseThrow(Refusal.NotFound::new);
            NotificationConfiguration before = find(tx, id);
            require(tx, caller, before.subscribable());
            NotificationConfiguration after = changed(before, change);
            requireMembers(tx, after);
            write(tx, after);
            if (!after.enabled()) {
                tx.update("notification.withdraw", "id", id);
            }
            receipt.ifPresent(how -> Notifications.recordVerification(tx, after, how));
            return view(tx, id);
        });
    }

    private static NotificationConfiguration changed(NotificationConfiguration before, UnaryOperator<Draft> change) {
        return change.apply(Draft.of(before))
                .of(before.id(), before.subscribable(), before.destination(), before.createdAt(), before.updatedAt());
    }

    public void delete(Caller caller, NotificationConfigurationId id) {
        database.transactVoid(tx -> {
            require(tx, caller, find(tx, id).subscribable());
            tx.update("notification.delete", "id", id);
        });
    }

    /** Sends a message now, whether it is enabled or not, and keeps how that went. */
    public NotificationView verify(Caller caller, NotificationConfigurationId id) {
        NotificationConfiguration configuration = read(caller, id).configuration();
        Receipt receipt = courier.deliver(Notification.verification(configuration, recipients(configuration)));
        NotificationView view = database.transact(tx -> {
            tx.one("notification.lock_row", row -> true, "id", id).orElseThrow(Refusal.NotFound::new);
            Notifications.recordVerification(tx, configuration, receipt);
            return view(tx, id);
        });
        requireArrived(receipt);
        return view;
    }

    /** What was sent, newest first, and what is still to be sent. */
    public Page<Delivery> deliveries(Caller caller, NotificationConfigurationId id, Page.Request page) {
        return database.read(sql -> {
            require(sql, caller, find(sql, id).subscribable());
            return new Page<>(
                    sql.list(
                            "notification.deliveries",
                            Delivery::of,
                            "id",
                            id,
                            "limit",
                            page.size(),
                            "offset",
                            page.offset()),
                    page,
                    sql.count("notification.count_deliveries", "id", id));
        });
    }

    /** E-mail is verified on demand only: nobody wants one at each change. */
    private Optional<Receipt> verified(NotificationConfiguration configuration) {
        if (!configuration.enabled() || configuration.destination() == Destination.EMAIL) {
            return Optional.empty();
        }
        Receipt receipt = courier.deliver(Notification.verification(configuration, List.of()));
        requireArrived(receipt);
        return Optional.of(receipt);
    }

    private static void requireArrived(Receipt receipt) {
        if (!receipt.successful()) {
            throw new Refusal.Malformed(
                    "Unable to complete verification request to destination URL: " + receipt.reason());
        }
    }

    private List<String> recipients(NotificationConfiguration configuration) {
        Stream<String> users = database
                .read(sql -> sql.list("notification.user_emails", row -> row.text("email"), "id", configuration.id()))
                .stream();
        return Stream.concat(users, configuration.emailAddresses().stream())
                .distinct()
                .toList();
    }

    private static void require(Sql sql, Caller caller, Id subscribable) {
        switch (subscribable) {
            case WorkspaceId id -> Workspaces.view(sql, caller, id).grants().require(WorkspacePermission.CAN_UPDATE);
            case ProjectId id ->
                Projects.view(sql, caller, id).grants().require(OrganizationPermission.CAN_CREATE_PROJECT);
            case TeamId id -> Teams.requireManageable(sql, caller, id);
            default -> throw new IllegalArgumentException(subscribable + " has no notifications");
        }
    }

    private static void requireMembers(Tx tx, NotificationConfiguration configuration) {
        List<String> strangers = tx.list(
                "notification.not_members",
                row -> row.text("id"),
                "user_ids",
                configuration.users(),
                "subscribable_id",
                configuration.subscribable());
        if (!strangers.isEmpty()) {
            throw Refusal.Invalid.relationship("users", String.join(", ", strangers) + " not found.");
        }
    }

    private void insert(Tx tx, NotificationConfiguration made) {
        Id subscribable = made.subscribable();
        tx.update(
                "notification.insert",
                "id",
                made.id(),
                "workspace_id",
                subscribable instanceof WorkspaceId ? subscribable : null,
                "project_id",
                subscribable instanceof ProjectId ? subscribable : null,
                "team_id",
                subscribable instanceof TeamId ? subscribable : null,
                "name",
                made.name(),
                "destination_type",
                made.destination(),
                "enabled",
                made.enabled(),
                "triggers",
                made.triggers(),
                "url",
                sealed(tx, made.id(), made.url()),
                "token",
                sealed(tx, made.id(), made.token()),
                "email_addresses",
                made.emailAddresses(),
                "now",
                made.createdAt());
        tx.update("notification.add_users", "id", made.id(), "user_ids", made.users());
    }

    private void write(Tx tx, NotificationConfiguration after) {
        tx.update(
                "notification.update",
                "id",
                after.id(),
                "name",
                after.name(),
                "enabled",
                after.enabled(),
                "triggers",
                after.triggers(),
                "url",
                sealed(tx, after.id(), after.url()),
                "token",
                sealed(tx, after.id(), after.token()),
                "email_addresses",
                after.emailAddresses(),
                "now",
                clock.instant());
        tx.update("notification.clear_users", "id", after.id());
        tx.update("notification.add_users", "id", after.id(), "user_ids", after.users());
    }

    private static byte[] sealed(Tx tx, NotificationConfigurationId id, Optional<String> secret) {
        return secret.map(text -> tx.vault().seal(id.value(), text)).orElse(null);
    }

    static Optional<String> secret(Row row, String column, NotificationConfigurationId id) {
        return row.bytesOrNull(column) == null ? Optional.empty() : Optional.of(row.secret(column, id.value()));
    }

    private static NotificationConfiguration find(Sql sql, NotificationConfigurationId id) {
        return sql.one("notification.by_id", NotificationConfigurations::configuration, "id", id)
                .orElseThrow(Refusal.NotFound::new);
    }

    private static NotificationView view(Sql sql, NotificationConfigurationId id) {
        return new NotificationView(find(sql, id), responses(sql, List.of(id)).getOrDefault(id, List.of()));
    }

    private record Response(NotificationConfigurationId configuration, DeliveryResponse response) {}

    private static Map<NotificationConfigurationId, List<DeliveryResponse>> responses(
            Sql sql, List<NotificationConfigurationId> ids) {
        return sql
                .list(
                        "notification.responses",
                        row -> new Response(
                                new NotificationConfigurationId(row.text("configuration_id")),
                                DeliveryResponse.of(row)),
                        "ids",
                        ids,
                        "limit",
                        SHOWN_RESPONSES)
                .stream()
                .collect(Collectors.groupingBy(
                        Response::configuration, Collectors.mapping(Response::response, Collectors.toList())));
    }

    private static NotificationConfiguration configuration(Row row) {
        NotificationConfigurationId id = new NotificationConfigurationId(row.text("id"));
        Id subscribable = row.optionalText("workspace_id")
                .<Id>map(WorkspaceId::new)
                .or(() -> row.optionalText("project_id").map(ProjectId::new))
                .or(() -> row.optionalText("team_id").map(TeamId::new))
                .orElseThrow();
        return new NotificationConfiguration(
                id,
                subscribable,
                row.text("name"),
                Destination.of(row.text("destination_type")),
                row.flag("enabled"),
                row.texts("triggers"),
                secret(row, "url", id),
                secret(row, "token", id),
                row.texts("email_addresses"),
                row.texts("user_ids").stream().map(UserId::new).toList(),
                row.instant("created_at"),
                row.instant("updated_at"));
    }
}
