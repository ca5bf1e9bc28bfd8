package io.otfd.agent.protocol;

import java.util.List;

/** The answer to a status update. */
public record StatusReply(List<Message> messages) {

    public StatusReply {
        messages = messages == null ? List.of() : List.copyOf(messages);
    }

    /**
     * @param kind {@code cancel} (interrupt the engine once), {@code force_cancel} (kill it), {@code lease_lost} (the
     *     server gave the job up: kill the engine and report nothing), or {@code drain} (no jobs are given to this agent),
     *     which is of no job and said for as long as it holds
     * @param text for people
     */
    public record Message(String kind, String jobId, String leaseId, String text) {}
}
