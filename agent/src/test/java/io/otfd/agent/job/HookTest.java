package io.otfd.agent.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.otfd.agent.Archives;
import io.otfd.agent.HookTimes;
import io.otfd.agent.protocol.JobReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HookTest extends JobBench {

    @Test
    void hooksRunInOrderAndTheirOutputIsInTheLog() throws Exception {
        bench.hook("pre-plan", "echo before in $(pwd); echo >&2 to stderr");
        bench.hook("post-plan", "echo after");

        JobReport report = run(plan(Archives.configuration()));

        assertThat(report.status(), is("finished"));
        assertThat(
                server.log(RUN),
                allOf(
                        startsWith(HEADER + "\nExecuting pre-plan hook...\nbefore in " + bench.config(RUN)
                                + "\nto stderr\nPlanning in "),
                        endsWith("1 to destroy.\n\nExecuting post-plan hook...\nafter\n")));
    }

    @Test
    void whatTheHookAddsToTheEnvironmentLastsForItsPhase() throws Exception {
        bench.hook("pre-plan", "echo CREDENTIAL=short-lived >>$TFC_AGENT_ENV; echo '# a comment' >>$TFC_AGENT_ENV");
        bench.hook("post-plan", "echo after: ${CREDENTIAL-none}");
        run(plan(Archives.configuration()));

        Path config = unpack(server.blobs.get("/blob/run-1/filesystem")).resolve("config");
        assertThat(Files.readString(config.resolve("environment")), containsString("CREDENTIAL=short-lived\n"));
        assertThat(server.log(RUN), endsWith("after: none\n"));

        run(offer("apply", new byte[0], Map.of(), "2h", false));
        assertThat(server.log(RUN, "apply"), not(containsString("short-lived")));
    }

    @Test
    void theHookMayChangeTheCliConfiguration() throws Exception {
        bench.hook("pre-plan", "echo 'provider_installation {}' >>$HOME/.terraformrc");
        workshop = workshop(bench.config(server).withKeepJobs(true));

        run(plan(Archives.configuration()));

        String kept = Files.readString(bench.dataDir.resolve("kept/run-1-plan/.terraformrc"));
        assertThat(kept, endsWith("provider_installation {}\n"));
        assertThat(kept, containsString("run-token"));
    }

    @Test
    void aHookThatFailsFailsTheRunBeforeTheEngineStarts() throws Exception {
        bench.hook("pre-plan", "echo no; exit 3");
        bench.hook("post-plan", "echo cleaning up");

        JobReport report = run(plan(Archives.configuration()));

        assertThat(report.status(), is("errored"));
        assertThat(report.error(), is("The pre-plan hook failed with exit code 3."));
        assertThat(
                server.log(RUN),
                is(HEADER + "\nExecuting pre-plan hook...\nno\n\nError: The pre-plan hook failed with exit code 3.\n"));
    }

    @Test
    void aHookAfterThePhaseRunsWhenThePhaseFailed() throws Exception {
        bench.hook("post-plan", "echo cleaning up");

        JobReport report = run(plan(Archives.configuration("plan-fails")));

        assertThat(report.error(), is("terraform plan failed with exit code 1."));
        assertThat(server.log(RUN), endsWith("Error: plan says no\n\nExecuting post-plan hook...\ncleaning up\n"));
    }

    @Test
    void aHookAfterThePhaseFailsTheRun() throws Exception {
        bench.hook("post-apply", "exit 1");
        run(plan(Archives.configuration()));

        JobReport report = run(offer("apply", new byte[0], Map.of(), "2h", false));

        assertThat(report.error(), is("The post-apply hook failed with exit code 1."));
    }

    @Test
    void aHookAfterThePhaseRunsWhenTheRunWasCanceled() throws Exception {
        bench.hook("post-plan", "echo cleaning up");
        JobRunner runner = runner(plan(Archives.configuration("waits")));
        Thread thread = begin(runner);
        bench.awaitEngine(RUN);

        runner.signal("cancel");
        thread.join();

        assertThat(reports.take().status(), is("canceled"));
        assertThat(server.log(RUN), endsWith("cleaning up\n\nThe plan was canceled.\n"));
    }

    /** All that the hook has started ends with it. */
    @Test
    void aHookHasItsTime() throws Exception {
        bench.hook("pre-plan", "sleep 600 & echo $! >$HOME/pid; wait");
        workshop = workshop(bench.config(server)
                .withKeepJobs(true)
                .withHookTimes(new HookTimes(Duration.ofMinutes(1), Map.of("pre-plan", Duration.ofSeconds(1)))));

        JobReport report = run(plan(Archives.configuration()));

        assertThat(report.error(), is("The pre-plan hook took longer than the 1 s that it may take."));
        long pid = Long.parseLong(
                Files.readString(bench.dataDir.resolve("kept/run-1-plan/pid")).strip());
        io.otfd.agent.Eventually.until(
                "what the hook started is gone", () -> ProcessHandle.of(pid).isEmpty());
    }

    @Test
    void aHookThatCannotBeExecutedIsNotPassedOver() throws Exception {
        bench.hook("pre-plan", "exit 0");
        Path hook = bench.dataDir.resolve("hooks/terraform-pre-plan");
        hook.toFile().setExecutable(false);

        JobReport report = run(plan(Archives.configuration()));

        assertThat(report.error(), is("The pre-plan hook " + hook + " is not an executable file."));
    }

    @Test
    void additionsThatAreNoneAreRefused() throws Exception {
        bench.hook("pre-plan", "echo A=1 >$TFC_AGENT_ENV; echo and more >>$TFC_AGENT_ENV");

        JobReport report = run(plan(Archives.configuration()));

        assertThat(report.error(), is("Line 2 that the hook has written into TFC_AGENT_ENV is not NAME=value."));
    }

    @Test
    void aHookSeesWhatTheOperatorGaveButNotTheTokenAndObeysNoWorkspace() {
        Hooks hooks = new Hooks(
                directory,
                HookTimes.DEFAULT,
                Map.of("VAULT_ADDR", "v", "TFC_AGENT_TOKEN", "secret", "OTF_TOKEN", "secret", "PATH", "/bin"));

        Map<String, String> environment = hooks.environment(
                Map.of("ROLE", "r", "VAULT_ADDR", "evil", "PATH", "evil", "BASH_ENV", "evil", "LD_PRELOAD", "evil"),
                Map.of("HOME", "h"));

        assertThat(environment, allOf(hasEntry("VAULT_ADDR", "v"), hasEntry("ROLE", "r"), hasEntry("PATH", "/bin")));
        assertThat(environment.values(), not(org.hamcrest.Matchers.hasItem("evil")));
        List.of("TFC_AGENT_TOKEN", "OTF_TOKEN").forEach(name -> assertThat(environment, not(hasKey(name))));
    }

    @Test
    void timesAreCutToTheLongest() {
        HookTimes times = new HookTimes(Duration.ofHours(1), Map.of("pre-plan", Duration.ofSeconds(5)));

        assertThat(times.of("pre-plan"), is(Duration.ofSeconds(5)));
        assertThat(times.of("post-plan"), is(HookTimes.LONGEST));
    }
}
