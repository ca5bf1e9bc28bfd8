package io.otfd.taskresult;

import io.otfd.Ids.TaskResultId;
import io.otfd.Ids.TaskResultOutcomeId;
import io.otfd.Refusal;
import io.otfd.task.Task;
import jakarta.json.JsonObject;
import java.time.Instant;

/**
 * A detail of a result, in the task's words.
 *
 * @param tags labels by name, as documented: {@code {"Severity": [{"label": "High", "level": "error"}]}}
 * @param hasBody there is a longer text
 */
public record TaskOutcome(
        TaskResultOutcomeId id,
        TaskResultId result,
        String outcomeId,
        String description,
        String url,
        JsonObject tags,
        Instant createdAt,
        boolean hasBody) {

    /** As the task says it, with the longer text. */
    public record Draft(String outcomeId, String description, String body, String url, JsonObject tags) {

        private static final int MAX_TEXT = 1024;
        private static final int MAX_BODY = 1 << 20;
        private static final int MAX_TAGS = 8192;

        public Draft {
            require(outcomeId.length() <= MAX_TEXT, "outcome-id must have at most " + MAX_TEXT + " characters");
            require(description.length() <= MAX_TEXT, "description must have at most " + MAX_TEXT + " characters");
            require(body.length() <= MAX_BODY, "body must have at most " + MAX_BODY + " characters");
            require(tags.toString().length() <= MAX_TAGS, "tags must have at most " + MAX_TAGS + " characters");
            require(url.isEmpty() || url.length() <= MAX_TEXT && Task.isWeb(url), "url must be an http or https URL");
        }

        private static void require(boolean holds, String complaint) {
            if (!holds) {
                throw Refusal.Invalid.relationship("outcomes", "An outcome's " + complaint + ".");
            }
        }
    }
}
