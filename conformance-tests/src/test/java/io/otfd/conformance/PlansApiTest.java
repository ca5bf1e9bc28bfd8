package io.otfd.conformance;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a site admin gives an organization, and what the organization is entitled to by it. */
@ExtendWith(OtfdExtension.class)
class PlansApiTest {

    private static final String SETS = "/admin/feature-sets";
    private static final String SUBSCRIPTION = "/admin/organizations/{org}/subscription";

    private static String featureSet(Given given, String name) {
        return given.api()
                .request()
                .queryParam("q", name)
                .get(SETS)
                .then()
                .statusCode(200)
                .body("data[0].type", equalTo("feature-sets"))
                .extract()
                .path("data[0].id");
    }

    private static void subscribe(Given given, String organization, String name) {
        given.api()
                .post(
                        Document.of("subscription")
                                .with("runs-ceiling", 10)
                                .with("end-at", "2101-01-01T00:00:00Z")
                                .toOne("feature-set", "feature-sets", featureSet(given, name)),
                        SUBSCRIPTION,
                        organization)
                .then()
                .statusCode(200);
    }

    @Test
    void entitlementsFollowThePlan(Given given) {
        String organization = given.organization().name();
        String entitlements = "/organizations/{org}/entitlement-set";
        given.api()
                .get(entitlements, organization)
                .then()
                .body("data.attributes.teams", equalTo(true))
                .body("data.attributes.'run-tasks'", equalTo(true))
                .body("data.attributes.sso", equalTo(false));

        subscribe(given, organization, "Standard (entitlement)");
        given.api()
                .get(entitlements, organization)
                .then()
                .body("data.attributes.sso", equalTo(true))
                .body("data.attributes.'waypoint-actions'", equalTo(false))
                .body("data.attributes.'global-run-tasks'", equalTo(false));

        subscribe(given, organization, "business");
        given.api().get(entitlements, organization).then().body("data.attributes.'global-run-tasks'", equalTo(true));
    }

    @Test
    void permissionsFollowThePlan(Given given) {
        String organization = given.organization().name();
        String permission = "data.attributes.permissions.'can-manage-no-code-modules'";
        given.api()
                .get("/organizations/{org}", organization)
                .then()
                .body(permission, equalTo(false))
                .body("data.attributes.'trial-expires-at'", nullValue());

        subscribe(given, organization, "Trial");
        given.api()
                .get("/organizations/{org}", organization)
                .then()
                .body("data.attributes.'plan-is-trial'", equalTo(true))
                .body("data.attributes.'trial-expires-at'", equalTo("2101-01-01T00:00:00.000Z"));

        subscribe(given, organization, "Business");
        given.api().get("/organizations/{org}", organization).then().body(permission, equalTo(true));
    }

    @Test
    void subscriptionAndEntitlementsAreIncluded(Given given) {
        String organization = given.organization().name();
        given.api()
                .request()
                .queryParam("include", "subscription,entitlement_set")
                .get("/organizations/{org}", organization)
                .then()
                .statusCode(200)
                .body("included.type", contains("entitlement-sets", "subscriptions"));
        given.api()
                .get("/organizations/{org}/subscription", organization)
                .then()
                .statusCode(200)
                .body("data.relationships.'feature-set'.data.id", equalTo(featureSet(given, "Complete")));
        Refused.with(
                400, given.api().request().queryParam("include", "nonsense").get("/organizations/{org}", organization));
    }

    @Test
    void onlySiteAdminsChoosePlans(Given given) {
        Organization organization = given.organization();
        Api owners = given.as(given.owners(organization));
        Document document = Document.of("subscription").toOne("feature-set", "feature-sets", "fs-nonsense");

        Refused.notFound(owners.get(SETS));
        Refused.notFound(owners.post(document, SUBSCRIPTION, organization.name()));
        Refused.invalid(
                "/data/relationships/feature-set", given.api().post(document, SUBSCRIPTION, organization.name()));
    }
}
