package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/queries. */
@ExtendWith(OtfdExtension.class)
class QueryRunsApiTest {

    private static final Map<String, String> FILES =
            Map.of("main.tf", "variable \"name\" {\n  default = \"\"\n}\n", "all.tfquery.hcl", "");

    private static final List<String> FINAL = List.of("finished", "errored", "canceled");

    @BeforeEach
    void engine() {
        Terraform.required();
    }

    private static Response create(Given given, Workspace workspace, Map<String, ?> attributes) {
        return given.api()
                .post(
                        Document.of("queries")
                                .with("source", "tfe-api")
                                .withAll(attributes)
                                .toOne("workspace", "workspaces", workspace.id()),
                        "/queries");
    }

    private static String created(Given given, Workspace workspace, Map<String, ?> attributes) {
        return create(given, workspace, attributes)
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    private static String status(Given given, String query) {
        return given.api().attribute("status", "/queries/{id}", query);
    }

    private static void await(Given given, String query, String wanted) {
        Eventually.value(() -> query + " being " + wanted + ", but " + status(given, query), () -> {
            String status = status(given, query);
            if (!status.equals(wanted) && FINAL.contains(status)) {
                throw new AssertionError(query + " ended " + status + ":\n" + log(given, query));
            }
            return status.equals(wanted) ? Optional.of(status) : Optional.empty();
        });
    }

    private static String log(Given given, String query) {
        return given.api()
                .download(given.api().attribute("log-read-url", "/queries/{id}", query) + "?limit=1000000&offset=0");
    }

    @EachMode
    void anEngineThatCannotQueryEndsItWithItsOwnWords(Mode mode, Shared shared, Sandbox sandbox) {
        // Terraform before 1.14 has no such command, and later ones refuse an empty query.
        Given given = shared.given();
        Workspace workspace = given.workspace(shared.organization(mode));
        String configuration = given.configuration(workspace, FILES);

        Response response = create(given, workspace, Map.of());
        response.then()
                .statusCode(201)
                .body("data.id", startsWith("query-"))
                .body("data.attributes.'generate-config-out'", is(true))
                .body("data.relationships.'configuration-version'.data.id", equalTo(configuration));
        Shape.check("queries", response);
        String query = response.path("data.id");

        await(given, query, "errored");
        String log = log(given, query);
        assertThat(log, allOf(startsWith("\u0002Terraform v"), endsWith("\u0003")));
        assertThat(log, containsString("query"));
        Response read = given.api()
                .request()
                .queryParam("include", "created-by,configuration_version")
                .get("/queries/{id}", query);
        Shape.check("queries", read);
        read.then()
                .body("data.attributes.'status-timestamps'", hasKey("queuing-at"))
                .body("data.attributes.'status-timestamps'", hasKey("running-at"))
                .body("data.attributes.'status-timestamps'", hasKey("errored-at"))
                .body("included.type", contains("users", "configuration-versions"));
        given.api()
                .get("/workspaces/{id}/queries", workspace.id())
                .then()
                .body("data.id", contains(query))
                .body("meta.pagination.'total-count'", is(1));
    }

    @Test
    void aQueryIsNoRun(Shared shared) {
        Given given = shared.given();
        Organization organization = shared.organization(Mode.REMOTE);
        Workspace workspace = given.workspace(organization);
        given.configuration(workspace, FILES);

        String query = created(given, workspace, Map.of());
        await(given, query, "errored");

        String run = query.replace("query-", "run-");
        given.api().get("/runs/{id}", run).then().statusCode(404);
        given.api().request().post("/runs/{id}/actions/cancel", run).then().statusCode(404);
        given.api().get("/workspaces/{id}/runs", workspace.id()).then().body("data", empty());
        given.api()
                .get("/workspaces/{id}", workspace.id())
                .then()
                .body("data.relationships.'current-run'.data", is((Object) null));
        String real = given.run(workspace, Map.of("plan-only", true), "");
        given.api().get("/queries/{id}", real.replace("run-", "query-")).then().statusCode(404);
    }

    @Test
    void whatCannotBeQueriedIsRefused(Given given) {
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);

        create(given, workspace, Map.of())
                .then()
                .statusCode(422)
                .body("errors[0].source.pointer", equalTo("/data/relationships/configuration-version"))
                .body("errors[0].detail", containsString("upload one first"));
        given.api()
                .post(Document.of("queries").with("source", "tfe-api"), "/queries")
                .then()
                .statusCode(422);
        given.api().get("/queries/nonexisting").then().statusCode(404);
        given.api()
                .request()
                .post("/queries/query-doesntexist/actions/force-cancel")
                .then()
                .statusCode(404);
        Workspace local = given.workspace(organization, Map.of("execution-mode", "local"));
        given.configuration(local, FILES);
        create(given, local, Map.of()).then().statusCode(422);
    }

    @Test
    void queriesFinishBesideALockedWorkspaceAndAreCanceled(Sandbox sandbox) {
        Gate gate = Gate.in(sandbox, "gate");
        Map<String, String> environment = QueryingEngine.environment(gate, sandbox);
        Given given = new Given(sandbox.otfd(environment).api());
        Workspace workspace = given.workspace(given.organization());
        given.configuration(workspace, FILES);
        given.api()
                .request()
                .body("{}")
                .post("/workspaces/{id}/actions/lock", workspace.id())
                .then()
                .statusCode(200);

        String query = created(
                given,
                workspace,
                Map.of("variables", List.of(Map.of("key", "name", "value", "\"from the command line\""))));
        await(given, query, "finished");
        assertThat(
                log(given, query),
                allOf(
                        containsString("called: query -json -generate-config-out="),
                        containsString(" -var-file="),
                        containsString("\"type\":\"list_start\"}\n\u0003")));

        String plain = created(given, workspace, Map.of("generate-config-out", false));
        await(given, plain, "finished");
        assertThat(log(given, plain), not(containsString("-generate-config-out")));

        given.configuration(workspace, Map.of("main.tf", "", "held", ""));
        String held = created(given, workspace, Map.of());
        gate.awaitArrival();
        assertThat(status(given, held), equalTo("running"));
        given.api()
                .request()
                .post("/queries/{id}/actions/force-cancel", held)
                .then()
                .statusCode(409);
        given.api().request().post("/queries/{id}/actions/cancel", held).then().statusCode(202);
        await(given, held, "canceled");
        assertThat(log(given, held), endsWith("\nThe query was canceled.\n\u0003"));
        given.api()
                .get("/queries/{id}", held)
                .then()
                .body("data.attributes.'canceled-at'", notNullValue())
                .body("data.attributes.actions.'is-cancelable'", is(false));
        given.api().request().post("/queries/{id}/actions/cancel", held).then().statusCode(409);
    }

    @Test
    void anAgentThatIsNotOursIsNeverGivenOne(Given given) {
        Organization organization = given.organizationWithPool();
        ForeignAgent agent = new ForeignAgent(
                        given.api(), given.poolToken(organization.pool().orElseThrow()))
                .register("says that it queries");
        Workspace workspace = given.workspace(organization);
        String configuration = given.configuration(workspace, FILES);

        String query = created(given, workspace, Map.of());
        agent.pollFor("plan,apply,query");
        String run = given.run(workspace, configuration, Map.of("plan-only", true));

        assertThat(agent.pollAtOnce().orElseThrow().data("run_id"), equalTo(run));
        assertThat(status(given, query), equalTo("queued"));
        given.api().request().post("/queries/{id}/actions/cancel", query).then().statusCode(202);
        assertThat(status(given, query), equalTo("canceled"));
        given.api().get("/workspaces/{id}/queries", workspace.id()).then().body("data", hasSize(1));
    }
}
