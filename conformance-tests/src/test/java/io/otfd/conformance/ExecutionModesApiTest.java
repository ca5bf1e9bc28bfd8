package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Execution mode and pool, handed down from organization to project to workspace. */
@ExtendWith(OtfdExtension.class)
class ExecutionModesApiTest {

    private static final String PROJECT = "/projects/{id}";
    private static final String WORKSPACE = "/workspaces/{id}";

    private static Map<String, Boolean> overwrites(boolean own) {
        return Map.of("execution-mode", own, "agent-pool", own);
    }

    private static Map<String, Boolean> defaultOverwrites(boolean own) {
        return Map.of("default-execution-mode", own, "default-agent-pool", own);
    }

    private static void isMode(String mode, boolean own, Response workspace) {
        workspace
                .then()
                .statusCode(200)
                .body("data.attributes.'execution-mode'", equalTo(mode))
                .body("data.attributes.operations", equalTo(!mode.equals("local")))
                .body("data.attributes.'setting-overwrites'", equalTo(overwrites(own)));
    }

    @Test
    void theNearestLevelWins(Given given) {
        Api api = given.api();
        Organization organization = given.organization();
        String pool = given.pool(organization);
        String project = given.project(organization, "apps");
        String id = workspaceIn(given, organization, project);
        isMode("remote", false, api.get(WORKSPACE, id));

        api.patch(
                        Document.of("organizations")
                                .with("default-execution-mode", "agent")
                                .with("default-agent-pool-id", pool),
                        "/organizations/{n}",
                        organization.name())
                .then()
                .statusCode(200);
        isMode("agent", false, api.get(WORKSPACE, id));
        api.get(WORKSPACE, id).then().body("data.relationships.'agent-pool'.data.id", equalTo(pool));
        api.get("/agent-pools/{id}", pool).then().body("data.relationships.workspaces.data.id", hasItem(id));
        api.get(PROJECT, project)
                .then()
                .body("data.attributes.'default-execution-mode'", equalTo("agent"))
                .body("data.attributes.'setting-overwrites'", equalTo(defaultOverwrites(false)))
                .body("data.relationships.'default-agent-pool'.data.id", equalTo(pool));

        api.patch(Document.of("projects").with("default-execution-mode", "local"), PROJECT, project)
                .then()
                .statusCode(200)
                .body("data.attributes.'default-execution-mode'", equalTo("local"))
                .body("data.attributes.'setting-overwrites'", equalTo(defaultOverwrites(true)))
                .body("data.relationships.'default-agent-pool'.data", nullValue());
        isMode("local", false, api.get(WORKSPACE, id));
        api.get("/agent-pools/{id}", pool).then().body("data.relationships.workspaces.data", empty());

        isMode("remote", true, api.patch(Document.of("workspaces").with("execution-mode", "remote"), WORKSPACE, id));
        // What the provider sends when its settings are deleted: false beats the mode beside it.
        isMode(
                "local",
                false,
                api.patch(
                        Document.of("workspaces")
                                .with("execution-mode", "remote")
                                .with("agent-pool-id", "")
                                .with("setting-overwrites", overwrites(false)),
                        WORKSPACE,
                        id));
        api.patch(Document.of("projects").with("setting-overwrites", defaultOverwrites(false)), PROJECT, project)
                .then()
                .statusCode(200)
                .body("data.attributes.'default-execution-mode'", equalTo("agent"));
        isMode("agent", false, api.get(WORKSPACE, id));
    }

    private static String workspaceIn(Given given, Organization organization, String project) {
        return given.api()
                .post(
                        Document.of("workspaces").with("name", Given.name("ws")).toOne("project", "projects", project),
                        "/organizations/{org}/workspaces",
                        organization.name())
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    @Test
    void oneFlagUnderEitherName(Given given) {
        String id = given.workspace(given.organization(), Map.of("execution-mode", "local"))
                .id();

        isMode(
                "remote",
                false,
                given.api()
                        .patch(
                                Document.of("workspaces").with("setting-overwrites", Map.of("agent-pool", false)),
                                WORKSPACE,
                                id));
        isMode(
                "remote",
                true,
                given.api()
                        .patch(
                                Document.of("workspaces").with("setting-overwrites", Map.of("execution-mode", true)),
                                WORKSPACE,
                                id));
        isMode("local", true, given.api().patch(Document.of("workspaces").with("operations", false), WORKSPACE, id));
    }

    @Test
    void leavingAgentClearsThePoolAtEveryLevel(Given given) {
        Api api = given.api();
        Organization organization = given.organization();
        String pool = given.pool(organization);
        String project = given.project(organization, "apps");

        api.patch(
                        Document.of("organizations")
                                .with("default-execution-mode", "agent")
                                .toOne("default-agent-pool", "agent-pools", pool),
                        "/organizations/{n}",
                        organization.name())
                .then()
                .statusCode(200);
        api.patch(
                        Document.of("projects")
                                .with("default-execution-mode", "agent")
                                .with("default-agent-pool-id", pool)
                                .with("setting-overwrites", defaultOverwrites(true)),
                        PROJECT,
                        project)
                .then()
                .statusCode(200)
                .body("data.relationships.'default-agent-pool'.data.id", equalTo(pool));
        Refused.with(422, api.delete("/agent-pools/{id}", pool));

        api.patch(
                        Document.of("organizations").with("default-execution-mode", "remote"),
                        "/organizations/{n}",
                        organization.name())
                .then()
                .statusCode(200)
                .body("data.relationships.'default-agent-pool'.data", nullValue());
        Refused.with(422, api.delete("/agent-pools/{id}", pool));
        api.patch(
                        Document.of("projects")
                                .with("default-execution-mode", "remote")
                                .with("default-agent-pool-id", ""),
                        PROJECT,
                        project)
                .then()
                .statusCode(200)
                .body("data.attributes.'setting-overwrites'", equalTo(defaultOverwrites(true)))
                .body("data.relationships.'default-agent-pool'.data", nullValue());
        api.delete("/agent-pools/{id}", pool).then().statusCode(204);
    }

    @ParameterizedTest
    @CsvSource({
        "projects,   /organizations/{org}/projects,   default-execution-mode, default-agent-pool-id, default-agent-pool",
        "workspaces, /organizations/{org}/workspaces, execution-mode,         agent-pool-id,         agent-pool"
    })
    void modeAndPoolMustFitTogether(String type, String path, String mode, String pool, String flag, Given given) {
        Organization organization = given.organization();
        String own = given.pool(organization);
        String foreign = given.pool(given.organization());

        refused(
                "must be specified when using 'agent' execution mode",
                given.api().post(Document.of(type).with("name", "one").with(mode, "agent"), path, organization.name()));
        refused(
                "must not be specified unless using 'agent' execution mode",
                given.api()
                        .post(
                                Document.of(type)
                                        .with("name", "one")
                                        .with(mode, "local")
                                        .with(pool, own),
                                path,
                                organization.name()));
        refused(
                "If agent-pool and execution-mode are both included in setting-overwrites, their values must be the same.",
                given.api()
                        .post(
                                Document.of(type)
                                        .with("name", "one")
                                        .with("setting-overwrites", Map.of(mode, true, flag, false)),
                                path,
                                organization.name()));
        refused(
                "must be specified",
                given.api()
                        .post(
                                Document.of(type).with("name", "one").with("setting-overwrites", Map.of(mode, true)),
                                path,
                                organization.name()));
        for (String stranger : new String[] {foreign, "apool-0000000000000000", "nonsense"}) {
            Refused.invalid(
                    "/data/attributes/" + pool,
                    given.api()
                            .post(
                                    Document.of(type)
                                            .with("name", "one")
                                            .with(mode, "agent")
                                            .with(pool, stranger),
                                    path,
                                    organization.name()));
        }
        Refused.invalid(
                "/data/attributes/" + mode,
                given.api()
                        .post(
                                Document.of(type).with("name", "one").with(mode, "elsewhere"),
                                path,
                                organization.name()));
    }

    private static void refused(String detail, Response response) {
        Refused.with(422, response);
        response.then().body("errors.detail", hasItem(containsString(detail)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"true\"", "[]"})
    void overwritesOfTheWrongTypeAreNamed(String json, Given given) {
        Workspace workspace = given.workspace(given.organization());

        Response response = given.api()
                .request()
                .body("{\"data\":{\"attributes\":{\"setting-overwrites\":" + json + "}}}")
                .patch(WORKSPACE, workspace.id());

        Refused.invalid("/data/attributes/setting-overwrites", response);
    }

    @Test
    void aRunThatInheritsAPoolOutOfItsReachSaysSo(Given given) {
        Api api = given.api();
        Organization organization = given.organization();
        String project = given.project(organization, "apps");
        String pool = given.pool(organization);
        String id = workspaceIn(given, organization, project);
        api.patch(
                        Document.of("projects")
                                .with("default-execution-mode", "agent")
                                .with("default-agent-pool-id", pool),
                        PROJECT,
                        project)
                .then()
                .statusCode(200);
        // Taking the grant away is accepted, and the pool says whom it concerns.
        api.patch(Document.of("agent-pools").toMany("excluded-workspaces", "workspaces", id), "/agent-pools/{id}", pool)
                .then()
                .statusCode(200)
                .body("data.attributes.'otf-workspaces-out-of-scope'", hasItem(id));

        Workspace workspace = new Workspace(organization.name(), "", id);
        String run = given.run(workspace, Map.of(), "");

        given.await(run, "errored");
        assertThat(given.log(run, "plan"), containsString("is not allowed to use it"));
        api.get(WORKSPACE, id).then().body("data.attributes.locked", equalTo(false));
    }
}
