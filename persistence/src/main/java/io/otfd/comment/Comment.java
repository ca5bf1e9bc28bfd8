package io.otfd.comment;

import io.otfd.Ids.CommentId;
import io.otfd.Ids.RunEventId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.UserId;
import io.otfd.Refusal;
import java.time.Instant;
import java.util.Optional;

/** What somebody said of a run. */
public record Comment(
        CommentId id,
        RunId run,
        String body,
        Optional<UserId> createdBy,
        Optional<RunEventId> event,
        Instant createdAt) {

    private static final int MAX_BODY = 64 << 10;

    public Comment {
        if (body.isBlank()) {
            throw Refusal.Invalid.attribute("body", "can't be blank");
        }
        if (body.length() > MAX_BODY) {
            throw Refusal.Invalid.attribute("body", "is too long (maximum is " + MAX_BODY + " characters)");
        }
    }
}
