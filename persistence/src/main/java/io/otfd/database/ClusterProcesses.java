package io.otfd.database;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL's processes on one cluster, ours or left by a process that died. */
final class ClusterProcesses {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterProcesses.class);
    private static final Duration FAST_STOP = Duration.ofSeconds(30);
    private static final Duration IMMEDIATE_STOP = Duration.ofSeconds(10);
    private static final Path PROC = Path.of("/proc");

    /** What the server writes into its eighth line once it takes connections. */
    private static final String READY = "ready";

    private final Path data;

    ClusterProcesses(Path data) {
        this.data = data;
    }

    /** Whether the server says in its file that it takes connections. */
    boolean ready(long pid) {
        List<String> lines = pidFile();
        return lines.size() >= 8
                && lines.get(0).strip().equals(Long.toString(pid))
                && lines.get(7).strip().equals(READY);
    }

    /**
     * Ends what still runs here. Called under the lock: whoever started it is dead. The server's own check of its
     * process file takes a zombie, or a stranger with the same number, for a server that runs; so the file goes, but
     * only after the last process that could write to the cluster is gone.
     */
    void endLeftovers() throws IOException {
        if (!Files.exists(data)) {
            return;
        }
        List<Long> left = alive();
        if (!left.isEmpty()) {
            LOG.warn("stopping PostgreSQL that an earlier process left running processes={}", left.size());
            if (left.contains(pid())) {
                signal("INT", pid());
            }
            if (!awaitEnd(FAST_STOP)) {
                alive().forEach(pid -> signal("QUIT", pid));
            }
            if (!awaitEnd(IMMEDIATE_STOP)) {
                throw new EmbeddedPostgres.StartException("PostgreSQL processes " + alive()
                        + " of an earlier start still run in " + data + " and do not stop.");
            }
        }
        Files.deleteIfExists(data.resolve("postmaster.pid"));
    }

    /** Fast shutdown of the server that we started: running statements are rolled back, everything is written. */
    void stop(Process server) {
        signal("INT", server.pid());
        if (!ended(server, FAST_STOP)) {
            LOG.warn("PostgreSQL did not stop in {} s, stopping it at once", FAST_STOP.toSeconds());
            signal("QUIT", server.pid());
            if (!ended(server, IMMEDIATE_STOP)) {
                server.destroyForcibly();
            }
        }
    }

    private static boolean ended(Process process, Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    private List<String> pidFile() {
        try {
            return Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (IOException e) {
            return List.of();
        }
    }

    private long pid() {
        List<String> lines = pidFile();
        try {
            return lines.isEmpty() ? 0 : Long.parseLong(lines.get(0).strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Where there is no {@code /proc}, only the server itself is seen, and by its name alone. */
    private List<Long> alive() throws IOException {
        List<Long> pids = new ArrayList<>();
        if (!Files.isDirectory(PROC.resolve("self"))) {
            ProcessHandle.of(pid())
                    .filter(server -> server.info().command().orElse("").endsWith("/postgres"))
                    .ifPresent(server -> pids.add(server.pid()));
            return pids;
        }
        Path home = data.toRealPath();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (ofCluster(process, home)) {
                    pids.add(Long.parseLong(process.getFileName().toString()));
                }
            }
        }
        return pids;
    }

    /** Every process of a server has the cluster for its working directory. A zombie has none. */
    private static boolean ofCluster(Path process, Path home) {
        try {
            return Files.readString(process.resolve("comm")).strip().equals("postgres")
                    && Files.readSymbolicLink(process.resolve("cwd")).equals(home);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean awaitEnd(Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!alive().isEmpty()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause();
        }
        return true;
    }

    static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgres.StartException("The start of PostgreSQL was interrupted.");
        }
    }

    /** Java knows only SIGTERM, which would wait for the last client to leave. */
    private static void signal(String name, long pid) {
        if (pid <= 1) {
            return;
        }
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid + " 2>/dev/null")
                    .start()
                    .waitFor();
        } catch (IOException e) {
            LOG.warn("cannot signal PostgreSQL pid={}", pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
