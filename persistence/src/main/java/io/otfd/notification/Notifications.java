package io.otfd.notification;

import io.otfd.Ids.NotificationConfigurationId;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.UserId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Tx;
import io.otfd.event.Events;
import io.otfd.event.Topics;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is still to be told. Rows are written with what they tell of and claimed with {@code SKIP LOCKED}: each is sent by one
 * server, and by another one only when the first has died at it.
 */
public final class Notifications {

    /** Longer than a courier takes at most. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    /** Between attempts: 2 s, 8 s, 32 s, 2 min, 9 min, 34 min. */
    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);

    private static final int ATTEMPTS = 7;
    private static final int PRUNED_AT_ONCE = 1000;
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Jsonb JSONB = JsonbBuilder.create();

    private final Database database;
    private final Events events;

    public Notifications(Database database, Events events) {
        this.database = database;
        this.events = events;
    }

    /** Something that happened to a run. */
    public record Happening(
            WorkspaceId workspace,
            ProjectId project,
            RunId run,
            String trigger,
            String message,
            Object status,
            Optional<UserId> actor,
            Instant at) {}

    /** Writes down what is to be told, and to whom. */
    public void enqueue(Tx tx, Happening happening) {
        long due = tx.update(
                "notification.enqueue",
                "workspace_id",
                happening.workspace(),
                "project_id",
                happening.project(),
                "trigger",
                happening.trigger(),
                "message",
                happening.message(),
                "run_id",
                happening.run(),
                "run_status",
                happening.status().toString(),
                "now",
                happening.at(),
                "user_id",
                happening.actor().orElse(null));
        if (due > 0) {
            events.publish(tx, Topics.notifications());
        }
    }

    /** A message that this server has to send now. */
    public record Claimed(long id, int attempt, Notification notification) {}

    /** At most so many that are due. */
    public List<Claimed> claim(int limit) {
        return database.transact(tx -> {
            List<String> ids = tx.list(
                    "notification.claim",
                    row -> Long.toString(row.number("id")),
                    "limit",
                    limit,
                    "lease",
                    LEASE.toSeconds());
            return ids.isEmpty() ? List.of() : tx.list("notification.to_send", Notifications::claimed, "ids", ids);
        });
    }

    private static Claimed claimed(Row row) {
        NotificationConfigurationId id = new NotificationConfigurationId(row.text("configuration_id"));
        return new Claimed(
                row.number("id"),
                row.integer("attempts"),
                new Notification(
                        id,
                        row.text("configuration_name"),
                        Destination.of(row.text("destination_type")),
                        NotificationConfigurations.secret(row, "url", id),
                        NotificationConfigurations.secret(row, "token", id),
                        Stream.concat(row.texts("user_emails").stream(), row.texts("email_addresses").stream())
                                .distinct()
                                .toList(),
                        row.text("trigger"),
                        row.text("message"),
                        Optional.of(new Notification.Subject(
                                new RunId(row.text("run_id")),
                                row.text("run_message"),
                                row.instant("run_created_at"),
                                row.optionalText("run_created_by"),
                                new WorkspaceId(row.text("workspace_id")),
                                row.text("workspace_name"),
                                row.text("organization_name"),
                                row.text("run_status"),
                                row.instant("run_updated_at"),
                                row.optionalText("run_updated_by")))));
    }

    public void record(Claimed claimed, Receipt receipt) {
        boolean again = !receipt.successful() && receipt.worthRetrying() && claimed.attempt() < ATTEMPTS;
        database.transactVoid(tx -> tx.update(
                "notification.record",
                "id",
                claimed.id(),
                "attempt",
                claimed.attempt(),
                "status",
                receipt.successful() ? "delivered" : again ? "pending" : "failed",
                "again",
                again ? pause(claimed.attempt()).toSeconds() : 0,
                "code",
                receipt.code().orElse(null),
                "headers",
                JSONB.toJson(receipt.headers()),
                "body",
                receipt.body(),
                "error",
                receipt.error().orElse(null)));
    }

    /** @param attempt that has failed, from 1 */
    static Duration pause(int attempt) {
        return FIRST_RETRY.multipliedBy(1L << 2 * (attempt - 1));
    }

    /** For {@link NotificationConfigurations}: one that was sent while somebody waited. */
    static void recordVerification(Tx tx, NotificationConfiguration configuration, Receipt receipt) {
        tx.update(
                "notification.insert_verification",
                "id",
                configuration.id(),
                "trigger",
                Triggers.VERIFICATION,
                "message",
                "Verification of " + configuration.name(),
                "status",
                receipt.successful() ? "delivered" : "failed",
                "code",
                receipt.code().orElse(null),
                "headers",
                JSONB.toJson(receipt.headers()),
                "body",
                receipt.body(),
                "error",
                receipt.error().orElse(null));
    }

    /** Until the next one is due, which may have passed; empty when nothing waits. */
    public Optional<Duration> untilNext() {
        return database.read(sql -> sql.one("notification.next_due", row -> row.optionalNumber("millis"))
                .orElseThrow()
                .map(Duration::ofMillis));
    }

    /** History of more than thirty days goes. Safe to do twice. */
    public void prune() {
        long gone;
        do {
            gone = database.transact(
                    tx -> tx.update("notification.prune", "seconds", KEPT.toSeconds(), "limit", PRUNED_AT_ONCE));
        } while (gone == PRUNED_AT_ONCE);
    }
}
