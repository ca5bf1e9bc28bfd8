package io.otfd.agent.protocol;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.config.PropertyNamingStrategy;

/** Names and the JSON form that agent and server share. */
public final class Wire {

    /** Sent at registration with {@link #PROTOCOL_VERSION} by agents that know our extensions. */
    public static final String PROTOCOL_HEADER = "Otf-Agent-Protocol";

    public static final String PROTOCOL_VERSION = "1";

    /** On every call after registration: which agent of the pool speaks. */
    public static final String AGENT_ID_HEADER = "Tfc-Agent-Id";

    public static final String AGENT_VERSION_HEADER = "Tfc-Agent-Version";

    /** On the poll for jobs: comma-separated job types that this agent takes. */
    public static final String ACCEPT_HEADER = "Tfc-Agent-Accept";

    /** On status updates; the server echoes it. */
    public static final String MESSAGE_INDEX_HEADER = "Tfc-Agent-Message-Index";

    /**
     * On log PATCH and PUT: position, in bytes of the agent's own stream, of the first byte of the body. The answer
     * carries the number of bytes that the server holds, so that a resend after a lost answer changes nothing.
     */
    public static final String LOG_OFFSET_HEADER = "Otf-Log-Offset";

    private static final Jsonb JSONB = JsonbBuilder.create(
            new JsonbConfig().withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES));

    private Wire() {}

    /** Thread-safe. */
    public static Jsonb json() {
        return JSONB;
    }
}
