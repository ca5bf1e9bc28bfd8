package io.otfd.project;

import io.otfd.Refusal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Activity after which a workspace is destroyed, as clients write it: {@code 14d}, {@code 36h}. Kept literally. */
public final class AutoDestroyDuration {

    private static final Pattern DURATION = Pattern.compile("[1-9][0-9]{0,3}[dh]");

    private AutoDestroyDuration() {}

    public static void check(Optional<String> duration) {
        if (duration.filter(text -> !DURATION.matcher(text).matches()).isPresent()) {
            throw Refusal.Invalid.attribute(
                    "auto-destroy-activity-duration",
                    "has an incorrect format, we expect up to 4 numeric digits and 1 unit ('d' or 'h')");
        }
    }
}
