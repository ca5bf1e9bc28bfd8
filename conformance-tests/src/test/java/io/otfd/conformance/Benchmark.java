package io.otfd.conformance;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Prints what this machine measures beside the figures of OTF 0.6.3 on a machine with two cores, and beside our goals. The load
 * generator shares the machine with the server: compare ratios within one run. Arguments: number of runs (20), numbers of
 * workspaces at which lists are read (10000 100000), and flags for otfd (for instance --http). The words pages, state and log
 * measure these alone.
 */
final class Benchmark {

    private static final String PAGES = "pages";

    private static final String STATE = "state";

    private static final String LOG = "log";

    private static final String FLEET = "fleet";

    private static final Set<String> WORDS = Set.of(PAGES, STATE, LOG, FLEET);

    private final Sandbox sandbox = new Sandbox();
    private final int runs;
    private final List<Integer> workspaces;
    private final String[] flags;

    private Benchmark(int runs, List<Integer> workspaces, String[] flags) {
        this.runs = runs;
        this.workspaces = workspaces;
        this.flags = flags;
    }

    public static void main(String[] arguments) {
        if (List.of(arguments).contains(FLEET)) {
            fleet(arguments);
            System.exit(0);
        }
        List<Integer> numbers = numbers(arguments);
        Benchmark benchmark = new Benchmark(
                numbers.isEmpty() ? 20 : numbers.getFirst(),
                numbers.size() < 2 ? List.of(10_000, 100_000) : numbers.subList(1, numbers.size()),
                flags(arguments));
        try {
            List<String> words = Stream.of(arguments).filter(WORDS::contains).toList();
            if (words.isEmpty()) {
                benchmark.measure();
            } else {
                words.forEach(benchmark::measure);
            }
        } finally {
            benchmark.sandbox.close();
        }
        System.exit(0);
    }

    private static void fleet(String[] arguments) {
        List<Integer> numbers = numbers(arguments);
        try (Sandbox sandbox = new Sandbox()) {
            BenchTable.head();
            new FleetBenchmark(sandbox.otfd(flags(arguments)))
                    .measure(numbers.isEmpty() ? List.of(500, 1_000, 2_000, 5_000) : numbers);
        }
    }

    private static List<Integer> numbers(String[] arguments) {
        return Stream.of(arguments)
                .filter(text -> text.matches("\\d+"))
                .map(Integer::valueOf)
                .toList();
    }

    private static String[] flags(String[] arguments) {
        return Stream.of(arguments)
                .filter(text -> !text.matches("\\d+") && !WORDS.contains(text))
                .toArray(String[]::new);
    }

    private void measure() {
        StampedEngine engine = new StampedEngine(sandbox);
        RunningOtfd otfd = sandbox.otfd(engine.environment(), flags);
        BenchTable.head();
        starts(otfd);
        Given given = new Given(otfd.api());
        Organization remote = given.organization();
        runs("server agent", given, engine, remote, 60, 163);
        Organization pool = given.organizationWithPool();
        RunningAgent agent =
                sandbox.agent(otfd.server(), given.poolToken(pool.pool().orElseThrow()), engine.environment());
        runs("pool agent", given, engine, pool, 49, 106);
        Organization crowd = given.organization();
        ApiBenchmark api = new ApiBenchmark(otfd, given, crowd);
        api.measure(workspaces);
        new PagesBenchmark(otfd.server(), given).measure(crowd, workspaces.getLast(), remote);
        new StateBenchmark(otfd, given, given.organization(), sandbox.directory()).measure();
        new LogBenchmark(otfd, given, sandbox).measure();
        api.measureInserts();
        BenchTable.row(
                "resident memory of the server",
                new ProcessMemory(otfd.pid()).resident() + " MB",
                "57-80 MB",
                "<= 250 MB",
                "");
        BenchTable.row(
                "resident memory of the agent",
                new ProcessMemory(agent.process().pid()).resident() + " MB",
                "36 MB",
                "<= 100 MB",
                "");
    }

    private void measure(String word) {
        RunningOtfd otfd = sandbox.otfd(flags);
        Given given = new Given(otfd.api());
        BenchTable.head();
        switch (word) {
            case PAGES -> {
                Organization crowd = given.organization();
                new ApiBenchmark(otfd, given, crowd).create(0, workspaces.getLast());
                new PagesBenchmark(otfd.server(), given).measure(crowd, workspaces.getLast(), given.organization());
            }
            case STATE -> new StateBenchmark(otfd, given, given.organization(), sandbox.directory()).measure();
            case LOG -> new LogBenchmark(otfd, given, sandbox).measure();
            default -> throw new IllegalArgumentException(word);
        }
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
        BenchTable.row(
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
        BenchTable.row(
                "run created to engine started, " + who,
                times.dispatch.toString(),
                "p50 %.0f ms, p99 %.0f ms".formatted(otf50, otf99),
                "p50 <= 25, p99 <= 100",
                ratio(times.dispatch.median(), otf50));
        BenchTable.row("whole speculative run, " + who, times.whole.toString(), "p50 371-399 ms", "", "");
        BenchTable.row("the bare engine's three commands", times.bare.toString(), "203-227 ms", "the limit", "");
        BenchTable.row(
                "whole run to bare engine",
                "%.2f".formatted(times.whole.median() / times.bare.median()),
                "1.8",
                "<= 1.25",
                "");
    }

    private static String ratio(double measured, double otf) {
        return "%.2f of OTF's".formatted(measured / otf);
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
}
