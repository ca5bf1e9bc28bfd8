package io.otfd.agent;

import java.time.Duration;
import java.util.Map;

/**
 * How long a hook may take.
 *
 * @param usual for hooks that have no time of their own
 * @param each by the hook's name, such as {@code pre-plan}
 */
public record HookTimes(Duration usual, Map<String, Duration> each) {

    /** Longer times are cut to it. */
    public static final Duration LONGEST = Duration.ofMinutes(10);

    public static final HookTimes DEFAULT = new HookTimes(Duration.ofMinutes(1), Map.of());

    public HookTimes {
        each = Map.copyOf(each);
    }

    public Duration of(String hook) {
        Duration wanted = each.getOrDefault(hook, usual);
        return wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
    }
}
