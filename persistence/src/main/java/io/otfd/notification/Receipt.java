package io.otfd.notification;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one attempt went.
 *
 * @param successful it has arrived
 * @param worthRetrying another attempt may go better
 * @param code of the HTTP answer, where there was one
 * @param headers of the answer
 * @param body of the answer, its beginning
 * @param error in words, where there was no answer
 */
public record Receipt(
        boolean successful,
        boolean worthRetrying,
        Optional<Integer> code,
        Map<String, List<String>> headers,
        String body,
        Optional<String> error) {

    public static Receipt arrived() {
        return new Receipt(true, false, Optional.empty(), Map.of(), "", Optional.empty());
    }

    public static Receipt failed(String error, boolean worthRetrying) {
        return new Receipt(false, worthRetrying, Optional.empty(), Map.of(), "", Optional.of(error));
    }

    /** Why it has not arrived, for people. */
    public String reason() {
        return error.or(() -> code.map(status -> "it answered " + status)).orElse("");
    }
}
