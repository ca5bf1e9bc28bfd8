package io.otfd.policy;

import io.otfd.Refusal;
import java.util.Locale;

/** What follows when a policy fails. */
public enum Enforcement {
    /** It is shown, and the run goes on. */
    ADVISORY,
    /** The run stops, or waits for somebody to override it. */
    MANDATORY;

    /** @throws Refusal.Invalid for a level that is none of Open Policy Agent's */
    public static Enforcement of(String level) {
        return switch (level) {
            case "advisory" -> ADVISORY;
            case "mandatory" -> MANDATORY;
            case "soft-mandatory", "hard-mandatory" ->
                throw Refusal.Invalid.attribute(
                        "enforcement-level",
                        "must be advisory or mandatory: " + level
                                + " is one of Sentinel's, which this server cannot run");
            default -> throw Refusal.Invalid.attribute("enforcement-level", "must be advisory or mandatory");
        };
    }

    /** Wire name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
