package io.otfd.api.agentpool;

import io.otfd.agentpool.RegisteredAgent;
import io.otfd.api.Resource;

/** The {@code agents} document (cloud-docs/api-docs/agents). */
public final class AgentResource {

    private AgentResource() {}

    public static Resource of(RegisteredAgent agent) {
        return new Resource("agents", agent.id().value())
                .attribute("name", agent.name())
                .attribute("status", agent.status())
                .attribute("ip-address", agent.ipAddress())
                .attribute("created-at", agent.createdAt())
                .attribute("last-ping-at", agent.lastPingAt())
                .link("self", "/api/v2/agents/" + agent.id().value());
    }
}
