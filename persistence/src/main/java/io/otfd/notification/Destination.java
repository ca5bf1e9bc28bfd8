package io.otfd.notification;

import io.otfd.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where notifications go, and in which form. */
public enum Destination {
    GENERIC,
    SLACK,
    MICROSOFT_TEAMS,
    EMAIL;

    public static Destination of(String wireName) {
        return Arrays.stream(values())
                .filter(each -> each.toString().equals(wireName))
                .findFirst()
                .orElseThrow(() -> Refusal.Invalid.attribute(
                        "destination-type",
                        "must be one of "
                                + String.join(
                                        ", ",
                                        List.of(GENERIC, SLACK, MICROSOFT_TEAMS, EMAIL).stream()
                                                .map(Destination::toString)
                                                .toList())));
    }

    /** Wire name, as in {@code microsoft-teams}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
