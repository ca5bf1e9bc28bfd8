package io.otfd.conformance;

import java.nio.file.Path;
import java.util.Map;

/**
 * A terraform in front of the real one whose plan prints about a megabyte a second, for a while, before it begins. Each
 * portion starts with the time at which it was printed.
 */
final class LoudEngine {

    /** What a portion begins with; nanoseconds of the wall clock and a line break follow. */
    static final String STAMP = "printed at ";

    private static final int PORTIONS_A_SECOND = 20;
    private static final int LINE = 1000;

    private LoudEngine() {}

    /** Environment with a PATH on which this engine comes first. */
    static Map<String, String> environment(Sandbox sandbox, int seconds) {
        String lines = ("x".repeat(LINE - 1) + "\n").repeat((1 << 20) / PORTIONS_A_SECOND / LINE);
        Path portion = sandbox.write("loud/portion", lines);
        Path script = sandbox.program("loud/terraform", """
                #!/bin/sh
                for argument in "$@"; do
                    if [ "$argument" = plan ]; then
                        i=0
                        while [ $i -lt %d ]; do
                            echo "%s$(date +%%s%%N)"
                            cat %s
                            sleep %s
                            i=$((i+1))
                        done
                        break
                    fi
                done
                exec %s "$@"
                """.formatted(
                        seconds * PORTIONS_A_SECOND,
                        STAMP,
                        portion,
                        1.0 / PORTIONS_A_SECOND,
                        Terraform.executable().orElseThrow()));
        return Programs.first(script);
    }
}
