package io.otfd.daemon;

import java.time.Duration;

/**
 * For how long this server has been listening without a gap. While it was away, stopped, or without its database, agents
 * could not be heard, and their silence says nothing. Times are {@link System#nanoTime}.
 */
final class Attention {

    private final Duration longestGap;
    private long since;
    private long last;

    /** @param longestGap between two looks; a longer one means that the process or the machine stood still */
    Attention(long now, Duration longestGap) {
        this.longestGap = longestGap;
        this.since = now;
        this.last = now;
    }

    /** Called at each look. */
    Duration look(long now) {
        if (now - last > longestGap.toNanos()) {
            since = now;
        }
        last = now;
        return Duration.ofNanos(now - since);
    }

    /** A look that failed: nobody was heard. */
    void lost(long now) {
        since = now;
        last = now;
    }
}
