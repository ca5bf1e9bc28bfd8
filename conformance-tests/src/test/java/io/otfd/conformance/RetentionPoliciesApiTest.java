package io.otfd.conformance;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** https://developer.hashicorp.com/terraform/enterprise/api-docs/data-retention-policies. */
@ExtendWith(OtfdExtension.class)
class RetentionPoliciesApiTest {

    private static final String DELETE_OLDER = "data-retention-policy-delete-olders";
    private static final String DONT_DELETE = "data-retention-policy-dont-deletes";
    private static final String RELATION = "data.relationships.'data-retention-policy'.data";

    private static void lifeOf(String thing, Given given) {
        String policy = thing + "/relationships/data-retention-policy";
        given.api().get(thing).then().statusCode(200).body(RELATION, nullValue());
        Refused.notFound(given.api().get(policy));
        Refused.notFound(given.api().delete(policy));

        String id = given.api()
                .post(Document.of(DELETE_OLDER).with("delete-older-than-n-days", 33), policy)
                .then()
                .statusCode(201)
                .body("data.type", equalTo(DELETE_OLDER))
                .body("data.id", startsWith("drp-"))
                .extract()
                .path("data.id");
        given.api()
                .get(thing)
                .then()
                .body(RELATION + ".id", equalTo(id))
                .body(RELATION + ".type", equalTo(DELETE_OLDER));
        given.api().get(policy).then().statusCode(200).body("data.attributes.'delete-older-than-n-days'", equalTo(33));
        given.api()
                .patch(Document.of(DONT_DELETE), policy)
                .then()
                .statusCode(200)
                .body("data.type", equalTo(DONT_DELETE));
        given.api().get(thing).then().body(RELATION + ".type", equalTo(DONT_DELETE));
        given.api().delete(policy).then().statusCode(204);
        given.api().get(thing).then().body(RELATION, nullValue());
    }

    @Test
    void organizationHasOneOrNone(Given given) {
        lifeOf("/organizations/" + given.organization().name(), given);
    }

    @Test
    void workspaceHasOneOrNone(Given given) {
        lifeOf("/workspaces/" + given.workspace(given.organization()).id(), given);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "\"many\"", "99999999999", "null"})
    void daysThatAreNoneAreInvalid(String days, Given given) {
        String workspace = given.workspace(given.organization()).id();
        String body = "{\"data\":{\"type\":\"" + DELETE_OLDER + "\",\"attributes\":{\"delete-older-than-n-days\":"
                + days + "}}}";
        Refused.invalid(
                "/data/attributes/delete-older-than-n-days",
                given.api()
                        .request()
                        .body(body)
                        .post("/workspaces/{id}/relationships/data-retention-policy", workspace));
    }
}
