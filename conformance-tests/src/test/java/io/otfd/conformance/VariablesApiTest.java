package io.otfd.conformance;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/workspace-variables. */
@ExtendWith(OtfdExtension.class)
class VariablesApiTest {

    private static final String VARS = "/workspaces/{id}/vars";
    private static final String VAR = "/workspaces/{id}/vars/{var}";

    @Test
    void documentHasEveryMember(Given given) {
        Workspace workspace = given.workspace(given.organization());

        Response created = given.api()
                .post(
                        Document.of("vars")
                                .with("key", "region")
                                .with("value", "north")
                                .with("category", "terraform"),
                        VARS,
                        workspace.id());

        created.then()
                .statusCode(201)
                .body("data.id", startsWith("var-"))
                .body("data.attributes.value", equalTo("north"))
                .body("data.attributes.sensitive", equalTo(false))
                .body("data.attributes.hcl", equalTo(false))
                .body("data.attributes.category", equalTo("terraform"));
        Shape.check("vars", created);
        given.api().get(VARS, workspace.id()).then().statusCode(200).body("data.attributes.key", contains("region"));
        given.api()
                .get("/workspaces/{id}", workspace.id())
                .then()
                .body("data.relationships.vars.data.id", contains((String) created.path("data.id")));
    }

    @Test
    void sensitiveValueIsNeverShownAndStaysSensitive(Given given) {
        Workspace workspace = given.workspace(given.organization());
        String id = given.variable(
                workspace, Map.of("key", "password", "value", "open sesame", "category", "env", "sensitive", true));

        given.api().get(VAR, workspace.id(), id).then().statusCode(200).body("data.attributes.value", nullValue());
        given.api().get(VARS, workspace.id()).then().body("data[0].attributes.value", nullValue());
        given.api()
                .patch(Document.of("vars").with("value", "changed"), VAR, workspace.id(), id)
                .then()
                .statusCode(200)
                .body("data.attributes.value", nullValue())
                .body("data.attributes.sensitive", equalTo(true));
        Refused.with(422, given.api().patch(Document.of("vars").with("sensitive", false), VAR, workspace.id(), id));
    }

    @Test
    void changeAndDeletion(Given given) {
        Workspace workspace = given.workspace(given.organization());
        String id = given.variable(workspace, Map.of("key", "a", "value", "1", "category", "terraform"));

        given.api()
                .patch(Document.of("vars").with("value", "[1]").with("hcl", true), VAR, workspace.id(), id)
                .then()
                .statusCode(200)
                .body("data.attributes.key", equalTo("a"))
                .body("data.attributes.value", equalTo("[1]"))
                .body("data.attributes.hcl", equalTo(true));
        given.api().delete(VAR, workspace.id(), id).then().statusCode(204);
        Refused.notFound(given.api().get(VAR, workspace.id(), id));
        Refused.notFound(given.api().delete(VAR, workspace.id(), id));
    }

    @Test
    void keyIsUniquePerCategory(Given given) {
        Workspace workspace = given.workspace(given.organization());
        given.variable(workspace, Map.of("key", "same", "value", "1", "category", "terraform"));
        given.variable(workspace, Map.of("key", "same", "value", "1", "category", "env"));

        Refused.with(
                422,
                given.api()
                        .post(
                                Document.of("vars")
                                        .with("key", "same")
                                        .with("value", "2")
                                        .with("category", "env"),
                                VARS,
                                workspace.id()));
    }

    @Test
    void wrongValuesAreNamed(Given given) {
        Workspace workspace = given.workspace(given.organization());
        Document document =
                Document.of("vars").with("key", "k").with("value", "v").with("category", "env");
        invalid(given, workspace, document.with("category", "nonsense"), "category");
        document.with("category", "env");
        invalid(given, workspace, document.with("key", ""), "key");
        document.with("key", "k");
        invalid(given, workspace, document.with("sensitive", "perhaps"), "sensitive");
        Refused.notFound(given.api().post(document, VARS, "ws-0000000000000000"));
    }

    private static void invalid(Given given, Workspace workspace, Document document, String attribute) {
        given.api()
                .post(document, VARS, workspace.id())
                .then()
                .statusCode(422)
                .body("errors.source.pointer", hasItem("/data/attributes/" + attribute));
    }
}
