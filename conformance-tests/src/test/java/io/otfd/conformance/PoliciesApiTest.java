package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/policies, and policy-sets. */
@ExtendWith(OtfdExtension.class)
class PoliciesApiTest {

    private static final String POLICIES = "/organizations/{org}/policies";
    private static final String POLICY = "/policies/{id}";
    private static final String SETS = "/organizations/{org}/policy-sets";
    private static final String SET = "/policy-sets/{id}";

    private static Document opa(String name) {
        return Document.of("policies")
                .with("name", name)
                .with("kind", "opa")
                .with("query", "data.terraform.deny")
                .with("enforcement-level", "mandatory");
    }

    private static String made(Given given, Organization organization, Document document, String path) {
        return given.api()
                .post(document, path, organization.name())
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    private static Response upload(Given given, String policy, byte[] source) {
        return given.api()
                .request()
                .contentType("application/octet-stream")
                .body(source)
                .put(POLICY + "/upload", policy);
    }

    @Test
    void aPolicyIsMadeUploadedAndChanged(Given given) {
        Organization organization = given.organization();
        Response created = given.api().post(opa("limits"), POLICIES, organization.name());
        created.then()
                .statusCode(201)
                .body("data.id", startsWith("pol-"))
                .body("data.attributes.enforcement-level", equalTo("mandatory"))
                .body("data.attributes.enforce", empty());
        Shape.check("policies", created);
        String id = created.path("data.id");
        Refused.notFound(given.api().get(POLICY + "/download", id));

        upload(given, id, "package terraform\n".getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(200);

        given.api()
                .get(POLICY, id)
                .then()
                .body("data.attributes.enforce[0].path", equalTo("limits.rego"))
                .body("data.attributes.enforce[0].mode", equalTo("mandatory"));
        assertThat(given.api().get(POLICY + "/download", id).asString(), is("package terraform\n"));
        given.api()
                .patch(Document.of("policies").with("enforcement-level", "advisory"), POLICY, id)
                .then()
                .statusCode(200)
                .body("data.attributes.enforcement-level", equalTo("advisory"))
                .body("data.attributes.query", equalTo("data.terraform.deny"));
        given.api()
                .get(POLICIES + "?search[name]=LIM&filter[kind]=opa", organization.name())
                .then()
                .body("data.id", equalTo(java.util.List.of(id)));
        given.api()
                .get(POLICIES + "?filter[kind]=sentinel", organization.name())
                .then()
                .body("data", empty());
        given.api().delete(POLICY, id).then().statusCode(204);
        Refused.notFound(given.api().get(POLICY, id));
    }

    @Test
    void whatIsNotAPolicyIsRefusedInWords(Given given) {
        Organization organization = given.organization();
        String id = made(given, organization, opa("given"), POLICIES);

        Response sentinel = given.api().post(opa("other").with("kind", "sentinel"), POLICIES, organization.name());
        sentinel.then().statusCode(422).body("errors[0].detail", containsString("Sentinel is closed source"));
        Refused.invalid(
                "/data/attributes/kind",
                given.api()
                        .post(
                                Document.of("policy-sets").with("name", "set").with("kind", "sentinel"),
                                SETS,
                                organization.name()));
        Refused.invalid(
                "/data/attributes/enforcement-level",
                given.api()
                        .post(opa("other").with("enforcement-level", "hard-mandatory"), POLICIES, organization.name()));
        Refused.invalid(
                "/data/attributes/query",
                given.api().post(opa("other").with("query", " "), POLICIES, organization.name()));
        Refused.invalid("/data/attributes/name", given.api().post(opa("given"), POLICIES, organization.name()));
        Refused.with(422, upload(given, id, new byte[] {(byte) 0xff, (byte) 0xfe}));
        Refused.with(400, upload(given, id, new byte[] {'a', 0}));
        Refused.with(413, upload(given, id, new byte[(1 << 20) + 1]));
    }

    @Test
    void aSetHoldsPoliciesAndSaysWhereTheyApply(Given given) {
        Organization organization = given.organization();
        String policy = made(given, organization, opa("first"), POLICIES);
        Workspace inside = given.workspace(organization);
        Workspace outside = given.workspace(organization);
        Response created = given.api()
                .post(
                        Document.of("policy-sets")
                                .with("name", "production")
                                .with("kind", "opa")
                                .with("overridable", true)
                                .toMany("policies", "policies", policy)
                                .toMany("workspaces", "workspaces", inside.id())
                                .toMany("workspace-exclusions", "workspaces", outside.id()),
                        SETS,
                        organization.name());
        created.then()
                .statusCode(201)
                .body("data.id", startsWith("polset-"))
                .body("data.attributes.policy-count", equalTo(1))
                .body("data.attributes.overridable", equalTo(true))
                .body("data.relationships.workspace-exclusions.data.id", containsInAnyOrder(outside.id()));
        Shape.check("policy-sets", created);
        String set = created.path("data.id");

        given.api().get(POLICY, policy).then().body("data.attributes.policy-set-count", equalTo(1));
        given.api()
                .get(SETS + "?include=policies,workspaces,workspace_exclusions", organization.name())
                .then()
                .statusCode(200)
                .body("included", hasSize(3));
        given.api()
                .request()
                .body(Document.identifiers("workspaces", inside.id()))
                .delete(SET + "/relationships/workspaces", set)
                .then()
                .statusCode(204);
        given.api()
                .request()
                .body(Document.identifiers("policies", policy))
                .delete(SET + "/relationships/policies", set)
                .then()
                .statusCode(204);
        given.api()
                .patch(Document.of("policy-sets").with("global", true), SET, set)
                .then()
                .statusCode(200)
                .body("data.attributes.policy-count", equalTo(0))
                .body("data.relationships.workspaces.data", empty())
                .body("data.relationships.current-version.data", nullValue());
        Refused.with(
                422,
                given.api()
                        .request()
                        .body(Document.identifiers("workspaces", inside.id()))
                        .post(SET + "/relationships/workspaces", set));
        Organization other = given.organization();
        Refused.with(
                422,
                given.api()
                        .request()
                        .body(Document.identifiers(
                                "workspaces", given.workspace(other).id()))
                        .post(SET + "/relationships/workspace-exclusions", set));
        given.api().delete(SET, set).then().statusCode(204);
        Refused.notFound(given.api().get(SET, set));
    }
}
