package io.otfd.task;

import io.otfd.Refusal;
import java.util.Arrays;
import java.util.Locale;

/** What becomes of a run when a task fails. */
public enum Enforcement {
    /** It goes on, with a warning. */
    ADVISORY,
    MANDATORY;

    /** @param attribute that the word was given in */
    public static Enforcement of(String attribute, String wireName) {
        return Arrays.stream(values())
                .filter(level -> level.toString().equals(wireName))
                .findFirst()
                .orElseThrow(() -> Refusal.Invalid.attribute(attribute, "must be advisory or mandatory"));
    }

    /** Wire name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
