package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.path.json.JsonPath;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run that waits says for what, and a pool says what is asked of it. */
@ExtendWith(OtfdExtension.class)
class WaitingApiTest {

    private static final byte[] ARCHIVE =
            new TarGz().file("main.tf", new byte[] {'#', '\n'}).bytes();

    @Test
    void aPoolWithoutAgentsIsSaidSo(Given given) {
        Organization organization = given.organizationWithPool();
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, given.configuration(workspace, ARCHIVE));

        waits(given, run, "no-agent", "There is no agent in pool ");
        JsonPath plan = given.api().get("/runs/{id}/plan", run).jsonPath();
        assertThat(plan.getString("data.attributes.'otf-waiting'.reason"), equalTo("no-agent"));
        given.api().get("/runs/{id}/apply", run).then().body("data.attributes.'otf-waiting'", nullValue());
    }

    @Test
    void busyAgentsAreCountedAndSoIsTheDemand(Given given) {
        Organization organization = given.organizationWithPool();
        String pool = organization.pool().orElseThrow();
        ForeignAgent agent = new ForeignAgent(given.api(), given.poolToken(pool)).register("only one");
        Workspace workspace = given.workspace(organization);
        String configuration = given.configuration(workspace, ARCHIVE);
        String first = given.run(workspace, configuration, Map.of("plan-only", true));
        ForeignAgent.Job job = agent.awaitJob();
        agent.report(job, "running", Map.of()).then().statusCode(200);
        String second = given.run(workspace, configuration, Map.of("plan-only", true));

        waits(given, second, "all-busy", "1 of 1 slot taken, 0 jobs ahead");
        given.api().get("/runs/{id}", first).then().body("data.attributes.'otf-waiting'", nullValue());
        given.api()
                .get("/agent-pools/{id}", pool)
                .then()
                .body("data.attributes.'otf-demand'.plan-queued", equalTo(1))
                .body("data.attributes.'otf-demand'.plan-running", equalTo(1))
                .body("data.attributes.'otf-demand'.apply-queued", equalTo(0))
                .body("data.attributes.'otf-demand'.agents-busy", equalTo(1))
                .body("data.attributes.'otf-demand'.slots", equalTo(1));
        String metrics = given.api()
                .anonymous()
                .get("/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        String queued = metrics.lines()
                .filter(line -> line.startsWith("otfd_pool_jobs{") && line.contains("pool_id=\"" + pool + "\""))
                .filter(line -> line.contains("kind=\"plan\"") && line.contains("status=\"queued\""))
                .findFirst()
                .orElse("none in " + metrics);
        assertThat(
                queued, allOf(containsString("organization=\"" + organization.name() + "\""), containsString(" 1.0")));
    }

    @Test
    void agentsThatTakeOtherKindsAreNamed(Given given) {
        Organization organization = given.organizationWithPool();
        ForeignAgent agent = new ForeignAgent(
                        given.api(), given.poolToken(organization.pool().orElseThrow()))
                .register("appliers only");
        agent.pollFor("apply");
        Workspace workspace = given.workspace(organization);

        String run = given.run(workspace, given.configuration(workspace, ARCHIVE));

        waits(given, run, "not-accepted", "takes a job of the kind plan: 1 agent there");
    }

    @Test
    void agentsWithoutTheEngineAreNamed(Given given) {
        Organization organization = given.organizationWithPool();
        ForeignAgent agent = new ForeignAgent(
                        given.api(), given.poolToken(organization.pool().orElseThrow()))
                .register("Terraform only");
        Workspace workspace = given.workspace(organization, Map.of("otf-engine", "tofu"));

        String run = given.run(workspace, given.configuration(workspace, ARCHIVE));

        waits(given, run, "not-accepted", "takes a job of the kind plan with OpenTofu: 1 agent there");
        agent.pollFor("plan,apply");
    }

    @Test
    void aRunBehindAnotherNamesIt(Given given) {
        Organization organization = given.organizationWithPool();
        Workspace workspace = given.workspace(organization);
        String configuration = given.configuration(workspace, ARCHIVE);
        String first = given.run(workspace, configuration);

        waits(given, given.run(workspace, configuration), "blocked-by-run", first);
    }

    @Test
    void aLockedWorkspaceNamesWhoLockedItAndWhy(Given given) {
        Organization organization = given.organizationWithPool();
        Workspace workspace = given.workspace(organization);
        given.api()
                .request()
                .body("{\"reason\":\"maintenance\"}")
                .post("/workspaces/{id}/actions/lock", workspace.id())
                .then()
                .statusCode(200);

        String run = given.run(workspace, given.configuration(workspace, ARCHIVE));

        waits(given, run, "workspace-locked", "locked by user admin: maintenance");
        // By this the CLI tells a lock from runs ahead.
        given.api()
                .get("/workspaces/{id}", workspace.id())
                .then()
                .statusCode(200)
                .body("data.relationships.'current-run'.data.id", equalTo(run));
    }

    private static void waits(Given given, String run, String reason, String message) {
        JsonPath document = given.api().get("/runs/{id}", run).jsonPath();
        assertThat(document.getString("data.attributes.'otf-waiting'.reason"), equalTo(reason));
        assertThat(document.getString("data.attributes.'otf-waiting'.message"), containsString(message));
    }
}
