package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What people at a terminal see of run tasks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TerraformTasksTest {

    private static final String MAIN = """
            resource "terraform_data" "made" {
              input = "checked"
            }
            """;

    private final Sandbox sandbox = new Sandbox();
    private final Receiver receiver = new Receiver();
    private RunningOtfd otfd;
    private Given given;

    @BeforeAll
    void start() {
        Terraform.required();
        otfd = sandbox.otfd("--concurrency", "2", "--notification-allow-private");
        given = new Given(otfd.api());
    }

    @AfterAll
    void stop() {
        sandbox.close();
        receiver.close();
    }

    /** A workspace with a task that answers so at these stages. */
    private Workspace workspace(String name, String says, String level, String... stages) {
        Workspace workspace = given.workspace(given.organization());
        String path = "/" + workspace.name();
        receiver.follow(path, heard -> answer(heard.json(), says));
        String task = given.api()
                .post(
                        Document.of("tasks")
                                .with("name", name)
                                .with("url", receiver.url(path))
                                .with("category", "task"),
                        "/organizations/{org}/tasks",
                        workspace.organization())
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
        given.api()
                .post(
                        Document.of("workspace-tasks")
                                .with("enforcement-level", level)
                                .with("stages", List.of(stages))
                                .toOne("task", "tasks", task),
                        "/workspaces/{id}/tasks",
                        workspace.id())
                .then()
                .statusCode(201);
        return workspace;
    }

    private void answer(JsonPath asked, String says) {
        if (asked.getString("stage").equals("test")) {
            return;
        }
        Api api = given.api().as(asked.getString("access_token"));
        String seen = asked.getString("plan_json_api_url") == null
                ? "no plan"
                : api.get(
                                "/plans/{id}/json-output",
                                asked.getString("plan_json_api_url").split("/")[6])
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .getString("resource_changes[0].address");
        api.patch(
                        Document.of("task-results")
                                .with("status", says)
                                .with("message", "has seen " + seen)
                                .with("url", "https://example.com/details"),
                        "/task-results/{id}/callback",
                        asked.getString("task_result_id"))
                .then()
                .statusCode(200);
    }

    private Terraform terraform(Workspace workspace) {
        Terraform terraform = new Terraform(otfd.server(), sandbox, workspace.name());
        terraform.write("cloud.tf", Terraform.cloud(otfd.server(), workspace));
        terraform.write("main.tf", MAIN);
        terraform.run("init", "-input=false").succeeded();
        return terraform;
    }

    private String latest(Workspace workspace, String attribute) {
        return given.api()
                .get("/workspaces/{id}/runs", workspace.id())
                .then()
                .extract()
                .path("data[0]." + attribute);
    }

    @Test
    void aTaskThatPassesIsShownAtEveryStage() {
        Workspace workspace =
                workspace("audit", "passed", "mandatory", "pre_plan", "post_plan", "pre_apply", "post_apply");
        Terraform terraform = terraform(workspace);

        String plan = terraform.run("plan").succeeded().text();
        assertThat(plan, containsString("Pre-plan Tasks"));
        assertThat(plan, containsString("has seen no plan"));
        assertThat(plan, containsString("Post-plan Tasks"));
        assertThat(plan, containsString("All tasks completed! 1 passed, 0 failed"));
        assertThat(plan, containsString("has seen terraform_data.made"));
        assertThat(plan, containsString("Details: https://example.com/details"));
        assertThat(plan, containsString("Overall Result: Passed"));
        assertThat(latest(workspace, "attributes.status"), equalTo("planned_and_finished"));

        String apply = terraform.answer("yes", "apply").succeeded().text();
        assertThat(apply, containsString("Pre-apply Tasks"));
        assertThat(apply, containsString("Apply complete! Resources: 1 added"));
        String run = latest(workspace, "id");
        given.await(run, "applied");
        given.api()
                .get("/runs/{id}/task-stages", run)
                .then()
                .body("data.attributes.stage", hasItems("pre_plan", "post_plan", "pre_apply", "post_apply"))
                .body("data.attributes.status", equalTo(List.of("passed", "passed", "passed", "passed")));
    }

    @Test
    void aMandatoryTaskThatFailsStopsTheRun() {
        Workspace workspace = workspace("strict", "failed", "mandatory", "post_plan");

        String apply = terraform(workspace).answer("yes", "apply").exited(1).text();

        assertThat(apply, containsString("strict ⸺ Failed (Mandatory)"));
        assertThat(apply, containsString("the run failed because the run task, strict, is required to succeed"));
        assertThat(latest(workspace, "attributes.status"), equalTo("errored"));
        assertThat(given.resources(workspace).isEmpty(), equalTo(true));
    }

    @Test
    void anAdvisoryTaskThatFailsIsAWarning() {
        Workspace workspace = workspace("mild", "failed", "advisory", "post_plan");

        String apply =
                terraform(workspace).run("apply", "-auto-approve").succeeded().text();

        assertThat(apply, containsString("Overall Result: Passed with advisory failures"));
        assertThat(given.resources(workspace), hasItem("terraform_data.made"));
    }

    @Test
    void aRunThatWaitsForATaskCanBeCanceled() {
        Workspace workspace = workspace("slow", "running", "mandatory", "post_plan");
        String run = given.run(workspace, Map.of(), MAIN);
        given.await(run, "post_plan_running");

        given.api()
                .request()
                .body("{}")
                .post("/runs/{id}/actions/cancel", run)
                .then()
                .statusCode(202);

        assertThat(given.status(run), equalTo("canceled"));
    }
}
