package io.otfd.conformance;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

/** The program that agents confine runs with. */
final class Bubblewrap {

    private Bubblewrap() {}

    /** The test is skipped where it is not installed, or may not create namespaces, as in some containers. */
    static void required() {
        Assumptions.assumeTrue(works(), "no sandbox: bwrap is not on the PATH, or may not create namespaces here");
    }

    private static boolean works() {
        try {
            return new ProcessBuilder("bwrap", "--ro-bind", "/", "/", "--proc", "/proc", "--unshare-pid", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException exception) {
            return false;
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        }
    }
}
