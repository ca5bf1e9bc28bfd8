package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator of tfc-agent expects of otf-agent: settings, log lines, signals, exit codes. */
@ExtendWith(OtfdExtension.class)
class OtfAgentTest {

    private static final String ONE = """
            resource "terraform_data" "one" {
              input = "first"
            }
            """;

    @Test
    void logSaysWhatOperatorsLookFor(Shared shared, Sandbox sandbox) {
        Terraform.required();
        Given given = shared.given();
        Organization organization = given.organizationWithPool();
        String pool = organization.pool().orElseThrow();
        RunningAgent agent = sandbox.agent(shared.server(), given.poolToken(pool), "--name", "speaker");

        String run = given.run(given.workspace(organization), Map.of("plan-only", true), ONE);
        given.await(run, "planned_and_finished");

        assertThat(agent.output(), containsString("starting agent"));
        assertThat(agent.output(), containsString("registered successfully"));
        assertThat(agent.output(), containsString("waiting for next job"));
        assertThat(agent.output(), containsString(run));
        given.api().get("/agent-pools/{id}/agents", pool).then().body("data.attributes.name", contains("speaker"));
    }

    @Test
    void jsonLogIsOneObjectPerLine(Shared shared, Sandbox sandbox) {
        Given given = shared.given();
        String pool = given.organizationWithPool().pool().orElseThrow();
        RunningAgent agent = sandbox.agent(shared.server(), given.poolToken(pool), "--log-format", "json");

        List<String> messages = agent.output()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> JsonPath.from(line).getString("msg"))
                .toList();

        assertThat(messages, hasItem(containsString("waiting for next job")));
    }

    /** Flags in the style of Go, and the lines that operators search logs for. */
    @Test
    void logOfTfcAgentIsThereForThoseWhoSearchIt(Shared shared, Sandbox sandbox) {
        Terraform.required();
        Given given = shared.given();
        Organization organization = given.organizationWithPool();
        String token = given.poolToken(organization.pool().orElseThrow());
        ChildProcess agent = sandbox.keep(RunningAgent.launch(
                sandbox.directory("hclog"), shared.server(), token, Map.of(), "-log-json", "-log-level=info"));
        Workspace workspace = given.workspace(organization);

        String run = given.run(workspace, Map.of("auto-apply", true), ONE);
        given.await(run, "applied");

        agent.signal("TERM");
        agent.awaitExit(Eventually.PATIENCE);
        List<JsonPath> lines = agent.output()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(JsonPath::from)
                .toList();
        assertThat(
                lines.stream()
                        .map(line -> line.getString("'@module'") + ": " + line.getString("'@message'"))
                        .toList(),
                hasItems(
                        "agent: Starting",
                        "core: Agent registered successfully with otfd",
                        "core: Waiting for next job",
                        "core: Job received",
                        "terraform: Handling run",
                        "terraform: Terraform CLI details",
                        "terraform: Downloading Terraform configuration",
                        "terraform: Running terraform init",
                        "terraform: Running terraform plan",
                        "terraform: Generating and uploading plan JSON",
                        "terraform: Persisting filesystem to remote storage",
                        "terraform: Restoring filesystem from remote storage",
                        "terraform: Running terraform apply",
                        "terraform: Finished handling run"));
        JsonPath received = lines.stream()
                .filter(line -> "Job received".equals(line.getString("'@message'")))
                .findFirst()
                .orElseThrow();
        assertThat(received.getString("job_id"), equalTo(run));
        assertThat(
                received.getString("agent_pool_id"), equalTo(organization.pool().orElseThrow()));
    }

    /** A run looks at every process of the machine, as the user that the agent runs as, and finds only what it may. */
    @Test
    void tokenOfThePoolIsNotFoundByARun(Shared shared, Sandbox sandbox) throws Exception {
        Terraform.required();
        Given given = shared.given();
        Organization organization = given.organizationWithPool();
        String token = given.poolToken(organization.pool().orElseThrow());
        RunningAgent agent = sandbox.agent(shared.server(), token, Map.of("TFC_AGENT_TOKEN", token));
        Path found = sandbox.directory().resolve("found");
        Path look = sandbox.write("look", """
                for file in /proc/[0-9]*/environ /proc/[0-9]*/cmdline; do
                  tr '\\0' '\\n' <"$file" || true
                done >"$1.seen" 2>/dev/null
                echo "$(grep -a -c -F -f "$1.token" "$1.seen") $(grep -a -c -F -f "$1.marker" "$1.seen")" >"$1"
                """);
        sandbox.write("found.token", token + "\n");
        sandbox.write("found.marker", "HOME=" + agent.home() + "\n");

        String run = given.run(given.workspace(organization), Map.of("auto-apply", true), """
                resource "terraform_data" "thief" {
                  provisioner "local-exec" {
                    command = "sh %s %s"
                  }
                }
                """.formatted(look, found));
        given.await(run, "applied");

        String[] counts = Files.readString(found).strip().split(" ");
        assertThat("what the agent was started with is seen", Integer.parseInt(counts[1]), greaterThan(0));
        assertThat("the token is not", counts[0], equalTo("0"));
    }

    @Test
    void environmentOfTfcAgentIsEnough(Shared shared, Sandbox sandbox) {
        Given given = shared.given();
        String pool = given.organizationWithPool().pool().orElseThrow();
        Path home = sandbox.directory("home");
        Map<String, String> environment = ChildProcess.environment(
                home,
                Map.of(
                        "TFC_AGENT_TOKEN", given.poolToken(pool),
                        "TFC_ADDRESS", shared.server().address().toString(),
                        "TFC_AGENT_NAME", "by-environment"));
        List<String> command = Stream.concat(
                        Stream.of(Checkout.script("otf-agent")),
                        shared.server().ca().stream().flatMap(ca -> Stream.of("--ca-file", ca.toString())))
                .toList();

        ChildProcess agent = sandbox.keep(ChildProcess.start(
                "otf-agent", command, home, environment, sandbox.directory().resolve("env.log")));

        agent.awaitOutput("waiting for next job");
        given.api()
                .get("/agent-pools/{id}/agents", pool)
                .then()
                .body("data.attributes.name", contains("by-environment"));
        assertThat(agent.output(), not(containsString(environment.get("TFC_AGENT_TOKEN"))));
    }

    @Test
    void terminatedAgentFinishesItsJobFirst(Shared shared, Sandbox sandbox) {
        Terraform.required();
        Given given = shared.given();
        Organization organization = given.organizationWithPool();
        String pool = organization.pool().orElseThrow();
        RunningAgent agent = sandbox.agent(shared.server(), given.poolToken(pool));
        Gate gate = Gate.in(sandbox, "gate");
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, Map.of("auto-apply", true), gate.resource("slow", ""));
        gate.awaitArrival();

        agent.process().signal("TERM");
        Eventually.holds(
                "the agent taking no more work", () -> agentStatus(given, pool).equals("busy"));
        assertThat(agent.process().alive(), equalTo(true));
        gate.open();

        assertThat(agent.process().awaitExit(Eventually.PATIENCE), equalTo(0));
        given.await(run, "applied");
        assertThat(given.resources(workspace), contains("terraform_data.slow"));
        assertThat(agentStatus(given, pool), equalTo("exited"));
    }

    @Test
    void idleAgentExitsAtOnceWhenTerminated(Shared shared, Sandbox sandbox) {
        Given given = shared.given();
        String pool = given.organizationWithPool().pool().orElseThrow();
        RunningAgent agent = sandbox.agent(shared.server(), given.poolToken(pool));

        agent.process().signal("INT");

        assertThat(agent.process().awaitExit(Eventually.PATIENCE), equalTo(0));
        assertThat(agentStatus(given, pool), equalTo("exited"));
    }

    @Test
    void singleAgentDoesOneJobAndExits(Shared shared, Sandbox sandbox) {
        Terraform.required();
        Given given = shared.given();
        Organization organization = given.organizationWithPool();
        RunningAgent agent = sandbox.agent(
                shared.server(), given.poolToken(organization.pool().orElseThrow()), "--single");

        String run = given.run(given.workspace(organization), Map.of(), ONE);

        given.await(run, "planned");
        assertThat(agent.process().awaitExit(Eventually.PATIENCE), equalTo(0));
    }

    /** The plan, then, however long it takes until somebody confirms, the apply; and no other run meanwhile. */
    @Test
    void agentOfOneRunPlansAndAppliesItAndExits(Shared shared, Sandbox sandbox) {
        Terraform.required();
        Given given = shared.given();
        Organization organization = given.organizationWithPool();
        RunningAgent agent = sandbox.agent(
                shared.server(), given.poolToken(organization.pool().orElseThrow()), "--single=run");
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, Map.of(), ONE);
        given.await(run, "planned");
        String other = given.run(given.workspace(organization), Map.of(), ONE);

        given.api()
                .request()
                .body("{}")
                .post("/runs/{id}/actions/apply", run)
                .then()
                .statusCode(202);

        given.await(run, "applied");
        assertThat(agent.process().awaitExit(Eventually.PATIENCE), equalTo(0));
        assertThat(given.resources(workspace), contains("terraform_data.one"));
        assertThat(given.status(other), equalTo("plan_queued"));
    }

    @Test
    void agentOfOneRunExitsWhenThereIsNothingToApply(Shared shared, Sandbox sandbox) {
        Terraform.required();
        Given given = shared.given();
        Organization organization = given.organizationWithPool();
        RunningAgent agent = sandbox.agent(
                shared.server(), given.poolToken(organization.pool().orElseThrow()), "--single=run");

        given.await(
                given.run(given.workspace(organization), Map.of(), "output \"x\" {\n  value = null\n}\n"),
                "planned_and_finished");

        assertThat(agent.process().awaitExit(Eventually.PATIENCE), equalTo(0));
    }

    @Test
    void agentSaysWhatItIs(Shared shared, Sandbox sandbox) {
        Given given = shared.given();
        String pool = given.organizationWithPool().pool().orElseThrow();
        RunningAgent agent = sandbox.agent(shared.server(), given.poolToken(pool), "--labels", "zone=b,team=net");
        Response agents = given.api().get("/agent-pools/{id}/agents", pool);
        agents.then()
                .body("data.attributes.'otf-sandboxed'", contains(false))
                .body("data.attributes.'otf-labels'", contains(Map.of("zone", "b", "team", "net")))
                .body("data.attributes.'otf-engines'", contains(List.of("terraform", "tofu")));
        String id = agents.path("data[0].id");

        given.api()
                .request()
                .body("{\"message\":\"the host is rebuilt\"}")
                .post("/agents/{id}/actions/drain", id)
                .then()
                .statusCode(200)
                .body("data.attributes.'otf-draining'", equalTo(true))
                .body("data.attributes.'otf-drain-message'", equalTo("the host is rebuilt"));

        agent.process().awaitOutput("reason=\"the host is rebuilt\"");
    }

    @Test
    void hooksOfTheOperatorRunBesideThePhases(Shared shared, Sandbox sandbox) {
        Terraform.required();
        Given given = shared.given();
        Organization organization = given.organizationWithPool();
        RunningAgent agent = sandbox.agent(
                shared.server(), given.poolToken(organization.pool().orElseThrow()));
        agent.hook("pre-plan", "echo TF_VAR_minted=by-the-hook >>$TFC_AGENT_ENV");
        agent.hook("post-apply", "echo after $TFC_WORKSPACE_NAME; exit 4");
        Workspace workspace = given.workspace(organization);

        String run = given.run(workspace, Map.of("auto-apply", true), """
                variable "minted" {}
                output "minted" {
                  value = var.minted
                }
                """);
        given.await(run, "errored");

        assertThat(given.log(run, "plan"), containsString("Executing pre-plan hook..."));
        assertThat(given.log(run, "apply"), containsString("by-the-hook"));
        assertThat(given.log(run, "apply"), containsString("after " + workspace.name() + "\n"));
        assertThat(given.log(run, "apply"), containsString("The post-apply hook failed with exit code 4."));
    }

    @Test
    void directoriesOfJobsAreRemovedOrKept(Shared shared, Sandbox sandbox) {
        Terraform.required();
        Given given = shared.given();
        for (boolean kept : new boolean[] {false, true}) {
            Organization organization = given.organizationWithPool();
            String token = given.poolToken(organization.pool().orElseThrow());
            RunningAgent agent = sandbox.agent(shared.server(), token, "--keep-jobs=" + kept);

            String run = given.run(given.workspace(organization), Map.of("auto-apply", true), ONE);
            given.await(run, "applied");

            Path jobs = agent.dataDir().resolve("component/terraform/runs");
            Eventually.holds("no job's directory", () -> jobs.toFile().list().length == 0);
            Path old = agent.dataDir().resolve("kept").resolve(run + "-apply/config/main.tf");
            assertThat(Files.exists(old), equalTo(kept));
        }
    }

    /** As the kernel does when memory runs out. */
    @Test
    void engineThatIsKilledIsNamedInTheLog(Shared shared, Sandbox sandbox) {
        Terraform.required();
        Given given = shared.given();
        Organization organization = given.organizationWithPool();
        sandbox.agent(shared.server(), given.poolToken(organization.pool().orElseThrow()));
        String run = given.run(given.workspace(organization), Map.of("auto-apply", true), """
                resource "terraform_data" "fatal" {
                  provisioner "local-exec" {
                    command = "kill -9 $PPID"
                  }
                }
                """);

        given.await(run, "errored");

        assertThat(given.log(run, "apply"), containsString("terraform apply was killed by signal 9"));
    }

    /** The data directory is a file system of its own that one configuration fills. */
    @Test
    void fullDiskIsNamedInTheLogAndForgotten(Shared shared, Sandbox sandbox) {
        Terraform.required();
        Given given = shared.given();
        Organization organization = given.organizationWithPool();
        SmallDisk disk = SmallDisk.of(sandbox.directory("small"), 4);
        RunningAgent agent = sandbox.agentOn(
                disk, shared.server(), given.poolToken(organization.pool().orElseThrow()));
        Workspace large = given.workspace(organization);
        byte[] noise = new byte[6 << 20];
        new Random(1).nextBytes(noise);

        String run = given.run(
                large,
                given.configuration(
                        large,
                        new TarGz()
                                .file("main.tf", ONE.getBytes(StandardCharsets.UTF_8))
                                .file("noise", noise)
                                .bytes()));
        given.await(run, "errored");

        assertThat(given.log(run, "plan"), containsString("the agent's disk is full"));
        String filling = given.run(given.workspace(organization), Map.of("auto-apply", true), """
                resource "terraform_data" "greedy" {
                  provisioner "local-exec" {
                    command = "cat /dev/zero >$HOME/zeros"
                  }
                }
                """);
        given.await(filling, "errored");
        assertThat(given.log(filling, "apply"), containsString("the agent's disk is full"));
        given.await(given.run(given.workspace(organization), Map.of("auto-apply", true), ONE), "applied");
        assertThat(agent.process().alive(), equalTo(true));
    }

    /** A run looks for the agent's data and processes. It applies all the same. */
    @Test
    void sandboxedRunSeesNothingButItself(Shared shared, Sandbox sandbox) throws Exception {
        Terraform.required();
        Bubblewrap.required();
        Given given = shared.given();
        Organization organization = given.organizationWithPool();
        RunningAgent agent = sandbox.agent(
                shared.server(), given.poolToken(organization.pool().orElseThrow()), "--sandbox", "--keep-jobs");
        given.api()
                .get("/agent-pools/{id}/agents", organization.pool().orElseThrow())
                .then()
                .body("data.attributes.'otf-sandboxed'", contains(true));
        Workspace workspace = given.workspace(organization);

        String run = given.run(workspace, Map.of("auto-apply", true), """
                resource "terraform_data" "curious" {
                  provisioner "local-exec" {
                    command = "ls -a %s >$HOME/seen; cat /proc/[0-9]*/cmdline | tr '\\\\0' ' ' >$HOME/processes"
                  }
                }
                """.formatted(agent.dataDir()));
        given.await(run, "applied");

        assertThat(given.resources(workspace), contains("terraform_data.curious"));
        Path kept = agent.dataDir().resolve("kept").resolve(run + "-apply");
        Eventually.holds("the job's directory being kept", () -> Files.exists(kept));
        assertThat(Files.readAllLines(kept.resolve("seen")), hasItem("component"));
        assertThat(Files.readAllLines(kept.resolve("seen")), not(hasItem("instance-id")));
        assertThat(Files.readString(kept.resolve("processes")), not(containsString("otf-agent")));
        assertThat(agent.output(), containsString("sandbox=bubblewrap"));
    }

    @Test
    void sandboxThatDoesNotWorkEndsTheAgent(Shared shared, Sandbox sandbox) {
        Map<String, String> path =
                Programs.first(sandbox.program("bin/bwrap", "#!/bin/sh\necho no permissions\nexit 1\n"));

        ChildProcess agent = sandbox.keep(
                RunningAgent.launch(sandbox.directory("unconfined"), shared.server(), "token", path, "--sandbox"));

        assertThat(agent.awaitExit(Eventually.PATIENCE), equalTo(1));
        assertThat(agent.output(), containsString("The sandbox does not work on this machine (no permissions)"));
    }

    @Test
    void wrongTokenEndsTheAgent(Shared shared, Sandbox sandbox) {
        ChildProcess agent =
                sandbox.keep(RunningAgent.launch(sandbox.directory("wrong"), shared.server(), "nonsense", Map.of()));

        assertThat(agent.awaitExit(Eventually.PATIENCE), equalTo(1));
        assertThat(agent.output(), not(containsString("nonsense")));
    }

    @Test
    void revokedTokenEndsTheIdleAgent(Shared shared, Sandbox sandbox) {
        Given given = shared.given();
        String pool = given.organizationWithPool().pool().orElseThrow();
        RunningAgent agent = sandbox.agent(shared.server(), given.poolToken(pool));
        String token =
                given.api().get("/agent-pools/{id}/authentication-tokens", pool).path("data[0].id");

        given.api().delete("/authentication-tokens/{id}", token).then().statusCode(204);

        assertThat(agent.process().awaitExit(Eventually.PATIENCE), equalTo(1));
    }

    @Test
    void missingEngineErrsTheRunAndSaysWhy(Shared shared, Sandbox sandbox) {
        Given given = shared.given();
        Organization organization = given.organizationWithPool();
        sandbox.agent(
                shared.server(),
                given.poolToken(organization.pool().orElseThrow()),
                Terraform.away(),
                "--engine-mirror",
                "http://127.0.0.1:1");

        String run = given.run(given.workspace(organization, Map.of("terraform-version", "0.0.1")), Map.of(), ONE);

        given.await(run, "errored");
        assertThat(given.log(run, "plan"), containsString("127.0.0.1:1"));
    }

    private static String agentStatus(Given given, String pool) {
        return given.api().get("/agent-pools/{id}/agents", pool).path("data[0].attributes.status");
    }
}
