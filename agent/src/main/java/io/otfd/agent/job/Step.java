package io.otfd.agent.job;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One engine invocation and its directory: {@code command}, {@code pid} (of the shell that leads the process group),
 * {@code out} and, once it has ended, {@code exit}. The process is in a session of its own and writes to files, so that
 * it survives the agent; an agent started later learns from the files how it went.
 */
final class Step {

    /**
     * Writes its own pid first, so that no started engine is ever without one. By the shell alone: each {@code mv} would
     * be a process more before and after every command, and a file found empty is read again.
     */
    private static final String SCRIPT = """
            echo $$ >"$0/pid"
            "$@"
            code=$?
            echo $code >"$0/exit"
            exit $code
            """;

    private static final long POLL_MILLIS = 50;

    /** Exit codes from here on are 128 and the number of a signal. */
    static final int KILLED = 129;

    private final Path directory;
    private final ProcessGroups groups;
    private volatile Process process;

    Step(Path directory, ProcessGroups groups) {
        this.directory = directory;
        this.groups = groups;
    }

    Path out() {
        return directory.resolve("out");
    }

    /** Standard error, of steps whose standard output is a document. */
    Path errors() {
        return directory.resolve("errors");
    }

    /** Waits for the pid that the shell writes right after it has made the file. */
    boolean started() throws InterruptedException {
        boolean started = Files.exists(directory.resolve("pid"));
        for (int i = 0; started && number("pid").isEmpty() && i < 20; i++) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return started;
    }

    /** @param separate keep standard error out of {@link #out} */
    void start(List<String> command, Path workingDirectory, Map<String, String> environment, boolean separate)
            throws JobFailure {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("command"), String.join("\n", command) + "\n");
            List<String> whole = new ArrayList<>(groups.newSession());
            whole.addAll(List.of("/bin/sh", "-c", SCRIPT, directory.toString()));
            whole.addAll(command);
            ProcessBuilder builder = new ProcessBuilder(whole)
                    .directory(workingDirectory.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(out().toFile());
            if (separate) {
                builder.redirectError(errors().toFile());
            } else {
                builder.redirectErrorStream(true);
            }
            builder.environment().clear();
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            boolean tooBig = String.valueOf(e.getMessage()).contains("error=7");
            String reason = Disk.isFull(e) ? Disk.FULL : e.getMessage();
            throw new JobFailure(
                    tooBig
                            ? "The environment variables of this run are larger than the operating system allows."
                            : command.getFirst() + " could not be started: " + reason + ".",
                    e);
        }
    }

    /**
     * Waits for the end.
     *
     * @throws JobFailure when the engine ended without a trace
     */
    int await() throws InterruptedException, JobFailure {
        Process own = process;
        if (own != null) {
            own.waitFor();
        } else {
            while (exit().isEmpty() && alive()) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
        Optional<Integer> exit = exit();
        if (exit.isPresent()) {
            return exit.get();
        }
        // On a full disk the shell cannot write it down; a shell that was killed has no say.
        if (own != null && own.exitValue() < KILLED) {
            return own.exitValue();
        }
        kill();
        throw new JobFailure("The Terraform process was killed from outside before it ended.");
    }

    Optional<Integer> exit() {
        return number("exit");
    }

    /** SIGINT to the engine itself: it stops its providers in order. Returns at once. */
    void interrupt() {
        Thread.ofVirtual().start(this::interruptEngine);
    }

    /** The shell may not have started its child yet. */
    private void interruptEngine() {
        try {
            while (exit().isEmpty() && (alive() || process != null && process.isAlive())) {
                if (pid().filter(groups::interruptChild).isPresent()) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGKILL to the whole group, providers included. */
    void kill() {
        pid().filter(this::ownsGroup).ifPresent(groups::kill);
        Process own = process;
        if (own != null) {
            own.destroyForcibly();
        }
    }

    /** Ends what an earlier process of the agent has left. */
    void discard() {
        if (exit().isEmpty()) {
            kill();
        }
    }

    private boolean alive() {
        return pid().map(pid -> groups.runs(pid, directory.toString())).orElse(false);
    }

    private Optional<Integer> pid() {
        Process own = process;
        return own == null ? number("pid") : Optional.of((int) own.pid());
    }

    /** A group whose leader is gone can still hold an engine, but a leader that is a stranger has taken the number. */
    private boolean ownsGroup(int pid) {
        return groups.runs(pid, directory.toString()) || !groups.exists(pid);
    }

    private Optional<Integer> number(String name) {
        try {
            return Optional.of(
                    Integer.parseInt(Files.readString(directory.resolve(name)).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
