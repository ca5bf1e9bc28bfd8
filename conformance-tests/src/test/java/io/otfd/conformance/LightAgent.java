package io.otfd.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import javax.net.SocketFactory;

/**
 * An agent for load, of which a JVM holds thousands: it registers, asks for jobs, sends heartbeats and reports as ours do, and
 * its engine is done as soon as it has started.
 */
final class LightAgent implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BUFFER = 2048;
    private static final int ATTEMPTS = 30;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Told of jobs. Times are {@link System#nanoTime()}. */
    interface Watch {

        /** @param freed when the agent was done with the job before, or empty for its first */
        void started(String run, long at, Optional<Long> freed);

        void ended(String run);

        /** A server that had no time was asked again. */
        void askedAgain();
    }

    private final Server pool;
    private final SocketFactory sockets;
    private final Watch watch;
    private final String name;
    private Server session;
    private List<String> headers = List.of();
    private long heartbeatMillis;
    private KeptConnection polls;
    private KeptConnection beats;
    private volatile JsonNode job;
    private volatile boolean closing;
    private volatile Throwable failure;

    /** @param poolToken of the pool that it joins */
    LightAgent(Server server, SocketFactory sockets, String poolToken, String name, Watch watch) {
        this.pool = new Server(server.address(), poolToken, server.ca());
        this.sockets = sockets;
        this.name = name;
        this.watch = watch;
    }

    /** Registers; from then on it works by itself. */
    LightAgent start() throws IOException {
        Map<String, Object> registration = Map.of(
                "name",
                name,
                "arch",
                "amd64",
                "os",
                "linux",
                "version",
                "light",
                "concurrency",
                1,
                "instance_id",
                UUID.randomUUID().toString());
        try (KeptConnection connection = new KeptConnection(pool, sockets, BUFFER)) {
            JsonNode registered = JSON.readTree(expect(
                    connection,
                    new KeptConnection.Request(
                            "POST",
                            "/api/agent/register",
                            Document.json(registration),
                            List.of("Otf-Agent-Protocol: 1"))));
            session = new Server(pool.address(), registered.get("session_token").asText(), pool.ca());
            headers = List.of("Tfc-Agent-Id: " + registered.get("id").asText(), "Tfc-Agent-Accept: plan,apply");
            heartbeatMillis = registered.get("heartbeat_s").asLong() * 1000;
        }
        polls = new KeptConnection(session, sockets, BUFFER);
        beats = new KeptConnection(session, sockets, BUFFER);
        Thread.ofVirtual().start(() -> guarded(this::poll));
        Thread.ofVirtual().start(() -> guarded(this::beat));
        return this;
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void guarded(Work work) {
        try {
            work.run();
        } catch (IOException | InterruptedException | RuntimeException | AssertionError exception) {
            if (!closing) {
                failure = exception;
            }
        }
    }

    /** @throws AssertionError when it has come to grief: nobody needs to wait for it any more */
    void check() {
        if (failure != null) {
            throw new AssertionError("agent " + name + " failed", failure);
        }
    }

    private void poll() throws IOException {
        Optional<Long> freed = Optional.empty();
        while (!closing) {
            KeptConnection.Answer answer =
                    patiently(polls, new KeptConnection.Request("GET", "/api/agent/jobs?hold=50", "", headers));
            if (answer.status() == 200) {
                perform(JSON.readTree(answer.body()), freed);
                freed = Optional.of(System.nanoTime());
            } else if (answer.status() != 204) {
                throw new IOException("GET /api/agent/jobs answered " + answer);
            }
        }
    }

    private void perform(JsonNode offer, Optional<Long> freed) throws IOException {
        String run = offer.get("job_id").asText();
        watch.started(run, System.nanoTime(), freed);
        job = offer;
        report(offer, "busy", Map.of("status", "running"));
        String log =
                URI.create(offer.get("data").get("terraform_log_url").asText()).getRawPath();
        expect(polls, new KeptConnection.Request("PATCH", log, "Terraform\n", List.of("Otf-Log-Offset: 0")));
        job = null;
        report(offer, "idle", Map.of("status", "finished"));
        watch.ended(run);
    }

    private void report(JsonNode offer, String status, Map<String, String> more) throws IOException {
        String type = offer.get("type").asText();
        Map<String, Object> report = Map.of(
                "type",
                type,
                "status",
                more.get("status"),
                "lease_id",
                offer.get("lease_id").asText(),
                "data",
                Map.of("run_id", offer.get("job_id").asText(), "operation", type, "has_changes", false));
        expect(polls, status(Map.of("status", status, "jobs", held(), "job", report)));
    }

    private List<Map<String, String>> held() {
        JsonNode now = job;
        return now == null
                ? List.of()
                : List.of(Map.of(
                        "job_id",
                        now.get("job_id").asText(),
                        "lease_id",
                        now.get("lease_id").asText()));
    }

    private KeptConnection.Request status(Map<String, Object> body) {
        return new KeptConnection.Request("PUT", "/api/agent/status", Document.json(body), headers);
    }

    private void beat() throws IOException, InterruptedException {
        // Those who registered together need not speak together.
        Thread.sleep((long) (Math.random() * heartbeatMillis));
        while (!closing) {
            expect(beats, status(Map.of("status", job == null ? "idle" : "busy", "jobs", held())));
            Thread.sleep(heartbeatMillis);
        }
    }

    private String expect(KeptConnection connection, KeptConnection.Request request) throws IOException {
        KeptConnection.Answer answer = patiently(connection, request);
        if (answer.status() >= 300) {
            throw new IOException(request.method() + " " + request.path() + " answered " + answer);
        }
        return answer.body();
    }

    /** As our agents do: a 503 is asked again, for a while. */
    private KeptConnection.Answer patiently(KeptConnection connection, KeptConnection.Request request)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            KeptConnection.Answer answer = connection.exchange(request);
            if (answer.status() != 503 || attempt == ATTEMPTS || closing) {
                return answer;
            }
            watch.askedAgain();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Says goodbye. */
    @Override
    public void close() throws IOException {
        closing = true;
        try (KeptConnection goodbye = new KeptConnection(session, sockets, BUFFER)) {
            expect(goodbye, status(Map.of("status", "exited", "jobs", List.of())));
        } finally {
            polls.close();
            beats.close();
        }
    }
}
