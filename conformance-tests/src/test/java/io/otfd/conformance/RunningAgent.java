package io.otfd.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real otf-agent as a child process, registered with a pool's token. */
final class RunningAgent implements AutoCloseable {

    private final ChildProcess process;
    private final Path directory;

    private RunningAgent(ChildProcess process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /** Starts an agent and waits until it says that it waits for work. */
    static RunningAgent start(Path directory, Server server, String poolToken, String... flags) {
        return start(directory, server, poolToken, Map.of(), flags);
    }

    static RunningAgent start(
            Path directory, Server server, String poolToken, Map<String, String> environment, String... flags) {
        return ready(new RunningAgent(launch(directory, server, poolToken, environment, flags), directory));
    }

    /** The same with a data directory on a small disk. */
    static RunningAgent start(Path directory, SmallDisk disk, Server server, String poolToken) {
        List<String> command = disk.on(command(
                directory, server, poolToken, "--data-dir", disk.directory().toString()));
        return ready(new RunningAgent(launch(directory, command, Map.of()), directory));
    }

    private static RunningAgent ready(RunningAgent agent) {
        try {
            agent.process.awaitOutput("waiting for next job");
            return agent;
        } catch (AssertionError error) {
            agent.close();
            throw error;
        }
    }

    /** Starts an agent without waiting for anything. */
    static ChildProcess launch(
            Path directory, Server server, String poolToken, Map<String, String> environment, String... flags) {
        return launch(directory, command(directory, server, poolToken, flags), environment);
    }

    private static List<String> command(Path directory, Server server, String poolToken, String... flags) {
        List<String> command = new ArrayList<>(List.of(
                Checkout.script("otf-agent"),
                "--token",
                poolToken,
                "--address",
                server.address().toString(),
                "--data-dir",
                dataDir(directory).toString()));
        server.ca().ifPresent(ca -> command.addAll(List.of("--ca-file", ca.toString())));
        command.addAll(List.of(flags));
        return command;
    }

    private static ChildProcess launch(Path directory, List<String> command, Map<String, String> environment) {
        try {
            Files.createDirectories(home(directory));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return ChildProcess.start(
                "otf-agent",
                command,
                directory,
                ChildProcess.environment(home(directory), environment),
                directory.resolve("otf-agent.log"));
    }

    ChildProcess process() {
        return process;
    }

    /** Home of the agent's user. */
    Path home() {
        return home(directory);
    }

    Path dataDir() {
        return dataDir(directory);
    }

    /** Puts a hook in its place. */
    void hook(String name, String script) {
        Path hook = dataDir().resolve("hooks").resolve("terraform-" + name);
        try {
            Files.createDirectories(hook.getParent());
            Files.writeString(hook, "#!/bin/sh\n" + script + "\n");
            Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    static Path home(Path directory) {
        return directory.resolve("agent-home");
    }

    static Path dataDir(Path directory) {
        return directory.resolve("agent-data");
    }

    String output() {
        return process.output();
    }

    @Override
    public void close() {
        process.close();
    }
}
