package io.otfd.conformance;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/organization-memberships and team-members. */
@ExtendWith(OtfdExtension.class)
class OrganizationMembershipsApiTest {

    private static final String MEMBERSHIPS = "/organizations/{org}/organization-memberships";
    private static final String MEMBERSHIP = "/organization-memberships/{id}";
    private static final String IN_TEAM = "/teams/{id}/relationships/organization-memberships";

    private static String email() {
        return Given.name("jo") + "@example.com";
    }

    private static Response invite(Given given, Organization organization, String email, String... teams) {
        return given.api()
                .post(
                        Document.of("organization-memberships")
                                .with("email", email)
                                .toMany("teams", "teams", teams),
                        MEMBERSHIPS,
                        organization.name());
    }

    private static String invited(Given given, Organization organization, String... teams) {
        return invite(given, organization, email(), teams)
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    @Test
    void documentHasEveryMember(Given given) {
        Organization organization = given.organization();
        String team = given.team(organization);
        String email = email();

        Response created = invite(given, organization, email, team);

        created.then()
                .statusCode(201)
                .body("data.id", startsWith("ou-"))
                .body("data.attributes.status", equalTo("invited"))
                .body("data.attributes.email", equalTo(email))
                .body("data.relationships.organization.data.id", equalTo(organization.name()))
                .body("data.relationships.teams.data.id", contains(team))
                .body("included.find { it.type == 'users' }.attributes.email", equalTo(email));
        Map<String, Object> document = created.path("data");
        given.api().get(MEMBERSHIP, document.get("id")).then().statusCode(200).body("data", equalTo(document));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "not-an-address", "two@at@signs", "a b@example.com", "<script>@x"})
    void whatIsNoAddressIsInvalid(String email, Given given) {
        Refused.invalid("/data/attributes/email", invite(given, given.organization(), email));
    }

    @Test
    void nobodyIsInvitedTwice(Given given) {
        Organization organization = given.organization();
        String email = email();
        invite(given, organization, email).then().statusCode(201);

        Refused.invalid("/data/attributes/email", invite(given, organization, email.toUpperCase()));
        invite(given, given.organization(), email).then().statusCode(201);
    }

    @Test
    void teamsOfOtherOrganizationsAreNotFound(Given given) {
        Organization organization = given.organization();
        String stranger = given.team(given.organization());

        Refused.invalid("/data/relationships/teams", invite(given, organization, email(), stranger));
        Refused.invalid("/data/relationships/teams", invite(given, organization, email(), "nonsense"));
        given.api().get(MEMBERSHIPS, organization.name()).then().body("data", hasSize(1));
    }

    @Test
    void listIsSearchedFilteredAndPaged(Given given) {
        Organization organization = given.organization();
        String email = email();
        String one = invite(given, organization, email).path("data.id");
        String two = invited(given, organization);

        given.api()
                .request()
                .queryParam("filter[status]", "invited")
                .queryParam("include", "user,teams")
                .get(MEMBERSHIPS, organization.name())
                .then()
                .statusCode(200)
                .body("data.id", containsInAnyOrder(one, two))
                .body("included.type", hasItem("users"));
        given.api()
                .request()
                .queryParam("filter[email]", email)
                .get(MEMBERSHIPS, organization.name())
                .then()
                .body("data.id", contains(one));
        given.api()
                .request()
                .queryParam("q", email.substring(0, 8).toUpperCase())
                .get(MEMBERSHIPS, organization.name())
                .then()
                .body("data.id", contains(one));
        given.api()
                .request()
                .queryParam("page[size]", 1)
                .get(MEMBERSHIPS, organization.name())
                .then()
                .body("data", hasSize(1))
                .body("meta.pagination.'total-count'", equalTo(3));
        Refused.with(
                400, given.api().request().queryParam("filter[status]", "x").get(MEMBERSHIPS, organization.name()));
        Refused.notFound(given.api().get(MEMBERSHIPS, "nobody-here"));
    }

    @Test
    void teamsAreJoinedAndLeftByMembership(Given given) {
        Organization organization = given.organization();
        String team = given.team(organization);
        String membership = invited(given, organization);
        String body = Document.identifiers("organization-memberships", membership);

        given.api().request().body(body).post(IN_TEAM, team).then().statusCode(204);
        given.api()
                .request()
                .queryParam("include", "organization-memberships")
                .get("/teams/{id}", team)
                .then()
                .body("data.relationships.'organization-memberships'.data.id", contains(membership))
                .body("included.id", contains(membership));
        given.api().request().body(body).delete(IN_TEAM, team).then().statusCode(204);
        given.api().get("/teams/{id}", team).then().body("data.relationships.'organization-memberships'.data", empty());
        String stranger = Document.identifiers("organization-memberships", invited(given, given.organization()));
        Refused.with(422, given.api().request().body(stranger).post(IN_TEAM, team));
    }

    @Test
    void memberMayDoWhatTheirTeamsMayDo(Given given) {
        Organization organization = given.organization();
        Workspace mine = given.workspace(organization);
        Workspace other = given.workspace(organization);
        String team = given.team(organization);
        given.api()
                .post(
                        Document.of("team-workspaces")
                                .with("access", "plan")
                                .toOne("team", "teams", team)
                                .toOne("workspace", "workspaces", mine.id()),
                        "/team-workspaces")
                .then()
                .statusCode(201);
        String membership = invited(given, organization, team);
        Person person = Person.of(given, membership);
        Api their = person.api();

        their.get("/account/details")
                .then()
                .body("data.attributes.username", equalTo(person.username()))
                .body("data.attributes.'is-admin'", equalTo(false));
        their.get("/organizations").then().body("data.id", contains(organization.name()));
        their.get("/organization-memberships").then().body("data.id", contains(membership));
        their.get("/organizations/{org}/workspaces", organization.name())
                .then()
                .body("data.id", contains(mine.id()))
                .body("data[0].attributes.permissions.'can-queue-run'", equalTo(true))
                .body("data[0].attributes.permissions.'can-queue-apply'", equalTo(false));
        Refused.notFound(their.get("/workspaces/{id}", other.id()));
        Refused.notFound(their.get(MEMBERSHIPS, organization.name()));
        Refused.notFound(their.post(
                Document.of("organization-memberships").with("email", email()), MEMBERSHIPS, organization.name()));
        Refused.notFound(their.request()
                .body(Document.identifiers("organization-memberships", membership))
                .post(IN_TEAM, given.owners(organization)));
        Refused.notFound(their.get("/admin/users"));
        Refused.notFound(their.get("/organizations/{org}", given.organization().name()));

        their.delete(MEMBERSHIP, membership).then().statusCode(204);
        Refused.notFound(their.get("/organizations/{org}", organization.name()));
    }

    @Test
    void organizationsKeepAnOwner(Given given) {
        Organization organization = given.organization();
        String own = given.api()
                .get(MEMBERSHIPS, organization.name())
                .then()
                .body("data[0].attributes.status", equalTo("active"))
                .extract()
                .path("data[0].id");

        Refused.with(403, given.api().delete(MEMBERSHIP, own));
        Person other = Person.of(given, invited(given, organization, given.owners(organization)));
        other.api().delete(MEMBERSHIP, own).then().statusCode(204);
        Refused.notFound(given.api().get(MEMBERSHIP, own));
    }

    @Test
    void peopleSeeOneAnotherWhereTheyMeet(Given given) {
        Organization organization = given.organization();
        Person one = Person.of(given, invited(given, organization));
        Person two = Person.of(given, invited(given, organization));
        Person elsewhere = Person.of(given, invited(given, given.organization()));

        one.api().get("/users/{id}", two.id()).then().statusCode(200).body("data.id", equalTo(two.id()));
        Refused.notFound(one.api().get("/users/{id}", elsewhere.id()));
        Refused.notFound(one.api().get("/users/{id}", "nonsense"));
    }

    @Test
    void accountIsChanged(Given given) {
        Person person = Person.of(given, invited(given, given.organization()));
        String name = Given.name("renamed");

        person.api()
                .patch(Document.of("users").with("username", name).with("email", "Boss@example.com"), "/account/update")
                .then()
                .statusCode(200)
                .body("data.attributes.username", equalTo(name))
                .body("data.attributes.email", not(equalTo("Boss@example.com")))
                .body("data.attributes.'unconfirmed-email'", equalTo("Boss@example.com"));
        Refused.invalid(
                "/data/attributes/username",
                person.api().patch(Document.of("users").with("username", "Admin"), "/account/update"));
        Refused.invalid(
                "/data/attributes/email",
                person.api().patch(Document.of("users").with("email", "none"), "/account/update"));
        Refused.invalid("/data/attributes/current_password", password(person, "something else", "another password"));
        Refused.invalid("/data/attributes/password", password(person, Person.PASSWORD, "short"));
        password(person, Person.PASSWORD, "another password").then().statusCode(200);
        Refused.invalid("/data/attributes/current_password", password(person, Person.PASSWORD, "another password"));
    }

    private static Response password(Person person, String current, String next) {
        return person.api()
                .patch(
                        Document.of("users")
                                .with("current_password", current)
                                .with("password", next)
                                .with("password_confirmation", next),
                        "/account/password");
    }

    @Test
    void siteAdminsSuspendPromoteAndDelete(Given given) {
        Person person = Person.of(given, invited(given, given.organization()));
        String actions = "/admin/users/{id}/actions/";

        given.api()
                .request()
                .queryParam("q", person.username())
                .get("/admin/users")
                .then()
                .body("data.id", equalTo(List.of(person.id())))
                .body("data[0].attributes.'is-suspended'", equalTo(false));
        act(given, person, "suspend").then().body("data.attributes.'is-suspended'", equalTo(true));
        Refused.unauthorized(person.api().get("/account/details"));
        act(given, person, "unsuspend").then().body("data.attributes.'is-suspended'", equalTo(false));
        act(given, person, "grant_admin").then().body("data.attributes.'is-admin'", equalTo(true));
        person.api().get("/admin/users").then().statusCode(200);
        Refused.with(422, person.api().request().post(actions + "revoke_admin", person.id()));
        act(given, person, "revoke_admin").then().body("data.attributes.'is-admin'", equalTo(false));
        Refused.notFound(person.api().get("/admin/users"));
        given.api().delete("/admin/users/{id}", person.id()).then().statusCode(204);
        Refused.unauthorized(person.api().get("/account/details"));
        Refused.notFound(given.api().delete("/admin/users/{id}", person.id()));
    }

    private static Response act(Given given, Person person, String action) {
        Response response = given.api().request().post("/admin/users/{id}/actions/" + action, person.id());
        response.then().statusCode(200);
        return response;
    }
}
