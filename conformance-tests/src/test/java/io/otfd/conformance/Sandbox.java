package io.otfd.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One test's directory and the servers and agents it started. All of it is gone after the test. */
final class Sandbox implements AutoCloseable {

    private final Path directory;
    private final Deque<Runnable> started = new ArrayDeque<>();

    Sandbox() {
        try {
            directory = Files.createTempDirectory("otfd-conformance-");
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    Path directory() {
        return directory;
    }

    /** A new directory inside. */
    Path directory(String name) {
        try {
            return Files.createDirectories(directory.resolve(name));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    Path write(String name, String content) {
        Path file = directory.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, content);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** The same, to be run. */
    Path program(String name, String script) {
        Path file = write(name, script);
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            return file;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    RunningOtfd otfd(String... flags) {
        return otfd(Map.of(), flags);
    }

    RunningOtfd otfd(Map<String, String> environment, String... flags) {
        RunningOtfd otfd = RunningOtfd.start(directory("otfd-" + started.size()), environment, flags);
        started.push(otfd::close);
        return otfd;
    }

    RunningAgent agent(Server server, String poolToken, String... flags) {
        return agent(server, poolToken, Map.of(), flags);
    }

    RunningAgent agent(Server server, String poolToken, Map<String, String> environment, String... flags) {
        RunningAgent agent =
                RunningAgent.start(directory("agent-" + started.size()), server, poolToken, environment, flags);
        started.push(agent::close);
        return agent;
    }

    /** An agent whose data directory is on that disk. */
    RunningAgent agentOn(SmallDisk disk, Server server, String poolToken) {
        RunningAgent agent = RunningAgent.start(directory("agent-" + started.size()), disk, server, poolToken);
        started.push(agent::close);
        return agent;
    }

    /** Keeps a process so that it ends with the test and its output is shown when the test fails. */
    ChildProcess keep(ChildProcess process) {
        started.push(process::close);
        return process;
    }

    /** Ends of the logs of everything started here. */
    String tails(int lines) {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                List<String> all = Files.readString(log).lines().toList();
                text.append("--- ").append(directory.relativize(log)).append('\n');
                all.subList(Math.max(0, all.size() - lines), all.size())
                        .forEach(line -> text.append(line).append('\n'));
            }
        } catch (IOException exception) {
            text.append("(logs unreadable: ").append(exception).append(")\n");
        }
        return text.toString();
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            started.pop().run();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException exception) {
            // A dying child may still write; what is left lies in the temporary directory.
        }
    }
}
