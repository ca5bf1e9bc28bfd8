package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/agents and agent-tokens. */
@ExtendWith(OtfdExtension.class)
class AgentPoolsApiTest {

    private static final String POOLS = "/organizations/{org}/agent-pools";

    @Test
    void documentHasEveryMember(Given given) {
        Organization organization = given.organization();

        Response created =
                given.api().post(Document.of("agent-pools").with("name", "p_1-A"), POOLS, organization.name());

        created.then()
                .statusCode(201)
                .contentType(Api.JSON_API)
                .body("data.id", startsWith("apool-"))
                .body("data.attributes.name", equalTo("p_1-A"))
                .body("data.attributes.'organization-scoped'", equalTo(true))
                .body("data.attributes.'agent-count'", equalTo(0))
                .body("data.relationships.workspaces.data", empty());
        Map<String, Object> document = Shape.check("agent-pools", created);
        String id = created.path("data.id");
        assertThat(given.api().get("/agent-pools/{id}", id).path("data"), equalTo(document));
        assertThat(given.api().get(POOLS, organization.name()).path("data[0]"), equalTo(document));
    }

    @Test
    void listPagesSortsAndSearches(Given given) {
        Organization organization = given.organization();
        for (String name : new String[] {"alpha", "beta", "gamma"}) {
            given.api().post(Document.of("agent-pools").with("name", name), POOLS, organization.name());
        }

        given.api()
                .request()
                .queryParam("page[size]", 2)
                .queryParam("page[number]", 2)
                .queryParam("sort", "name")
                .get(POOLS, organization.name())
                .then()
                .statusCode(200)
                .body("data.attributes.name", contains("gamma"))
                .body("meta.pagination.'current-page'", equalTo(2))
                .body("meta.pagination.'prev-page'", equalTo(1))
                .body("meta.pagination.'next-page'", nullValue())
                .body("meta.pagination.'total-pages'", equalTo(2))
                .body("meta.pagination.'total-count'", equalTo(3))
                .body("meta.'status-counts'.total", equalTo(3));
        given.api()
                .request()
                .queryParam("sort", "-created-at")
                .get(POOLS, organization.name())
                .then()
                .body("data.attributes.name", contains("gamma", "beta", "alpha"));
        given.api()
                .request()
                .queryParam("q", "ALP")
                .get(POOLS, organization.name())
                .then()
                .body("data.attributes.name", contains("alpha"));
        given.api()
                .request()
                .queryParam("page[number]", 999)
                .get(POOLS, organization.name())
                .then()
                .statusCode(200)
                .body("data", empty())
                .body("meta.pagination.'current-page'", equalTo(999))
                .body("meta.pagination.'total-count'", equalTo(3));
    }

    @Test
    void updateReplacesOnlyWhatItMentions(Given given) {
        Organization organization = given.organization();
        String pool = given.pool(organization);
        String allowed = given.workspace(organization).id();
        given.api()
                .patch(
                        Document.of("agent-pools")
                                .with("organization-scoped", false)
                                .toMany("allowed-workspaces", "workspaces", allowed),
                        "/agent-pools/{id}",
                        pool)
                .then()
                .statusCode(200);

        given.api()
                .patch(Document.of("agent-pools").with("name", "renamed"), "/agent-pools/{id}", pool)
                .then()
                .statusCode(200)
                .body("data.attributes.name", equalTo("renamed"))
                .body("data.attributes.'organization-scoped'", equalTo(false))
                .body("data.relationships.'allowed-workspaces'.data.id", contains(allowed));
        given.api()
                .patch(Document.of("agent-pools").toMany("allowed-workspaces", "workspaces"), "/agent-pools/{id}", pool)
                .then()
                .statusCode(200)
                .body("data.relationships.'allowed-workspaces'.data", empty());
    }

    @Test
    void workspacesAreListedAndIncluded(Given given) {
        Organization organization = given.organizationWithPool();
        String pool = organization.pool().orElseThrow();
        Workspace workspace = given.workspace(organization);

        given.api()
                .request()
                .queryParam("include", "workspaces")
                .get("/agent-pools/{id}", pool)
                .then()
                .statusCode(200)
                .body("data.relationships.workspaces.data.id", contains(workspace.id()))
                .body("included.id", contains(workspace.id()))
                .body("included.type", contains("workspaces"));
        Response unknown =
                given.api().request().queryParam("include", "nonsense").get("/agent-pools/{id}", pool);
        Refused.with(400, unknown);
        unknown.then().body(containsString("include parameter"));
    }

    @Test
    void poolOutOfScopeIsRefusedToAWorkspace(Given given) {
        Organization organization = given.organization();
        String pool = given.pool(organization);
        Workspace friend = given.workspace(organization);
        Workspace stranger = given.workspace(organization);
        given.api()
                .patch(
                        Document.of("agent-pools")
                                .with("organization-scoped", false)
                                .toMany("allowed-workspaces", "workspaces", friend.id()),
                        "/agent-pools/{id}",
                        pool)
                .then()
                .statusCode(200);
        Document use = Document.of("workspaces").with("execution-mode", "agent").with("agent-pool-id", pool);

        given.api().patch(use, "/workspaces/{id}", friend.id()).then().statusCode(200);
        Refused.with(422, given.api().patch(use, "/workspaces/{id}", stranger.id()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a.b", "<b>"})
    void nameOutsideTheAlphabetIsInvalid(String name, Given given) {
        Refused.invalid(
                "/data/attributes/name",
                given.api()
                        .post(
                                Document.of("agent-pools").with("name", name),
                                POOLS,
                                given.organization().name()));
    }

    @Test
    void duplicateNameIsInvalidWithinOneOrganizationOnly(Given given) {
        Document document = Document.of("agent-pools").with("name", "same");
        Organization organization = given.organization();
        given.api().post(document, POOLS, organization.name()).then().statusCode(201);

        Refused.invalid("/data/attributes/name", given.api().post(document, POOLS, organization.name()));
        given.api().post(document, POOLS, given.organization().name()).then().statusCode(201);
    }

    @Test
    void wrongTypesAreNamed(Given given) {
        given.api()
                .post(
                        Document.of("agent-pools").with("name", "p").with("organization-scoped", "perhaps"),
                        POOLS,
                        given.organization().name())
                .then()
                .statusCode(422)
                .body("errors.source.pointer", hasItem("/data/attributes/organization-scoped"));
    }

    @Test
    void unknownPoolsAndOrganizationsAreNotFound(Given given) {
        Refused.notFound(given.api().get("/agent-pools/apool-0000000000000000"));
        Refused.notFound(given.api().get("/agent-pools/nonsense"));
        Refused.notFound(given.api().get("/agent-pools/{id}", "a b/c"));
        Refused.notFound(given.api().get(POOLS, "nobody-here"));
        Refused.notFound(given.api().get("/agents/agent-0000000000000000"));
        Refused.notFound(given.api().get("/agent-pools/apool-0000000000000000/agents"));
    }

    @Test
    void poolIsDeletedOnceAndNotWhileUsed(Given given) {
        Organization organization = given.organizationWithPool();
        String pool = organization.pool().orElseThrow();
        Workspace workspace = given.workspace(organization);
        int status = given.api().delete("/agent-pools/{id}", pool).statusCode();
        assertThat(status, anyOf(equalTo(422), equalTo(409)));

        given.api().delete("/workspaces/{id}", workspace.id()).then().statusCode(204);
        given.api().delete("/agent-pools/{id}", pool).then().statusCode(204);
        Refused.notFound(given.api().delete("/agent-pools/{id}", pool));
    }

    @Test
    void tokenIsShownOnce(Given given) {
        String pool = given.pool(given.organization());

        // go-tfe sends this type, the documentation the other.
        Response created = given.api()
                .post(
                        Document.of("agent-tokens").with("description", "one"),
                        "/agent-pools/{id}/authentication-tokens",
                        pool);

        created.then()
                .statusCode(201)
                .body("data.id", startsWith("at-"))
                .body("data.attributes.token", notNullValue())
                .body("data.attributes.'last-used-at'", nullValue())
                .body("data.relationships.'created-by'.data.type", equalTo("users"));
        Shape.check("authentication-tokens", created);
        String id = created.path("data.id");
        given.api()
                .get("/authentication-tokens/{id}", id)
                .then()
                .statusCode(200)
                .body("data.attributes.token", nullValue())
                .body("data.attributes.description", equalTo("one"));
        given.poolToken(pool);
        given.api()
                .get("/agent-pools/{id}/authentication-tokens", pool)
                .then()
                .statusCode(200)
                .body("data.attributes.description", containsInAnyOrder("one", "for a test"))
                .body("meta.pagination.'total-count'", equalTo(2));
        Refused.invalid(
                "/data/attributes/description",
                given.api()
                        .post(
                                Document.of("authentication-tokens").with("description", ""),
                                "/agent-pools/{id}/authentication-tokens",
                                pool));
        given.api().delete("/authentication-tokens/{id}", id).then().statusCode(204);
        Refused.notFound(given.api().get("/authentication-tokens/{id}", id));
    }

    @Test
    void tokenOfAPoolIsNoTokenForTheApi(Given given) {
        String token = given.poolToken(given.pool(given.organization()));

        given.api().as(token).get("/organizations").then().statusCode(not(equalTo(200)));
    }

    @Test
    void filtersAskWhoMayUseThePool(Given given) {
        Organization organization = given.organization();
        String project = given.project(organization, "apps");
        Workspace workspace = given.workspace(organization);
        given.api()
                .patch(
                        Document.of("workspaces").toOne("project", "projects", project),
                        "/workspaces/{id}",
                        workspace.id())
                .then()
                .statusCode(200);
        String open = pool(given, organization, Document.of("agent-pools").with("name", "open"));
        Document shut = Document.of("agent-pools").with("name", "shut").with("organization-scoped", false);
        pool(given, organization, shut);
        String ofWorkspace = pool(
                given,
                organization,
                Document.of("agent-pools")
                        .with("name", "of-workspace")
                        .with("organization-scoped", false)
                        .toMany("allowed-workspaces", "workspaces", workspace.id()));
        String ofProject = pool(
                given,
                organization,
                Document.of("agent-pools")
                        .with("name", "of-project")
                        .with("organization-scoped", false)
                        .toMany("allowed-projects", "projects", project));
        pool(
                given,
                organization,
                Document.of("agent-pools")
                        .with("name", "excluding")
                        .toMany("excluded-workspaces", "workspaces", workspace.id()));

        for (String spelling : new String[] {"filter[allowed_workspaces][name]", "filter[allowed-workspaces][name]"}) {
            given.api()
                    .request()
                    .queryParam(spelling, workspace.name())
                    .get(POOLS, organization.name())
                    .then()
                    .statusCode(200)
                    .body("data.id", containsInAnyOrder(open, ofWorkspace, ofProject))
                    .body("meta.pagination.'total-count'", equalTo(3));
        }
        for (String spelling : new String[] {"filter[allowed_projects][name]", "filter[allowed-projects][name]"}) {
            given.api()
                    .request()
                    .queryParam(spelling, "Apps")
                    .get(POOLS, organization.name())
                    .then()
                    .body("data.attributes.name", containsInAnyOrder("open", "of-project", "excluding"));
        }
        given.api()
                .request()
                .queryParam("sort", "-created_at")
                .queryParam("page[size]", 1)
                .get(POOLS, organization.name())
                .then()
                .body("data.attributes.name", contains("excluding"));
    }

    private static String pool(Given given, Organization organization, Document document) {
        return given.api()
                .post(document, POOLS, organization.name())
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    @Test
    void strangersInAListAreNamedAndChangeNothing(Given given) {
        Organization organization = given.organization();
        String pool = given.pool(organization);
        String own = given.workspace(organization).id();
        String foreign = given.workspace(given.organization()).id();

        for (String list : new String[] {"allowed-workspaces", "excluded-workspaces"}) {
            for (String stranger : new String[] {foreign, "ws-0000000000000000", "nonsense"}) {
                Refused.invalid(
                        "/data/relationships/" + list,
                        given.api()
                                .patch(
                                        Document.of("agent-pools").toMany(list, "workspaces", own, stranger),
                                        "/agent-pools/{id}",
                                        pool));
            }
        }
        Refused.invalid(
                "/data/relationships/allowed-projects",
                given.api()
                        .patch(
                                Document.of("agent-pools").toMany("allowed-projects", "projects", "nonsense"),
                                "/agent-pools/{id}",
                                pool));
        given.api()
                .get("/agent-pools/{id}", pool)
                .then()
                .body("data.relationships.'allowed-workspaces'.data", empty())
                .body("data.relationships.'excluded-workspaces'.data", empty());
    }

    @Test
    void lostGrantKeepsThePoolAndIsShown(Given given) {
        Organization organization = given.organizationWithPool();
        String pool = organization.pool().orElseThrow();
        Workspace workspace = given.workspace(organization);

        given.api()
                .patch(Document.of("agent-pools").with("organization-scoped", false), "/agent-pools/{id}", pool)
                .then()
                .statusCode(200)
                .body("data.attributes.'otf-workspaces-out-of-scope'", contains(workspace.id()))
                .body("data.relationships.workspaces.data.id", contains(workspace.id()));
        given.api()
                .patch(
                        Document.of("workspaces")
                                .with("description", "changed")
                                .with("execution-mode", "agent")
                                .with("agent-pool-id", pool),
                        "/workspaces/{id}",
                        workspace.id())
                .then()
                .statusCode(200)
                .body("data.relationships.'agent-pool'.data.id", equalTo(pool));
        // Granted again.
        given.api()
                .patch(
                        Document.of("agent-pools").toMany("allowed-workspaces", "workspaces", workspace.id()),
                        "/agent-pools/{id}",
                        pool)
                .then()
                .body("data.attributes.'otf-workspaces-out-of-scope'", empty());
    }

    @Test
    void agentsAreSortedAndFilteredByTheirLastPing(Given given) {
        String pool = given.pool(given.organization());

        for (String sort : new String[] {"created-at", "-created-at"}) {
            given.api()
                    .request()
                    .queryParam("sort", sort)
                    .queryParam("filter[last_ping_since]", "2026-01-31T12:00:00Z")
                    .get("/agent-pools/{id}/agents", pool)
                    .then()
                    .statusCode(200)
                    .body("data", empty())
                    .body("meta.pagination.'total-count'", equalTo(0));
        }
        Refused.with(
                400,
                given.api()
                        .request()
                        .queryParam("filter[last-ping-since]", "yesterday")
                        .get("/agent-pools/{id}/agents", pool));
    }
}
