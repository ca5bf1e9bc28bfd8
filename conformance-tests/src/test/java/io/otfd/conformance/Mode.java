package io.otfd.conformance;

/** Who executes the runs: the server's own agent, or a real otf-agent in a pool. */
enum Mode {
    REMOTE,
    AGENT;

    /** As the API spells it. */
    String wireName() {
        return switch (this) {
            case REMOTE -> "remote";
            case AGENT -> "agent";
        };
    }
}
