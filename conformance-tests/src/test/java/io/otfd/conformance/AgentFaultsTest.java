package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Real agents on bad wires, frozen, or turned away: each phase is started at most once, the run's end says what happened,
 * and the workspace is free.
 */
@ExtendWith(OtfdExtension.class)
class AgentFaultsTest {

    private static final String ONE = """
            resource "terraform_data" "one" {
            }
            """;

    /** Short, so that a lost agent is given up within the test. */
    private static final String[] IMPATIENT = {"--http", "--agent-unknown-after", "3s", "--agent-errored-after", "3s"};

    @BeforeEach
    void engine() {
        Terraform.required();
    }

    @Test
    void anAnswerToAClaimThatBreaksOffIsMadeGood(Sandbox sandbox) {
        aLostClaimIsMadeGood(sandbox, wire -> wire.loseAnswer("GET /api/agent/jobs?", 200));
    }

    /** The agent has no reason to register again: the server sees by its heartbeats that the job did not arrive. */
    @Test
    void anAnswerToAClaimThatABalancerReplacesIsMadeGood(Sandbox sandbox) {
        aLostClaimIsMadeGood(sandbox, wire -> wire.replaceAnswer("GET /api/agent/jobs?", 200));
    }

    private interface Fault {
        void on(TcpProxy wire);
    }

    private static void aLostClaimIsMadeGood(Sandbox sandbox, Fault fault) {
        RunningOtfd otfd = sandbox.otfd("--http", "--agent-unknown-after", "3s");
        Given given = new Given(otfd.api());
        Organization organization = given.organizationWithPool();
        StampedEngine engine = new StampedEngine(sandbox);
        try (TcpProxy wire = new TcpProxy(otfd.server().address())) {
            fault.on(wire);
            sandbox.agent(
                    wire.server(otfd.server()),
                    given.poolToken(organization.pool().orElseThrow()),
                    engine.environment());

            String run = given.run(given.workspace(organization), Map.of("auto-apply", true), ONE);

            wire.awaitLoss();
            given.await(run, "applied");
        }
        assertThat("plans started", engine.count("plan "), equalTo(1));
        assertThat("applies started", engine.count("apply "), equalTo(1));
    }

    @Test
    void anEndThatIsReportedTwiceCountsOnce(Sandbox sandbox) {
        RunningOtfd otfd = sandbox.otfd("--http");
        Given given = new Given(otfd.api());
        Organization organization = given.organizationWithPool();
        StampedEngine engine = new StampedEngine(sandbox);
        try (TcpProxy wire = new TcpProxy(otfd.server().address())) {
            RunningAgent agent = sandbox.agent(
                    wire.server(otfd.server()),
                    given.poolToken(organization.pool().orElseThrow()),
                    engine.environment());
            Workspace workspace = given.workspace(organization);
            given.await(given.run(workspace, Map.of("auto-apply", true), ONE), "applied");
            int before = engine.count();

            // Whichever it is: the beginning, a heartbeat, or the end. None may change what the run comes to.
            for (int i = 0; i < 4; i++) {
                wire.loseAnswer("PUT /api/agent/status", 200);
                given.await(given.run(workspace, Map.of("is-destroy", i % 2 == 0, "auto-apply", true), ONE), "applied");
            }
            wire.awaitLoss();
            assertThat(agent.process().alive(), equalTo(true));
            assertThat(engine.count(), greaterThan(before));
        }
        assertThat("applies started", engine.count("apply "), equalTo(5));
    }

    @Test
    void aFrozenAgentLosesItsApplyAndGoesOnAfterwards(Sandbox sandbox) {
        Gate gate = Gate.in(sandbox, "gate");
        RunningOtfd otfd = sandbox.otfd(IMPATIENT);
        Given given = new Given(otfd.api());
        Organization organization = given.organizationWithPool();
        RunningAgent agent =
                sandbox.agent(otfd.server(), given.poolToken(organization.pool().orElseThrow()), "--name", "icy");
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, Map.of("auto-apply", true), gate.resource("slow", ""));
        gate.awaitArrival();

        agent.process().signal("STOP");
        given.await(run, "errored");
        String log = given.log(run, "apply");
        assertThat(log, containsString("Agent icy (agent-"));
        assertThat(log, containsString("fell silent"));
        assertThat(log, containsString("may have changed infrastructure"));
        given.api().get("/workspaces/{id}", workspace.id()).then().body("data.attributes.locked", equalTo(false));
        agent.process().signal("CONT");

        String next = given.run(workspace, Map.of("auto-apply", true), ONE);
        given.await(next, "applied", "planned_and_finished");
        assertThat(given.status(run), equalTo("errored"));
        assertThat("the log of the lost apply", given.log(run, "apply"), equalTo(log));
        gate.open();
    }

    /** Its client was cut off without a word while it waited: nobody but the server knows of the job. */
    @Test
    void aJobThatWentToADeadPollIsGivenToTheNextAgent(Sandbox sandbox) {
        RunningOtfd otfd = sandbox.otfd("--http", "--agent-unknown-after", "1s");
        Given given = new Given(otfd.api());
        Organization organization = given.organizationWithPool();
        String token = given.poolToken(organization.pool().orElseThrow());
        ForeignOtfAgent dead = new ForeignOtfAgent(given.api(), token).register("dead", 1);
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, Map.of("auto-apply", true), ONE);
        Eventually.holds("the dead poll having it", () -> dead.awaitJobs().path("data[0].id") != null);

        sandbox.agent(otfd.server(), token, "--name", "alive");

        given.await(run, "applied");
    }

    /** Agents that are not ours need not watch the time. */
    @Test
    void aPlanThatTakesTooLongIsStopped(Sandbox sandbox) throws Exception {
        RunningOtfd otfd = sandbox.otfd("--http", "--agent-unknown-after", "1s", "--planning-timeout", "1h");
        Given given = new Given(otfd.api());
        Organization organization = given.organizationWithPool();
        String path = "/admin/organizations/{name}/timeouts";
        Document timeouts = Document.of("otf-timeouts").with("terraform-build-worker-plan-timeout", "1s");
        given.api()
                .patch(timeouts, path, organization.name())
                .then()
                .statusCode(200)
                .body("data.attributes.terraform-build-worker-plan-timeout", equalTo("1s"))
                .body("data.attributes.terraform-build-worker-apply-timeout", nullValue());
        for (String wrong : new String[] {"", "0s", "soon", "-1h"}) {
            Refused.invalid(
                    "/data/attributes/terraform-build-worker-plan-timeout",
                    given.api()
                            .patch(
                                    Document.of("otf-timeouts").with("terraform-build-worker-plan-timeout", wrong),
                                    path,
                                    organization.name()));
        }
        ForeignOtfAgent agent = new ForeignOtfAgent(
                        given.api(), given.poolToken(organization.pool().orElseThrow()))
                .register("slow", 1);
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, Map.of(), ONE);
        ForeignOtfAgent.Job job = agent.job();

        assertThat(job.awaitSignal().<Boolean>path("data.attributes.force"), equalTo(false));
        job.finish("canceled").then().statusCode(200);

        assertThat(given.status(run), equalTo("errored"));
        assertThat(given.log(run, "plan"), containsString("took longer than the 1s that it may take, and was stopped"));
        given.api().get("/workspaces/{id}", workspace.id()).then().body("data.attributes.locked", equalTo(false));
    }

    /** Ours watch it themselves, and interrupt their engines. */
    @Test
    void anApplyThatTakesTooLongIsInterrupted(Sandbox sandbox) {
        Gate gate = Gate.in(sandbox, "gate");
        RunningOtfd otfd = sandbox.otfd("--http", "--applying-timeout", "5s");
        Given given = new Given(otfd.api());
        Organization organization = given.organizationWithPool();
        sandbox.agent(otfd.server(), given.poolToken(organization.pool().orElseThrow()));

        String run = given.run(given.workspace(organization), Map.of("auto-apply", true), gate.resource("slow", ""));
        gate.awaitArrival();

        given.await(run, "errored");
        assertThat(given.log(run, "apply"), containsString("took longer than the 5s that it may take"));
        gate.open();
    }

    @Test
    void aWrongTokenEndsTheAgentWithAReason(Sandbox sandbox) {
        RunningOtfd otfd = sandbox.otfd("--http", "--concurrency", "0");

        ChildProcess agent =
                sandbox.keep(RunningAgent.launch(sandbox.directory("wrong"), otfd.server(), "at-nonsense", Map.of()));

        assertThat(agent.awaitExit(Eventually.PATIENCE), not(equalTo(0)));
        assertThat(agent.output(), containsString("the token is not valid"));
    }

    @Test
    void anAgentWhoseTokenIsRevokedEnds(Sandbox sandbox) {
        RunningOtfd otfd = sandbox.otfd(IMPATIENT);
        Given given = new Given(otfd.api());
        String pool = given.organizationWithPool().pool().orElseThrow();
        RunningAgent agent = sandbox.agent(otfd.server(), given.poolToken(pool));

        revokeTokens(given, pool);

        assertThat(agent.process().awaitExit(Eventually.PATIENCE), not(equalTo(0)));
        assertThat(agent.output(), containsString("the token is not valid"));
    }

    @Test
    void aRevokedTokenErrsTheRunAndFreesTheWorkspace(Sandbox sandbox) {
        Gate gate = Gate.in(sandbox, "gate");
        RunningOtfd otfd = sandbox.otfd(IMPATIENT);
        Given given = new Given(otfd.api());
        Organization organization = given.organizationWithPool();
        String pool = organization.pool().orElseThrow();
        RunningAgent agent = sandbox.agent(otfd.server(), given.poolToken(pool));
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, Map.of("auto-apply", true), gate.resource("slow", ""));
        gate.awaitArrival();

        revokeTokens(given, pool);

        given.await(run, "errored");
        assertThat(given.log(run, "apply"), containsString("fell silent"));
        given.api().get("/workspaces/{id}", workspace.id()).then().body("data.attributes.locked", equalTo(false));
        gate.open();
        assertThat(agent.process().awaitExit(Eventually.PATIENCE), not(equalTo(0)));
    }

    @Test
    void aForeignAgentThatComesBackTooLateIsToldSo(Sandbox sandbox) {
        // The first offer to such an agent takes as long as packing an engine for it.
        RunningOtfd otfd = sandbox.otfd("--http", "--agent-unknown-after", "10s", "--agent-errored-after", "1s");
        Given given = new Given(otfd.api());
        Organization organization = given.organizationWithPool();
        ForeignAgent agent = new ForeignAgent(
                        given.api(), given.poolToken(organization.pool().orElseThrow()))
                .register("late");
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, Map.of(), ONE);
        ForeignAgent.Job job = agent.awaitJob();
        agent.report(job, "running", Map.of()).then().statusCode(200);
        assertThat(agent.appendLog(job, Optional.empty(), "half a plan\n").statusCode(), equalTo(200));

        given.await(run, "errored");

        String log = given.log(run, "plan");
        assertThat(log, containsString("half a plan\n"));
        assertThat(log, containsString("Agent late (" + agent.id() + ") fell silent"));
        Refused.with(409, agent.appendLog(job, Optional.empty(), "the other half\n"));
        Refused.with(409, given.api().put(job.data("json_plan_url"), new byte[] {'{', '}'}));
        Refused.with(410, agent.report(job, "finished", Map.of("has_changes", true)));
        assertThat(given.status(run), equalTo("errored"));
        assertThat(given.log(run, "plan"), equalTo(log));
        given.api().get("/runs/{id}", run).then().body("data.attributes.'otf-waiting'", nullValue());
    }

    private static void revokeTokens(Given given, String pool) {
        given.api()
                .get("/agent-pools/{id}/authentication-tokens", pool)
                .then()
                .extract()
                .<java.util.List<String>>path("data.id")
                .forEach(token -> given.api()
                        .delete("/authentication-tokens/{id}", token)
                        .then()
                        .statusCode(204));
    }
}
