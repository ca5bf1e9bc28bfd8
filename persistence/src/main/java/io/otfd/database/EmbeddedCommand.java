package io.otfd.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts PostgreSQL's programs. They refuse to run as root, so that root starts them in a user namespace of their own,
 * where the same user carries another number; files stay root's.
 *
 * @param root whether this process is root's
 */
record EmbeddedCommand(boolean root) {

    private static final long PATIENCE_SECONDS = 120;

    static EmbeddedCommand forThisUser() {
        try {
            return new EmbeddedCommand(
                    Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")));
        } catch (IOException e) {
            return new EmbeddedCommand("root".equals(System.getProperty("user.name")));
        }
    }

    /**
     * Runs a program to its end.
     *
     * @return what it printed
     */
    String run(List<String> words) throws IOException {
        Process process = start(clean(new ProcessBuilder(prefixed(words))));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (waitFor(process) != 0) {
            throw failure(Path.of(words.getFirst()).getFileName() + " failed:\n" + output.strip());
        }
        return output;
    }

    /** Starts a program in a session of its own: signals of the terminal do not reach it, and it outlives us. */
    Process startDetached(List<String> words, Path log) throws IOException {
        List<String> detached = new ArrayList<>();
        if (onPath("setsid")) {
            detached.add("setsid");
        }
        detached.addAll(prefixed(words));
        return start(clean(new ProcessBuilder(detached)).redirectOutput(log.toFile()));
    }

    private Process start(ProcessBuilder builder) throws IOException {
        Process process;
        try {
            process = builder.redirectErrorStream(true).start();
        } catch (IOException e) {
            throw failure(e.getMessage());
        }
        process.getOutputStream().close();
        return process;
    }

    /** Says more than the program could when user namespaces are what is missing. */
    EmbeddedPostgres.StartException failure(String message) {
        if (root && !namespaces()) {
            return new EmbeddedPostgres.StartException("PostgreSQL does not run as root, and this machine or container"
                    + " does not let root start it in a user namespace ('unshare -U' fails). Start otfd as an ordinary"
                    + " user, or allow user namespaces. " + EmbeddedPostgres.EXTERNAL);
        }
        return new EmbeddedPostgres.StartException(message);
    }

    private static boolean namespaces() {
        try {
            Process process = clean(new ProcessBuilder("unshare", "-U", "true"))
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return waitFor(process) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> prefixed(List<String> words) {
        List<String> all = new ArrayList<>();
        if (root) {
            all.addAll(List.of("unshare", "-U"));
        }
        all.addAll(words);
        return all;
    }

    /** The user's own PGHOST, PGDATA and so on are meant for other servers. */
    private static ProcessBuilder clean(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LANG", "C");
        return builder;
    }

    private static boolean onPath(String program) {
        for (String folder :
                System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    private static int waitFor(Process process) throws IOException {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a program of PostgreSQL ran", e);
        }
    }
}
