package io.otfd.run;

import io.otfd.Ids.CommentId;
import io.otfd.Ids.RunEventId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.UserId;
import io.otfd.database.Row;
import io.otfd.database.Tx;
import java.time.Instant;
import java.util.Optional;

/** Something that happened to a run. */
public record RunHistory(
        RunEventId id,
        RunId run,
        String action,
        Optional<UserId> actor,
        Optional<CommentId> comment,
        Instant createdAt) {

    /** @param action a status, or {@code queued}, {@code commented}, {@code cancel_requested} */
    public static void write(
            Tx tx, RunId run, Object action, Optional<UserId> actor, Optional<CommentId> comment, Instant now) {
        tx.update(
                "run.insert_event",
                "id",
                RunEventId.random(),
                "run_id",
                run,
                "action",
                action.toString(),
                "actor_id",
                actor.orElse(null),
                "comment_id",
                comment.orElse(null),
                "now",
                now);
    }

    static RunHistory of(Row row) {
        return new RunHistory(
                new RunEventId(row.text("id")),
                new RunId(row.text("run_id")),
                row.text("action"),
                row.optionalText("actor_id").map(UserId::new),
                row.optionalText("comment_id").map(CommentId::new),
                row.instant("created_at"));
    }
}
