package io.otfd.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Holds a program at a known place: it says that it has arrived and goes on when the test opens the gate. */
record Gate(Path directory) {

    /** Tenths of a second after which a held program goes on by itself, so that nothing outlives a broken test for long. */
    private static final int PATIENCE = 1200;

    static Gate in(Sandbox sandbox, String name) {
        return new Gate(sandbox.directory(name));
    }

    /** A shell command that arrives and waits. */
    String command() {
        return "touch %s; i=0; while [ ! -e %s ] && [ $i -lt %d ]; do i=$((i+1)); sleep 0.1; done"
                .formatted(arrived(), opened(), PATIENCE);
    }

    /** A resource whose creation arrives and waits. */
    String resource(String name, String dependsOn) {
        return """
                resource "terraform_data" "%s" {
                  input = "%s"
                %s
                  provisioner "local-exec" {
                    command = "%s"
                  }
                }
                """.formatted(name, name, dependsOn.isEmpty() ? "" : "  depends_on = [" + dependsOn + "]", command());
    }

    void awaitArrival() {
        Eventually.holds("somebody arriving at " + directory, () -> Files.exists(arrived()));
    }

    void open() {
        try {
            Files.writeString(opened(), "");
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private Path arrived() {
        return directory.resolve("arrived");
    }

    private Path opened() {
        return directory.resolve("opened");
    }
}
