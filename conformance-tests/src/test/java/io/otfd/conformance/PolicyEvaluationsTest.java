package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs that are held to policies, which the real Open Policy Agent evaluates; with the real terraform. */
@ExtendWith(OtfdExtension.class)
class PolicyEvaluationsTest {

    private static final String ONE = """
            resource "terraform_data" "one" {
              input = "first"
            }
            """;

    /** In Rego of today. */
    private static final String NO_RESOURCES = """
            package terraform

            deny contains message if {
                some change in input.plan.resource_changes
                change.change.actions == ["create"]
                message := sprintf("%s in %s", [change.address, input.run.workspace.name])
            }
            """;

    /** As it was written before Open Policy Agent 1.0. */
    private static final String NOTHING_WRONG = """
            package old

            deny[message] {
                input.run.organization.name == ""
                message := "no organization"
            }
            """;

    private final Map<String, String> queries = Map.of(
            NO_RESOURCES, "data.terraform.deny",
            NOTHING_WRONG, "old.deny");

    private String policy(Given given, Workspace workspace, String source, String level) {
        return policy(given, workspace, source, queries.getOrDefault(source, "data.other.deny"), level);
    }

    private static String policy(Given given, Workspace workspace, String source, String query, String level) {
        String id = given.api()
                .post(
                        Document.of("policies")
                                .with("name", Given.name("policy"))
                                .with("kind", "opa")
                                .with("query", query)
                                .with("enforcement-level", level),
                        "/organizations/{org}/policies",
                        workspace.organization())
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
        given.api()
                .request()
                .contentType("application/octet-stream")
                .body(source.getBytes(StandardCharsets.UTF_8))
                .put("/policies/{id}/upload", id)
                .then()
                .statusCode(200);
        return id;
    }

    private static void set(Given given, Workspace workspace, boolean overridable, String... policies) {
        given.api()
                .post(
                        Document.of("policy-sets")
                                .with("name", Given.name("set"))
                                .with("kind", "opa")
                                .with("overridable", overridable)
                                .toMany("policies", "policies", policies)
                                .toMany("workspaces", "workspaces", workspace.id()),
                        "/organizations/{org}/policy-sets",
                        workspace.organization())
                .then()
                .statusCode(201);
    }

    private static JsonPath stage(Given given, String run) {
        return given.api()
                .get("/runs/{id}/task-stages", run)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath evaluation(Given given, String run) {
        return given.api()
                .get("/task-stages/{id}/policy-evaluations", stage(given, run).getString("data[0].id"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath outcomes(Given given, String run) {
        return given.api()
                .get(
                        "/policy-evaluations/{id}/policy-set-outcomes",
                        evaluation(given, run).getString("data[0].id"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String last(Given given, Workspace workspace) {
        return given.api().get("/workspaces/{id}/runs", workspace.id()).path("data[0].id");
    }

    private static Terraform terraform(RunningOtfd otfd, Sandbox sandbox, Workspace workspace) {
        Terraform terraform = new Terraform(otfd.server(), sandbox, workspace.name());
        terraform.write("main.tf", Terraform.cloud(otfd.server(), workspace) + ONE);
        terraform.run("init", "-input=false").succeeded();
        return terraform;
    }

    @Test
    void mandatoryPolicyThatFailsEndsTheRun(Sandbox sandbox) {
        Terraform.required();
        RunningOtfd otfd = sandbox.otfd("--opa", Opa.compiled(sandbox).toString());
        Given given = new Given(otfd.api());
        Workspace workspace = given.workspace(given.organization());
        set(
                given,
                workspace,
                false,
                policy(given, workspace, NO_RESOURCES, "mandatory"),
                policy(given, workspace, NOTHING_WRONG, "mandatory"));
        Terraform terraform = terraform(otfd, sandbox, workspace);

        Terraform.Result apply =
                terraform.run("apply", "-auto-approve", "-input=false").exited(1);

        assertThat(
                apply.text(),
                allOf(
                        containsString("OPA Policy Evaluation"),
                        containsString("Overall Result: FAILED"),
                        containsString("2 policies evaluated"),
                        containsString("× Failed")));
        String run = last(given, workspace);
        assertThat(given.status(run), is("errored"));
        JsonPath evaluation = evaluation(given, run);
        assertThat(evaluation.getString("data[0].attributes.status"), is("failed"));
        assertThat(evaluation.getString("data[0].attributes.policy-tool-version"), containsString("1."));
        assertThat(evaluation.getInt("data[0].attributes.result-count.mandatory-failed"), is(1));
        assertThat(evaluation.getInt("data[0].attributes.result-count.passed"), is(1));
        assertThat(
                outcomes(given, run).getList("data[0].attributes.outcomes.output.flatten().print"),
                is(List.of("terraform_data.one in " + workspace.name())));
        assertThat(given.resources(workspace), empty());
    }

    @Test
    void somebodyOverridesWhatMayBeOverridden(Sandbox sandbox) {
        Terraform.required();
        RunningOtfd otfd = sandbox.otfd("--opa", Opa.compiled(sandbox).toString());
        Given given = new Given(otfd.api());
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);
        set(given, workspace, true, policy(given, workspace, NO_RESOURCES, "mandatory"));
        Terraform terraform = terraform(otfd, sandbox, workspace);

        Terraform.Running apply = terraform.start("apply");
        apply.awaiting("Do you want to override").type("override");
        apply.awaiting("Do you want to perform these actions").type("yes");
        apply.finish().succeeded();

        assertThat(given.resources(workspace), hasSize(1));
        assertThat(evaluation(given, last(given, workspace)).getString("data[0].attributes.status"), is("overridden"));
    }

    @Test
    void whoMayOverrideIsAskedFor(Sandbox sandbox) {
        RunningOtfd otfd = sandbox.otfd("--opa", Opa.compiled(sandbox).toString());
        Given given = new Given(otfd.api());
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);
        set(given, workspace, true, policy(given, workspace, NO_RESOURCES, "mandatory"));
        String run = given.run(workspace, Map.of(), ONE);
        given.await(run, "post_plan_awaiting_decision");
        String stage = stage(given, run).getString("data[0].id");
        Api managers = given.as(given.team(organization, "manage-workspaces"));
        Api overriders = given.as(given.team(organization, "manage-policy-overrides"));

        managers.get("/task-stages/{id}", stage)
                .then()
                .statusCode(200)
                .body("data.attributes.status", equalTo("awaiting_override"))
                .body("data.attributes.permissions.can-override", equalTo(false));
        Refused.notFound(managers.request().post("/task-stages/{id}/actions/override", stage));
        overriders
                .request()
                .post("/task-stages/{id}/actions/override", stage)
                .then()
                .statusCode(200)
                .body("data.attributes.status", equalTo("passed"));

        assertThat(given.await(run, "post_plan_completed"), is("post_plan_completed"));
        Refused.with(409, overriders.request().post("/task-stages/{id}/actions/override", stage));
        Refused.notFound(overriders.request().post("/runs/{id}/actions/apply", run));
        managers.request().post("/runs/{id}/actions/apply", run).then().statusCode(202);
        given.await(run, "applied");
        // Where nothing would follow, nothing can be overridden.
        String planOnly = given.run(workspace, Map.of("plan-only", true), ONE + """
                resource "terraform_data" "two" {}
                """);
        given.await(planOnly, "errored");
    }

    @Test
    void advisoryPolicyIsToldOf(Sandbox sandbox) {
        Terraform.required();
        RunningOtfd otfd = sandbox.otfd("--opa", Opa.compiled(sandbox).toString());
        Given given = new Given(otfd.api());
        Workspace workspace = given.workspace(given.organization());
        set(
                given,
                workspace,
                false,
                policy(given, workspace, NO_RESOURCES, "advisory"),
                policy(given, workspace, NOTHING_WRONG, "mandatory"));
        Terraform terraform = terraform(otfd, sandbox, workspace);

        Terraform.Result plan = terraform.run("plan", "-input=false").succeeded();
        assertThat(
                plan.text(),
                allOf(containsString("Overall Result: PASSED (with advisory)"), containsString("Advisory")));
        Terraform.Result apply =
                terraform.run("apply", "-auto-approve", "-input=false").succeeded();

        assertThat(apply.text(), containsString("PASSED (with advisory)"));
        assertThat(given.resources(workspace), hasSize(1));
    }

    /** What policies try, and what does not answer, has not passed. */
    @Test
    void whatCannotBeEvaluatedHasNotPassed(Sandbox sandbox) {
        RunningOtfd otfd = sandbox.otfd("--opa", Opa.compiled(sandbox).toString());
        Given given = new Given(otfd.api());
        Organization organization = given.organization();
        Map<String, String> hostile = Map.of(
                "undefined function http.send",
                "package other\nimport rego.v1\ndeny contains 1 if http.send({\"url\": \"http://localhost\", \"method\": \"get\"})",
                "undefined function opa.runtime",
                "package other\nimport rego.v1\ndeny contains opa.runtime().env.PATH",
                "must result in one array",
                "package other\nimport rego.v1\ndeny := \"a text\"",
                "is undefined",
                "package another\nimport rego.v1\ndeny contains 1 if false",
                "rego_parse_error",
                "this is not Rego");
        hostile.forEach((reason, source) -> {
            Workspace workspace = given.workspace(organization);
            set(given, workspace, true, policy(given, workspace, source, "advisory"));

            String run = given.run(workspace, Map.of("auto-apply", true), ONE);
            given.await(run, "errored");

            assertThat(evaluation(given, run).getString("data[0].attributes.status"), is("errored"));
            assertThat(
                    outcomes(given, run).getString("data[0].attributes.outcomes[0].description"),
                    containsString(reason));
            assertThat(given.resources(workspace), empty());
        });
    }

    @Test
    void serverWithoutTheProgramSaysWhatIsMissing(Sandbox sandbox) {
        RunningOtfd otfd = sandbox.otfd("--opa", "/nowhere/opa");
        Given given = new Given(otfd.api());
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);
        Workspace free = given.workspace(organization);
        set(given, workspace, true, policy(given, workspace, NOTHING_WRONG, "mandatory"));

        String run = given.run(workspace, Map.of("auto-apply", true), ONE);
        given.await(run, "errored");

        assertThat(
                outcomes(given, run).getString("data[0].attributes.error"),
                containsString("Install Open Policy Agent"));
        given.await(given.run(free, Map.of("auto-apply", true), ONE), "applied");
        assertThat(stage(given, run).getList("data"), not(empty()));
    }
}
