package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/run-tasks, against a receiver of our own. */
@ExtendWith(OtfdExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunTasksApiTest {

    private static final String KEY = "hmac-key-of-a-task";

    private final Sandbox sandbox = new Sandbox();
    private final Receiver receiver = new Receiver();
    private RunningOtfd otfd;
    private Given given;

    /** One that may speak to this machine. */
    @BeforeAll
    void start() {
        otfd = sandbox.otfd("--http", "--concurrency", "0", "--notification-allow-private");
        given = new Given(otfd.api());
    }

    @AfterAll
    void stop() {
        sandbox.close();
        receiver.close();
    }

    private Document task(String name, String path) {
        return Document.of("tasks")
                .with("name", name)
                .with("url", receiver.url(path))
                .with("category", "task");
    }

    private String created(Document task, Organization organization) {
        return given.api()
                .post(task, "/organizations/{org}/tasks", organization.name())
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    private Response attach(Api api, Workspace workspace, String task, Map<String, ?> terms) {
        return api.post(
                Document.of("workspace-tasks").withAll(terms).toOne("task", "tasks", task),
                "/workspaces/{ws}/tasks",
                workspace.id());
    }

    private static Document answer(String status) {
        return Document.of("task-results").with("status", status);
    }

    private JsonPath asked(String path, String stage) {
        return Eventually.value(
                () -> path + " being asked at " + stage,
                () -> receiver.heard(path).stream()
                        .map(Receiver.Heard::json)
                        .filter(json -> json.getString("stage").equals(stage))
                        .findFirst());
    }

    private static String signature(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void documentIsTheDocumentedOne() {
        Organization organization = given.organization();
        Response response = given.api()
                .post(
                        task("audit", "/documented").with("hmac-key", KEY).with("description", "Looks at plans"),
                        "/organizations/{org}/tasks",
                        organization.name());

        response.then()
                .statusCode(201)
                .body("data.id", startsWith("task-"))
                .body("data.attributes.'hmac-key'", nullValue())
                .body("data.attributes.enabled", equalTo(true))
                .body("data.relationships.organization.data.id", equalTo(organization.name()));
        Shape.check("tasks", response);
        Workspace workspace = given.workspace(organization);
        Response attached =
                attach(given.api(), workspace, response.path("data.id"), Map.of("enforcement-level", "advisory"));
        attached.then()
                .statusCode(201)
                .body("data.id", startsWith("wstask-"))
                .body("data.attributes.stage", equalTo("post_plan"))
                .body("data.attributes.stages", contains("post_plan"));
        Shape.check("workspace-tasks", attached);
        given.api()
                .request()
                .queryParam("include", "workspace_tasks,workspace_tasks.workspace")
                .get("/tasks/{id}", response.<String>path("data.id"))
                .then()
                .statusCode(200)
                .body("data.relationships.'workspace-tasks'.data.id", contains(attached.<String>path("data.id")))
                .body("included.type", hasItem("workspace-tasks"))
                .body("included.id", hasItem(workspace.id()));
    }

    @Test
    void aUrlIsTriedBeforeItIsStored() {
        Organization organization = given.organization();
        created(task("signed", "/signed").with("hmac-key", KEY), organization);
        created(task("unsigned", "/unsigned"), organization);

        Receiver.Heard test = receiver.heard("/signed").getFirst();
        assertThat(test.json().getString("stage"), equalTo("test"));
        assertThat(test.json().getInt("payload_version"), equalTo(1));
        assertThat(test.signature().orElseThrow(), equalTo(signature(test.body())));
        assertThat(receiver.heard("/unsigned").getFirst().signature().orElseThrow(), equalTo(""));
        receiver.answer(500);
        Refused.invalid(
                "/data/attributes/url",
                given.api().post(task("broken", "/broken"), "/organizations/{org}/tasks", organization.name()));
        given.api()
                .get("/organizations/{org}/tasks", organization.name())
                .then()
                .body("data.attributes.name", contains("signed", "unsigned"));
    }

    @Test
    void aServerThatMayNotSpeaksToNoPrivateNetwork(Given strict) {
        Response response = strict.api()
                .post(
                        task("inside", "/inside"),
                        "/organizations/{org}/tasks",
                        strict.organization().name());

        Refused.invalid("/data/attributes/url", response);
        response.then().body("errors[0].detail", containsString("not public"));
        assertThat(receiver.heard("/inside"), empty());
    }

    @Test
    void whatIsNotAllowedIsRefused() {
        Organization organization = given.organization();
        String path = "/organizations/{org}/tasks";
        Api api = given.api();

        Refused.invalid("/data/attributes/name", api.post(task("a b", "/no"), path, organization.name()));
        Refused.invalid(
                "/data/attributes/url", api.post(task("a", "/no").with("url", "ftp://x/"), path, organization.name()));
        Refused.invalid(
                "/data/attributes/category",
                api.post(task("a", "/no").with("category", "other"), path, organization.name()));
        Refused.invalid(
                "/data/relationships/agent-pool",
                api.post(task("a", "/no").toOne("agent-pool", "agent-pools", "apool-1"), path, organization.name()));
        String id = created(task("a", "/no"), organization);
        Refused.invalid("/data/attributes/name", api.post(task("a", "/no"), path, organization.name()));
        Workspace workspace = given.workspace(organization);
        Refused.invalid(
                "/data/attributes/stages",
                attach(api, workspace, id, Map.of("enforcement-level", "advisory", "stages", List.of("lunch"))));
        Refused.invalid(
                "/data/attributes/enforcement-level",
                attach(api, workspace, id, Map.of("enforcement-level", "polite")));
        Refused.invalid(
                "/data/relationships/task",
                attach(api, given.workspace(given.organization()), id, Map.of("enforcement-level", "advisory")));
        attach(api, workspace, id, Map.of("enforcement-level", "advisory"))
                .then()
                .statusCode(201);
        Refused.invalid(
                "/data/relationships/task", attach(api, workspace, id, Map.of("enforcement-level", "advisory")));
    }

    @Test
    void onlyThoseWhoMayManageTasks() {
        Organization organization = given.organization();
        String id = created(task("guarded", "/guarded"), organization);
        Workspace workspace = given.workspace(organization);
        Api reader = given.as(given.team(organization, "read-workspaces"));
        Api manager = given.as(given.team(organization, "manage-run-tasks"));
        Api workspaces = given.as(given.team(organization, "manage-workspaces"));

        Refused.notFound(reader.get("/tasks/{id}", id));
        Refused.notFound(reader.get("/organizations/{org}/tasks", organization.name()));
        Refused.notFound(attach(reader, workspace, id, Map.of("enforcement-level", "advisory")));
        Refused.notFound(attach(manager, workspace, id, Map.of("enforcement-level", "advisory")));
        attach(workspaces, workspace, id, Map.of("enforcement-level", "advisory"))
                .then()
                .statusCode(201);
        manager.patch(Document.of("tasks").with("description", "x"), "/tasks/{id}", id)
                .then()
                .statusCode(200)
                .body("data.attributes.description", equalTo("x"));
        Refused.notFound(reader.delete("/tasks/{id}", id));
        manager.delete("/tasks/{id}", id).then().statusCode(204);
    }

    /** A run that no agent takes: its pool has none. */
    @Test
    void aTaskAnswersWithATokenOfItsOwn() {
        Organization organization = given.organizationWithPool();
        Workspace workspace = given.workspace(organization);
        String task = created(task("guard", "/guard"), organization);
        attach(
                        given.api(),
                        workspace,
                        task,
                        Map.of("enforcement-level", "mandatory", "stages", List.of("pre_plan", "post_plan")))
                .then()
                .statusCode(201);
        String run = given.run(workspace, Map.of(), "");

        JsonPath asked = asked("/guard", "pre_plan");
        String result = asked.getString("task_result_id");
        assertThat(asked.getString("run_id"), equalTo(run));
        assertThat(asked.getString("workspace_id"), equalTo(workspace.id()));
        assertThat(asked.getString("organization_name"), equalTo(organization.name()));
        assertThat(asked.getString("run_created_by"), equalTo("admin"));
        assertThat(asked.getString("task_result_enforcement_level"), equalTo("mandatory"));
        assertThat(
                asked.getString("task_result_callback_url"),
                equalTo(otfd.server()
                        .resolve("/api/v2/task-results/" + result + "/callback")
                        .toString()));
        Api api = given.api().as(asked.getString("access_token"));
        api.get("/configuration-versions/{id}/download", asked.getString("configuration_version_id"))
                .then()
                .statusCode(200);
        Refused.notFound(api.get("/runs/{id}", run));
        Refused.notFound(api.get("/workspaces/{id}", workspace.id()));
        Refused.notFound(api.get("/organizations/{org}/workspaces", organization.name()));
        Refused.unauthorized(given.api().patch(answer("passed"), "/task-results/{id}/callback", result));
        Refused.invalid("/data/attributes/status", api.patch(answer("errored"), "/task-results/{id}/callback", result));
        Refused.invalid(
                "/data/attributes/url",
                api.patch(answer("running").with("url", "javascript:alert(1)"), "/task-results/{id}/callback", result));
        assertThat(given.status(run), equalTo("pre_plan_running"));
        api.patch(answer("running").with("message", "half done"), "/task-results/{id}/callback", result)
                .then()
                .statusCode(200);
        given.api()
                .get("/task-results/{id}", result)
                .then()
                .statusCode(200)
                .body("data.attributes.status", equalTo("running"))
                .body("data.attributes.message", equalTo("half done"))
                .body("data.attributes.'task-name'", equalTo("guard"));

        api.patch(answer("passed"), "/task-results/{id}/callback", result)
                .then()
                .statusCode(200);

        assertThat(given.status(run), equalTo("plan_queued"));
        Refused.unauthorized(api.patch(answer("failed"), "/task-results/{id}/callback", result));
        given.api()
                .request()
                .queryParam("include", "task_stages")
                .get("/runs/{id}", run)
                .then()
                .body("data.relationships.'task-stages'.data", hasSize(2))
                .body("included.attributes.status", contains("passed", "pending"));
        given.api().get("/runs/{id}/run-events", run).then().body("data.attributes.action", hasItem("task_passed"));
        String stage = given.api().get("/runs/{id}/task-stages", run).path("data[0].id");
        given.api()
                .request()
                .queryParam("include", "task_results")
                .get("/task-stages/{id}", stage)
                .then()
                .statusCode(200)
                .body("included.id", contains(result));
        Refused.conflict(
                "transition not allowed",
                given.api().request().body("{}").post("/task-stages/{id}/actions/override", stage));
        Refused.notFound(given.as(given.team(given.organization())).get("/task-stages/{id}", stage));
    }

    @Test
    void outcomesSayMore() {
        Organization organization = given.organizationWithPool();
        Workspace workspace = given.workspace(organization);
        String task = created(task("wordy", "/wordy"), organization);
        attach(given.api(), workspace, task, Map.of("enforcement-level", "mandatory", "stages", List.of("pre_plan")))
                .then()
                .statusCode(201);
        String run = given.run(workspace, Map.of(), "");
        JsonPath asked = asked("/wordy", "pre_plan");
        String result = asked.getString("task_result_id");

        given.api()
                .as(asked.getString("access_token"))
                .request()
                .body("""
                        {"data": {"type": "task-results",
                                  "attributes": {"status": "failed", "message": "1 failed", "url": "https://example.com/1"},
                                  "relationships": {"outcomes": {"data": [
                                    {"type": "task-result-outcomes",
                                     "attributes": {"outcome-id": "R-1", "description": "A bucket is open", "body": "# Why",
                                                    "url": "https://example.com/r1",
                                                    "tags": {"Severity": [{"label": "High", "level": "error"}]}}}]}}}}
                        """)
                .patch("/task-results/{id}/callback", result)
                .then()
                .statusCode(200);

        given.await(run, "errored");
        Response outcomes = given.api().get("/task-results/{id}/outcomes", result);
        outcomes.then()
                .statusCode(200)
                .body("data", hasSize(1))
                .body("data[0].attributes.'outcome-id'", equalTo("R-1"))
                .body("data[0].attributes.tags.Severity[0].level", equalTo("error"))
                .body("data[0].attributes", not(hasItem("body")));
        assertThat(
                given.api()
                        .get("/task-result-outcomes/{id}/body", outcomes.<String>path("data[0].id"))
                        .asString(),
                equalTo("# Why"));
    }

    @Test
    void aTaskThatRefusesIsGivenUp() {
        Organization organization = given.organizationWithPool();
        Workspace workspace = given.workspace(organization);
        String task = created(task("gone", "/gone"), organization);
        attach(given.api(), workspace, task, Map.of("enforcement-level", "advisory", "stages", List.of("pre_plan")))
                .then()
                .statusCode(201);
        receiver.answer(404);
        String run = given.run(workspace, Map.of(), "");

        given.await(run, "plan_queued");

        String stage = given.api().get("/runs/{id}/task-stages", run).path("data[0].id");
        given.api()
                .request()
                .queryParam("include", "task_results")
                .get("/task-stages/{id}", stage)
                .then()
                .body("data.attributes.status", equalTo("passed"))
                .body("included[0].attributes.status", equalTo("errored"))
                .body("included[0].attributes.message", containsString("404"));
    }
}
