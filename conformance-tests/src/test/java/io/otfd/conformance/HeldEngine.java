package io.otfd.conformance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A terraform in front of the real one that stops at a gate before a given command. */
final class HeldEngine {

    private HeldEngine() {}

    /** Environment with a PATH on which this engine comes first. */
    static Map<String, String> before(String command, Gate gate, Sandbox sandbox) {
        Path script = sandbox.write("bin/terraform", """
                #!/bin/sh
                for argument in "$@"; do
                    if [ "$argument" = "%s" ]; then
                        %s
                    fi
                done
                exec %s "$@"
                """.formatted(
                        command, gate.command(), Terraform.executable().orElseThrow()));
        try {
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return Map.of("PATH", script.getParent() + File.pathSeparator + System.getenv("PATH"));
    }
}
