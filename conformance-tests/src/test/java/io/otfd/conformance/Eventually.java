package io.otfd.conformance;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for what will be so soon: asks again and again until a deadline, then fails with what was missing. */
final class Eventually {

    /** Generous, because two cores run several servers and engines at once. Nothing asserts speed with it. */
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private Eventually() {}

    @FunctionalInterface
    interface Probe<T> {
        Optional<T> look() throws IOException;
    }

    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }

    static <T> T value(String what, Probe<T> probe) {
        return value(what, PATIENCE, probe);
    }

    /** @param what asked for when it failed, so that it can tell what was seen last */
    static <T> T value(Supplier<String> what, Probe<T> probe) {
        return value(what, PATIENCE, probe);
    }

    static <T> T value(String what, Duration within, Probe<T> probe) {
        return value(() -> what, within, probe);
    }

    private static <T> T value(Supplier<String> what, Duration within, Probe<T> probe) {
        long deadline = System.nanoTime() + within.toNanos();
        Optional<IOException> last = Optional.empty();
        while (true) {
            try {
                Optional<T> seen = probe.look();
                if (seen.isPresent()) {
                    return seen.get();
                }
            } catch (IOException exception) {
                last = Optional.of(exception);
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("after " + within + " there was still not: " + what.get(), last.orElse(null));
            }
            pause();
        }
    }

    static void holds(String what, Condition condition) {
        holds(what, PATIENCE, condition);
    }

    static void holds(String what, Duration within, Condition condition) {
        value(what, within, () -> condition.holds() ? Optional.of(true) : Optional.empty());
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", exception);
        }
    }
}
