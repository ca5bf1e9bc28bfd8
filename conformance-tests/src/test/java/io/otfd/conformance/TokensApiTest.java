package io.otfd.conformance;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/team-tokens, organization-tokens and user-tokens. */
@ExtendWith(OtfdExtension.class)
class TokensApiTest {

    private static final String OF_TEAM = "/teams/{id}/authentication-token";
    private static final String MANY_OF_TEAM = "/teams/{id}/authentication-tokens";
    private static final String OF_ORGANIZATION = "/organizations/{org}/authentication-token";
    private static final String TOKEN = "/authentication-tokens/{id}";

    @Test
    void secretOfATeamTokenIsShownOnce(Given given) {
        String team = given.team(given.organization());
        Document document = Document.of("authentication-tokens").with("expired-at", "2101-02-03T04:05:06+00:00");

        Response created = given.api().post(document, OF_TEAM, team);

        created.then()
                .statusCode(201)
                .body("data.attributes.description", nullValue())
                .body("data.attributes.'expired-at'", equalTo("2101-02-03T04:05:06.000Z"))
                .body("data.relationships.team.data.id", equalTo(team))
                .body("data.relationships.'created-by'.data.type", equalTo("users"));
        Map<String, Object> resource = Shape.check("authentication-tokens", created);
        String id = (String) resource.get("id");
        given.api().get(OF_TEAM, team).then().statusCode(200).body("data.id", equalTo(id));
        given.api()
                .get(TOKEN, id)
                .then()
                .statusCode(200)
                .body("data.attributes.token", nullValue())
                .body("data.relationships.team.data.id", equalTo(team));
        given.api().delete(OF_TEAM, team).then().statusCode(204);
        Refused.notFound(given.api().get(OF_TEAM, team));
        Refused.notFound(given.api().delete(OF_TEAM, team));
    }

    @Test
    void unnamedTokenReplacesItsPredecessorAndNamedOnesStand(Given given) {
        Organization organization = given.organization();
        String team = given.team(organization);
        Api first = given.as(team);
        Document named = Document.of("authentication-tokens").with("description", "ci");
        String id = given.api()
                .post(named, MANY_OF_TEAM, team)
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");

        Api second = given.as(team);

        Refused.unauthorized(first.get("/organizations/{org}", organization.name()));
        second.get("/organizations/{org}", organization.name()).then().statusCode(200);
        Response duplicate = given.api().post(named, MANY_OF_TEAM, team);
        duplicate.then().statusCode(422).body("errors[0].detail", containsString("Description has already been taken"));
        given.api().get(MANY_OF_TEAM, team).then().body("meta.pagination.'total-count'", equalTo(2));
        given.api()
                .request()
                .queryParam("sort", "-expired-at")
                .get("/organizations/{org}/team-tokens", organization.name())
                .then()
                .body("data.id", hasItem(id));
    }

    @Test
    void endInThePastOrUnreadableIsInvalid(Given given) {
        String team = given.team(given.organization());
        Refused.invalid(
                "/data/attributes/expired-at",
                given.api().post(Document.of("tokens").with("expired-at", "2001-02-03T04:05:06Z"), OF_TEAM, team));
        Refused.invalid(
                "/data/attributes/expired-at",
                given.api().post(Document.of("tokens").with("expired-at", "tomorrow"), OF_TEAM, team));
        Refused.notFound(given.api().request().post(OF_TEAM, "team-0000000000000000"));
    }

    @Test
    void organizationTokenManagesButStartsNoRuns(Given given) {
        Organization organization = given.organization();
        String secret = given.api()
                .request()
                .post(OF_ORGANIZATION, organization.name())
                .then()
                .statusCode(201)
                .extract()
                .path("data.attributes.token");
        Api api = given.api().as(secret);

        String id = api.post(
                        Document.of("workspaces").with("name", "w"),
                        "/organizations/{org}/workspaces",
                        organization.name())
                .then()
                .statusCode(201)
                .body("data.attributes.permissions.'can-queue-run'", equalTo(false))
                .extract()
                .path("data.id");
        api.post(
                        Document.of("teams")
                                .with("name", "made")
                                .with("organization-access", Map.of("manage-workspaces", true)),
                        "/organizations/{org}/teams",
                        organization.name())
                .then()
                .statusCode(201);
        Refused.notFound(api.request().post(OF_TEAM, given.owners(organization)));
        Refused.notFound(api.post(Document.of("runs").toOne("workspace", "workspaces", id), "/runs"));
        Refused.notFound(api.get("/organizations/{org}", given.organization().name()));
        api.get("/organizations").then().statusCode(200).body("data.id", contains(organization.name()));
        given.api().delete(OF_ORGANIZATION, organization.name()).then().statusCode(204);
        Refused.unauthorized(api.get("/workspaces/{id}", id));
        Refused.notFound(given.api().get(OF_ORGANIZATION, organization.name()));
    }

    @Test
    void auditTrailTokenStandsBesideTheOther(Given given) {
        String organization = given.organization().name();
        String audit = given.api()
                .request()
                .queryParam("token", "audit-trails")
                .post(OF_ORGANIZATION, organization)
                .then()
                .statusCode(201)
                .extract()
                .path("data.attributes.token");

        Refused.notFound(given.api().get(OF_ORGANIZATION, organization));
        Refused.unauthorized(given.api().as(audit).get("/organizations/{org}", organization));
        Refused.with(400, given.api().request().queryParam("token", "other").get(OF_ORGANIZATION, organization));
    }

    @Test
    void userTokenIsItsUsersAlone(Given given) {
        String user = given.api().get("/account/details").path("data.id");
        String tokens = "/users/{id}/authentication-tokens";

        Response created =
                given.api().post(Document.of("authentication-tokens").with("description", "laptop"), tokens, user);

        created.then().statusCode(201).body("data.attributes.'expired-at'", not(nullValue()));
        Shape.check("authentication-tokens", created);
        String id = created.path("data.id");
        Api api = given.api().as(created.path("data.attributes.token"));
        api.get("/account/details").then().statusCode(200).body("data.id", equalTo(user));
        given.api()
                .request()
                .queryParam("page[size]", 100)
                .get(tokens, user)
                .then()
                .body("data.id", hasItem(id));
        Refused.notFound(given.api().get(tokens, "user-0000000000000000"));
        Api team = given.as(given.owners(given.organization()));
        Refused.notFound(team.get(tokens, user));
        Refused.notFound(team.delete(TOKEN, id));
        given.api().delete(TOKEN, id).then().statusCode(204);
        Refused.unauthorized(api.get("/account/details"));
    }

    @Test
    void organizationThatRefusesUserTokensIsOpenToItsOwnersTeam(Given given) {
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);
        Api owners = given.as(given.owners(organization));
        Document refuse = Document.of("organizations").with("user-tokens-enabled", false);

        owners.patch(refuse, "/organizations/{org}", organization.name())
                .then()
                .statusCode(200)
                .body("data.attributes.'user-tokens-enabled'", equalTo(false));

        Refused.unauthorized(given.api().get("/organizations/{org}", organization.name()));
        Refused.unauthorized(given.api().get("/workspaces/{id}", workspace.id()));
        given.api().get("/organizations").then().statusCode(200).body("data.id", not(hasItem(organization.name())));
        owners.get("/workspaces/{id}", workspace.id()).then().statusCode(200);
        owners.patch(refuse.with("user-tokens-enabled", true), "/organizations/{org}", organization.name())
                .then()
                .statusCode(200);
        given.api().get("/organizations/{org}", organization.name()).then().statusCode(200);
    }
}
