package io.otfd.conformance;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A program a test started. Its output goes to one file, its environment is only what it was given, and it dies with the JVM. */
final class ChildProcess implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final Path output;
    private final Path errors;

    private ChildProcess(String name, Process process, Path output, Path errors) {
        this.name = name;
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /**
     * Starts a program.
     *
     * @param output appended to; stdout and stderr together
     */
    static ChildProcess start(
            String name, List<String> command, Path directory, Map<String, String> environment, Path output) {
        return start(name, command, directory, environment, output, output);
    }

    /**
     * Starts a program.
     *
     * @param output what stdout is appended to
     * @param errors what stderr is appended to; may be the same file
     */
    static ChildProcess start(
            String name,
            List<String> command,
            Path directory,
            Map<String, String> environment,
            Path output,
            Path errors) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        if (output.equals(errors)) {
            builder.redirectErrorStream(true);
        } else {
            builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        }
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            return new ChildProcess(name, process, output, errors);
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot start " + command, exception);
        }
    }

    /** What every child gets: where programs are, which JDK, and a home of its own. Nothing else of ours leaks in. */
    static Map<String, String> environment(Path home, Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("LANG", "C.UTF-8");
        environment.put("HOME", home.toString());
        environment.putAll(more);
        return environment;
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Exit code, once the process ended. */
    OptionalInt exit() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** Waits for the end, but not for long. */
    void awaitExitBriefly() {
        try {
            process.waitFor(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        }
    }

    int awaitExit(Duration within) {
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " still ran after " + within + "; its output:\n" + tail(60));
            }
            return process.exitValue();
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        }
    }

    void type(String line) {
        try {
            OutputStream input = process.getOutputStream();
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException exception) {
            throw new UncheckedIOException(name + " does not read its input any more:\n" + tail(60), exception);
        }
    }

    /** Nothing more is typed. */
    void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Sends a signal by its name, for instance INT, TERM or STOP. */
    void signal(String signal) {
        signal(process.pid(), signal);
    }

    static void signal(long pid, String signal) {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("kill -" + signal + " " + pid + " exited with " + code);
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        }
    }

    void kill9() {
        process.destroyForcibly();
        awaitExit(GRACE);
    }

    /** Asks politely, then insists. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                process.waitFor();
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    String output() {
        return read(output);
    }

    String errors() {
        return read(errors);
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    void awaitOutput(String text) {
        Eventually.value(name + " printing '" + text + "'", () -> {
            if (output().contains(text)) {
                return Optional.of(true);
            }
            if (!alive() && !output().contains(text)) {
                throw new AssertionError(name + " ended with " + process.exitValue() + " without printing '" + text
                        + "':\n" + tail(60) + "\n" + errors());
            }
            return Optional.empty();
        });
    }

    String tail(int lines) {
        List<String> all = output().lines().toList();
        return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    @Override
    public String toString() {
        return name + " (pid " + process.pid() + ")";
    }
}
