package io.otfd.conformance;

import java.nio.file.Path;
import java.util.Map;

/**
 * A terraform in front of the real one that answers {@code query} as Terraform does since 1.14. It notes its arguments in the
 * log, goes on once the gate is open, where a configuration holds a file {@code held}, and stops at an interrupt.
 */
final class QueryingEngine {

    private QueryingEngine() {}

    /** Environment with a PATH on which this engine comes first. */
    static Map<String, String> environment(Gate gate, Sandbox sandbox) {
        Path script = sandbox.program(
                "bin/terraform", """
                #!/bin/sh
                [ "$1" = query ] || exec %s "$@"
                # Terraform listens to interrupts also where its parent ignores them; a shell cannot unless it starts anew.
                [ -n "${LISTENS:-}" ] || LISTENS=1 exec env --default-signal=INT "$0" "$@"
                trap 'echo "{\\"@level\\":\\"info\\",\\"@message\\":\\"Interrupted\\"}"; exit 1' INT
                echo "{\\"@level\\":\\"info\\",\\"@message\\":\\"called: $*\\",\\"type\\":\\"log\\"}"
                if [ -f held ]; then
                    %s
                fi
                echo '{"@level":"info","@message":"list.thing.all: Starting query...","type":"list_start"}'
                for argument in "$@"; do
                    case $argument in
                        -generate-config-out=*) echo "# generated" > "${argument#*=}" ;;
                    esac
                done
                """.formatted(Terraform.executable().orElseThrow(), gate.command()));
        return Programs.first(script);
    }
}
