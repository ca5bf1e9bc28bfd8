package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The first minute of somebody new: one command shows a finished run. */
@ExtendWith(OtfdExtension.class)
class TryTest {

    private static final Pattern RUN_URL =
            Pattern.compile(".*https?://\\S+/runs/run-[A-Za-z0-9]{16}.*", Pattern.DOTALL);

    private static final Pattern SECONDS = Pattern.compile(".*\\d+([.,]\\d+)? ?s(econds)?\\b.*", Pattern.DOTALL);

    @Test
    void tryShowsARunAndHowLongItTook(Sandbox sandbox) {
        Terraform.required();
        ChildProcess process = start(sandbox, "try", "--exit");

        int code = process.awaitExit(Eventually.PATIENCE);

        assertThat(process.output(), code, equalTo(0));
        assertThat(process.output(), matchesPattern(RUN_URL));
        assertThat(process.output(), matchesPattern(SECONDS));
    }

    @Test
    void helpAndVersionExitAtOnce(Sandbox sandbox) {
        ChildProcess help = start(sandbox, "--help");
        assertThat(help.awaitExit(Eventually.PATIENCE), equalTo(0));
        assertThat(help.output(), containsString("--site-token"));

        ChildProcess version = start(sandbox, "--version");
        assertThat(version.awaitExit(Eventually.PATIENCE), equalTo(0));
    }

    @Test
    void unknownFlagIsAUsageError(Sandbox sandbox) {
        ChildProcess process = start(sandbox, "--no-such-flag");

        assertThat(process.awaitExit(Eventually.PATIENCE), equalTo(2));
        assertThat(process.output(), containsString("--no-such-flag"));
    }

    private static ChildProcess start(Sandbox sandbox, String... arguments) {
        boolean serves = "try".equals(arguments[0]);
        List<String> command = new ArrayList<>(List.of(Checkout.script("otfd")));
        command.addAll(List.of(arguments));
        if (serves) {
            command.addAll(List.of(
                    "--data-dir",
                    sandbox.directory().resolve("data").toString(),
                    "--address",
                    "localhost:" + RunningOtfd.freePort()));
        }
        return sandbox.keep(ChildProcess.start(
                "otfd " + arguments[0],
                command,
                sandbox.directory(),
                ChildProcess.environment(sandbox.directory("home"), Map.of()),
                sandbox.directory().resolve("otfd" + arguments[0] + ".log")));
    }
}
