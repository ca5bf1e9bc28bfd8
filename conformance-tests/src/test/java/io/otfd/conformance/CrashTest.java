package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server dies at the worst moment and comes back on the same data directory: what it acknowledged is still true. */
@ExtendWith(OtfdExtension.class)
class CrashTest {

    private static final String BASE = """
            resource "terraform_data" "base" {
              input = "acknowledged"
            }
            """;

    /** Short, so that a lost agent is given up within the test. */
    private static final String[] IMPATIENT = {"--agent-unknown-after", "3s", "--agent-errored-after", "12s"};

    @BeforeEach
    void engine() {
        Terraform.required();
    }

    @Test
    void killedWhilePlanning(Sandbox sandbox) {
        Gate gate = Gate.in(sandbox, "gate");
        RunningOtfd otfd = sandbox.otfd(HeldEngine.before("plan", gate, sandbox), IMPATIENT);
        Given given = new Given(otfd.api());
        Workspace workspace = given.workspace(given.organization(), Map.of("description", "acknowledged"));
        given.variable(workspace, Map.of("key", "k", "value", "v", "category", "terraform"));
        String configuration = given.configuration(workspace, Map.of("main.tf", BASE));
        String run = given.run(workspace, configuration);
        gate.awaitArrival();

        otfd.kill9();
        gate.open();
        otfd.restart();

        assertThat(given.api().attribute("description", "/workspaces/{id}", workspace.id()), equalTo("acknowledged"));
        given.api().get("/workspaces/{id}/vars", workspace.id()).then().body("data.attributes.key", contains("k"));
        assertThat(given.api().attribute("status", "/configuration-versions/{id}", configuration), equalTo("uploaded"));
        endsWithReason(given, run, "plan", "planned");
        applyAgain(given, workspace, run, BASE);
        assertThat(given.resources(workspace), contains("terraform_data.base"));
    }

    @Test
    void killedWhileApplying(Sandbox sandbox) {
        Gate gate = Gate.in(sandbox, "gate");
        RunningOtfd otfd = sandbox.otfd(IMPATIENT);
        Given given = new Given(otfd.api());
        Workspace workspace = given.workspace(given.organization());
        given.await(given.run(workspace, Map.of("auto-apply", true), BASE), "applied");
        String both = BASE + gate.resource("slow", "terraform_data.base");
        String run = given.run(workspace, Map.of("auto-apply", true), both);
        gate.awaitArrival();

        otfd.kill9();
        gate.open();
        otfd.restart();

        assertThat(given.resources(workspace), hasItem("terraform_data.base"));
        endsWithReason(given, run, "apply", "applied");
        applyAgain(given, workspace, run, both);
        assertThat(given.resources(workspace), containsInAnyOrder("terraform_data.base", "terraform_data.slow"));
    }

    @Test
    void poolAgentGoesOnApplyingWhileTheServerIsAway(Sandbox sandbox) {
        Gate gate = Gate.in(sandbox, "gate");
        RunningOtfd otfd = sandbox.otfd();
        Given given = new Given(otfd.api());
        Organization organization = given.organizationWithPool();
        sandbox.agent(otfd.server(), given.poolToken(organization.pool().orElseThrow()));
        Workspace workspace = given.workspace(organization);
        String run =
                given.run(workspace, Map.of("auto-apply", true), BASE + gate.resource("slow", "terraform_data.base"));
        gate.awaitArrival();

        otfd.kill9();
        gate.open();
        otfd.restart();

        given.await(run, "applied");
        assertThat(given.resources(workspace), containsInAnyOrder("terraform_data.base", "terraform_data.slow"));
    }

    @Test
    void poolAgentGoesOnPlanningWhileTheServerIsAway(Sandbox sandbox) {
        Gate gate = Gate.in(sandbox, "gate");
        RunningOtfd otfd = sandbox.otfd();
        Given given = new Given(otfd.api());
        Organization organization = given.organizationWithPool();
        sandbox.agent(
                otfd.server(),
                given.poolToken(organization.pool().orElseThrow()),
                HeldEngine.before("plan", gate, sandbox));
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, Map.of(), BASE);
        gate.awaitArrival();

        otfd.kill9();
        otfd.restart();
        gate.open();

        given.await(run, "planned");
    }

    @Test
    void killedAgentErrsItsApplyAndFreesTheWorkspace(Sandbox sandbox) {
        Gate gate = Gate.in(sandbox, "gate");
        RunningOtfd otfd = sandbox.otfd(IMPATIENT);
        Given given = new Given(otfd.api());
        Organization organization = given.organizationWithPool();
        String token = given.poolToken(organization.pool().orElseThrow());
        RunningAgent agent = sandbox.agent(otfd.server(), token);
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, Map.of("auto-apply", true), gate.resource("slow", ""));
        gate.awaitArrival();

        agent.process().kill9();

        given.await(run, "errored");
        assertThat(reason(given, run, "apply"), not(equalTo("")));
        gate.open();
        sandbox.agent(otfd.server(), token);
        given.await(given.run(workspace, Map.of("auto-apply", true), BASE), "applied", "planned_and_finished");
    }

    @Test
    void queuedRunsSurviveAndKeepTheirOrder(Sandbox sandbox) {
        RunningOtfd otfd = sandbox.otfd();
        Given given = new Given(otfd.api());
        Organization organization = given.organizationWithPool();
        Workspace workspace = given.workspace(organization);
        String configuration = given.configuration(workspace, Map.of("main.tf", BASE));
        String first = given.run(workspace, configuration);
        String second = given.run(workspace, configuration);

        otfd.kill9();
        otfd.restart();

        given.api()
                .get("/workspaces/{id}/runs", workspace.id())
                .then()
                .body("data.id", equalTo(List.of(second, first)));
        sandbox.agent(otfd.server(), given.poolToken(organization.pool().orElseThrow()));
        given.await(first, "planned");
        assertThat(given.status(second), equalTo("pending"));
    }

    @Test
    void databaseThatDoesNotAnswerIsReportedAndForgotten(Sandbox sandbox) {
        RunningOtfd otfd = sandbox.otfd();
        Given given = new Given(otfd.api());
        Workspace workspace = given.workspace(given.organization());
        ProcessHandle postmaster =
                ProcessHandle.of(otfd.postmaster().orElseThrow()).orElseThrow();
        List<ProcessHandle> database =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();

        database.forEach(process -> ChildProcess.signal(process.pid(), "STOP"));
        try {
            Eventually.holds("GET /healthz answering 503", () -> otfd.health().equals(Optional.of(503)));
        } finally {
            database.stream()
                    .filter(ProcessHandle::isAlive)
                    .forEach(process -> ChildProcess.signal(process.pid(), "CONT"));
        }

        Eventually.holds("GET /healthz answering 200 again", () -> otfd.health().equals(Optional.of(200)));
        given.api().get("/workspaces/{id}", workspace.id()).then().statusCode(200);
    }

    @Test
    void databaseThatIsKilledComesBackWithEverything(Sandbox sandbox) {
        RunningOtfd otfd = sandbox.otfd();
        Given given = new Given(otfd.api());
        Workspace workspace = given.workspace(given.organization());
        long postmaster = otfd.postmaster().orElseThrow();

        ChildProcess.signal(postmaster, "KILL");

        // Either the server brings its database back itself, or it ends and whoever supervises it starts it again.
        Eventually.holds(
                "a new database or the server's end",
                () -> !otfd.process().alive()
                        || otfd.postmaster().filter(pid -> pid != postmaster).isPresent()
                                && otfd.health().equals(Optional.of(200)));
        if (!otfd.process().alive()) {
            assertThat(otfd.process().exit().orElseThrow(), not(equalTo(0)));
            otfd.restart();
        }
        given.api().get("/workspaces/{id}", workspace.id()).then().statusCode(200);
    }

    /** The run ends well, or errored with a reason in its log. */
    private static void endsWithReason(Given given, String run, String phase, String good) {
        if ("errored".equals(given.await(run, good, "errored"))) {
            assertThat("a reason in the log of " + run, reason(given, run, phase), not(equalTo("")));
        }
    }

    private static String reason(Given given, String run, String phase) {
        return given.log(run, phase).replaceAll("[\u0002\u0003]", "").strip();
    }

    /** A later run finds the workspace free and makes what is missing. */
    private static void applyAgain(Given given, Workspace workspace, String before, String configuration) {
        if ("planned".equals(given.status(before))) {
            given.api()
                    .request()
                    .body("{}")
                    .post("/runs/{id}/actions/discard", before)
                    .then()
                    .statusCode(202);
        }
        given.await(given.run(workspace, Map.of("auto-apply", true), configuration), "applied", "planned_and_finished");
    }
}
