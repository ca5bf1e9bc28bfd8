package io.otfd.agent.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.otfd.agent.AgentRefused;
import io.otfd.agent.Archives;
import io.otfd.agent.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SandboxTest extends JobBench {

    /** Where the machine does not let us, the refusal is all that can be tested. */
    private void confine() throws Exception {
        try {
            Sandbox.required(bench.environment, List.of());
        } catch (AgentRefused e) {
            assumeTrue(false, e.getMessage());
        }
        workshop = workshop(bench.config(server).withSandbox(true));
    }

    @Test
    void withoutBubblewrapTheAgentDoesNotStart() {
        bench.environment.put("PATH", directory.toString());

        AgentRefused refused = assertThrows(
                AgentRefused.class, () -> workshop(bench.config(server).withSandbox(true)));

        assertThat(refused.getMessage(), containsString("there is no bwrap on the PATH: install it"));
    }

    @Test
    void whereBubblewrapIsForbiddenTheAgentDoesNotStart() throws Exception {
        Path forbidden = Files.writeString(
                Files.createDirectories(directory.resolve("sbin")).resolve("bwrap"),
                "#!/bin/sh\necho no permissions; exit 1\n");
        forbidden.toFile().setExecutable(true);
        bench.environment.put("PATH", forbidden.getParent() + ":/usr/bin:/bin");

        AgentRefused refused = assertThrows(
                AgentRefused.class, () -> workshop(bench.config(server).withSandbox(true)));

        assertThat(refused.getMessage(), containsString("does not work on this machine (no permissions)"));
    }

    /** The engine is asked what it can read and write, by a wrapper around it. */
    @Test
    void theEngineSeesItsOwnRunOnly() throws Exception {
        Path secret = Files.writeString(directory.resolve("home/secret"), "of the operator");
        Path other = Files.createDirectories(bench.job("run-2").resolve("config"));
        Files.writeString(other.resolve("main.tf"), "of another run");
        engine("""
                for place in %s %s %s/job/offer.json /etc/passwd $HOME/.terraformrc; do
                    if [ -r "$place" ]; then echo "sees $(basename $place)"; fi
                done
                ls /proc | grep -c '^[0-9]' | sed 's/^[0-9]$/few processes/'
                touch /usr/mine 2>/dev/null && echo wrote
                exit 1
                """.formatted(secret, other.resolve("main.tf"), bench.job(RUN)));
        confine();

        run(plan(Archives.configuration()));

        assertThat(server.log(RUN), is(HEADER + "sees passwd\nsees .terraformrc\nfew processes\n"));
    }

    @Test
    void cancelReachesTheEngineInside() throws Exception {
        confine();
        JobRunner runner = runner(plan(Archives.configuration("waits")));
        Thread thread = begin(runner);
        bench.awaitEngine(RUN);

        runner.signal("cancel");
        thread.join();

        assertThat(reports.take().status(), is("canceled"));
        assertThat(server.log(RUN), allOf(containsString("Interrupt received.\n"), containsString("was canceled")));
    }

    @Test
    void forceCancelLeavesNothingInside() throws Exception {
        confine();
        JobRunner runner = runner(plan(Archives.configuration("deaf", "forks")));
        Thread thread = begin(runner);
        bench.awaitEngine(RUN);
        List<ProcessHandle> inside = ProcessHandle.of(bench.enginePid(RUN))
                .orElseThrow()
                .descendants()
                .toList();

        runner.signal("force_cancel");
        thread.join();

        Eventually.until("nothing runs", () -> inside.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Puts a script in the engine's place that answers what its version is and otherwise does this. */
    private void engine(String script) throws Exception {
        Files.writeString(directory.resolve("bin/terraform"), """
                #!/bin/sh
                if [ "$1" = version ]; then
                    echo '{"terraform_version":"1.11.4"}'
                    exit 0
                fi
                """ + script);
    }
}
