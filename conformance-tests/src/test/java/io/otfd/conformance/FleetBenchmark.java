package io.otfd.conformance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Prints how soon a thousand runs come to fifty agents, and how many agents that wait one server holds. Agents are light: in one
 * process, with an engine that ends at once. Each stage has a pool of its own.
 */
final class FleetBenchmark {

    private static final int RUNS = 1_000;
    private static final int AGENTS = 50;
    private static final int WORKSPACES = 40;
    private static final int PROBES = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Heartbeats and polls come by evenly over that time. */
    private static final Duration WATCHED = Duration.ofSeconds(30);

    private static final Duration SETTLING = Duration.ofSeconds(15);

    private final RunningOtfd otfd;
    private final Given given;

    FleetBenchmark(RunningOtfd otfd) {
        this.otfd = otfd;
        this.given = new Given(otfd.api());
    }

    /** @param idle numbers of agents that wait, one stage each */
    void measure(List<Integer> idle) {
        crowd();
        idle.forEach(this::idle);
    }

    private record Target(Workspace workspace, String configuration) {}

    private List<Target> targets(Organization organization, int count) {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Workspace workspace = given.workspace(organization);
            targets.add(new Target(workspace, given.configuration(workspace, Map.of("main.tf", "#\n"))));
        }
        return targets;
    }

    private void crowd() {
        Organization organization = given.organizationWithPool();
        List<Target> targets = targets(organization, WORKSPACES);
        try (Fleet fleet = new Fleet(given, organization.pool().orElseThrow())) {
            fleet.grow(AGENTS);
            long begin = System.nanoTime();
            Map<String, Long> created = new ConcurrentHashMap<>();
            Load.Rate rate = Load.calls(RUNS, () -> new Creator(targets, created));
            fleet.awaitEnds(RUNS, PATIENCE);
            double seconds = (System.nanoTime() - begin) / 1e9;
            BenchTable.row(
                    "create run, 8 clients, %d agents waiting".formatted(AGENTS), BenchTable.text(rate), "", "", "");
            BenchTable.row(
                    "%d runs, %d agents: created to started".formatted(RUNS, AGENTS),
                    waits(created, fleet.starts()).toString(),
                    "",
                    "",
                    "");
            Figures refills = new Figures();
            fleet.refills().forEach(refills::addNanoseconds);
            BenchTable.row("the same: freed agent to its next run", refills.toString(), "", "p99 <= 500 ms", "");
            BenchTable.row(
                    "the same: all runs",
                    "%.1f s, %.0f runs/s, %d times 503".formatted(seconds, RUNS / seconds, fleet.troubles()),
                    "18.5 runs/s",
                    ">= 75 runs/s",
                    "");
        }
    }

    private void idle(int count) {
        Organization organization = given.organizationWithPool();
        String pool = organization.pool().orElseThrow();
        Target target = targets(organization, 1).getFirst();
        try (Fleet fleet = new Fleet(given, pool)) {
            long begin = System.nanoTime();
            fleet.grow(count);
            double registered = (System.nanoTime() - begin) / 1e9;
            fleet.watch(SETTLING);
            ServerLoad before = ServerLoad.of(otfd);
            fleet.watch(WATCHED);
            ServerLoad after = ServerLoad.of(otfd);
            int there = given.api().get("/agent-pools/{id}", pool).path("data.attributes.'otf-demand'.agents-idle");
            double server = after.server(before);
            double database = after.database(before);
            BenchTable.row(
                    "%,d agents that wait".formatted(count),
                    "%,d idle, registered in %.1f s, %d times 503".formatted(there, registered, fleet.troubles()),
                    "",
                    "",
                    "");
            BenchTable.row(
                    "the same: processors, server + database",
                    "%.2f + %.2f".formatted(server, database),
                    "",
                    "",
                    "%.3f + %.3f per 1,000 agents".formatted(server * 1000 / count, database * 1000 / count));
            BenchTable.row(
                    "the same: agents per processor",
                    "%,.0f".formatted(count / (server + database)),
                    "",
                    ">= 5,000",
                    "%,.0f without the database's".formatted(count / server));
            BenchTable.row("the same: resident memory of the server", after.megabytes() + " MB", "", "", "");
            BenchTable.row("the same: created to started", probe(fleet, target).toString(), "", "p99 <= 1 s", "");
        }
    }

    /** One run after another. */
    private Figures probe(Fleet fleet, Target target) {
        Map<String, Long> created = new ConcurrentHashMap<>();
        try (Creator creator = new Creator(List.of(target), created)) {
            for (int i = 0; i < PROBES; i++) {
                creator.call(i);
                fleet.awaitEnds(i + 1, PATIENCE);
            }
        } catch (IOException exception) {
            throw new IllegalStateException(exception);
        }
        return waits(created, fleet.starts());
    }

    private static Figures waits(Map<String, Long> created, Map<String, Long> started) {
        Figures waits = new Figures();
        created.forEach((run, at) -> waits.addNanoseconds(started.get(run) - at));
        return waits;
    }

    /** Makes speculative runs, which do not wait for one another. */
    private final class Creator implements Load.Client {

        private final List<Target> targets;
        private final Map<String, Long> created;
        private final KeptConnection connection;

        /** @param created when each was asked for, by run */
        Creator(List<Target> targets, Map<String, Long> created) throws IOException {
            this.targets = targets;
            this.created = created;
            this.connection = new KeptConnection(given.api().server());
        }

        @Override
        public void call(int number) throws IOException {
            Target target = targets.get(number % targets.size());
            KeptConnection.Request request = KeptConnection.Request.post(
                    "/api/v2/runs",
                    Document.of("runs")
                            .with("plan-only", true)
                            .toOne("workspace", "workspaces", target.workspace().id())
                            .toOne("configuration-version", "configuration-versions", target.configuration()));
            long begin = System.nanoTime();
            KeptConnection.Answer answer = connection.exchange(request);
            if (answer.status() != 201) {
                throw new IOException("POST /runs answered " + answer);
            }
            created.put(answer.body().replaceFirst("(?s).*?\"(run-[A-Za-z0-9]{16})\".*", "$1"), begin);
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }
}
