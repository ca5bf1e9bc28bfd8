package io.otfd.api.agentpool;

import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;

import io.otfd.agentpool.RegisteredAgent;
import io.otfd.api.Resource;
import io.otfd.api.Schema;

/** The {@code agents} document (cloud-docs/api-docs/agents). */
public final class AgentResource {

    public static final Schema SCHEMA = Schema.of("agents")
            .readOnly(TEXT, "status")
            .readOnly(TEXT.orNull(), "name", "ip-address")
            .readOnly(TIME, "created-at")
            .readOnly(TIME.orNull(), "last-ping-at")
            .readOnly(FLAG, "otf-draining");

    private AgentResource() {}

    public static Resource of(RegisteredAgent agent) {
        return new Resource(SCHEMA, agent.id().value())
                .attribute("name", agent.name())
                .attribute("status", agent.status())
                .attribute("ip-address", agent.ipAddress())
                .attribute("created-at", agent.createdAt())
                .attribute("last-ping-at", agent.lastPingAt())
                // Ours: it finishes what it has and is given nothing more.
                .attribute("otf-draining", agent.draining())
                .link("self", "/api/v2/agents/" + agent.id().value());
    }
}
