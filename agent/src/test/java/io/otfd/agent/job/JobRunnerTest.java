package io.otfd.agent.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.otfd.agent.Archives;
import io.otfd.agent.Bench;
import io.otfd.agent.Eventually;
import io.otfd.agent.protocol.JobReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class JobRunnerTest extends JobBench {

    @Test
    void aPlanHandsInLogPlanSchemasAndFilesystem() throws Exception {
        JobReport report = run(plan(Archives.configuration()));

        assertThat(report.status(), is("finished"));
        assertThat(report.data(), equalTo(new JobReport.Outcome(RUN, "plan", true, false, 2, 1, 1, 1)));
        assertThat(server.log(RUN), startsWith(HEADER + "Planning in "));
        assertThat(server.log(RUN), endsWith("Plan: 2 to add, 1 to change, 1 to destroy.\n"));
        assertThat(blob("plan"), equalTo(Files.readString(Bench.resource("plan.json"))));
        assertThat(blob("schemas"), containsString("terraform.io/builtin/terraform"));
        Path unpacked = unpack(server.blobs.get("/blob/run-1/filesystem"));
        assertThat(Files.readString(unpacked.resolve("tfplan")), equalTo("the plan\n"));
        assertThat(Files.exists(unpacked.resolve("config/main.tf")), is(true));
        assertThat(Files.exists(bench.job(RUN)), is(false));
    }

    @Test
    void schemasAreAskedOnce() throws Exception {
        run(plan(Archives.configuration()));
        String first = blob("schemas");
        server.blobs.remove("/blob/run-1/schemas");

        run(plan(Archives.configuration()));

        assertThat(blob("schemas"), equalTo(first));
        Path unpacked = unpack(server.blobs.get("/blob/run-1/filesystem"));
        assertThat(
                Files.readAllLines(unpacked.resolve("config/calls")).stream()
                        .filter(call -> call.startsWith("providers"))
                        .count(),
                is(0L));
    }

    @Test
    void theEngineSeesTheJobAndNotTheHost() throws Exception {
        Files.writeString(directory.resolve("home/.terraformrc"), """
                # The operator's.
                credentials "app.terraform.io" { token = "operator-secret" }
                provider_installation {
                  filesystem_mirror { path = "$HOME/mirror" }
                }
                """);
        workshop = new Workshop(bench.config(server), new OkHttpClient(), bench.log());

        run(offer("plan", Archives.configuration("waits", "go"), PLAN_JSON, "2h", false));

        Path unpacked = unpack(server.blobs.get("/blob/run-1/filesystem")).resolve("config");
        String environment = Files.readString(unpacked.resolve("environment"));
        assertThat(environment, not(containsString("secret")));
        assertThat(
                environment,
                allOf(
                        containsString("TF_FORCE_LOCAL_BACKEND=1\n"),
                        containsString("TFE_RUN_ID=run-1\n"),
                        containsString("TFC_AGENT_VERSION=1.30.0\n"),
                        containsString("TF_VAR_TFC_WORKSPACE_SLUG=acme/web\n"),
                        containsString("HOME=" + bench.job(RUN) + "\n"),
                        containsString("ATLAS_WORKSPACE_SLUG=acme/web\n"),
                        containsString("TF_VAR_ATLAS_RUN_ID=run-1\n"),
                        not(containsString("TF_VAR_ATLAS_TOKEN")),
                        containsString("FAKE_PLAN_JSON=")));
        assertThat(
                Files.readString(unpacked.resolve("zzz_backend_override.tf")),
                allOf(containsString("organization = \"acme\""), containsString("name = \"web\"")));
        assertThat(
                Files.readAllLines(unpacked.resolve("calls")),
                hasItem(allOf(
                        startsWith("plan -input=false -lock=false -detailed-exitcode -out="),
                        containsString(" -var-file=" + bench.job(RUN)),
                        containsString(" -target=terraform_data.a"),
                        endsWith(" -parallelism=3"))));
    }

    @Test
    void theOperatorsMirrorStaysAndHisCredentialsDoNot() throws Exception {
        Path home = Files.createDirectories(directory.resolve("other"));
        Files.writeString(home.resolve(".terraformrc"), """
                credentials "app.terraform.io" { token = "operator-secret" }
                host "other.example.com" { services = { "tfe.v2" = "https://x/}" } }
                provider_installation { # where
                  filesystem_mirror { path = "$HOME/mirror" }
                }
                """);
        Path written = directory.resolve("terraformrc");

        HostCliConfig host = HostCliConfig.read(Map.of("HOME", home.toString()));
        new Overrides(server.address(), "127.0.0.1:80", Set.of("otfd.example.com"), host)
                .cliConfig(written, "run\"token");

        String text = Files.readString(written);
        assertThat(text, not(containsString("operator-secret")));
        assertThat(
                text,
                allOf(
                        containsString("filesystem_mirror { path = \"" + home + "/mirror\" }"),
                        containsString("host \"other.example.com\""),
                        containsString("token = \"run\\\"token\""),
                        containsString("host \"otfd.example.com\" {\n  services = {"),
                        containsString("credentials \"otfd.example.com\" {"),
                        containsString("\"state.v2\" = \"" + server.address() + "/api/v2/\"")));
        assertThat(Files.getPosixFilePermissions(written).size(), is(2));
    }

    /** A module's source cannot name localhost. */
    @Test
    void localhostIsKnownByItsNumber() throws Exception {
        Path written = directory.resolve("terraformrc");

        new Overrides(server.address(), "localhost:80", Set.of("localhost"), HostCliConfig.read(Map.of()))
                .cliConfig(written, "token");

        assertThat(
                Files.readString(written),
                allOf(
                        containsString("credentials \"127.0.0.1:80\" {"),
                        containsString("host \"127.0.0.1:80\" {\n  services = {"),
                        containsString("credentials \"127.0.0.1\" {")));
    }

    @Test
    void leftoverStateIsRemovedAndModulesAreKept() throws Exception {
        byte[] configuration = new Archives()
                .file("terraform.tfstate", "{}")
                .file("terraform.tfstate.d/x/terraform.tfstate", "{}")
                .file(".terraform/terraform.tfstate", "{}")
                .file(".terraform/modules/modules.json", "{}")
                .bytes();

        run(plan(configuration));

        Path config = unpack(server.blobs.get("/blob/run-1/filesystem")).resolve("config");
        assertThat(Files.exists(config.resolve("terraform.tfstate")), is(false));
        assertThat(Files.exists(config.resolve("terraform.tfstate.d")), is(false));
        assertThat(Files.exists(config.resolve(".terraform/terraform.tfstate")), is(false));
        assertThat(Files.exists(config.resolve(".terraform/modules/modules.json")), is(true));
    }

    @Test
    void anEmptyPlanHasNoChanges() throws Exception {
        JobReport report = run(offer("plan", Archives.configuration("no-changes"), PLAN_JSON, "2h", true));

        assertThat(report.data(), equalTo(new JobReport.Outcome(RUN, "plan", false, false, 0, 0, 0, 0)));
        assertThat(server.blobs.get("/blob/run-1/filesystem"), nullValue());
    }

    @Test
    void anApplyRunsWhatWasPlanned() throws Exception {
        run(plan(Archives.configuration()));

        JobReport report = run(offer("apply", new byte[0], Map.of(), "2h", false));

        assertThat(report.status(), is("finished"));
        assertThat(report.data(), equalTo(new JobReport.Outcome(RUN, "apply", null, null, 2, 1, 1, 0)));
        assertThat(server.log(RUN, "apply"), startsWith(HEADER + "Applying in " + bench.config(RUN)));
    }

    @Test
    void outputOfInitIsShownOnlyWhenItFails() throws Exception {
        JobReport report = run(plan(Archives.configuration("init-fails")));

        assertThat(report.status(), is("errored"));
        assertThat(report.error(), is("terraform init failed with exit code 1."));
        assertThat(server.log(RUN), equalTo(HEADER + "Initializing the backend...\nError: init says no\n"));
    }

    @Test
    void aFailedPlanIsReported() throws Exception {
        JobReport report = run(plan(Archives.configuration("plan-fails")));

        assertThat(report.status(), is("errored"));
        assertThat(report.error(), is("terraform plan failed with exit code 1."));
        assertThat(server.log(RUN), endsWith("Error: plan says no\n"));
        assertThat(server.blobs.get("/blob/run-1/plan"), nullValue());
    }

    @Test
    void cancelInterruptsTheEngineOnce() throws Exception {
        JobRunner runner = runner(plan(Archives.configuration("waits")));
        Thread thread = begin(runner);
        bench.awaitEngine(RUN);

        assertThat(runner.signal("cancel"), is(true));
        assertThat(runner.signal("cancel"), is(false));
        JobReport report = Eventually.next("report", reports);
        thread.join();

        assertThat(report.status(), is("canceled"));
        assertThat(server.log(RUN), containsString("Interrupt received.\n"));
        assertThat(server.log(RUN), endsWith("The plan was canceled.\n"));
    }

    @Test
    void forceCancelKillsAnEngineThatDoesNotListen() throws Exception {
        JobRunner runner = runner(plan(Archives.configuration("deaf")));
        Thread thread = begin(runner);
        bench.awaitEngine(RUN);
        int pid = bench.enginePid(RUN);

        runner.signal("cancel");
        runner.signal("force_cancel");
        JobReport report = Eventually.next("report", reports);
        thread.join();

        assertThat(report.status(), is("canceled"));
        Eventually.until("the process is gone", () -> ProcessHandle.of(pid).isEmpty());
    }

    /** As Terraform's providers do: they are in its group. */
    @Test
    void forceCancelKillsWhatTheEngineHasStarted() throws Exception {
        JobRunner runner = runner(plan(Archives.configuration("deaf", "forks")));
        Thread thread = begin(runner);
        bench.awaitEngine(RUN);
        long child = Long.parseLong(
                Files.readString(bench.config(RUN).resolve("child")).strip());
        assertThat(ProcessHandle.of(child).isPresent(), is(true));

        runner.signal("force_cancel");
        thread.join();

        Eventually.until("the child is gone", () -> ProcessHandle.of(child).isEmpty());
    }

    @Test
    void anEngineThatTheKernelKillsIsExplained() throws Exception {
        JobReport report = run(plan(Archives.configuration("dies")));

        assertThat(report.status(), is("errored"));
        assertThat(report.error(), startsWith("terraform plan was killed by signal 9"));
        assertThat(report.error(), containsString("memory"));
        assertThat(server.log(RUN), endsWith("\nError: " + report.error() + "\n"));
    }

    @Test
    void killsForMemoryAreCountedFromTheBeginning() throws Exception {
        Path vmstat = Files.writeString(directory.resolve("vmstat"), "pgfault 7\noom_kill 3\n");
        OomKills kills = new OomKills(vmstat);
        assertThat(kills.happened(), is(false));

        Files.writeString(vmstat, "pgfault 9\noom_kill 4\n");

        assertThat(kills.happened(), is(true));
        assertThat(new OomKills(directory.resolve("none")).happened(), is(false));
    }

    @Test
    void whatCannotBeWrittenIsSaidAllTheSame() throws Exception {
        Path nowhere = directory.resolve("no such directory");
        JobLog log = new JobLog(nowhere);
        log.append("error", "The agent's disk is full.");
        byte[] buffer = new byte[10];

        assertThat(log.read(0, buffer), is(10));
        assertThat(new String(buffer, StandardCharsets.UTF_8), is("The agent'"));
        assertThat(log.read(20, buffer), is(5));
        assertThat(log.read(25, buffer), is(0));
    }

    @Test
    void aLostLeaseKillsAndReportsNothing() throws Exception {
        JobRunner runner = runner(plan(Archives.configuration("deaf")));
        Thread thread = begin(runner);
        bench.awaitEngine(RUN);
        int pid = bench.enginePid(RUN);

        runner.signal("lease_lost");
        thread.join();

        assertThat(reports.poll(), nullValue());
        Eventually.until("the process is gone", () -> ProcessHandle.of(pid).isEmpty());
        assertThat(Files.exists(bench.job(RUN)), is(false));
    }

    @Test
    void timeIsLimited() throws Exception {
        JobReport report = run(offer("plan", Archives.configuration("waits"), PLAN_JSON, "1s", false));

        assertThat(report.status(), is("errored"));
        assertThat(report.error(), is("The plan took longer than the 1s that it may take, and was stopped."));
        assertThat(server.log(RUN), endsWith("Error: " + report.error() + "\n"));
    }

    @Test
    void anEngineThatIsKilledFromOutsideIsAnError() throws Exception {
        JobRunner runner = runner(plan(Archives.configuration("waits")));
        begin(runner);
        bench.awaitEngine(RUN);

        new ProcessBuilder("kill", "-9", "--", "-" + bench.enginePid(RUN))
                .start()
                .waitFor();
        JobReport report = Eventually.next("report", reports);

        assertThat(report.status(), is("errored"));
        assertThat(report.error(), containsString("killed from outside"));
    }

    @Test
    void aHostileConfigurationIsRefusedInTheLog() throws Exception {
        JobReport report = run(plan(new Archives().file("../../evil", "x").bytes()));

        assertThat(report.status(), is("errored"));
        assertThat(report.error(), containsString("\"../../evil\" leads out of the directory"));
        assertThat(server.log(RUN), equalTo(HEADER + "\nError: " + report.error() + "\n"));
        assertThat(Files.exists(bench.job(RUN)), is(false));
        assertThat(Files.exists(bench.dataDir.resolve("evil")), is(false));
    }

    @Test
    void aMissingWorkingDirectoryIsNamed() throws Exception {
        server.blobs.remove("/blob/run-1/configuration");

        JobReport report = run(plan(Archives.configuration()), true);

        assertThat(report.error(), is("The configuration could not be fetched: the server answered 404."));
    }

    @Test
    void aMissingEngineIsNamed() throws Exception {
        Files.delete(directory.resolve("bin/terraform"));
        workshop = new Workshop(
                bench.config(server).withEngineMirror(server.address().resolve("/blob/mirror")),
                new OkHttpClient(),
                bench.log());

        JobReport report = run(plan(Archives.configuration()));

        assertThat(report.status(), is("errored"));
        assertThat(report.error(), containsString("could not be fetched: the server answered 404."));
        assertThat(server.log(RUN), startsWith(HEADER + "\nError: Terraform"));
    }

    @Test
    void aStateThatTheServerRefusesIsHandedInWithTheApply() throws Exception {
        run(plan(Archives.configuration("errored")));
        server.refuseStates();

        JobReport report = run(offer("apply", new byte[0], Map.of(), "2h", false));

        assertThat(report.status(), is("errored"));
        assertThat(
                new String(server.blobs.get("/blob/" + RUN + "/errored-state"), StandardCharsets.UTF_8),
                containsString("\"serial\":7"));
        assertThat(
                server.log(RUN, "apply"),
                endsWith("the server answered 409. The server keeps it with this apply as its errored state.\n"));
    }

    @Test
    void aStateThatTerraformCouldNotSaveIsSaved() throws Exception {
        run(plan(Archives.configuration("errored")));

        JobReport report = run(offer("apply", new byte[0], Map.of(), "2h", false));

        assertThat(report.status(), is("errored"));
        assertThat(
                server.stateVersions.getFirst(),
                allOf(
                        containsString("\"type\":\"state-versions\""),
                        containsString("\"serial\":7"),
                        containsString("\"lineage\":\"11111111-2222-3333-4444-555555555555\""),
                        containsString("\"id\":\"run-1\"")));
        assertThat(server.stateVersions.getFirst(), not(containsString("hosted-state-upload-url")));
        assertThat(
                new String(server.blobs.get("/blob/state/upload"), StandardCharsets.UTF_8),
                containsString("\"serial\":7"));
        assertThat(server.log(RUN, "apply"), endsWith("the agent has saved it as sv-1.\n"));
    }

    @Test
    void theLogGrowsWhileTheEngineRunsAndSurvivesTrouble() throws Exception {
        server.logTroubles.set(2);
        begin(runner(plan(Archives.configuration("waits"))));
        bench.awaitEngine(RUN);

        Eventually.until("the log is there", () -> server.log(RUN).endsWith("waiting\n"));
        server.logTroubles.set(2);
        bench.letEngineGo(RUN);
        assertThat(Eventually.next("report", reports).status(), is("finished"));

        assertThat(server.log(RUN).split("waiting", -1).length, is(2));
        assertThat(server.log(RUN), endsWith("1 to destroy.\n"));
    }

    @Test
    void aJobThatWasLetGoIsTakenUp() throws Exception {
        Thread thread = begin(runner(plan(Archives.configuration("waits"))));
        bench.awaitEngine(RUN);
        int pid = bench.enginePid(RUN);
        thread.interrupt();
        thread.join();
        assertThat(ProcessHandle.of(pid).isPresent(), is(true));

        begin(runner(plan(Archives.configuration("waits"))));
        bench.letEngineGo(RUN);
        JobReport report = Eventually.next("report", reports);

        assertThat(report.status(), is("finished"));
        assertThat(
                Files.readAllLines(unpack(server.blobs.get("/blob/run-1/filesystem"))
                                .resolve("config/calls"))
                        .stream()
                        .map(call -> call.split(" ")[0])
                        .filter(call -> call.equals("init") || call.equals("plan"))
                        .toList(),
                contains("init", "plan"));
        assertThat(server.log(RUN).split("waiting", -1).length, is(2));
        assertThat(server.log(RUN), startsWith(HEADER));
    }

    @Test
    void aPlanWithoutItsEngineIsNotTakenForADoneOne() throws Exception {
        Thread thread = begin(runner(plan(Archives.configuration("waits"))));
        bench.awaitEngine(RUN);
        thread.interrupt();
        thread.join();
        new ProcessBuilder("kill", "-9", "--", "-" + bench.enginePid(RUN))
                .start()
                .waitFor();

        JobReport report = run(plan(Archives.configuration("waits")));

        assertThat(report.status(), is("errored"));
        assertThat(report.error(), containsString("killed from outside"));
    }
}
