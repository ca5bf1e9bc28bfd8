package io.otfd.conformance;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.oneOf;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the second generation of go-tfe, in which most of the {@code tfe} provider is written, needs of every answer: where
 * it expects an object it takes an answer without one for nothing at all, and the provider ends on it.
 */
@ExtendWith(OtfdExtension.class)
class KiotaClientTest {

    private static final String ID = "[A-Za-z0-9_-]+";

    @Test
    void organizationAndItsDefaults(Given given) {
        Organization organization = given.organizationWithPool();
        String pool = organization.pool().orElseThrow();

        object(given.api().get("/organizations/{org}", organization.name()));
        object(send(
                        given,
                        "PATCH",
                        "/organizations/" + organization.name(),
                        Document.of("organizations")
                                .with("default-execution-mode", "agent")
                                .toOne("default-agent-pool", "agent-pools", pool)))
                .body("data.attributes.'default-execution-mode'", equalTo("agent"))
                .body("data.relationships.'default-agent-pool'.data.id", equalTo(pool));
        object(send(
                        given,
                        "PATCH",
                        "/organizations/" + organization.name(),
                        Document.of("organizations").with("default-execution-mode", "remote")))
                .body("data.relationships.'default-agent-pool'.data", equalTo(null));
    }

    @Test
    void agentPoolItsListsAndTokens(Given given) {
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);
        String pools = "/organizations/" + organization.name() + "/agent-pools";

        String id = object(send(given, "POST", pools, Document.of("agent-pools").with("name", "first")))
                .extract()
                .path("data.id");
        String pool = "/agent-pools/" + id;
        object(given.api().get(pool)).body("data.relationships.organization.data.id", equalTo(organization.name()));
        for (String list : new String[] {"allowed-workspaces", "excluded-workspaces"}) {
            Document one = Document.of("agent-pools").toMany(list, "workspaces", workspace.id());
            object(send(given, "PATCH", pool, one));
            object(send(given, "PATCH", pool, Document.of("agent-pools").toMany(list, "workspaces")));
        }
        object(send(given, "PATCH", pool, Document.of("agent-pools").with("name", "renamed")));
        list(given.api().get(pools));

        String tokens = pool + "/authentication-tokens";
        String token = object(send(
                        given,
                        "POST",
                        tokens,
                        Document.of("authentication-tokens").with("description", "d")))
                .body("data.attributes.token", notNullValue())
                .extract()
                .path("data.id");
        object(given.api().get("/authentication-tokens/" + token)).body("data.attributes.token", equalTo(null));
        list(given.api().get(tokens));
        gone(given, "/authentication-tokens/" + token);
        gone(given, pool);
    }

    @Test
    void projectAndItsTags(Given given) {
        Organization organization = given.organization();
        String projects = "/organizations/" + organization.name() + "/projects";

        String id = object(send(given, "POST", projects, Document.of("projects").with("name", "platform")))
                .extract()
                .path("data.id");
        String project = "/projects/" + id;
        object(given.api().get(project));
        object(send(given, "PATCH", project, Document.of("projects").with("description", "d")));
        list(given.api().get(projects));
        list(given.api().get(project + "/tag-bindings"));
        list(given.api().get(project + "/effective-tag-bindings"));
        list(given.api()
                .request()
                .body(Document.json(Map.of("data", new Object[] {
                    Map.of("type", "tag-bindings", "attributes", Map.of("key", "team", "value", "platform"))
                })))
                .patch(project + "/relationships/tag-bindings"));
        gone(given, project);
    }

    /** It sends a content type with a body only, where the first generation sends one always. */
    @Test
    void contentTypeGoesWithABody(Given given) {
        Workspace workspace = given.workspace(given.organization());

        bare(given)
                .post("/api/v2/workspaces/{id}/actions/lock", workspace.id())
                .then()
                .statusCode(200);
        bare(given)
                .contentType(Api.JSON_API)
                .post("/api/v2/workspaces/{id}/actions/unlock", workspace.id())
                .then()
                .statusCode(200);
        bare(given).delete("/api/v2/workspaces/{id}", workspace.id()).then().statusCode(204);
    }

    @Test
    void errorsHaveTheirMediaType(Given given) {
        given.api()
                .get("/agent-pools/apool-none")
                .then()
                .statusCode(404)
                .contentType(Api.JSON_API)
                .body("errors[0].status", equalTo("404"));
    }

    private static Response send(Given given, String method, String path, Document body) {
        return given.api().request(body).request(method, path);
    }

    /** No content type of ours, and none of the client library's. */
    private static RequestSpecification bare(Given given) {
        return given.api()
                .anonymous()
                .header("Authorization", "Bearer " + given.api().server().token());
    }

    private static ValidatableResponse object(Response response) {
        return success(response).body("data.id", matchesPattern(ID)).body("data.attributes", notNullValue());
    }

    private static void list(Response response) {
        success(response).body("data", notNullValue());
    }

    private static ValidatableResponse success(Response response) {
        return response.then()
                .statusCode(made())
                .contentType(Api.JSON_API)
                .header("Content-Length", matchesPattern("[1-9][0-9]*"));
    }

    private static Matcher<Integer> made() {
        return oneOf(200, 201);
    }

    private static void gone(Given given, String path) {
        given.api().delete(path).then().statusCode(204);
        given.api().get(path).then().statusCode(404);
    }
}
