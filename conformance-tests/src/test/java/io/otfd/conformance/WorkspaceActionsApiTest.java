package io.otfd.conformance;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Locks, tags and deletion of workspaces. */
@ExtendWith(OtfdExtension.class)
class WorkspaceActionsApiTest {

    private static final String BY_NAME = "/organizations/{org}/workspaces/{name}";

    @Test
    void lockIsHeldOnce(Given given) {
        Workspace workspace = given.workspace(given.organization());
        String lock = "/workspaces/{id}/actions/lock";
        String unlock = "/workspaces/{id}/actions/unlock";
        Refused.with(409, given.api().request().post(unlock, workspace.id()));

        given.api()
                .request()
                .body("{\"data\":{\"type\":\"\",\"attributes\":{\"reason\":\"Locked by Terraform\"}}}")
                .post(lock, workspace.id())
                .then()
                .statusCode(200)
                .body("data.attributes.locked", equalTo(true))
                .body("data.attributes.'locked-reason'", equalTo("Locked by Terraform"))
                .body("data.relationships.'locked-by'.data.type", equalTo("users"));
        Refused.with(409, given.api().request().body("{}").post(lock, workspace.id()));
        Response deletion = given.api().request().post("/workspaces/{id}/actions/safe-delete", workspace.id());
        Refused.conflict("locked", deletion);
        given.api()
                .request()
                .post(unlock, workspace.id())
                .then()
                .statusCode(200)
                .body("data.attributes.locked", equalTo(false))
                .body("data.relationships.'locked-by'.data", nullValue());
        given.api()
                .request()
                .body("{\"reason\":\"by the book\"}")
                .post(lock, workspace.id())
                .then()
                .statusCode(200);
        given.api()
                .request()
                .post("/workspaces/{id}/actions/force-unlock", workspace.id())
                .then()
                .statusCode(200);
        Refused.with(409, given.api().request().post("/workspaces/{id}/actions/force-unlock", workspace.id()));
    }

    @Test
    void tagsKeepTheirOrder(Given given) {
        Workspace workspace = given.workspace(given.organization());
        String tags = "/workspaces/{id}/relationships/tags";

        given.api().request().body("""
                        {"data":[{"type":"tags","attributes":{"name":"zebra"}},{"type":"tags","attributes":{"name":"ant"}}]}""").post(tags, workspace.id()).then().statusCode(204);

        given.api()
                .get(tags, workspace.id())
                .then()
                .statusCode(200)
                .body("data.attributes.name", contains("zebra", "ant"));
        given.api().request().body("""
                        {"data":[{"type":"tags","attributes":{"name":"zebra"}},{"type":"tags","attributes":{"name":"unknown"}}]}""").delete(tags, workspace.id()).then().statusCode(204);
        given.api().get("/workspaces/{id}", workspace.id()).then().body("data.attributes.'tag-names'", contains("ant"));
    }

    @Test
    void deletedWorkspaceIsGone(Given given) {
        Organization organization = given.organization();
        Workspace one = given.workspace(organization);
        Workspace two = given.workspace(organization);

        given.api()
                .request()
                .post("/workspaces/{id}/actions/safe-delete", one.id())
                .then()
                .statusCode(204);
        given.api().delete(BY_NAME, organization.name(), two.name()).then().statusCode(204);

        Refused.notFound(given.api().get("/workspaces/{id}", one.id()));
        Refused.notFound(given.api().get(BY_NAME, organization.name(), two.name()));
        Refused.notFound(given.api().delete("/workspaces/{id}", two.id()));
        Refused.notFound(given.api().get("/workspaces/{id}", "no such/id"));
    }
}
