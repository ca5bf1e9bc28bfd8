package io.otfd.agent.job;

import io.otfd.agent.AgentRefused;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Bubblewrap around the engine: it sees its own run's directory, the system's programs, and neither other runs, nor the
 * agent's notes and home, nor other processes. It keeps the network. Linux only.
 */
final class Sandbox {

    /** As the kernel calls its processes. */
    static final String NAME = "bwrap";

    private static final List<String> SYSTEM =
            List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc", "/opt", "/nix");

    private static final List<String> APART = List.of(
            "--unshare-pid",
            "--unshare-ipc",
            "--unshare-uts",
            "--unshare-cgroup-try",
            "--cap-drop",
            "ALL",
            "--die-with-parent");

    /** Variables of the agent that hold places of certificates. */
    private static final List<String> CERTIFICATES = List.of("SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO");

    private final String program;
    private final Set<Path> readable = new LinkedHashSet<>();

    private Sandbox(String program) {
        this.program = program;
    }

    /**
     * @param environment of the agent: places of programs and certificates
     * @param places that engines read besides
     * @throws AgentRefused when bubblewrap is missing, or may not do its work here
     */
    static Sandbox required(Map<String, String> environment, Collection<Path> places) {
        List<Path> path = paths(environment.getOrDefault("PATH", ""));
        Sandbox sandbox = new Sandbox(path.stream()
                .map(directory -> directory.resolve(NAME))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseThrow(() -> new AgentRefused("The sandbox needs bubblewrap, and there is no " + NAME
                        + " on the PATH: install it, or start without --sandbox")));
        SYSTEM.forEach(directory -> sandbox.readable.add(Path.of(directory)));
        sandbox.readable.addAll(path);
        CERTIFICATES.forEach(name -> sandbox.readable.addAll(paths(environment.getOrDefault(name, ""))));
        resolver().ifPresent(sandbox.readable::add);
        sandbox.readable.addAll(places);
        sandbox.tryOut();
        return sandbox;
    }

    private static List<Path> paths(String list) {
        return Arrays.stream(list.split(":"))
                .filter(place -> place.startsWith("/"))
                .map(Path::of)
                .toList();
    }

    /** Where the system's resolver is set up may be a link to a place that is not seen otherwise. */
    private static Optional<Path> resolver() {
        try {
            return Optional.of(Path.of("/etc/resolv.conf").toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void tryOut() {
        List<String> command = new ArrayList<>(apart());
        command.add("/bin/true");
        String trouble;
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .start();
            String said = new String(process.getInputStream().readAllBytes()).strip();
            if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return;
            }
            process.destroyForcibly();
            trouble = said;
        } catch (IOException e) {
            trouble = e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            trouble = "interrupted";
        }
        throw new AgentRefused("The sandbox does not work on this machine (" + trouble
                + "): let this user create namespaces, or start without --sandbox");
    }

    private List<String> apart() {
        List<String> words = new ArrayList<>(List.of(program));
        words.addAll(APART);
        words.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--setenv", "TMPDIR", "/tmp"));
        for (Path place : readable) {
            words.addAll(List.of("--ro-bind-try", place.toString(), place.toString()));
        }
        return words;
    }

    /** The words before an engine's command. What a later word mounts lies over what an earlier one did. */
    List<String> around(Workdir workdir, Path engine) {
        List<String> words = apart();
        words.addAll(List.of("--ro-bind", engine.toString(), engine.toString()));
        String root = workdir.root().toString();
        words.addAll(List.of("--bind", root, root, "--tmpfs", workdir.job().toString(), "--"));
        return words;
    }
}
