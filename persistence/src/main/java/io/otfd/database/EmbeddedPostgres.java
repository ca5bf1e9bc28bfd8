package io.otfd.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL that otfd brings along and runs: durable, behind a password, on the loopback address alone. In its
 * directory are {@code data} (the cluster), {@code password}, {@code port}, {@code log/postgres.log} and the programs.
 * The server is a process of its own that outlives a killed otfd; the next start ends it and recovers. A server that
 * ends by itself is started again, on the same port.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    static final String EXTERNAL =
            "To use a PostgreSQL of your own: --database postgres://user:password@host:5432/database";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "otfd";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);
    private static final int LOG_TAIL_LINES = 20;

    private final Path dir;
    private final EmbeddedCommand command = EmbeddedCommand.forThisUser();
    private final ClusterProcesses processes;
    private final ClusterLock lock;
    private String password;
    private int port;
    private volatile Process server;
    private volatile Thread supervisor;
    private volatile boolean closing;

    private EmbeddedPostgres(Path dir, ClusterLock lock) {
        this.dir = dir;
        this.lock = lock;
        this.processes = new ClusterProcesses(dir.resolve("data"));
    }

    /**
     * Starts the server in a directory, which is made when absent, and returns once it takes connections.
     *
     * @throws InUseException when another otfd uses the directory
     * @throws StartException with a sentence for the user when anything else is in the way
     */
    public static EmbeddedPostgres start(Path dir) {
        return start(dir, dir);
    }

    /** As {@link #start(Path)}, with the unpacked programs in a directory that several clusters may share. */
    public static EmbeddedPostgres start(Path dir, Path programs) {
        long begin = System.nanoTime();
        try {
            Path home = Files.createDirectories(
                            dir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                    .toRealPath();
            EmbeddedPostgres postgres = new EmbeddedPostgres(home, ClusterLock.take(home));
            try {
                postgres.open(
                        programs.equals(dir) ? home : programs.toAbsolutePath().normalize());
            } catch (IOException | RuntimeException e) {
                postgres.close();
                throw e;
            }
            LOG.info("started PostgreSQL port={} ms={}", postgres.port, (System.nanoTime() - begin) / 1_000_000);
            return postgres;
        } catch (IOException e) {
            throw new StartException("PostgreSQL cannot be started in " + dir + ": " + e.getMessage(), e);
        }
    }

    private void open(Path programs) throws IOException {
        EmbeddedBinaries binaries = EmbeddedBinaries.unpack(programs, command);
        processes.endLeftovers();
        if (programs.equals(dir)) {
            binaries.deleteOthers(dir);
        }
        Path data = dir.resolve("data");
        if (Files.exists(data)) {
            checkVersion(data, binaries);
            password = storedPassword();
        } else {
            password = freshPassword();
            create(binaries, data);
        }
        run(binaries, data);
        supervisor = Thread.ofVirtual().name("postgres").start(() -> supervise(binaries, data));
    }

    private void supervise(EmbeddedBinaries binaries, Path data) {
        try {
            while (true) {
                int exit = server.waitFor();
                if (closing) {
                    return;
                }
                LOG.error("PostgreSQL ended by itself and is started again port={} exit={}", port, exit);
                try {
                    restart(binaries, data);
                } catch (IOException | StartException e) {
                    LOG.error("PostgreSQL does not start: {}", e.getMessage());
                    Thread.sleep(RESTART_PAUSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void restart(EmbeddedBinaries binaries, Path data) throws IOException {
        long begin = System.nanoTime();
        int known = port;
        processes.endLeftovers();
        if (!ClusterPort.free(known)) {
            throw new StartException("port " + known + ", which our connections know, is taken by another program");
        }
        run(binaries, data);
        LOG.info("started PostgreSQL again port={} ms={}", port, (System.nanoTime() - begin) / 1_000_000);
    }

    private static void checkVersion(Path data, EmbeddedBinaries binaries) throws IOException {
        String version = Files.readString(data.resolve("PG_VERSION")).strip();
        if (!version.equals(binaries.major())) {
            throw new StartException("The database in " + data + " is of PostgreSQL " + version
                    + ", and this otfd brings PostgreSQL " + binaries.version() + ", which cannot read it. Use the otfd"
                    + " that made it, or dump it with PostgreSQL " + version + " and load it into a new one. "
                    + EXTERNAL);
        }
    }

    private String storedPassword() throws IOException {
        Path file = dir.resolve("password");
        if (!Files.exists(file)) {
            throw new StartException("The database in " + dir + " has lost its password: put it back into " + file);
        }
        return Files.readString(file).strip();
    }

    private String freshPassword() throws IOException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String text = HexFormat.of().formatHex(random);
        Path file = dir.resolve("password");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
        return text;
    }

    /** A cluster appears whole or not at all. */
    private void create(EmbeddedBinaries binaries, Path data) throws IOException {
        Path fresh = dir.resolve("data.new");
        EmbeddedBinaries.delete(fresh);
        command.run(List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + fresh,
                "--username=" + USER,
                "--pwfile=" + dir.resolve("password"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                // Of PostgreSQL's own: the same order of text on every machine.
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"));
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void run(EmbeddedBinaries binaries, Path data) throws IOException {
        Path log = Files.createDirectories(dir.resolve("log")).resolve("postgres.log");
        for (int attempt = 1; ; attempt++) {
            port = ClusterPort.of(dir.resolve("port"));
            new ClusterSettings(port).write(data);
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            server =
                    command.startDetached(List.of(binaries.program("postgres").toString(), "-D", data.toString()), log);
            if (awaitReady()) {
                return;
            }
            boolean ended = !server.isAlive();
            if (!ended || attempt > 2 || ClusterPort.free(port)) {
                String complaint = ended ? "ended at its start" : "was not ready in " + PATIENCE.toSeconds() + " s";
                throw command.failure("PostgreSQL " + complaint + ". The end of " + log + ":\n" + tail(log));
            }
        }
    }

    private boolean awaitReady() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!processes.ready(server.pid())) {
            if (!server.isAlive() || System.nanoTime() > deadline) {
                return false;
            }
            ClusterProcesses.pause();
        }
        return true;
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    public int port() {
        return port;
    }

    /** Number of the server's main process. */
    public long pid() {
        return server.pid();
    }

    /** Stops the server and waits for its end. Connections that are still open are cut. */
    @Override
    public void close() {
        closing = true;
        try {
            if (supervisor != null) {
                supervisor.interrupt();
                supervisor.join();
            }
            if (server != null && server.isAlive()) {
                processes.stop(server);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.close();
        }
    }

    /** The server cannot start. The message is for the user. */
    public static class StartException extends RuntimeException {
        StartException(String message) {
            super(message);
        }

        StartException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Another process uses the directory. */
    public static final class InUseException extends StartException {
        InUseException(String message) {
            super(message);
        }
    }
}
