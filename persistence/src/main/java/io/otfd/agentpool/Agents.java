package io.otfd.agentpool;

import io.otfd.Ids.AgentId;
import io.otfd.Ids.AgentPoolId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.OrganizationPermission;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.workspace.Engine;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Agents of pools: what people see of them, and the only writer of their status. */
public final class Agents {

    private static final Jsonb JSONB = JsonbBuilder.create();
    private static final Type LABELS =
            new TreeMap<String, String>() {}.getClass().getGenericSuperclass();

    private final Database database;

    public Agents(Database database) {
        this.database = database;
    }

    /** How a list is ordered. */
    public enum Sort {
        CREATED_AT,
        CREATED_AT_DESCENDING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What an agent says of itself.
     *
     * @param extended knows our extensions
     * @param accept kinds of job that it takes
     * @param executor as {@link RegisteredAgent} has it
     * @param engines that it runs
     * @param labels words of its operator
     */
    public record Details(
            Optional<String> name,
            Optional<String> ipAddress,
            Optional<String> version,
            Optional<String> arch,
            Optional<String> os,
            Optional<String> instanceId,
            int concurrency,
            boolean extended,
            List<String> accept,
            Dialect dialect,
            Optional<String> executor,
            List<Engine> engines,
            Map<String, String> labels) {}

    public Page<RegisteredAgent> list(
            Caller caller, AgentPoolId pool, Optional<Instant> lastPingSince, Sort sort, Page.Request page) {
        return database.read(sql -> {
            AgentPools.require(sql, caller, AgentPools.find(sql, pool), OrganizationPermission.CAN_UPDATE_AGENT_POOLS);
            Instant since = lastPingSince.orElse(Instant.EPOCH);
            long total = sql.count("agent.count", "agent_pool_id", pool, "since", since);
            return new Page<>(
                    sql.list(
                            "agent.list",
                            Agents::agent,
                            "agent_pool_id",
                            pool,
                            "since",
                            since,
                            "sort",
                            sort,
                            "limit",
                            page.size(),
                            "offset",
                            page.offset()),
                    page,
                    total);
        });
    }

    public RegisteredAgent read(Caller caller, AgentId id) {
        return database.read(sql -> visible(sql, caller, id));
    }

    /**
     * From now on it finishes what it has and is given nothing more; or, turned round, it is given jobs again.
     *
     * @param message why, for people and for the agent's log
     */
    public RegisteredAgent drain(Caller caller, AgentId id, boolean draining, Optional<String> message) {
        return database.transact(tx -> {
            visible(tx, caller, id);
            String why = message.map(String::strip)
                    .filter(text -> draining && !text.isEmpty())
                    .orElse(null);
            tx.update("agent.drain", "id", id, "draining", draining, "message", why);
            return find(tx, id);
        });
    }

    /** Only one that is gone or silent (cloud-docs/api-docs/agents: 412 otherwise). What it had is abandoned with it. */
    public void delete(Caller caller, AgentId id) {
        database.transactVoid(tx -> {
            RegisteredAgent agent = visible(tx, caller, id);
            if (!agent.isGone() && !agent.status().equals("unknown")) {
                throw new Refusal.Precondition("Agent is " + agent.status()
                        + ": only agents with status unknown, errored or exited can be deleted.");
            }
            tx.update("agent.delete", "id", id);
        });
    }

    /** A process that registers: a new agent, or the one that it was when it lives on the same data directory. */
    public static RegisteredAgent register(Tx tx, Optional<AgentPoolId> pool, Details details) {
        Optional<RegisteredAgent> known = details.instanceId()
                .flatMap(instance -> tx.one("agent.by_instance", Agents::agent, "instance_id", instance))
                .filter(agent -> agent.pool().equals(pool));
        if (known.isPresent()) {
            tx.update(
                    "agent.update",
                    "id",
                    known.get().id(),
                    "name",
                    details.name().orElse(null),
                    "ip_address",
                    details.ipAddress().orElse(null),
                    "version",
                    details.version().orElse(null),
                    "arch",
                    details.arch().orElse(null),
                    "os",
                    details.os().orElse(null),
                    "concurrency",
                    details.concurrency(),
                    "extended",
                    details.extended(),
                    "accept",
                    details.accept(),
                    "executor",
                    details.executor().orElse(null),
                    "engines",
                    details.engines(),
                    "labels",
                    JSONB.toJson(details.labels()));
            return find(tx, known.get().id());
        }
        AgentId id = AgentId.random();
        tx.update(
                "agent.insert",
                "id",
                id,
                "agent_pool_id",
                pool.orElse(null),
                // Another pool's agent may live on a copy of the directory: it is somebody else.
                "instance_id",
                details.instanceId()
                        .filter(instance -> !tx.exists("agent.by_instance", "instance_id", instance))
                        .orElse(null),
                "name",
                details.name().orElse(null),
                "ip_address",
                details.ipAddress().orElse(null),
                "version",
                details.version().orElse(null),
                "arch",
                details.arch().orElse(null),
                "os",
                details.os().orElse(null),
                "concurrency",
                details.concurrency(),
                "extended",
                details.extended(),
                "accept",
                details.accept(),
                "dialect",
                details.dialect(),
                "executor",
                details.executor().orElse(null),
                "engines",
                details.engines(),
                "labels",
                JSONB.toJson(details.labels()));
        return find(tx, id);
    }

    /**
     * Notes that the agent spoke.
     *
     * @param status {@code idle}, {@code busy} or {@code exited}
     * @throws Refusal.Gone when it was given up before
     */
    public static RegisteredAgent ping(Tx tx, AgentId id, String status) {
        return tx.one("agent.ping", Agents::agent, "id", id, "status", status).orElseThrow(Agents::gone);
    }

    /**
     * Notes that the agent asks for jobs of these kinds.
     *
     * @throws Refusal.Gone when it was given up before
     */
    public static RegisteredAgent poll(Tx tx, AgentId id, List<String> accept) {
        return tx.one("agent.poll", Agents::agent, "id", id, "accept", accept).orElseThrow(Agents::gone);
    }

    private static Refusal.Gone gone() {
        return new Refusal.Gone("The server gave this agent up: register again.");
    }

    /**
     * How long agents may be silent. All of it is measured by the database's clock.
     *
     * @param unknownAfter three times as long for one that does not know our extensions
     * @param erroredAfter beyond that
     * @param attentive for how long the server has been listening without a gap: silence before it does not count
     */
    public record Silence(Duration unknownAfter, Duration erroredAfter, Duration attentive) {}

    /** Marks those that fell silent; gives those that turned unknown now. */
    public static List<RegisteredAgent> markUnknown(Tx tx, Silence silence) {
        return tx.list(
                "agent.mark_unknown",
                Agents::agent,
                "unknown_seconds",
                seconds(silence.unknownAfter()),
                "attentive_seconds",
                seconds(silence.attentive()));
    }

    /** Gives up those that have been unknown for too long, and gives them. */
    public static List<RegisteredAgent> markErrored(Tx tx, Silence silence) {
        return tx.list(
                "agent.mark_errored",
                Agents::agent,
                "unknown_seconds",
                seconds(silence.unknownAfter()),
                "errored_seconds",
                seconds(silence.erroredAfter()),
                "attentive_seconds",
                seconds(silence.attentive()));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** Forgets agents that have been gone for so long; gives how many. */
    public static long purge(Tx tx, Duration after) {
        return tx.update("agent.purge", "seconds", seconds(after));
    }

    public static RegisteredAgent find(Sql sql, AgentId id) {
        return known(sql, id).orElseThrow(Refusal.NotFound::new);
    }

    /** Empty once it is deleted or forgotten. */
    public static Optional<RegisteredAgent> known(Sql sql, AgentId id) {
        return sql.one("agent.by_id", Agents::agent, "id", id);
    }

    private static RegisteredAgent visible(Sql sql, Caller caller, AgentId id) {
        RegisteredAgent agent = find(sql, id);
        AgentPoolId pool = agent.pool().orElseThrow(Refusal.NotFound::new);
        AgentPools.require(sql, caller, AgentPools.find(sql, pool), OrganizationPermission.CAN_UPDATE_AGENT_POOLS);
        return agent;
    }

    private static Map<String, String> labels(String json) {
        return json.equals("{}") ? Map.of() : JSONB.fromJson(json, LABELS);
    }

    static RegisteredAgent agent(Row row) {
        return new RegisteredAgent(
                new AgentId(row.text("id")),
                row.optionalText("agent_pool_id").map(AgentPoolId::new),
                row.optionalText("name"),
                row.optionalText("ip_address"),
                row.optionalText("version"),
                row.optionalText("os"),
                row.optionalText("arch"),
                row.text("status"),
                row.flag("extended"),
                row.flag("draining"),
                row.optionalText("drain_message"),
                Dialect.of(row.text("dialect")),
                row.integer("concurrency"),
                row.optionalText("executor"),
                row.texts("engines"),
                labels(row.text("labels")),
                row.instant("created_at"),
                row.instant("last_ping_at"));
    }
}
