package io.otfd.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few megabytes that only one process and its children see. It is gone with them. */
record SmallDisk(Path directory, int megabytes) {

    /** The test is skipped where this user may not mount anything. */
    static SmallDisk of(Path directory, int megabytes) {
        SmallDisk disk = new SmallDisk(directory, megabytes);
        Assumptions.assumeTrue(
                disk.works(), "no small disk: this user may not mount a file system in a namespace of its own");
        return disk;
    }

    private boolean works() {
        try {
            return new ProcessBuilder(on(List.of("true"))).start().waitFor() == 0;
        } catch (IOException exception) {
            return false;
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(exception));
        }
    }

    /** The command, with this disk at its directory. */
    List<String> on(List<String> command) {
        String script = "mount -t tmpfs -o size=" + megabytes + "m small \"$0\" && exec \"$@\"";
        List<String> whole = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", script, directory.toString()));
        whole.addAll(command);
        return whole;
    }
}
