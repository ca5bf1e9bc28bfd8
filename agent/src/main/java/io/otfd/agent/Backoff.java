package io.otfd.agent;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Growing pauses between attempts: 0.2 s to 5 s, each with up to a quarter of jitter. Not thread-safe. */
public final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private Duration next = FIRST;

    public void pause() throws InterruptedException {
        long millis = next.toMillis();
        Thread.sleep(millis + ThreadLocalRandom.current().nextLong(millis / 4 + 1));
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    /** An attempt succeeded. */
    public void reset() {
        next = FIRST;
    }
}
