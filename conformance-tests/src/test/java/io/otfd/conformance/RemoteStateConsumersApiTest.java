package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may read a workspace's state (cloud-docs/api-docs/workspaces, Remote State Consumers). */
@ExtendWith(OtfdExtension.class)
class RemoteStateConsumersApiTest {

    private static final String CONSUMERS = "/workspaces/{id}/relationships/remote-state-consumers";
    private static final Map<String, Object> SHUT = Map.of("global-remote-state", false);

    private static RequestSpecification request(Given given, String... workspaces) {
        return given.api().request().body(Document.identifiers("workspaces", workspaces));
    }

    @Test
    void consumersAreAddedReplacedAndRemoved(Given given) {
        Organization organization = given.organization();
        String id = given.workspace(organization, SHUT).id();
        String one = given.workspace(organization).id();
        String two = given.workspace(organization).id();

        request(given, one, two).post(CONSUMERS, id).then().statusCode(204);
        request(given, one).post(CONSUMERS, id).then().statusCode(204);
        Response list = given.api().get(CONSUMERS, id);
        list.then()
                .statusCode(200)
                .body("data.id", containsInAnyOrder(one, two))
                .body("meta.pagination.'total-count'", equalTo(2));
        assertThat(
                list.path("data.find { it.id == '" + one + "' }"),
                equalTo(given.api().get("/workspaces/{id}", one).path("data")));
        request(given, two).patch(CONSUMERS, id).then().statusCode(204);
        given.api().get(CONSUMERS, id).then().body("data.id", contains(two));
        request(given, one, two).delete(CONSUMERS, id).then().statusCode(204);
        given.api().get(CONSUMERS, id).then().body("data", empty());
    }

    @Test
    void sharingWithAllOrWithTheProjectListsThem(Given given) {
        Organization organization = given.organization();
        String project = given.project(organization, "apart");
        String id = given.workspace(organization, SHUT).id();
        String neighbour = given.workspace(organization).id();
        String far = given.workspace(organization).id();
        given.api()
                .request()
                .body(Document.identifiers("workspaces", far))
                .post("/projects/{id}/relationships/workspaces", project)
                .then()
                .statusCode(204);
        request(given, neighbour, far).post(CONSUMERS, id).then().statusCode(204);

        set(given, id, "project-remote-state").then().statusCode(200);
        given.api().get(CONSUMERS, id).then().body("data.id", contains(neighbour));
        // One ends the other.
        set(given, id, "global-remote-state")
                .then()
                .statusCode(200)
                .body("data.attributes.'project-remote-state'", equalTo(false));
        given.api().get(CONSUMERS, id).then().body("data.id", containsInAnyOrder(neighbour, far));
        Refused.with(422, request(given, neighbour).post(CONSUMERS, id));
        Response both = given.api()
                .patch(
                        Document.of("workspaces")
                                .with("global-remote-state", true)
                                .with("project-remote-state", true),
                        "/workspaces/{id}",
                        id);
        Refused.invalid("/data/attributes/project-remote-state", both);
        both.then()
                .body(
                        "errors.detail",
                        hasItem(containsString("Project remote state cannot be enabled when global remote state"
                                + " sharing is enabled")));
    }

    private static Response set(Given given, String id, String attribute) {
        return given.api().patch(Document.of("workspaces").with(attribute, true), "/workspaces/{id}", id);
    }

    @Test
    void strangersAreInvalidAndChangeNothing(Given given) {
        Organization organization = given.organization();
        String id = given.workspace(organization, SHUT).id();
        String one = given.workspace(organization).id();
        String foreign = given.workspace(given.organization()).id();

        for (String stranger : new String[] {foreign, "ws-0000000000000000", "nonsense", id}) {
            Refused.with(422, request(given, one, stranger).post(CONSUMERS, id));
        }
        Refused.with(422, given.api().request().body("{\"data\":{}}").post(CONSUMERS, id));
        Refused.with(422, given.api().request().body("{\"data\":[{}]}").delete(CONSUMERS, id));
        Refused.notFound(request(given, one).post(CONSUMERS, "ws-0000000000000000"));
        Refused.notFound(given.api().get(CONSUMERS, "ws-0000000000000000"));
        given.api().get(CONSUMERS, id).then().body("data", empty());
    }
}
