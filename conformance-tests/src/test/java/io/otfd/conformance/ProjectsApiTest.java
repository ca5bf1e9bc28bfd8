package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/projects. */
@ExtendWith(OtfdExtension.class)
class ProjectsApiTest {

    private static final String PROJECTS = "/organizations/{org}/projects";
    private static final String PROJECT = "/projects/{id}";

    @Test
    void documentHasEveryMemberInEveryRepresentation(Given given) {
        Organization organization = given.organization();

        Response created = given.api()
                .post(
                        Document.of("projects")
                                .with("name", "Blue Team")
                                .with("description", "all of it")
                                .with("auto-destroy-activity-duration", "3d"),
                        PROJECTS,
                        organization.name());

        created.then()
                .statusCode(201)
                .body("data.id", startsWith("prj-"))
                .body("data.attributes.name", equalTo("Blue Team"))
                .body("data.attributes.description", equalTo("all of it"))
                .body("data.attributes.'auto-destroy-activity-duration'", equalTo("3d"))
                .body("data.attributes.permissions.'can-update'", equalTo(true))
                .body("data.attributes.'workspace-count'", equalTo(0))
                .body("data.relationships.organization.data.id", equalTo(organization.name()));
        Map<String, Object> document = Shape.check("projects", created);
        String id = created.path("data.id");
        assertThat(given.api().get(PROJECT, id).path("data"), equalTo(document));
        // Newest first.
        assertThat(given.api().get(PROJECTS, organization.name()).path("data[0]"), equalTo(document));
        given.api()
                .patch(
                        Document.of("projects").with("description", null).with("auto-destroy-activity-duration", null),
                        PROJECT,
                        id)
                .then()
                .statusCode(200)
                .body("data.attributes.name", equalTo("Blue Team"))
                .body("data.attributes.description", nullValue())
                .body("data.attributes.'auto-destroy-activity-duration'", nullValue());
    }

    @Test
    void listFiltersSortsAndPages(Given given) {
        Organization organization = given.organization();
        for (String name : List.of("apple", "banana", "apricot")) {
            given.project(organization, name);
        }

        list(given, organization, "q", "AP").body("data.attributes.name", contains("apricot", "apple"));
        list(given, organization, "filter[names]", "APPLE,Banana,unknown")
                .body("data.attributes.name", contains("banana", "apple"));
        list(given, organization, "sort", "name")
                .body("data.attributes.name", contains("apple", "apricot", "banana", "Default Project"));
        list(given, organization, "sort", "-name")
                .body("data.attributes.name", contains("Default Project", "banana", "apricot", "apple"));
        list(given, organization, "filter[permissions][create-workspace]", "true")
                .body("meta.pagination.'total-count'", equalTo(4));
        list(given, organization, "page[size]", "3")
                .body("data.size()", equalTo(3))
                .body("meta.pagination.'next-page'", equalTo(2));
        Refused.notFound(given.api().get(PROJECTS, "nobody-here"));
        Response unknown =
                given.api().request().queryParam("include", "nonsense").get(PROJECTS, organization.name());
        Refused.with(400, unknown);
        unknown.then().body(containsString("include parameter"));
    }

    private static ValidatableResponse list(Given given, Organization organization, String name, String value) {
        return given.api()
                .request()
                .queryParam(name, value)
                .get(PROJECTS, organization.name())
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", " leading", "trailing ", "a/b", "dots.not", "ünïcode", "<script>"})
    void nameOutsideTheAlphabetIsInvalid(String name, Given given) {
        Refused.invalid(
                "/data/attributes/name",
                given.api()
                        .post(
                                Document.of("projects").with("name", name),
                                PROJECTS,
                                given.organization().name()));
    }

    @ParameterizedTest
    @CsvSource({
        "name, Name may only contain, a!b",
        "auto-destroy-activity-duration, 'Auto destroy activity duration has an incorrect format, we expect up to 4 numeric digits and 1 unit (''d'' or ''h'')', 20m",
        "auto-destroy-activity-duration, incorrect format, 0d",
        "auto-destroy-activity-duration, incorrect format, 12345h",
    })
    void wrongValuesAreNamed(String attribute, String detail, String value, Given given) {
        String project = given.project(given.organization(), "apps");

        Response response = given.api().patch(Document.of("projects").with(attribute, value), PROJECT, project);

        Refused.invalid("/data/attributes/" + attribute, response);
        response.then().body("errors.detail", hasItem(containsString(detail)));
    }

    @Test
    void namesAreTakenInAnyCaseAndDescriptionsShort(Given given) {
        Organization organization = given.organization();
        given.project(organization, "Apps");
        Refused.invalid(
                "/data/attributes/name",
                given.api().post(Document.of("projects").with("name", "apps"), PROJECTS, organization.name()));
        Refused.invalid(
                "/data/attributes/description",
                given.api()
                        .post(
                                Document.of("projects").with("name", "other").with("description", "x".repeat(257)),
                                PROJECTS,
                                organization.name()));
    }

    @Test
    void workspacesMoveTogetherOrNotAtAll(Given given) {
        Organization organization = given.organization();
        String target = given.project(organization, "target");
        String one = given.workspace(organization).id();
        String two = given.workspace(organization).id();
        String foreign = given.workspace(given.organization()).id();

        Response refused = move(given, target, one, foreign, "ws-0000000000000000");
        Refused.with(403, refused);
        refused.then()
                .body(
                        "errors.detail",
                        hasItem(containsString("Workspace(s) not found, or you are not authorized to move them: ")))
                .body("errors.detail", hasItem(containsString(foreign)));
        assertThat(projectOf(given, one), not(target));

        move(given, target, one, two).then().statusCode(204);

        assertThat(projectOf(given, one), equalTo(target));
        assertThat(projectOf(given, two), equalTo(target));
        given.api().get(PROJECT, target).then().body("data.attributes.'workspace-count'", equalTo(2));
        Refused.notFound(move(given, "prj-0000000000000000", one));
        Refused.with(422, move(given, target, "nonsense"));
    }

    private static Response move(Given given, String project, String... workspaces) {
        return given.api()
                .request()
                .body(Document.identifiers("workspaces", workspaces))
                .post("/projects/{id}/relationships/workspaces", project);
    }

    private static String projectOf(Given given, String workspace) {
        return given.api().get("/workspaces/{id}", workspace).path("data.relationships.project.data.id");
    }

    @Test
    void aMoveChecksThePool(Given given) {
        Organization organization = given.organization();
        String from = given.project(organization, "from");
        String to = given.project(organization, "to-here");
        String workspace = given.workspace(organization).id();
        move(given, from, workspace).then().statusCode(204);
        String pool = given.pool(organization);
        given.api()
                .patch(
                        Document.of("agent-pools")
                                .with("organization-scoped", false)
                                .toMany("allowed-projects", "projects", from),
                        "/agent-pools/{id}",
                        pool)
                .then()
                .statusCode(200);
        given.api()
                .patch(
                        Document.of("workspaces")
                                .with("execution-mode", "agent")
                                .with("agent-pool-id", pool),
                        "/workspaces/{id}",
                        workspace)
                .then()
                .statusCode(200);

        Refused.with(422, move(given, to, workspace));
        Refused.with(
                422,
                given.api()
                        .patch(
                                Document.of("workspaces").toOne("project", "projects", to),
                                "/workspaces/{id}",
                                workspace));
        assertThat(projectOf(given, workspace), equalTo(from));
    }

    @Test
    void onlyAnEmptyProjectThatIsNotTheDefaultIsDeleted(Given given) {
        Organization organization = given.organization();
        String project = given.project(organization, "apps");
        String workspace = given.workspace(organization).id();
        move(given, project, workspace).then().statusCode(204);
        String byDefault = given.api()
                .get("/organizations/{org}", organization.name())
                .path("data.relationships.'default-project'.data.id");

        Refused.with(422, given.api().delete(PROJECT, project));
        Refused.with(422, given.api().delete(PROJECT, byDefault));
        given.api().delete("/workspaces/{id}", workspace).then().statusCode(204);
        given.api().delete(PROJECT, project).then().statusCode(204);
        Refused.notFound(given.api().delete(PROJECT, project));
        Refused.notFound(given.api().get(PROJECT, project));
        Refused.notFound(given.api().get(PROJECT, "nonsense"));
    }

    @Test
    void autoDestroyIsInheritedUntilTheWorkspaceHasItsOwn(Given given) {
        Organization organization = given.organization();
        String project = given.project(organization, "short-lived");
        given.api()
                .patch(Document.of("projects").with("auto-destroy-activity-duration", "3d"), PROJECT, project)
                .then()
                .statusCode(200);
        String id = given.workspace(organization).id();
        move(given, project, id).then().statusCode(204);
        autoDestroy(given.api().get("/workspaces/{id}", id), "3d", true);

        autoDestroy(change(given, id, "auto-destroy-activity-duration", "14d"), "14d", false);
        autoDestroy(change(given, id, "auto-destroy-at", null), "14d", false);
        autoDestroy(change(given, id, "auto-destroy-activity-duration", null), "3d", true);
        change(given, id, "auto-destroy-at", "2100-01-01T00:00:00Z")
                .then()
                .body("data.attributes.'auto-destroy-at'", startsWith("2100-01-01T00:00:00"))
                .body("data.attributes.'auto-destroy-activity-duration'", nullValue())
                .body("data.attributes.'inherits-project-auto-destroy'", equalTo(false));
        autoDestroy(change(given, id, "auto-destroy-activity-duration", "36h"), "36h", false);
        change(given, id, "auto-destroy-at", "2100-01-01T00:00:00Z")
                .then()
                .body("data.attributes.'auto-destroy-activity-duration'", nullValue());
        autoDestroy(change(given, id, "inherits-project-auto-destroy", true), "3d", true);
        autoDestroy(change(given, id, "inherits-project-auto-destroy", false), null, false);
    }

    private static Response change(Given given, String id, String attribute, Object value) {
        return given.api().patch(Document.of("workspaces").with(attribute, value), "/workspaces/{id}", id);
    }

    private static void autoDestroy(Response workspace, String duration, boolean inherits) {
        workspace
                .then()
                .statusCode(200)
                .body("data.attributes.'auto-destroy-activity-duration'", equalTo(duration))
                .body("data.attributes.'inherits-project-auto-destroy'", equalTo(inherits));
    }

    @Test
    void bindingsAreAddedReplacedAndFiltered(Given given) {
        Organization organization = given.organization();
        String id = given.api()
                .post(
                        Document.of("projects")
                                .with("name", "tagged")
                                .toMany("tag-bindings", "tag-bindings", List.of(Map.of("key", "env", "value", "prod"))),
                        PROJECTS,
                        organization.name())
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");

        given.api()
                .request()
                .body(
                        "{\"data\":[{\"attributes\":{\"key\":\"team\"}},{\"attributes\":{\"key\":\"env\",\"value\":\"test\"}}]}")
                .patch("/projects/{id}/tag-bindings", id)
                .then()
                .statusCode(200)
                .body("data.attributes.key", contains("team", "env"))
                .body("data.attributes.value", contains("", "test"))
                .body("data.id", hasItem(startsWith("tb-")));
        list(given, organization, "filter[tagged][0][key]", "env").body("data.id", contains(id));
        given.api()
                .request()
                .queryParam("filter[tagged][0][key]", "env")
                .queryParam("filter[tagged][0][value]", "prod")
                .get(PROJECTS, organization.name())
                .then()
                .body("data", empty());
        given.api()
                .request()
                .queryParam("include", "effective_tag_bindings")
                .get(PROJECT, id)
                .then()
                .statusCode(200)
                .body("data.relationships.'effective-tag-bindings'.data.size()", equalTo(2))
                .body("included.attributes.key", containsInAnyOrder("env", "team"))
                .body("included[0].links", nullValue());
        given.api()
                .request()
                .body("{\"data\":[{\"attributes\":{\"key\":\"only\",\"value\":\"one\"}}]}")
                .patch("/projects/{id}/relationships/tag-bindings", id)
                .then()
                .statusCode(200);
        given.api().get("/projects/{id}/tag-bindings", id).then().body("data.attributes.key", contains("only"));
        given.api()
                .patch(Document.of("projects").with("name", "renamed"), PROJECT, id)
                .then()
                .statusCode(200);
        given.api().get("/projects/{id}/effective-tag-bindings", id).then().body("data.size()", equalTo(1));
        given.api()
                .patch(Document.of("projects").toMany("tag-bindings", "tag-bindings", List.of()), PROJECT, id)
                .then()
                .statusCode(200);
        given.api().get("/projects/{id}/tag-bindings", id).then().body("data.size()", equalTo(0));
    }
}
