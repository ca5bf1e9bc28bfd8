package io.otfd.agent.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Sessions, groups and signals of the operating system, for Linux and macOS. */
final class ProcessGroups {

    private static final Path PROC = Path.of("/proc");

    private final List<String> newSession;

    ProcessGroups(String path) {
        this.newSession = Arrays.stream(path.split(":"))
                .map(directory -> Path.of(directory, "setsid"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(setsid -> List.of(setsid.toString()))
                // macOS has no setsid, but it has Perl.
                .orElse(List.of("/usr/bin/perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die $!"));
    }

    /** The words before a command that make it the leader of a new session. The pid stays that of the child. */
    List<String> newSession() {
        return newSession;
    }

    boolean exists(int pid) {
        return ProcessHandle.of(pid).isPresent();
    }

    /** True when the process lives and its command line holds the mark: a pid alone may have been given away again. */
    boolean runs(int pid, String mark) {
        if (Files.isDirectory(PROC.resolve("self"))) {
            try {
                byte[] words = Files.readAllBytes(PROC.resolve(pid + "/cmdline"));
                return new String(words, StandardCharsets.UTF_8).contains(mark);
            } catch (IOException e) {
                return false;
            }
        }
        return ProcessHandle.of(pid)
                .map(handle -> handle.info()
                        .commandLine()
                        .map(line -> line.contains(mark))
                        .orElse(handle.isAlive()))
                .orElse(false);
    }

    /** The shell's only child is the engine, or the sandbox around it. False when there is none. */
    boolean interruptChild(int shell) {
        List<ProcessHandle> engines = ProcessHandle.of(shell).stream()
                .flatMap(ProcessHandle::children)
                .flatMap(ProcessGroups::inside)
                .toList();
        engines.forEach(engine -> signal("INT", Long.toString(engine.pid())));
        return !engines.isEmpty();
    }

    /** The sandbox passes no signals on. */
    private static Stream<ProcessHandle> inside(ProcessHandle process) {
        try {
            String name =
                    Files.readString(PROC.resolve(process.pid() + "/comm")).strip();
            return name.equals(Sandbox.NAME) ? process.children().flatMap(ProcessGroups::inside) : Stream.of(process);
        } catch (IOException e) {
            return Stream.of(process);
        }
    }

    void kill(int leader) {
        signal("KILL", "-" + leader);
    }

    /** The process API knows neither SIGINT nor groups; every POSIX system has {@code kill} in its shell. */
    private static void signal(String name, String target) {
        try {
            Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" -- \"$1\"", name, target)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
