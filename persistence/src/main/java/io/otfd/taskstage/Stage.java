package io.otfd.taskstage;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** When a run waits for what others say (cloud-docs/run/states). */
public enum Stage {
    PRE_PLAN,
    POST_PLAN,
    PRE_APPLY,
    /** Whatever is said here comes too late to stop anything. */
    POST_APPLY;

    /** Wire name, as in {@code pre_plan}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Stage> of(String wireName) {
        return Arrays.stream(values())
                .filter(stage -> stage.toString().equals(wireName))
                .findFirst();
    }

    public static List<String> wireNames() {
        return Arrays.stream(values()).map(Stage::toString).toList();
    }
}
