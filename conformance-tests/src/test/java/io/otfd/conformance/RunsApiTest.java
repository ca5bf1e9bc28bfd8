package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/run, plans and applies. */
@ExtendWith(OtfdExtension.class)
class RunsApiTest {

    private static final String ONE = """
            resource "terraform_data" "one" {
              input = "first"
            }
            """;

    @BeforeEach
    void engine() {
        Terraform.required();
    }

    private static Response act(Given given, String run, String action) {
        return given.api().request().body("{\"comment\":\"by a test\"}").post("/runs/{id}/actions/{a}", run, action);
    }

    @EachMode
    void runGoesFromPendingToApplied(Mode mode, Shared shared) {
        Given given = shared.given();
        Workspace workspace = given.workspace(shared.organization(mode));
        String configuration = given.configuration(workspace, Map.of("main.tf", ONE));

        Response created = given.api()
                .post(
                        Document.of("runs")
                                .with("message", "hello")
                                .toOne("workspace", "workspaces", workspace.id())
                                .toOne("configuration-version", "configuration-versions", configuration),
                        "/runs");

        created.then()
                .statusCode(201)
                .contentType(Api.JSON_API)
                .body("data.id", startsWith("run-"))
                .body("data.attributes.message", equalTo("hello"))
                .body("data.attributes.'plan-only'", equalTo(false))
                .body("data.attributes.'is-destroy'", equalTo(false))
                .body("data.relationships.workspace.data.id", equalTo(workspace.id()));
        Shape.check("runs", created);
        String run = created.path("data.id");
        given.await(run, "planned");
        Response planned = given.api().get("/runs/{id}", run);
        planned.then()
                .body("data.attributes.'has-changes'", equalTo(true))
                .body("data.attributes.actions.'is-confirmable'", equalTo(true))
                .body("data.attributes.actions.'is-discardable'", equalTo(true))
                .body("data.attributes.'status-timestamps'", hasKey("planned-at"));
        checkPlan(given, planned.path("data.relationships.plan.data.id"));

        act(given, run, "apply").then().statusCode(202);
        given.await(run, "applied");
        Response apply = given.api().get("/applies/{id}", (String) planned.path("data.relationships.apply.data.id"));
        Shape.check("applies", apply);
        apply.then()
                .body("data.attributes.status", equalTo("finished"))
                .body("data.attributes.'resource-additions'", equalTo(1));
        given.api()
                .get("/workspaces/{id}", workspace.id())
                .then()
                .body("data.attributes.locked", equalTo(false))
                .body("data.attributes.'resource-count'", equalTo(1))
                .body("data.relationships.'current-run'.data.id", equalTo(run));
        assertThat(given.resources(workspace), contains("terraform_data.one"));
    }

    private static void checkPlan(Given given, String plan) {
        Response response = given.api().get("/plans/{id}", plan);
        Shape.check("plans", response);
        response.then()
                .body("data.attributes.status", equalTo("finished"))
                .body("data.attributes.'has-changes'", equalTo(true))
                .body("data.attributes.'resource-additions'", equalTo(1))
                .body("data.attributes.'resource-changes'", equalTo(0))
                .body("data.attributes.'resource-destructions'", equalTo(0))
                .body("data.attributes.'execution-details'.mode", notNullValue());
        given.api()
                .request()
                .accept("application/json")
                .get("/plans/{id}/json-output", plan)
                .then()
                .statusCode(200)
                .body("resource_changes[0].address", equalTo("terraform_data.one"))
                .body("$", hasKey("planned_values"));
        given.api()
                .request()
                .accept("application/json")
                .get("/plans/{id}/json-output-redacted", plan)
                .then()
                .statusCode(200)
                .body("resource_changes[0].address", equalTo("terraform_data.one"))
                .body("provider_schemas.'terraform.io/builtin/terraform'.resource_schemas", hasKey("terraform_data"))
                .body("$", not(hasKey("prior_state")))
                .body("$", not(hasKey("variables")));
    }

    @EachMode
    void logIsFramedAndReadInPieces(Mode mode, Shared shared) {
        Given given = shared.given();
        Workspace workspace = given.workspace(shared.organization(mode));
        String run = given.run(workspace, Map.of("plan-only", true), ONE);
        given.await(run, "planned_and_finished");

        String log = given.log(run, "plan");

        assertThat(log, startsWith("\u0002"));
        assertThat(log, endsWith("\u0003"));
        String plan = given.api().get("/runs/{id}", run).path("data.relationships.plan.data.id");
        String url = given.api().attribute("log-read-url", "/plans/{id}", plan);
        int middle = log.length() / 2;
        String pieces = given.api().download(url + "?limit=" + middle + "&offset=0")
                + given.api().download(url + "?limit=1000000&offset=" + middle);
        assertThat(pieces, equalTo(log));
        assertThat(given.api().download(url + "?limit=65536&offset=100000000"), equalTo(""));
    }

    @EachMode
    void redactedPlanHidesSecrets(Mode mode, Shared shared) {
        Given given = shared.given();
        Workspace workspace = given.workspace(shared.organization(mode));
        String run = given.run(workspace, Map.of("plan-only", true), """
                variable "secret" {
                  default   = "open sesame"
                  sensitive = true
                }
                resource "terraform_data" "one" {
                  input = var.secret
                }
                """);
        given.await(run, "planned_and_finished");

        String plan = given.api().get("/runs/{id}", run).path("data.relationships.plan.data.id");
        String redacted = given.api()
                .request()
                .accept("application/json")
                .get("/plans/{id}/json-output-redacted", plan)
                .asString();
        assertThat(redacted, containsString("terraform_data.one"));
        assertThat(redacted, not(containsString("open sesame")));
        assertThat(given.log(run, "plan"), not(containsString("open sesame")));
    }

    @Test
    void actionsThatDoNotFitTheStatusAreConflicts(Given given) {
        Workspace workspace = given.workspace(given.organization());
        String planOnly = given.run(workspace, Map.of("plan-only", true), ONE);
        given.await(planOnly, "planned_and_finished");
        for (String action : new String[] {"apply", "discard", "cancel", "force-cancel"}) {
            Refused.with(409, act(given, planOnly, action));
        }

        String run = given.run(workspace, Map.of(), ONE);
        given.await(run, "planned");
        act(given, run, "discard").then().statusCode(202);
        given.await(run, "discarded");
        Refused.with(409, act(given, run, "apply"));
        given.api().get("/runs/{id}", run).then().body("data.attributes.actions.'is-confirmable'", equalTo(false));
    }

    @Test
    void runLocksItsWorkspaceUntilItIsOver(Given given) {
        Workspace workspace = given.workspace(given.organization());
        String run = given.run(workspace, Map.of(), ONE);
        given.await(run, "planned");

        given.api()
                .get("/workspaces/{id}", workspace.id())
                .then()
                .body("data.attributes.locked", equalTo(true))
                .body("data.relationships.'locked-by'.data.type", equalTo("runs"))
                .body("data.relationships.'locked-by'.data.id", equalTo(run));
        Refused.conflict(
                "is locked by Run", given.api().request().post("/workspaces/{id}/actions/unlock", workspace.id()));
        act(given, run, "discard").then().statusCode(202);
        Eventually.holds("the workspace being free", () ->
                !(boolean) given.api().get("/workspaces/{id}", workspace.id()).path("data.attributes.locked"));
    }

    @Test
    void pendingRunsWaitInOrder(Given given) {
        Workspace workspace = given.workspace(given.organization());
        String configuration = given.configuration(workspace, Map.of("main.tf", ONE));
        String first = given.run(workspace, configuration);
        String second = given.run(workspace, configuration);
        String third = given.run(workspace, configuration);
        given.await(first, "planned");
        assertThat(given.status(second), equalTo("pending"));
        assertThat(given.status(third), equalTo("pending"));

        act(given, first, "discard").then().statusCode(202);

        given.await(second, "planned");
        assertThat(given.status(third), equalTo("pending"));
        given.api()
                .get("/workspaces/{id}/runs", workspace.id())
                .then()
                .statusCode(200)
                .body("data.id", contains(third, second, first))
                .body("meta.pagination.'total-count'", equalTo(3));
        act(given, third, "cancel").then().statusCode(202);
        given.await(third, "canceled", "discarded");
    }

    @Test
    void lockedWorkspaceKeepsRunsPending(Given given) {
        Workspace workspace = given.workspace(given.organization());
        given.api()
                .request()
                .body("{}")
                .post("/workspaces/{id}/actions/lock", workspace.id())
                .then()
                .statusCode(200);
        String run = given.run(workspace, Map.of(), ONE);
        assertThat(given.status(run), equalTo("pending"));

        given.api()
                .request()
                .post("/workspaces/{id}/actions/unlock", workspace.id())
                .then()
                .statusCode(200);

        given.await(run, "planned");
    }

    @Test
    void autoApplyNeedsNobody(Given given) {
        Workspace workspace = given.workspace(given.organization(), Map.of("auto-apply", true));

        given.await(given.run(workspace, Map.of(), ONE), "applied");

        given.await(given.run(workspace, Map.of(), ONE), "planned_and_finished");
        given.await(given.run(workspace, Map.of("is-destroy", true, "auto-apply", true), ONE), "applied");
        assertThat(given.resources(workspace), empty());
    }

    @Test
    void includesBringTheRelatedAndUnknownOnesAreIgnored(Given given) {
        Workspace workspace = given.workspace(given.organization());
        String run = given.run(workspace, Map.of("plan-only", true), ONE);

        given.api()
                .request()
                .queryParam("include", "workspace,plan,apply,task_stages,something_new")
                .get("/runs/{id}", run)
                .then()
                .statusCode(200)
                .body("included.type", containsInAnyOrder("workspaces", "plans", "applies"));
        given.api().get("/runs/{id}/run-events", run).then().statusCode(200).body("data.type", hasItem("run-events"));
        given.await(run, "planned_and_finished");
    }

    @Test
    void malformedRunsAreRefused(Given given) {
        Workspace workspace = given.workspace(given.organization());
        Refused.with(422, given.api().post(Document.of("runs").with("message", "no workspace"), "/runs"));
        given.api()
                .post(Document.of("runs").toOne("workspace", "workspaces", "ws-0000000000000000"), "/runs")
                .then()
                .statusCode(anyOf(equalTo(404), equalTo(422)));
        given.api()
                .post(
                        Document.of("runs")
                                .with("is-destroy", "perhaps")
                                .toOne("workspace", "workspaces", workspace.id())
                                .toOne(
                                        "configuration-version",
                                        "configuration-versions",
                                        given.configuration(workspace, Map.of("main.tf", ONE))),
                        "/runs")
                .then()
                .statusCode(422)
                .body("errors.source.pointer", hasItem("/data/attributes/is-destroy"));
        Refused.notFound(given.api().get("/runs/run-0000000000000000"));
        Refused.notFound(given.api().get("/plans/plan-0000000000000000"));
        Refused.notFound(given.api().get("/applies/apply-0000000000000000"));
        Refused.notFound(act(given, "run-0000000000000000", "apply"));
    }
}
