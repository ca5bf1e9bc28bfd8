package io.otfd.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * What probes and collectors ask: {@code /live} (200 until the agent ends), {@code /ready} (200 while it is registered,
 * the server answers and it takes jobs; otherwise 503 and a sentence), {@code /metrics} (Prometheus text 0.0.4).
 */
final class Health implements AutoCloseable {

    /** What the agent is doing. Any thread may ask. */
    interface State {

        /** Why it takes no jobs now; empty when it does. */
        Optional<String> unready();

        int jobs();

        int slots();
    }

    private final HttpServer server;
    private final State state;
    private final Vitals vitals;

    /** @throws AgentRefused when the address cannot be listened on */
    Health(InetSocketAddress address, State state, Vitals vitals) {
        this.state = state;
        this.vitals = vitals;
        try {
            server = HttpServer.create(address, 16);
        } catch (IOException e) {
            throw new AgentRefused("The health address " + address + " cannot be listened on: " + e.getMessage());
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, 404, "no such page\n"));
        route("/live", () -> Optional.empty());
        route("/ready", state::unready);
        server.createContext("/metrics", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            answer(exchange, 200, metrics());
        });
        server.start();
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    private void route(String path, Supplier<Optional<String>> trouble) {
        server.createContext(path, exchange -> {
            Optional<String> found = trouble.get();
            answer(exchange, found.isPresent() ? 503 : 200, found.orElse("ok") + "\n");
        });
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private String metrics() {
        Map<String, Number> samples = new LinkedHashMap<>();
        int jobs = state.jobs();
        samples.put("otf_agent_info{version=\"" + Agent.version() + "\"}", 1);
        samples.put("otf_agent_ready", state.unready().isEmpty() ? 1 : 0);
        samples.put("otf_agent_jobs", jobs);
        samples.put("otf_agent_slots", state.slots());
        // As tfc-agent's core.status.* arrive in Prometheus.
        samples.put("tfc_agent_core_status_busy", jobs > 0 ? 1 : 0);
        samples.put("tfc_agent_core_status_idle", jobs > 0 ? 0 : 1);
        Runtime jvm = Runtime.getRuntime();
        samples.put("jvm_memory_used_bytes{area=\"heap\"}", jvm.totalMemory() - jvm.freeMemory());
        samples.put("jvm_memory_max_bytes{area=\"heap\"}", jvm.maxMemory());
        samples.put(
                "process_start_time_seconds",
                ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0);
        samples.putAll(vitals.samples());
        StringBuilder text = new StringBuilder();
        String family = "";
        for (Map.Entry<String, Number> sample : samples.entrySet()) {
            String name = sample.getKey().replaceAll("\\{.*", "");
            if (!name.equals(family)) {
                family = name;
                text.append("# TYPE ").append(name).append(name.endsWith("_total") ? " counter\n" : " gauge\n");
            }
            text.append(sample.getKey()).append(' ').append(sample.getValue()).append('\n');
        }
        return text.toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
