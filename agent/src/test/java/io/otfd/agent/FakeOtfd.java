package io.otfd.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.otfd.agent.protocol.AgentStatus;
import io.otfd.agent.protocol.JobData;
import io.otfd.agent.protocol.JobOffer;
import io.otfd.agent.protocol.JobReport;
import io.otfd.agent.protocol.Registered;
import io.otfd.agent.protocol.Registration;
import io.otfd.agent.protocol.Signal;
import io.otfd.agent.protocol.StatusReply;
import io.otfd.agent.protocol.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that speaks the agent protocol from memory. */
public final class FakeOtfd implements AutoCloseable {

    public static final String TOKEN = "pool-token-very-secret";

    public final List<Registration> registrations = new CopyOnWriteArrayList<>();
    public final BlockingQueue<AgentStatus> statuses = new LinkedBlockingQueue<>();
    public final BlockingQueue<JobReport> ends = new LinkedBlockingQueue<>();
    public final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    public final List<String> requests = new CopyOnWriteArrayList<>();
    public final List<String> stateVersions = new CopyOnWriteArrayList<>();

    /** What a registration hands back. */
    public final List<JobOffer> held = new CopyOnWriteArrayList<>();

    private final BlockingQueue<JobOffer> queue = new LinkedBlockingQueue<>();
    private final Map<String, ByteArrayOutputStream> logs = new ConcurrentHashMap<>();
    private final Map<String, String> signals = new ConcurrentHashMap<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private final int port;
    private volatile String session = "";
    private volatile int gone;
    private volatile boolean mute;
    private volatile boolean refusesStates;
    private volatile boolean stranger;
    private volatile String proxyUser = "";

    /** What status updates are answered with. */
    public final List<StatusReply.Message> messages = new CopyOnWriteArrayList<>();

    /** Runs that have nothing more for whoever asks for their jobs alone. */
    public final List<String> over = new CopyOnWriteArrayList<>();

    /** Of the offers made from now on. */
    public volatile String engine;

    /** Of the offers made from now on: where the engine is, and its SHA-256. */
    public volatile String engineUrl;

    public volatile String engineChecksum;

    /** Header {@code Repr-Digest} of blobs, by path. */
    public final Map<String, String> digests = new ConcurrentHashMap<>();

    private volatile HttpServer server;

    /** Answers 500 to that many requests for the log, to be counted down. */
    public final AtomicInteger logTroubles = new AtomicInteger();

    /** Answers 503 to that many reports that a job runs, to be counted down. */
    public final AtomicInteger runningTroubles = new AtomicInteger();

    public FakeOtfd() {
        server = listen(0);
        port = server.getAddress().getPort();
    }

    private HttpServer listen(int wanted) {
        try {
            HttpServer fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 50);
            fresh.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            fresh.createContext("/", this::handle);
            fresh.start();
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Breaks all connections and refuses new ones. */
    public void down() {
        server.stop(0);
    }

    public void up() {
        server = listen(port);
    }

    /** No state becomes a version from now on. */
    public void refuseStates() {
        refusesStates = true;
    }

    /** The current session is answered with this status from now on. */
    public void forgetSession(int status) {
        session = "";
        gone = status;
    }

    /** The job gets a new lease, as by a registration whose answer never arrives. */
    public void renewLease(String runId) {
        held.replaceAll(offer -> offer.jobId().equals(runId)
                ? new JobOffer(offer.type(), offer.jobId(), offer.leaseId() + "-renewed", offer.data())
                : offer);
    }

    /** Requests for signals are answered with nothing from now on. */
    public void muteSignals() {
        mute = true;
    }

    /** Something that answers every request with a page, as proxies do. */
    public void replaceByStranger() {
        stranger = true;
    }

    /** From now on this is a proxy that wants to know who asks. */
    public void demandProxyUser(String user, String password) {
        proxyUser = okhttp3.Credentials.basic(user, password);
    }

    public void comeBack() {
        stranger = false;
    }

    private boolean isLeased(String runId, String lease) {
        return held.stream()
                .anyMatch(
                        offer -> offer.jobId().equals(runId) && offer.leaseId().equals(lease));
    }

    public void signal(String runId, String kind) {
        synchronized (signals) {
            signals.put(runId, kind);
            signals.notifyAll();
        }
    }

    public void queue(JobOffer offer) {
        queue.add(offer);
    }

    /** The log of the plan. */
    public String log(String runId) {
        return log(runId, "plan");
    }

    public String log(String runId, String phase) {
        return logs.getOrDefault("/blob/" + runId + "/" + phase + "-log", new ByteArrayOutputStream())
                .toString(StandardCharsets.UTF_8);
    }

    public JobOffer plan(String runId, byte[] configuration) {
        return offer("plan", runId, configuration, Map.of(), "7200s", false);
    }

    public JobOffer offer(
            String type,
            String runId,
            byte[] configuration,
            Map<String, String> environment,
            String timeout,
            boolean planOnly) {
        blobs.put("/blob/" + runId + "/configuration", configuration);
        String base = address() + "/blob/" + runId + "/";
        JobData data = new JobData(
                runId,
                type,
                "acme",
                "web",
                "ws-1",
                "Default Project",
                "plan-1",
                "1.11.4",
                engineUrl,
                engineChecksum,
                base + type + "-log",
                base + "configuration",
                base + "filesystem",
                base + "plan",
                base + "schemas",
                base + "errored-state",
                "run-token",
                timeout,
                "",
                false,
                false,
                false,
                false,
                false,
                planOnly,
                List.of("terraform_data.a"),
                List.of(),
                List.of(),
                "name = \"value\"\n",
                environment,
                3,
                engine,
                null,
                false);
        return new JobOffer(type, runId, "lease-" + runId, data);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(exchange.getRequestMethod() + " " + path);
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!proxyUser.isEmpty()
                    && !proxyUser.equals(exchange.getRequestHeaders().getFirst("Proxy-Authorization"))) {
                exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"here\"");
                answer(exchange, 407, null);
            } else if (stranger) {
                byte[] page = "<html>Welcome</html>".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
            } else if (path.startsWith("/blob/")) {
                blob(exchange, path, body);
            } else if (path.startsWith("/api/v2/")) {
                stateVersion(exchange, body);
            } else if (path.equals(AgentApi.REGISTER)) {
                register(exchange, body);
            } else if (!("Bearer " + session)
                    .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, gone, null);
            } else if (path.equals(AgentApi.STATUS)) {
                status(exchange, body);
            } else if (path.equals(AgentApi.JOBS)) {
                nextJob(exchange);
            } else {
                nextSignal(exchange, path.split("/")[4]);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void register(HttpExchange exchange, byte[] body) throws IOException {
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, null);
            return;
        }
        registrations.add(parse(body, Registration.class));
        session = "session-" + sessions.incrementAndGet();
        answer(
                exchange,
                200,
                new Registered(
                        "agent-1", "apool-1", "apool-1", session, "idle", "127.0.0.1", false, 1, 1, List.copyOf(held)));
    }

    private void status(HttpExchange exchange, byte[] body) throws IOException {
        AgentStatus status = parse(body, AgentStatus.class);
        statuses.add(status);
        JobReport report = status.job();
        if (report != null
                && !isLeased(report.data() == null ? null : report.data().runId(), report.leaseId())) {
            answer(exchange, 409, null);
            return;
        }
        if (report != null
                && report.status().equals("running")
                && runningTroubles.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            answer(exchange, 503, null);
            return;
        }
        if (report != null && !report.status().equals("running")) {
            held.removeIf(offer -> offer.jobId().equals(report.data().runId()));
            ends.add(report);
        }
        answer(exchange, 200, new StatusReply(messages));
    }

    private void nextJob(HttpExchange exchange) throws IOException, InterruptedException {
        String query = exchange.getRequestURI().getQuery();
        if (over.stream().anyMatch(run -> query.contains("run=" + run))) {
            answer(exchange, 404, null);
            return;
        }
        JobOffer offer = queue.poll(1, TimeUnit.SECONDS);
        if (offer != null) {
            held.add(offer);
        }
        answer(exchange, offer == null ? 204 : 200, offer);
    }

    private void nextSignal(HttpExchange exchange, String runId) throws IOException, InterruptedException {
        String query = exchange.getRequestURI().getQuery();
        String after = query.replaceAll(".*after=(\\w+).*", "$1");
        String lease = query.replaceAll(".*lease_id=([^&]+).*", "$1");
        String kind;
        synchronized (signals) {
            long end = System.nanoTime() + 1_000_000_000L;
            while ((mute
                            || isLeased(runId, lease)
                                    && signals.getOrDefault(runId, after).equals(after))
                    && System.nanoTime() < end) {
                signals.wait(50);
            }
            kind = mute ? after : isLeased(runId, lease) ? signals.getOrDefault(runId, after) : "lease_lost";
        }
        answer(exchange, kind.equals(after) ? 204 : 200, kind.equals(after) ? null : new Signal(kind));
    }

    private void blob(HttpExchange exchange, String path, byte[] body) throws IOException {
        if (exchange.getRequestHeaders().containsKey("Authorization")) {
            answer(exchange, 400, null);
            return;
        }
        switch (exchange.getRequestMethod()) {
            case "GET" -> {
                byte[] blob = blobs.get(path);
                if (digests.containsKey(path)) {
                    exchange.getResponseHeaders().set("Repr-Digest", digests.get(path));
                }
                exchange.sendResponseHeaders(blob == null ? 404 : 200, blob == null ? -1 : blob.length);
                if (blob != null) {
                    exchange.getResponseBody().write(blob);
                }
            }
            case "PATCH" -> appendLog(exchange, path, body);
            default -> {
                blobs.put(path, body);
                answer(exchange, 200, null);
            }
        }
    }

    private void appendLog(HttpExchange exchange, String path, byte[] body) throws IOException {
        if (logTroubles.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            answer(exchange, 500, null);
            return;
        }
        ByteArrayOutputStream log = logs.computeIfAbsent(path, key -> new ByteArrayOutputStream());
        synchronized (log) {
            int offset = Integer.parseInt(exchange.getRequestHeaders().getFirst(Wire.LOG_OFFSET_HEADER));
            boolean gap = offset > log.size();
            int known = log.size() - offset;
            if (!gap && known < body.length) {
                log.write(body, known, body.length - known);
            }
            exchange.getResponseHeaders().set(Wire.LOG_OFFSET_HEADER, Integer.toString(log.size()));
            answer(exchange, gap ? 409 : 200, null);
        }
    }

    private void stateVersion(HttpExchange exchange, byte[] body) throws IOException {
        if (!"Bearer run-token".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, null);
            return;
        }
        stateVersions.add(new String(body, StandardCharsets.UTF_8));
        if (refusesStates) {
            answer(exchange, 409, null);
            return;
        }
        byte[] answer = """
                {"data":{"id":"sv-1","type":"state-versions","attributes":{"status":"pending",
                "hosted-state-upload-url":"%s/blob/state/upload"}}}""".formatted(address()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.api+json");
        exchange.sendResponseHeaders(201, answer.length);
        exchange.getResponseBody().write(answer);
    }

    private static <T> T parse(byte[] body, Class<T> type) {
        return Wire.json().fromJson(new String(body, StandardCharsets.UTF_8), type);
    }

    private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = body == null ? new byte[0] : Wire.json().toJson(body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
