package io.otfd.notification;

import io.otfd.Ids.RunId;
import io.otfd.database.Row;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of a configuration's history.
 *
 * @param status pending, delivered or failed
 * @param run empty for a verification
 * @param dueAt of the next attempt, while pending
 * @param body of the last answer, its beginning
 */
public record Delivery(
        long id,
        String trigger,
        String message,
        Optional<RunId> run,
        String status,
        int attempts,
        Instant dueAt,
        Instant createdAt,
        Optional<Instant> sentAt,
        Optional<Integer> code,
        String body,
        Optional<String> error) {

    static Delivery of(Row row) {
        return new Delivery(
                row.number("id"),
                row.text("trigger"),
                row.text("message"),
                row.optionalText("run_id").map(RunId::new),
                row.text("status"),
                row.integer("attempts"),
                row.instant("due_at"),
                row.instant("created_at"),
                row.optionalInstant("sent_at"),
                row.optionalNumber("response_code").map(Math::toIntExact),
                row.text("response_body"),
                row.optionalText("error"));
    }
}
