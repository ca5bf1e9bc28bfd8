package io.otfd.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An otfd of our own: the real script as a child process, on a port and a data directory of its own. */
final class RunningOtfd implements AutoCloseable {

    /** Environment of a server that has less memory than what is sent to it. */
    static final Map<String, String> SMALL_HEAP =
            Map.of("OTFD_JAVA_OPTS", "-XX:+UseSerialGC -Xms96m -Xmx96m", "OTFD_AOT", "off");

    static final String SITE_TOKEN = "conformance-site-admin-token-0123456789";

    /** The first start of a build trains its class cache, and the others wait for it. */
    private static final Duration START = Duration.ofMinutes(5);

    private final Path directory;
    private final int port;
    private final List<String> flags;
    private final Map<String, String> environment;
    private ChildProcess process;

    private RunningOtfd(Path directory, List<String> flags, Map<String, String> environment) {
        this.directory = directory;
        this.port = freePort();
        this.flags = flags;
        this.environment = environment;
    }

    static RunningOtfd start(Path directory, String... flags) {
        return start(directory, Map.of(), flags);
    }

    /**
     * Starts a server and waits until it is healthy.
     *
     * @param directory holds its data directory, home and output
     * @param environment in addition to what every child gets
     * @param flags in addition to address, data directory and site token
     */
    static RunningOtfd start(Path directory, Map<String, String> environment, String... flags) {
        RunningOtfd otfd = new RunningOtfd(directory, List.of(flags), environment);
        otfd.launch();
        try {
            otfd.awaitHealthy();
            return otfd;
        } catch (AssertionError error) {
            otfd.close();
            throw error;
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    Path dataDirectory() {
        return directory.resolve("data");
    }

    Path encryptionKeyFile() {
        return dataDirectory().resolve("encryption-key");
    }

    Server server() {
        return flags.contains("--http")
                ? new Server(URI.create("http://localhost:" + port), SITE_TOKEN, Optional.empty())
                : new Server(
                        URI.create("https://localhost:" + port),
                        SITE_TOKEN,
                        Optional.of(dataDirectory().resolve("tls").resolve("ca.pem")));
    }

    Api api() {
        return new Api(server());
    }

    long pid() {
        return process.pid();
    }

    ChildProcess process() {
        return process;
    }

    /** Pid of the embedded database's postmaster, as it wrote it down itself. */
    Optional<Long> postmaster() {
        Path file = dataDirectory().resolve("postgres").resolve("data").resolve("postmaster.pid");
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream()
                            .findFirst()
                            .map(String::strip)
                            .map(Long::valueOf)
                    : Optional.empty();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Of the embedded database's only user. */
    String databasePassword() {
        return databaseFile("password");
    }

    String databasePort() {
        return databaseFile("port");
    }

    private String databaseFile(String name) {
        try {
            return Files.readString(dataDirectory().resolve("postgres").resolve(name))
                    .strip();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Status of GET /healthz, or empty when nobody answers. */
    Optional<Integer> health() {
        if (server().ca().filter(ca -> !Files.exists(ca)).isPresent()) {
            return Optional.empty();
        }
        HttpRequest request = HttpRequest.newBuilder(server().resolve("/healthz"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try (HttpClient client = server().client()) {
            return Optional.of(
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (IOException exception) {
            return Optional.empty();
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        }
    }

    /** As the machine would: no signal handler runs, the database and engines are left behind. */
    void kill9() {
        process.kill9();
    }

    /** On the same data directory and port, after {@link #kill9()} or a stop. */
    void restart() {
        stop();
        launch();
        awaitHealthy();
    }

    /** Asks the server to end and waits for that. */
    void stop() {
        process.close();
    }

    @Override
    public void close() {
        process.close();
        // Only what is left after a kill: a server that was stopped has stopped its database, too.
        postmaster().filter(this::isPostmasterOfOurs).flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroy);
    }

    private boolean isPostmasterOfOurs(long pid) {
        try {
            Path commandLine = Path.of("/proc", Long.toString(pid), "cmdline");
            return Files.exists(commandLine) && Files.readString(commandLine).contains(directory.toString());
        } catch (IOException exception) {
            return false;
        }
    }

    /** Starts the process without waiting for anything. */
    void launch() {
        List<String> command = new ArrayList<>(List.of(
                Checkout.script("otfd"),
                "--address",
                "localhost:" + port,
                "--data-dir",
                dataDirectory().toString(),
                "--site-token",
                SITE_TOKEN));
        command.addAll(flags);
        try {
            Files.createDirectories(directory.resolve("home"));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        process = ChildProcess.start(
                "otfd on port " + port,
                command,
                directory,
                ChildProcess.environment(directory.resolve("home"), environment),
                directory.resolve("otfd.log"));
    }

    private void awaitHealthy() {
        Eventually.holds("GET /healthz answering 200", START, () -> {
            if (!process.alive()) {
                throw new AssertionError(process + " ended at once:\n" + process.tail(80));
            }
            return health().equals(Optional.of(200));
        });
    }
}
