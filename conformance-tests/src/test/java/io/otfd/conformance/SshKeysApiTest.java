package io.otfd.conformance;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/ssh-keys, and which one a workspace uses. */
@ExtendWith(OtfdExtension.class)
class SshKeysApiTest {

    private static final String KEYS = "/organizations/{org}/ssh-keys";
    private static final String KEY = "/ssh-keys/{id}";
    private static final String ASSIGNED = "/workspaces/{id}/relationships/ssh-key";

    private static String key(Given given, Organization organization) {
        return given.api()
                .post(
                        Document.of("ssh-keys").with("name", "deploy").with("value", "-----BEGIN"),
                        KEYS,
                        organization.name())
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    @Test
    void valueIsNeverShown(Given given) {
        Organization organization = given.organization();

        Response created = given.api()
                .post(
                        Document.of("ssh-keys").with("name", "deploy").with("value", "-----BEGIN"),
                        KEYS,
                        organization.name());

        created.then()
                .statusCode(201)
                .body("data.id", startsWith("sshkey-"))
                .body("data.attributes", not(hasKey("value")));
        Shape.check("ssh-keys", created);
        String id = created.path("data.id");
        given.api().get(KEYS, organization.name()).then().statusCode(200).body("data.id", contains(id));
        given.api()
                .patch(Document.of("ssh-keys").with("name", "renamed"), KEY, id)
                .then()
                .statusCode(200)
                .body("data.attributes.name", equalTo("renamed"));
        given.api().delete(KEY, id).then().statusCode(204);
        Refused.notFound(given.api().get(KEY, id));
    }

    @Test
    void nameAndValueMustBeThere(Given given) {
        String organization = given.organization().name();
        Refused.invalid(
                "/data/attributes/value",
                given.api().post(Document.of("ssh-keys").with("name", "n"), KEYS, organization));
        Refused.invalid(
                "/data/attributes/name",
                given.api().post(Document.of("ssh-keys").with("name", " ").with("value", "v"), KEYS, organization));
        Refused.notFound(given.api().get(KEY, "nonexisting"));
    }

    @Test
    void workspaceTakesAKeyAndGivesItBack(Given given) {
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);
        String key = key(given, organization);

        given.api()
                .patch(Document.of("workspaces").with("id", key), ASSIGNED, workspace.id())
                .then()
                .statusCode(200)
                .body("data.id", equalTo(workspace.id()))
                .body("data.relationships.'ssh-key'.data.id", equalTo(key));

        given.api()
                .patch(Document.of("workspaces").with("id", null), ASSIGNED, workspace.id())
                .then()
                .statusCode(200)
                .body("data.relationships.'ssh-key'.data", nullValue());
    }

    @Test
    void identifierOfAKeyWillDoAndADeletedKeyIsForgotten(Given given) {
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);
        String key = key(given, organization);

        given.api()
                .request()
                .body("{\"data\":{\"type\":\"ssh-keys\",\"id\":\"" + key + "\"}}")
                .patch(ASSIGNED, workspace.id())
                .then()
                .statusCode(200)
                .body("data.relationships.'ssh-key'.data.id", equalTo(key));

        given.api().delete(KEY, key).then().statusCode(204);
        given.api()
                .get("/workspaces/{id}", workspace.id())
                .then()
                .body("data.relationships.'ssh-key'.data", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":{}}", "{\"data\":[]}", "{\"data\":{\"attributes\":{\"id\":7}}}", "{\"data\":7}"})
    void assignmentWithoutAKeyIsInvalid(String body, Given given) {
        Workspace workspace = given.workspace(given.organization());
        Refused.with(422, given.api().request().body(body).patch(ASSIGNED, workspace.id()));
    }

    @Test
    void keyOfAnotherOrganizationIsNotThere(Given given) {
        Workspace workspace = given.workspace(given.organization());
        String foreign = key(given, given.organization());
        Refused.notFound(given.api().patch(Document.of("workspaces").with("id", foreign), ASSIGNED, workspace.id()));
    }
}
