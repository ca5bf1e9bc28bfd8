package io.otfd.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Prints what this machine measures beside the figures of OTF 0.6.3 on a machine with two cores, and beside our goals. The load
 * generator shares the machine with the server: compare ratios within one run. Arguments: number of runs (20), number of
 * workspaces (2000), and flags for otfd (for instance --http).
 */
final class Benchmark {

    private static final Duration READING = Duration.ofSeconds(5);
    private static final String ROW = "%-44s %-38s %-26s %-22s %s%n";

    private final Sandbox sandbox = new Sandbox();
    private final int runs;
    private final int workspaces;
    private final String[] flags;

    private Benchmark(int runs, int workspaces, String[] flags) {
        this.runs = runs;
        this.workspaces = workspaces;
        this.flags = flags;
    }

    public static void main(String[] arguments) {
        List<String> numbers =
                List.of(arguments).stream().filter(text -> text.matches("\\d+")).toList();
        String[] flags = List.of(arguments).stream()
                .filter(text -> !text.matches("\\d+"))
                .toArray(String[]::new);
        Benchmark benchmark = new Benchmark(
                numbers.isEmpty() ? 20 : Integer.parseInt(numbers.get(0)),
                numbers.size() < 2 ? 2000 : Integer.parseInt(numbers.get(1)),
                flags);
        try {
            benchmark.measure();
        } finally {
            benchmark.sandbox.close();
        }
        System.exit(0);
    }

    private void measure() {
        StampedEngine engine = new StampedEngine(sandbox);
        RunningOtfd otfd = sandbox.otfd(engine.environment(), flags);
        System.out.printf(ROW, "what", "measured", "OTF 0.6.3", "goal", "");
        starts(otfd);
        Given given = new Given(otfd.api());
        Organization remote = given.organization();
        runs("server agent", given, engine, remote, 60, 163);
        Organization pool = given.organizationWithPool();
        RunningAgent agent =
                sandbox.agent(otfd.server(), given.poolToken(pool.pool().orElseThrow()), engine.environment());
        runs("pool agent", given, engine, pool, 49, 106);
        load(new Load(otfd.server()), given, remote);
        row(
                "resident memory of the server",
                "%.0f MB".formatted(residentMegabytes(otfd.pid())),
                "57-80 MB",
                "<= 250 MB",
                "");
        row(
                "resident memory of the agent",
                "%.0f MB".formatted(residentMegabytes(agent.process().pid())),
                "36 MB",
                "<= 100 MB",
                "");
    }

    private void starts(RunningOtfd otfd) {
        Figures figures = new Figures();
        for (int i = 0; i < 5; i++) {
            otfd.stop();
            long start = System.nanoTime();
            otfd.launch();
            awaitFirstAnswer(otfd.server());
            figures.addNanoseconds(System.nanoTime() - start);
        }
        row(
                "start to healthy, existing data",
                figures.toString(),
                "700 ms",
                "<= 1500 ms",
                ratio(figures.median(), 700));
    }

    private void runs(
            String who, Given given, StampedEngine engine, Organization organization, double otf50, double otf99) {
        RunTimes times = new RunTimes(given, engine);
        times.measure(organization, runs, sandbox);
        row(
                "run created to engine started, " + who,
                times.dispatch.toString(),
                "p50 %.0f ms, p99 %.0f ms".formatted(otf50, otf99),
                "p50 <= 25, p99 <= 100",
                ratio(times.dispatch.median(), otf50));
        row("whole speculative run, " + who, times.whole.toString(), "p50 371-399 ms", "", "");
        row("the bare engine's three commands", times.bare.toString(), "203-227 ms", "the limit", "");
        row(
                "whole run to bare engine",
                "%.2f".formatted(times.whole.median() / times.bare.median()),
                "1.8",
                "<= 1.25",
                "");
    }

    private void load(Load load, Given given, Organization organization) {
        String list = "/api/v2/organizations/" + organization.name() + "/workspaces";
        Load.Rate creates = load.requests(
                workspaces,
                number -> load.request(list)
                        .POST(HttpRequest.BodyPublishers.ofString(Document.of("workspaces")
                                .with("name", "load-%06d".formatted(number))
                                .json()))
                        .build());
        rate("create workspace, 8 clients", creates, "192-205 /s", ">= 1000 /s", 200);
        String id = given.workspace(organization).id();
        rate("ping", load.reads("/api/v2/ping", READING), "13000-26000 /s (wrk)", ">= 30000 /s (wrk)", 13_000);
        rate("GET workspace by id", load.reads("/api/v2/workspaces/" + id, READING), "252-329 /s", ">= 6000 /s", 290);
        String page = list + "?page%5Bsize%5D=100&page%5Bnumber%5D=";
        rate("list 100 workspaces, first page", load.reads(page + 1, READING), "3.0 /s", ">= 300 /s", 3);
        int last = Math.max(1, workspaces / 100);
        rate("list 100 workspaces, last page", load.reads(page + last, READING), "3.0 /s", ">= 250 /s", 3);
    }

    private static void rate(String what, Load.Rate rate, String otf, String goal, double otfPerSecond) {
        row(
                what,
                String.format(
                        Locale.ROOT,
                        "%.0f /s, p50 %.1f, p99 %.1f ms",
                        rate.perSecond(),
                        rate.figures().at(0.5),
                        rate.figures().at(0.99)),
                otf,
                goal,
                "%.1f x".formatted(rate.perSecond() / otfPerSecond));
    }

    private static String ratio(double measured, double otf) {
        return "%.2f of OTF's".formatted(measured / otf);
    }

    private static void row(String what, String measured, String otf, String goal, String ratio) {
        System.out.printf(ROW, what, measured, otf, goal, ratio);
    }

    private static void awaitFirstAnswer(Server server) {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/healthz")).build();
        try (HttpClient client = server.client()) {
            Eventually.value("GET /healthz answering 200", () -> {
                long patience = System.nanoTime() + Duration.ofSeconds(2).toNanos();
                while (System.nanoTime() < patience) {
                    if (healthy(client, request)) {
                        return Optional.of(true);
                    }
                }
                return Optional.empty();
            });
        }
    }

    private static boolean healthy(HttpClient client, HttpRequest request) {
        try {
            Thread.sleep(Duration.ofMillis(5));
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException exception) {
            return false;
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        }
    }

    private static double residentMegabytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024.0;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
