package io.otfd.evaluator;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The {@code opa} of this machine, run within bounds. */
final class Program {

    /** Of address space, in KiB: a plan of 50 MB takes a sixth of it. */
    private static final long MEMORY = 4L << 20;

    /** Of what it prints. */
    private static final int OUTPUT = 1 << 20;

    private static final Executor ASIDE = task -> Thread.ofVirtual().start(task);

    private final Path executable;

    private Program(Path executable) {
        this.executable = executable;
    }

    /** @param name a path, or a name that is looked up on the PATH */
    static Optional<Program> find(String name) {
        Stream<Path> candidates = name.contains(File.separator)
                ? Stream.of(Path.of(name).toAbsolutePath())
                : Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .map(directory -> Path.of(directory, name).toAbsolutePath());
        return candidates
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(Program::new);
    }

    /** @param status its exit code, or {@link #KILLED} */
    record Answer(int status, String output, String errors) {

        static final int KILLED = -1;

        boolean isGood() {
            return status == 0;
        }
    }

    /** What it is given on its standard input. */
    @FunctionalInterface
    interface Input {
        void writeTo(OutputStream out) throws IOException;
    }

    /** @param directory where it runs, and its home */
    Answer run(Path directory, Duration atMost, Input input, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh", "-c", "ulimit -v " + MEMORY + " 2>/dev/null; exec \"$@\"", "opa", executable.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("HOME", directory.toString());
        environment.put("TMPDIR", directory.toString());
        environment.put("LANG", "C.UTF-8");
        Process process = builder.start();
        try {
            CompletableFuture<String> output = read(process, process.getInputStream());
            CompletableFuture<String> errors = read(process, process.getErrorStream());
            CompletableFuture.runAsync(() -> write(process, input), ASIDE);
            boolean ended = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            return new Answer(ended ? process.exitValue() : Answer.KILLED, output.join(), errors.join());
        } finally {
            process.destroyForcibly();
        }
    }

    /** It may not want to hear everything. What cannot be read for it ends it, so that it never decides on half a plan. */
    private static void write(Process process, Input input) {
        try (OutputStream out = process.getOutputStream()) {
            input.writeTo(new Telling(out));
        } catch (Deaf e) {
            // It has ended, or has heard enough.
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
        }
    }

    /** Whoever says too much is killed. */
    private static CompletableFuture<String> read(Process process, InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (stream) {
                        byte[] bytes = stream.readNBytes(OUTPUT);
                        if (bytes.length == OUTPUT) {
                            process.destroyForcibly();
                        }
                        return new String(bytes, StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        return "";
                    }
                },
                ASIDE);
    }

    /** The other end has closed. */
    private static final class Deaf extends IOException {
        Deaf(IOException cause) {
            super(cause);
        }
    }

    /** Tells failures to write from failures to read. */
    private static final class Telling extends OutputStream {
        private final OutputStream out;

        Telling(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw new Deaf(e);
            }
        }
    }
}
