package io.otfd.ui.agentpool;

import io.otfd.ui.Badge;
import io.otfd.ui.Badge.Tone;

/** Statuses of agents in words. */
final class AgentBadge {

    private AgentBadge() {}

    static Badge of(String status) {
        return switch (status) {
            case "idle" -> new Badge("Idle", Tone.GOOD);
            case "busy" -> new Badge("Busy", Tone.ACTIVE);
            case "unknown" -> new Badge("Unknown", Tone.ATTENTION);
            case "errored" -> new Badge("Errored", Tone.BAD);
            case "exited" -> new Badge("Exited", Tone.QUIET);
            case String other -> new Badge(other, Tone.QUIET);
        };
    }
}
