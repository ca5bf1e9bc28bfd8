package io.otfd.api.agentpool;

import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TEXTS;
import static io.otfd.api.Schema.TIME;
import static io.otfd.api.Schema.WORDS;

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
            .readOnly(FLAG, "otf-draining")
            .readOnly(FLAG.orNull(), "otf-sandboxed")
            .readOnly(TEXT.orNull(), "otf-drain-message", "otf-version", "otf-os", "otf-arch")
            .readOnly(TEXTS, "otf-engines")
            .readOnly(WORDS, "otf-labels");

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
                .attribute("otf-drain-message", agent.drainMessage())
                // Ours: what it says of itself; null where it says nothing.
                .attribute("otf-sandboxed", agent.sandboxed())
                .attribute("otf-version", agent.version())
                .attribute("otf-os", agent.os())
                .attribute("otf-arch", agent.arch())
                .attribute("otf-engines", agent.engines())
                .attribute("otf-labels", agent.labels())
                .link("self", "/api/v2/agents/" + agent.id().value());
    }
}
