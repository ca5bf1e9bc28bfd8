package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/organizations and projects. */
@ExtendWith(OtfdExtension.class)
class OrganizationsApiTest {

    @Test
    void documentHasEveryMember(Given given) {
        String name = Given.name("shape");

        Response created = given.api()
                .post(Document.of("organizations").with("name", name).with("email", "a@b.example"), "/organizations");

        created.then()
                .statusCode(201)
                .contentType(Api.JSON_API)
                .body("data.id", equalTo(name))
                .body("data.attributes.'external-id'", startsWith("org-"))
                .body("data.attributes.'default-execution-mode'", equalTo("remote"))
                .body("data.attributes.permissions.'can-create-workspace'", equalTo(true))
                .body("data.links.self", equalTo("/api/v2/organizations/" + name));
        Map<String, Object> document = Shape.check("organizations", created);
        assertThat(given.api().get("/organizations/{name}", name).path("data"), equalTo(document));
    }

    @Test
    void listContainsItUnpagedAndPaged(Given given) {
        String one = given.organization().name();
        String two = given.organization().name();

        given.api().get("/organizations").then().statusCode(200).body("data.id", hasItems(one, two));
        given.api()
                .request()
                .queryParam("page[size]", 1)
                .queryParam("q", one)
                .get("/organizations")
                .then()
                .statusCode(200)
                .body("data.id", equalTo(List.of(one)))
                .body("meta.pagination.'page-size'", equalTo(1))
                .body("meta.pagination.'total-count'", equalTo(1))
                .body("meta.pagination.'next-page'", equalTo(null));
    }

    @Test
    void listIsSearchedByNameOrByEmail(Given given) {
        String name = Given.name("sought");
        String email = name + "@sought.example";
        given.api()
                .post(Document.of("organizations").with("name", name).with("email", email), "/organizations")
                .then()
                .statusCode(201);

        for (String query : List.of("q", "q[name]", "q[email]")) {
            given.api()
                    .request()
                    .queryParam(query, query.equals("q[name]") ? name : email)
                    .get("/organizations")
                    .then()
                    .body("data.id", equalTo(List.of(name)));
        }
        given.api()
                .request()
                .queryParam("q[name]", email)
                .get("/organizations")
                .then()
                .body("data", empty());
    }

    @Test
    void changeOfOneAttributeLeavesTheOthers(Given given) {
        String name = given.organization().name();
        Map<String, Object> before =
                given.api().get("/organizations/{name}", name).path("data.attributes");

        Response patched = given.api()
                .patch(Document.of("organizations").with("email", "new@example.com"), "/organizations/{n}", name);

        patched.then().statusCode(200).body("data.attributes.email", equalTo("new@example.com"));
        Map<String, Object> after = patched.path("data.attributes");
        before.put("email", "new@example.com");
        assertThat(after, equalTo(before));
    }

    @Test
    void renamedOrganizationIsKnownByTheNewNameOnly(Given given) {
        String old = given.organization().name();
        String renamed = Given.name("renamed");

        given.api()
                .patch(Document.of("organizations").with("name", renamed), "/organizations/{n}", old)
                .then()
                .statusCode(200)
                .body("data.id", equalTo(renamed));

        Refused.notFound(given.api().get("/organizations/{n}", old));
        given.api().get("/organizations/{n}", renamed).then().statusCode(200);
    }

    @Test
    void deletedOrganizationIsGone(Given given) {
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);

        given.api().delete("/organizations/{n}", organization.name()).then().statusCode(204);

        Refused.notFound(given.api().get("/organizations/{n}", organization.name()));
        Refused.notFound(given.api().get("/workspaces/{id}", workspace.id()));
        Refused.notFound(given.api().delete("/organizations/{n}", organization.name()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "slash/ed", "dots.not", "ünïcode", "<script>", "'; DROP TABLE run; --"})
    void nameOutsideTheAlphabetIsInvalid(String name, Given given) {
        Refused.invalid(
                "/data/attributes/name",
                given.api()
                        .post(
                                Document.of("organizations").with("name", name).with("email", "a@b.example"),
                                "/organizations"));
    }

    @Test
    void nameMustBeThereAndFreeAndText(Given given) {
        String taken = given.organization().name();
        Refused.invalid(
                "/data/attributes/name",
                given.api().post(Document.of("organizations").with("email", "a@b.example"), "/organizations"));
        Response duplicate = given.api()
                .post(Document.of("organizations").with("name", taken).with("email", "a@b.example"), "/organizations");
        Refused.invalid("/data/attributes/name", duplicate);
        duplicate.then().body("errors[0].detail", containsString("taken"));
        given.api()
                .post(Document.of("organizations").with("name", 7).with("email", "a@b.example"), "/organizations")
                .then()
                .statusCode(422)
                .body("errors[0].source.pointer", equalTo("/data/attributes/name"));
    }

    @Test
    void agentDefaultNeedsAPoolAndOnlyAgentTakesOne(Given given) {
        Organization organization = given.organization();
        String pool = given.pool(organization);

        given.api()
                .patch(
                        Document.of("organizations").with("default-execution-mode", "agent"),
                        "/organizations/{n}",
                        organization.name())
                .then()
                .statusCode(422)
                .body("errors.detail", hasItem(containsString("must be specified when using 'agent' execution mode")));
        given.api()
                .patch(
                        Document.of("organizations")
                                .with("default-execution-mode", "remote")
                                .toOne("default-agent-pool", "agent-pools", pool),
                        "/organizations/{n}",
                        organization.name())
                .then()
                .statusCode(422)
                .body(
                        "errors.detail",
                        hasItem(containsString("must not be specified unless using 'agent' execution mode")));
        given.api()
                .patch(
                        Document.of("organizations")
                                .with("default-execution-mode", "agent")
                                .toOne("default-agent-pool", "agent-pools", pool),
                        "/organizations/{n}",
                        organization.name())
                .then()
                .statusCode(200)
                .body("data.relationships.'default-agent-pool'.data.id", equalTo(pool));
        Workspace workspace = given.workspace(organization);
        given.api()
                .get("/workspaces/{id}", workspace.id())
                .then()
                .body("data.attributes.'execution-mode'", equalTo("agent"))
                .body("data.relationships.'agent-pool'.data.id", equalTo(pool));
    }

    @Test
    void entitlementsAndCapacityAreKnown(Given given) {
        String name = given.organization().name();
        given.api()
                .get("/organizations/{n}/entitlement-set", name)
                .then()
                .statusCode(200)
                .body("data.type", equalTo("entitlement-sets"))
                .body("data.attributes.operations", equalTo(true))
                .body("data.attributes.agents", equalTo(true))
                .body("data.attributes.'state-storage'", equalTo(true));
        given.api()
                .get("/organizations/{n}/capacity", name)
                .then()
                .statusCode(200)
                .body("data.type", equalTo("organization-capacity"))
                .body("data.attributes.running", equalTo(0));
        given.api().get("/organizations/{n}/runs/queue", name).then().statusCode(200);
        Refused.notFound(given.api().get("/organizations/nobody-here/entitlement-set"));
    }

    @Test
    void projectsAreListedWithTheDefaultOne(Given given) {
        Organization organization = given.organization();
        String project = given.project(organization, "Blue Team");
        Response list = given.api().get("/organizations/{n}/projects", organization.name());
        list.then()
                .statusCode(200)
                .body("data.attributes.name", hasItems("Default Project", "Blue Team"))
                .body("meta.pagination.'total-count'", equalTo(2));
        Shape.check("projects", given.api().get("/projects/{id}", project));
        Refused.invalid(
                "/data/attributes/name",
                given.api()
                        .post(
                                Document.of("projects").with("name", "Blue Team"),
                                "/organizations/{n}/projects",
                                organization.name()));
        given.api().delete("/projects/{id}", project).then().statusCode(204);
        given.api()
                .get("/organizations/{n}/projects", organization.name())
                .then()
                .body("data.id", not(hasItem(project)));
    }
}
