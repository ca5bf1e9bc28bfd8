package io.otfd.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** States of several sizes up and down, encrypted, alone and many at once, with the server's memory at its highest. */
final class StateBenchmark {

    private static final List<Integer> MEGABYTES = List.of(1, 10, 100);
    private static final List<Integer> AT_ONCE = List.of(1, 20);

    private final RunningOtfd otfd;
    private final ProcessMemory memory;
    private final Given given;
    private final Organization organization;
    private final Path directory;

    StateBenchmark(RunningOtfd otfd, Given given, Organization organization, Path directory) {
        this.otfd = otfd;
        this.memory = new ProcessMemory(otfd.pid());
        this.given = given;
        this.organization = organization;
        this.directory = directory;
    }

    private interface Transfer {
        void run(String stateVersion) throws IOException, InterruptedException;
    }

    void measure() {
        try (HttpClient client = otfd.server().client()) {
            for (int megabytes : MEGABYTES) {
                LargeState state =
                        LargeState.write(directory.resolve("bench-" + megabytes + ".tfstate"), (long) megabytes << 20);
                for (int atOnce : AT_ONCE) {
                    measure(client, state, megabytes, atOnce);
                }
                Files.delete(state.file());
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private void measure(HttpClient client, LargeState state, int megabytes, int atOnce) {
        List<String> versions = new ArrayList<>();
        for (int i = 0; i < atOnce; i++) {
            versions.add(state.announce(given, given.workspace(organization)));
        }
        String what = "state of %d MB, %d at once, ".formatted(megabytes, atOnce);
        row(what + "up", megabytes, versions, id -> {
            int status = state.upload(given, client, id);
            // As clients do with a busy server.
            while (status == 503) {
                Thread.sleep(1_000);
                status = state.upload(given, client, id);
            }
            if (status != 200) {
                throw new IOException("the upload answered " + status);
            }
        });
        row(what + "down", megabytes, versions, id -> {
            if (!LargeState.download(given, client, id).equals(state.md5())) {
                throw new IOException("the state came back changed");
            }
        });
    }

    private void row(String what, int megabytes, List<String> versions, Transfer transfer) {
        memory.forgetPeak();
        Figures figures = new Figures();
        long start = System.nanoTime();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> all = new ArrayList<>();
            for (String version : versions) {
                all.add(clients.submit(() -> {
                    long begin = System.nanoTime();
                    transfer.run(version);
                    return System.nanoTime() - begin;
                }));
            }
            for (Future<Long> each : all) {
                figures.addNanoseconds(each.get());
            }
        } catch (ExecutionException exception) {
            throw new IllegalStateException(exception.getCause());
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        BenchTable.row(
                what,
                String.format(
                        Locale.ROOT,
                        "%.0f MB/s, p50 %.0f, p99 %.0f ms, peak %d MB",
                        megabytes * versions.size() / seconds,
                        figures.at(0.5),
                        figures.at(0.99),
                        memory.peak()),
                "",
                ">= 100 MB/s alone",
                "");
    }
}
