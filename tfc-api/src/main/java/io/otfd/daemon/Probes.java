package io.otfd.daemon;

import io.helidon.webserver.http.HttpRouting;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.otfd.Refusal;
import io.otfd.agent.Agent;
import io.otfd.agentpool.PoolDemand;
import io.otfd.api.Answer;
import io.otfd.api.RouteTable;
import io.otfd.database.Database;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code /healthz}, {@code /version} and {@code /metrics}: for load balancers and monitoring, without a token. */
final class Probes implements AutoCloseable {

    private final Database database;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final PoolGauges pools;

    Probes(Database database) {
        this.database = database;
        this.pools = new PoolGauges(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbage.bindTo(registry);
        FunctionCounter.builder("otfd.sql.statements", database, Database::executedStatements)
                .description("Statements sent to PostgreSQL")
                .register(registry);
        for (String status : new String[] {"queued", "claimed"}) {
            Gauge.builder("otfd.jobs", () -> count("job.count_by_status", status))
                    .tag("status", status)
                    .description("Plans and applies that wait for an agent, or are in the hands of one")
                    .register(registry);
        }
        for (String status : new String[] {"idle", "busy", "unknown"}) {
            Gauge.builder("otfd.agents", () -> count("agent.count_by_status", status))
                    .tag("status", status)
                    .description("Registered agents")
                    .register(registry);
        }
    }

    private double count(String statement, String status) {
        try {
            return database.read(sql -> sql.count(statement, "status", status));
        } catch (Refusal.Unavailable e) {
            return Double.NaN;
        }
    }

    void register(HttpRouting.Builder routing) {
        routing.get("/healthz", (request, response) -> RouteTable.send(health(), response));
        routing.get("/version", (request, response) -> RouteTable.send(version(), response));
        routing.get(
                "/metrics",
                (request, response) -> RouteTable.send(
                        Answer.of(200, "text/plain; version=0.0.4; charset=utf-8", bytes(scrape())), response));
    }

    private String scrape() {
        try {
            pools.show(database.read(PoolDemand::all));
        } catch (Refusal.Unavailable e) {
            pools.show(List.of());
        }
        return registry.scrape();
    }

    /** Counts a request under its status class. */
    void count(int status, long nanos) {
        registry.timer("otfd.http.requests", "status", Integer.toString(status)).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Answer health() {
        try {
            database.read(sql -> sql.exists("event.alive"));
            return json(200, Map.of("status", "ok", "database", "ok"));
        } catch (RuntimeException e) {
            return json(503, Map.of("status", "unavailable", "database", "unavailable"));
        }
    }

    private static Answer version() {
        return json(200, Map.of("Version", Agent.version()));
    }

    private static Answer json(int status, Map<String, String> members) {
        StringBuilder text = new StringBuilder("{");
        members.forEach((name, value) -> text.append(text.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":\"")
                .append(value)
                .append('"'));
        return Answer.of(status, "application/json", bytes(text.append('}').toString()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
