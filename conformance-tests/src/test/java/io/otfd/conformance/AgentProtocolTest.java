package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Agents that are not ours work; pools keep apart. */
@ExtendWith(OtfdExtension.class)
class AgentProtocolTest {

    private static final byte[] ARCHIVE =
            new TarGz().file("main.tf", new byte[] {'#', '\n'}).bytes();

    @Test
    void foreignAgentPlansAndApplies(Given given) {
        Organization organization = given.organizationWithPool();
        String pool = organization.pool().orElseThrow();
        ForeignAgent agent = new ForeignAgent(given.api(), given.poolToken(pool)).register("stranger");
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, given.configuration(workspace, ARCHIVE));

        ForeignAgent.Job plan = agent.awaitJob();
        assertThat(plan.type(), equalTo("plan"));
        assertThat(plan.data("run_id"), equalTo(run));
        assertThat(plan.data("organization_name"), equalTo(workspace.organization()));
        assertThat(plan.data("workspace_name"), equalTo(workspace.name()));
        assertThat(Arrays.equals(agent.plan(plan, "what the plan left"), ARCHIVE), equalTo(true));

        given.await(run, "planned");
        String planId = given.api().get("/runs/{id}", run).path("data.relationships.plan.data.id");
        given.api()
                .get("/plans/{id}", planId)
                .then()
                .body("data.attributes.'resource-additions'", equalTo(1))
                .body("data.attributes.'execution-details'.'agent-id'", equalTo(agent.id()));
        given.api()
                .request()
                .accept("application/json")
                .get("/plans/{id}/json-output", planId)
                .then()
                .statusCode(200)
                .body("resource_changes.address", contains("terraform_data.one"));
        String log = given.log(run, "plan");
        assertThat(log, startsWith("\u0002"));
        assertThat(log, containsString("canned plan, first part\ncanned plan, second part\n"));
        assertThat(log, endsWith("\u0003"));

        given.api()
                .request()
                .body("{}")
                .post("/runs/{id}/actions/apply", run)
                .then()
                .statusCode(202);
        ForeignAgent.Job apply = agent.awaitJob();
        assertThat(apply.type(), equalTo("apply"));
        StateFile state = StateFile.of(1, UUID.randomUUID().toString(), "one");
        assertThat(agent.apply(apply, state), equalTo("what the plan left"));

        given.await(run, "applied");
        assertThat(given.resources(workspace), contains("terraform_data.one"));
        agent.status("exited").then().statusCode(200);
        agentsOf(given, pool).then().body("data.attributes.status", contains("exited"));
    }

    @Test
    void stateThatBecameNoVersionIsKeptWithItsApply(Given given) {
        Organization organization = given.organizationWithPool();
        ForeignAgent agent = new ForeignAgent(
                        given.api(), given.poolToken(organization.pool().orElseThrow()))
                .register("unlucky");
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, given.configuration(workspace, ARCHIVE), Map.of("auto-apply", true));
        agent.plan(agent.awaitJob(), "what the plan left");
        String id = given.api().get("/runs/{id}", run).path("data.relationships.apply.data.id");
        ForeignAgent.Job apply = agent.awaitJob();
        agent.report(apply, "running", Map.of()).then().statusCode(200);
        Refused.notFound(given.api().get("/applies/{id}/errored-state", id));

        given.api().upload(apply.data("errored_state_url"), "{\"serial\": 7}".getBytes(StandardCharsets.UTF_8));
        agent.report(apply, "errored", Map.of()).then().statusCode(200);
        given.await(run, "errored");

        Response found = given.api().request().redirects().follow(false).get("/applies/{id}/errored-state", id);
        found.then().statusCode(307);
        assertThat(given.api().download(found.header("Location")), equalTo("{\"serial\": 7}"));
        assertThat(given.resources(workspace), empty());
        Refused.notFound(given.as(given.team(organization)).get("/applies/{id}/errored-state", id));
        assertThat(
                given.api()
                        .put(apply.data("errored_state_url"), new byte[] {'x'})
                        .statusCode(),
                equalTo(409));
    }

    @Test
    void errorOfAForeignAgentErrsTheRun(Given given) {
        Organization organization = given.organizationWithPool();
        ForeignAgent agent = new ForeignAgent(
                        given.api(), given.poolToken(organization.pool().orElseThrow()))
                .register("unlucky");
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, given.configuration(workspace, ARCHIVE));
        ForeignAgent.Job job = agent.awaitJob();
        agent.report(job, "running", Map.of()).then().statusCode(200);

        agent.report(job, "errored", Map.of()).then().statusCode(200);

        given.await(run, "errored");
        assertThat(agent.status("idle").statusCode(), equalTo(200));
    }

    @Test
    void tokenOfThePoolIsNeeded(Given given) {
        for (String wrong : new String[] {"nonsense", given.api().server().token()}) {
            Response response = new ForeignAgent(given.api(), wrong).tryToRegister("intruder");
            assertThat(response.statusCode(), equalTo(401));
        }
        given.api().anonymous().get("/api/agent/jobs").then().statusCode(401);
    }

    @Test
    void jobOfAPoolNeverGoesToAnother(Given given) {
        Organization organization = given.organizationWithPool();
        Organization elsewhere = new Organization(organization.name(), Optional.of(given.pool(organization)));
        ForeignAgent ours = new ForeignAgent(
                        given.api(), given.poolToken(organization.pool().orElseThrow()))
                .register("ours");
        ForeignAgent others =
                new ForeignAgent(given.api(), given.poolToken(elsewhere.pool().orElseThrow())).register("others");
        CompletableFuture<Optional<ForeignAgent.Job>> waiting = CompletableFuture.supplyAsync(others::poll);
        Workspace workspace = given.workspace(organization);

        String run = given.run(workspace, given.configuration(workspace, ARCHIVE));

        assertThat(waiting.join(), equalTo(Optional.empty()));
        assertThat(ours.awaitJob().data("run_id"), equalTo(run));
    }

    @Test
    void agentIsSeenIdleAndBusyAndIsNotDeletedMeanwhile(Given given) {
        Organization organization = given.organizationWithPool();
        String pool = organization.pool().orElseThrow();
        ForeignAgent agent = new ForeignAgent(given.api(), given.poolToken(pool)).register("visible");
        Response agents = agentsOf(given, pool);
        Shape.of("agents").check(agents.path("data[0]"));
        agents.then()
                .body("data.id", contains(agent.id()))
                .body("data.attributes.name", contains("visible"))
                .body("data.attributes.status", contains("idle"));
        given.api().get("/agent-pools/{id}", pool).then().body("data.attributes.'agent-count'", equalTo(1));
        Workspace workspace = given.workspace(organization);
        given.run(workspace, given.configuration(workspace, ARCHIVE));
        ForeignAgent.Job job = agent.awaitJob();
        agent.report(job, "running", Map.of()).then().statusCode(200);

        agentsOf(given, pool).then().body("data.attributes.status", contains("busy"));
        Refused.with(412, given.api().delete("/agents/{id}", agent.id()));

        agent.report(job, "errored", Map.of()).then().statusCode(200);
        agent.status("exited").then().statusCode(200);
        given.api().delete("/agents/{id}", agent.id()).then().statusCode(204);
        agentsOf(given, pool).then().body("data.size()", equalTo(0));
    }

    @Test
    void runTokenReachesItsOwnWorkspaceOnlyAndDiesWithTheRun(Given given) {
        Organization organization = given.organizationWithPool();
        ForeignAgent agent = new ForeignAgent(
                        given.api(), given.poolToken(organization.pool().orElseThrow()))
                .register("curious");
        Workspace workspace = given.workspace(organization);
        Workspace stranger = given.workspace(given.organization());
        given.run(workspace, given.configuration(workspace, ARCHIVE), Map.of("plan-only", true));
        ForeignAgent.Job job = agent.awaitJob();
        Api run = given.api().as(job.data("token"));

        run.get("/workspaces/{id}", workspace.id()).then().statusCode(200);
        assertThat(run.get("/workspaces/{id}", stranger.id()).statusCode(), greaterThan(400));
        assertThat(
                run.patch(Document.of("workspaces").with("auto-apply", true), "/workspaces/{id}", workspace.id())
                        .statusCode(),
                greaterThan(400));

        agent.report(job, "errored", Map.of()).then().statusCode(200);
        Eventually.holds(
                "the run's token being refused",
                () -> run.get("/workspaces/{id}", workspace.id()).statusCode() == 401);
    }

    private static Response agentsOf(Given given, String pool) {
        Response response = given.api().get("/agent-pools/{id}/agents", pool);
        response.then().statusCode(200).body("data.type", everyItem(equalTo("agents")));
        return response;
    }
}
