package io.otfd.taskresult;

import io.otfd.Refusal;
import io.otfd.task.Task;
import java.util.List;
import java.util.Optional;

/**
 * What a task says.
 *
 * @param message empty leaves what it has said before, as does the URL
 * @param outcomes in place of earlier ones; empty leaves them
 */
public record Answer(
        ResultStatus status,
        Optional<String> message,
        Optional<String> url,
        Optional<List<TaskOutcome.Draft>> outcomes) {

    private static final int MAX_MESSAGE = 4096;
    private static final int MAX_URL = 2048;
    private static final int MAX_OUTCOMES = 500;

    public Answer {
        if (message.filter(text -> text.length() > MAX_MESSAGE).isPresent()) {
            throw Refusal.Invalid.attribute("message", "must have at most " + MAX_MESSAGE + " characters");
        }
        if (url.filter(text -> !text.isEmpty() && (text.length() > MAX_URL || !Task.isWeb(text)))
                .isPresent()) {
            throw Refusal.Invalid.attribute("url", "must be an http or https URL");
        }
        if (outcomes.filter(all -> all.size() > MAX_OUTCOMES).isPresent()) {
            throw Refusal.Invalid.relationship("outcomes", "There can be at most " + MAX_OUTCOMES + " outcomes.");
        }
    }

    /** @throws Refusal.Invalid for what a task cannot say of itself */
    public static ResultStatus status(String wireName) {
        return switch (wireName) {
            case "running" -> ResultStatus.RUNNING;
            case "passed" -> ResultStatus.PASSED;
            case "failed" -> ResultStatus.FAILED;
            default -> throw Refusal.Invalid.attribute("status", "must be running, passed or failed");
        };
    }
}
