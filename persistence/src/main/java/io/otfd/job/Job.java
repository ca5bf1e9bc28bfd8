package io.otfd.job;

import io.otfd.Ids.AgentId;
import io.otfd.Ids.RunId;
import java.time.Duration;
import java.util.Optional;

/**
 * One phase of a run, waiting for an agent or in its hands.
 *
 * @param kind {@code plan} or {@code apply}
 * @param query the plan is a query
 * @param status {@code queued}, {@code claimed} or {@code finished}
 * @param lease fencing token of the claim
 * @param started its engine has started: no second agent may have it
 * @param attempts claims so far: the number of the last one
 * @param timeout how long it may take
 * @param overdue it took longer, and its engine was told to stop
 * @param listener the last who asked to be told of its signals, where they are told once
 */
public record Job(
        long id,
        RunId run,
        String kind,
        boolean query,
        String queue,
        String status,
        Optional<AgentId> agent,
        Optional<String> lease,
        boolean started,
        int attempts,
        Signal signal,
        Duration timeout,
        boolean overdue,
        Optional<String> listener) {

    /** What people call it. */
    public String noun() {
        return query ? "query" : kind;
    }

    public boolean isClaimed() {
        return status.equals("claimed");
    }

    /** What the agent is told to do with it, in order of force. */
    public enum Signal {
        NONE,
        CANCEL,
        FORCE_CANCEL;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public static Signal of(String text) {
            return valueOf(text.toUpperCase(java.util.Locale.ROOT));
        }
    }
}
