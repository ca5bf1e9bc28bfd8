package io.otfd.conformance;

import java.nio.file.Path;
import java.util.Map;

/** A terraform in front of the real one that stops at a gate before a given command. */
final class HeldEngine {

    private HeldEngine() {}

    /** Environment with a PATH on which this engine comes first. */
    static Map<String, String> before(String command, Gate gate, Sandbox sandbox) {
        Path script = sandbox.program("bin/terraform", """
                #!/bin/sh
                for argument in "$@"; do
                    if [ "$argument" = "%s" ]; then
                        %s
                    fi
                done
                exec %s "$@"
                """.formatted(
                        command, gate.command(), Terraform.executable().orElseThrow()));
        return Programs.first(script);
    }
}
