package io.otfd.conformance;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/teams, team-members and team-access. */
@ExtendWith(OtfdExtension.class)
class TeamsApiTest {

    private static final String TEAMS = "/organizations/{org}/teams";
    private static final String TEAM = "/teams/{id}";
    private static final String MEMBERS = "/teams/{id}/relationships/users";

    @Test
    void documentHasEveryMember(Given given) {
        Organization organization = given.organization();

        Response created = given.api()
                .post(
                        Document.of("teams")
                                .with("name", "Platform Engineers")
                                .with("sso-team-id", "7dddb675")
                                .with("organization-access", Map.of("manage-workspaces", true)),
                        TEAMS,
                        organization.name());

        created.then()
                .statusCode(201)
                .body("data.id", startsWith("team-"))
                .body("data.attributes.visibility", equalTo("secret"))
                .body("data.attributes.'users-count'", equalTo(0))
                .body("data.attributes.'organization-access'.'manage-workspaces'", equalTo(true))
                .body("data.attributes.'organization-access'.'manage-teams'", equalTo(false))
                .body("data.attributes.permissions.'can-destroy'", equalTo(true));
        Map<String, Object> document = Shape.check("teams", created);
        given.api().get(TEAM, document.get("id")).then().statusCode(200).body("data", equalTo(document));
    }

    @Test
    void ownersAreThereAndStay(Given given) {
        Organization organization = given.organization();
        String owners = given.owners(organization);

        given.api()
                .get(TEAM, owners)
                .then()
                .body("data.attributes.'users-count'", equalTo(1))
                .body("data.attributes.'organization-access'.values()", everyItem(equalTo(true)))
                .body("data.attributes.permissions.'can-destroy'", equalTo(false));
        Refused.with(422, given.api().delete(TEAM, owners));
        Refused.invalid(
                "/data/attributes/name", given.api().patch(Document.of("teams").with("name", "mine"), TEAM, owners));
        Refused.with(422, given.api().request().body(members("admin")).delete(MEMBERS, owners));
    }

    @Test
    void listIsSearchedAndFiltered(Given given) {
        Organization organization = given.organization();
        String team = given.team(organization);
        String name = given.api().attribute("name", TEAM, team);

        given.api().get(TEAMS, organization.name()).then().body("meta.pagination.'total-count'", equalTo(2));
        given.api()
                .request()
                .queryParam("q", name.substring(0, name.length() - 2))
                .get(TEAMS, organization.name())
                .then()
                .body("data.id", contains(team));
        given.api()
                .request()
                .queryParam("filter[names]", name + ",nobody")
                .get(TEAMS, organization.name())
                .then()
                .body("data.id", contains(team));
        Refused.notFound(given.api().get(TEAMS, "nobody-here"));
    }

    @Test
    void changeOfOneAttributeLeavesTheOthers(Given given) {
        String team = given.team(given.organization(), "manage-modules");

        given.api()
                .patch(
                        Document.of("teams")
                                .with("visibility", "organization")
                                .with("organization-access", Map.of("manage-providers", true)),
                        TEAM,
                        team)
                .then()
                .statusCode(200)
                .body("data.attributes.visibility", equalTo("organization"))
                .body("data.attributes.'organization-access'.'manage-modules'", equalTo(true))
                .body("data.attributes.'organization-access'.'manage-providers'", equalTo(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a/b", "<script>", "ünïcode", "owners"})
    void nameThatIsNoneOrTakenIsInvalid(String name, Given given) {
        Refused.invalid(
                "/data/attributes/name",
                given.api()
                        .post(
                                Document.of("teams").with("name", name),
                                TEAMS,
                                given.organization().name()));
    }

    @Test
    void valuesOfTheWrongKindAreInvalid(Given given) {
        Organization organization = given.organization();
        Document named = Document.of("teams").with("name", "some");

        Refused.invalid(
                "/data/attributes/visibility",
                given.api().post(named.with("visibility", "everybody"), TEAMS, organization.name()));
        Refused.invalid(
                "/data/attributes/organization-access",
                given.api()
                        .post(
                                named.with("visibility", "secret").with("organization-access", "all"),
                                TEAMS,
                                organization.name()));
        Refused.notFound(given.api().get(TEAM, "team-0000000000000000"));
        Refused.notFound(given.api().get(TEAM, "nonexisting"));
    }

    @Test
    void membersComeAndGoByName(Given given) {
        String team = given.team(given.organization());

        given.api().request().body(members("admin")).post(MEMBERS, team).then().statusCode(204);

        given.api()
                .request()
                .queryParam("include", "users")
                .get(TEAM, team)
                .then()
                .body("data.attributes.'users-count'", equalTo(1))
                .body("included.attributes.username", contains("admin"));
        Refused.with(422, given.api().request().body(members("nobody")).post(MEMBERS, team));
        Refused.with(
                422,
                given.api().request().body("{\"data\":[{\"type\":\"users\"}]}").post(MEMBERS, team));
        given.api()
                .request()
                .body(members("admin"))
                .delete(MEMBERS, team)
                .then()
                .statusCode(204);
        given.api().get(TEAM, team).then().body("data.relationships.users.data", empty());
    }

    private static String members(String username) {
        return "{\"data\":[{\"type\":\"users\",\"id\":\"" + username + "\"}]}";
    }

    @Test
    void deletedTeamIsGoneWithItsToken(Given given) {
        Organization organization = given.organization();
        String team = given.team(organization);
        Api api = given.as(team);
        api.get("/organizations/{org}", organization.name()).then().statusCode(200);

        given.api().delete(TEAM, team).then().statusCode(204);

        Refused.notFound(given.api().get(TEAM, team));
        Refused.unauthorized(api.get("/organizations/{org}", organization.name()));
    }

    @Test
    void teamMayDoWhatItsAccessSaysAndNothingElse(Given given) {
        Organization organization = given.organization();
        Api api = given.as(given.team(organization, "manage-agent-pools"));
        Document pool = Document.of("agent-pools").with("name", "theirs");

        api.post(pool, "/organizations/{org}/agent-pools", organization.name())
                .then()
                .statusCode(201);
        Refused.notFound(api.post(
                Document.of("workspaces").with("name", "w"), "/organizations/{org}/workspaces", organization.name()));
        Refused.notFound(api.post(Document.of("teams").with("name", "t"), TEAMS, organization.name()));
        Refused.notFound(api.delete("/organizations/{org}", organization.name()));
        Refused.notFound(api.get("/organizations/{org}", given.organization().name()));
    }

    @Test
    void teamsThatManageTeamsCannotRaiseThemselves(Given given) {
        Organization organization = given.organization();
        String team = given.team(organization, "manage-teams");
        Api api = given.as(team);
        Document more = Document.of("teams").with("organization-access", Map.of("manage-workspaces", true));

        Refused.invalid("/data/attributes/organization-access", api.patch(more, TEAM, team));
        Refused.invalid(
                "/data/attributes/organization-access",
                api.post(more.with("name", "more"), TEAMS, organization.name()));
        Refused.notFound(api.request().post("/teams/{id}/authentication-token", given.owners(organization)));
    }

    @Test
    void teamSeesTheWorkspaceThatItWasLetInto(Given given) {
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);
        Workspace other = given.workspace(organization);
        String team = given.team(organization);
        Api api = given.as(team);
        Refused.notFound(api.get("/workspaces/{id}", workspace.id()));

        Response created = given.api().post(access(team, workspace).with("access", "read"), "/team-workspaces");

        created.then().statusCode(201).body("data.attributes.runs", equalTo("read"));
        Map<String, Object> document = Shape.check("team-workspaces", created);
        api.get("/organizations/{org}/workspaces", organization.name())
                .then()
                .body("data.id", contains(workspace.id()))
                .body("data[0].attributes.permissions.'can-update'", equalTo(false));
        Refused.notFound(api.get("/workspaces/{id}", other.id()));
        Refused.notFound(api.delete("/workspaces/{id}", workspace.id()));
        given.api()
                .request()
                .queryParam("filter[workspace][id]", workspace.id())
                .get("/team-workspaces")
                .then()
                .body("data", hasItem(equalTo(document)));
        given.api().delete("/team-workspaces/{id}", document.get("id")).then().statusCode(204);
        Refused.notFound(api.get("/workspaces/{id}", workspace.id()));
    }

    @Test
    void partsOfAccessAreForCustomAlone(Given given) {
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);
        String team = given.team(organization);
        Document document = access(team, workspace).with("access", "read").with("runs", "apply");

        Response refused = given.api().post(document, "/team-workspaces");
        Refused.invalid("/data/attributes/runs", refused);
        refused.then().body("errors[0].detail", containsString("read-only when access level is 'read'"));
        String id = given.api()
                .post(document.with("access", "custom").with("variables", "write"), "/team-workspaces")
                .then()
                .statusCode(201)
                .body("data.attributes.runs", equalTo("apply"))
                .extract()
                .path("data.id");
        given.as(team)
                .get("/workspaces/{id}", workspace.id())
                .then()
                .body("data.attributes.permissions.'can-queue-apply'", equalTo(true))
                .body("data.attributes.permissions.'can-update-variable'", equalTo(true))
                .body("data.attributes.permissions.'can-lock'", equalTo(false));
        Refused.invalid(
                "/data/attributes/variables",
                given.api()
                        .patch(Document.of("team-workspaces").with("variables", "all"), "/team-workspaces/{id}", id));
        Refused.invalid("/data/relationships/team", given.api().post(document, "/team-workspaces"));
        Refused.with(400, given.api().get("/team-workspaces"));
    }

    private static Document access(String team, Workspace workspace) {
        return Document.of("team-workspaces")
                .toOne("team", "teams", team)
                .toOne("workspace", "workspaces", workspace.id());
    }

    @Test
    void lockOfATeamIsTheTeams(Given given) {
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);
        String team = given.team(organization, "manage-workspaces");
        String lock = "/workspaces/{id}/actions/lock";
        String unlock = "/workspaces/{id}/actions/unlock";

        given.as(team)
                .request()
                .post(lock, workspace.id())
                .then()
                .statusCode(200)
                .body("data.relationships.'locked-by'.data.type", equalTo("teams"))
                .body("data.relationships.'locked-by'.data.id", equalTo(team));

        Refused.conflict("is locked by Team", given.api().request().post(unlock, workspace.id()));
        given.as(team)
                .request()
                .post(unlock, workspace.id())
                .then()
                .statusCode(200)
                .body("data.relationships.'locked-by'.data", nullValue());
    }
}
