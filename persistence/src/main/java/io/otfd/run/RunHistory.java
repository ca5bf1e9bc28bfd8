package io.otfd.run;

import io.otfd.Ids.UserId;
import io.otfd.database.Row;
import java.time.Instant;
import java.util.Optional;

/** Something that happened to a run. */
public record RunHistory(String id, String action, Optional<UserId> actor, Instant createdAt) {

    static RunHistory of(Row row) {
        return new RunHistory(
                row.text("id"),
                row.text("action"),
                row.optionalText("actor_id").map(UserId::new),
                row.instant("created_at"));
    }
}
