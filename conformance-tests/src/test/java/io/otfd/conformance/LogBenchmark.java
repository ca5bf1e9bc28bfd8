package io.otfd.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A log that grows by a megabyte a second, from a real agent to as many readers as there are. */
final class LogBenchmark {

    private static final List<Integer> READERS = List.of(1, 200);
    private static final int SECONDS = 10;

    /** As the CLI asks. */
    private static final int LIMIT = 65_536;

    /** The CLI waits longer the longer nothing comes; a page of ours is told at once. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final byte END = 3;

    private final RunningOtfd otfd;
    private final Given given;
    private final Sandbox sandbox;

    LogBenchmark(RunningOtfd otfd, Given given, Sandbox sandbox) {
        this.otfd = otfd;
        this.given = given;
        this.sandbox = sandbox;
    }

    void measure() {
        Organization organization = given.organizationWithPool();
        sandbox.agent(
                otfd.server(),
                given.poolToken(organization.pool().orElseThrow()),
                LoudEngine.environment(sandbox, SECONDS));
        for (int readers : READERS) {
            measure(organization, readers);
        }
    }

    private void measure(Organization organization, int readers) {
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, Map.of("plan-only", true), "");
        String plan = given.api()
                .get("/runs/{id}", run)
                .then()
                .statusCode(200)
                .extract()
                .path("data.relationships.plan.data.id");
        URI log = URI.create(given.api().attribute("log-read-url", "/plans/{id}", plan));
        ProcessMemory memory = new ProcessMemory(otfd.pid());
        memory.forgetPeak();
        Figures latency = new Figures();
        long bytes = 0;
        long start = System.nanoTime();
        try (HttpClient client = otfd.server().client();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reader>> all = new ArrayList<>();
            for (int i = 0; i < readers; i++) {
                all.add(threads.submit(new Reader(client, log)));
            }
            for (Future<Reader> each : all) {
                bytes += each.get().offset;
                each.get().nanoseconds.forEach(latency::addNanoseconds);
            }
        } catch (ExecutionException exception) {
            throw new IllegalStateException(exception.getCause());
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        BenchTable.row(
                "log of 1 MB/s to %d readers".formatted(readers),
                String.format(
                        Locale.ROOT,
                        "%.0f MB/s, p50 %.0f, p99 %.0f ms, peak %d MB",
                        bytes / 1048576.0 / seconds,
                        latency.at(0.5),
                        latency.at(0.99),
                        memory.peak()),
                "",
                "",
                "");
    }

    /** Follows the log to its end, as the CLI does. */
    private static final class Reader implements Callable<Reader> {
        private final HttpClient client;
        private final URI log;
        private final List<Long> nanoseconds = new ArrayList<>();
        private long offset;

        Reader(HttpClient client, URI log) {
            this.client = client;
            this.log = log;
        }

        @Override
        public Reader call() throws IOException, InterruptedException {
            String rest = "";
            while (true) {
                HttpResponse<byte[]> answer = client.send(
                        HttpRequest.newBuilder(URI.create(log + "?limit=" + LIMIT + "&offset=" + offset))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                if (answer.statusCode() != 200) {
                    throw new IOException("the log answered " + answer.statusCode());
                }
                byte[] bytes = answer.body();
                offset += bytes.length;
                rest = stamps(rest + new String(bytes, StandardCharsets.ISO_8859_1));
                if (bytes.length > 0 && bytes[bytes.length - 1] == END) {
                    return this;
                }
                if (bytes.length == 0) {
                    Thread.sleep(PAUSE);
                }
            }
        }

        /** @return what may be the beginning of a stamp that is not complete */
        private String stamps(String text) {
            Instant now = Instant.now();
            long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
            int from = 0;
            while (true) {
                int at = text.indexOf(LoudEngine.STAMP, from);
                if (at < 0) {
                    return text.substring(Math.max(from, text.length() - LoudEngine.STAMP.length()));
                }
                int end = text.indexOf('\n', at);
                if (end < 0) {
                    return text.substring(at);
                }
                nanoseconds.add(nanos
                        - Long.parseLong(text.substring(at + LoudEngine.STAMP.length(), end)
                                .strip()));
                from = end;
            }
        }
    }
}
