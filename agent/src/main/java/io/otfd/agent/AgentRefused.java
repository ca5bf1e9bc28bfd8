package io.otfd.agent;

/** The agent cannot start or go on, and trying again would not help. The message is for its operator. */
public final class AgentRefused extends RuntimeException {

    public AgentRefused(String message) {
        super(message);
    }
}
