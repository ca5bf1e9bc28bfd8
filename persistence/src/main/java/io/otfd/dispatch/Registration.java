package io.otfd.dispatch;

import io.otfd.agentpool.RegisteredAgent;
import java.util.List;

/**
 * An agent that registered.
 *
 * @param sessionToken speaks for this agent from now on
 * @param held jobs that it held before and holds still, each under a new lease
 */
public record Registration(RegisteredAgent agent, String sessionToken, List<Offer> held) {

    public Registration {
        held = List.copyOf(held);
    }
}
