package io.otfd.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The real terraform of the PATH in a directory of its own, with nothing of the user's settings. */
final class Terraform {

    private static final Duration LIMIT = Duration.ofSeconds(180);

    private final Server server;
    private final Sandbox sandbox;
    private final String name;
    private final Map<String, String> environment = new TreeMap<>();
    private int commands;

    /**
     * A directory for Terraform inside the sandbox.
     *
     * @param name of the directory
     */
    Terraform(Server server, Sandbox sandbox, String name) {
        this.server = server;
        this.sandbox = sandbox;
        this.name = name;
        environment.put(
                "TF_CLI_CONFIG_FILE",
                sandbox.write("terraform-home/terraformrc", """
                credentials "%s" {
                  token = "%s"
                }
                """.formatted(server.host(), server.token()))
                        .toString());
        environment.put("CHECKPOINT_DISABLE", "1");
        server.ca().ifPresent(ca -> environment.put("SSL_CERT_FILE", ca.toString()));
        sandbox.directory(name);
    }

    /** Where terraform is, if it is on the PATH. */
    static Optional<Path> executable() {
        return Programs.find("terraform");
    }

    /** The PATH without the directories that hold one. */
    static Map<String, String> away() {
        return Map.of(
                "PATH",
                Programs.directories()
                        .filter(directory -> !Files.exists(Path.of(directory, "terraform")))
                        .collect(Collectors.joining(File.pathSeparator)));
    }

    /** Skips the running test where there is no terraform. */
    static void required() {
        assumeTrue(executable().isPresent(), "terraform is not on the PATH");
    }

    static String cloud(Server server, Workspace workspace) {
        return cloud(server, workspace.organization(), "name = \"" + workspace.name() + "\"");
    }

    /**
     * A cloud block.
     *
     * @param workspaces body of the nested workspaces block
     */
    static String cloud(Server server, String organization, String workspaces) {
        return """
                terraform {
                  cloud {
                    hostname     = "%s"
                    organization = "%s"
                    workspaces {
                      %s
                    }
                  }
                }
                """.formatted(server.host(), organization, workspaces);
    }

    String name() {
        return name;
    }

    Path directory() {
        return sandbox.directory(name);
    }

    void write(String file, String content) {
        sandbox.write(name + "/" + file, content);
    }

    void delete(String file) {
        try {
            Files.delete(directory().resolve(file));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** For the commands that follow. */
    Terraform with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Runs a command to its end. */
    Result run(String... arguments) {
        return start(arguments).finish();
    }

    /**
     * Runs a command to its end.
     *
     * @param answer typed at every question
     */
    Result answer(String answer, String... arguments) {
        return start(arguments).answering(answer);
    }

    Running start(String... arguments) {
        required();
        List<String> command = new ArrayList<>(List.of("terraform"));
        command.addAll(Arrays.asList(arguments));
        String log = name + "-" + ++commands + "-" + arguments[0];
        Map<String, String> all = ChildProcess.environment(sandbox.directory("terraform-home"), environment);
        ChildProcess process = sandbox.keep(ChildProcess.start(
                String.join(" ", command),
                command,
                directory(),
                all,
                sandbox.directory().resolve(log + ".out.log"),
                sandbox.directory().resolve(log + ".err.log")));
        return new Running(process);
    }

    Server server() {
        return server;
    }

    private static String plain(String colored) {
        return colored.replaceAll("\u001B\\[[0-9;]*m", "");
    }

    /** A command that has been started. */
    record Running(ChildProcess process) {

        void type(String line) {
            process.type(line);
        }

        /** Types a last line; what reads a pipe to its end goes on only then. */
        Running typeLast(String line) {
            process.type(line);
            process.endInput();
            return this;
        }

        /** Waits until this text was printed to stdout. */
        Running awaiting(String text) {
            process.awaitOutput(text);
            return this;
        }

        /** What it has printed to stdout so far. */
        String output() {
            return plain(process.output());
        }

        void interrupt() {
            process.signal("INT");
        }

        /** Terraform forgets what was typed before it asks, so each question is waited for. */
        Result answering(String answer) {
            int answered = 0;
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (process.alive() && System.nanoTime() < deadline) {
                int asked = process.output().split("Enter a value:", -1).length - 1;
                if (asked > answered) {
                    type(answer);
                    answered++;
                }
                process.awaitExitBriefly();
            }
            return finish();
        }

        Result finish() {
            int code = process.awaitExit(LIMIT);
            return new Result(process.toString(), code, plain(process.output()), plain(process.errors()));
        }
    }

    /** How a command ended. */
    record Result(String command, int exitCode, String output, String errors) {

        /** Everything printed, without the frames and line breaks of diagnostics. */
        String text() {
            return (output + "\n" + errors).replaceAll("[│╷╵]", " ").replaceAll("\\s+", " ");
        }

        Result succeeded() {
            return exited(0);
        }

        Result exited(int code) {
            if (exitCode != code) {
                throw new AssertionError(
                        command + " exited with " + exitCode + " instead of " + code + "\n" + output + "\n" + errors);
            }
            return this;
        }
    }
}
