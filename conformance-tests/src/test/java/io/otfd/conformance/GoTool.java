package io.otfd.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The go of the PATH, in one of the modules below {@code conformance-tests/go}. What it compiles stays in its own cache. */
final class GoTool {

    /** Without anything cached, go-tfe takes a minute and a half on two cores, OpenTofu four. */
    private static final Duration BUILD = Duration.ofMinutes(30);

    private GoTool() {}

    /** Skips the running test where there is no Go. */
    static void required() {
        assumeTrue(executable().isPresent(), "there is no go on the PATH");
    }

    /** Skips it, too, where Go is older than the module asks for: nothing is downloaded to run it. */
    static void required(Sandbox sandbox, String module) {
        required();
        ChildProcess list = start(sandbox, module, "list", "-m");
        boolean understood = list.awaitExit(BUILD) == 0;
        assumeTrue(understood || !list.errors().contains("requires go >="), list.errors());
    }

    static Optional<Path> executable() {
        return Programs.find("go");
    }

    /**
     * What it printed. It must succeed.
     *
     * @param module the module's directory, {@code .} for the one that the others are below
     */
    static String run(Sandbox sandbox, String module, String... arguments) {
        ChildProcess process = start(sandbox, module, arguments);
        if (process.awaitExit(BUILD) != 0) {
            throw new AssertionError("go " + String.join(" ", arguments) + " failed:\n" + process.errors());
        }
        return process.output();
    }

    private static ChildProcess start(Sandbox sandbox, String module, String... arguments) {
        List<String> command = Stream.concat(
                        Stream.of(executable().orElseThrow().toString()), Stream.of(arguments))
                .toList();
        return ChildProcess.start(
                "go " + arguments[0],
                command,
                Checkout.root().resolve("conformance-tests/go").resolve(module),
                environment(),
                sandbox.directory().resolve("go-" + arguments[0] + ".out"),
                sandbox.directory().resolve("go-" + arguments[0] + ".log"));
    }

    /** The user's own: caches and proxies are his. */
    private static Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.put("GOTOOLCHAIN", "local");
        return environment;
    }
}
