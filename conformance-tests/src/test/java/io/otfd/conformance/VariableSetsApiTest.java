package io.otfd.conformance;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/variable-sets. */
@ExtendWith(OtfdExtension.class)
class VariableSetsApiTest {

    private static final String SETS = "/organizations/{org}/varsets";
    private static final String SET = "/varsets/{id}";
    private static final String VARS = "/varsets/{id}/relationships/vars";
    private static final String WORKSPACES = "/varsets/{id}/relationships/workspaces";
    private static final String PROJECTS = "/varsets/{id}/relationships/projects";

    private static String set(Given given, Organization organization, Map<String, ?> attributes) {
        return given.api()
                .post(
                        Document.of("varsets").with("name", Given.name("set")).withAll(attributes),
                        SETS,
                        organization.name())
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    private static String variable(Given given, String set, String key, String value) {
        return given.api()
                .post(
                        Document.of("vars")
                                .with("key", key)
                                .with("value", value)
                                .with("category", "terraform"),
                        VARS,
                        set)
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    private static void apply(Given given, String set, Workspace workspace) {
        given.api()
                .request()
                .body(Document.identifiers("workspaces", workspace.id()))
                .post(WORKSPACES, set)
                .then()
                .statusCode(204);
    }

    private static Response effective(Given given, Workspace workspace) {
        return given.api().get("/workspaces/{id}/all-vars", workspace.id());
    }

    @Test
    void documentHasEveryMember(Given given) {
        Organization organization = given.organization();

        Response created = given.api()
                .post(
                        Document.of("varsets").with("name", "common").with("description", "for all"),
                        SETS,
                        organization.name());

        created.then()
                .statusCode(201)
                .body("data.id", startsWith("varset-"))
                .body("data.attributes.global", equalTo(false))
                .body("data.attributes.priority", equalTo(false))
                .body("data.relationships.organization.data.id", equalTo(organization.name()))
                .body("data.relationships.parent.data.type", equalTo("organizations"));
        Shape.check("varsets", created);
        String id = created.path("data.id");
        given.api()
                .patch(Document.of("varsets").with("description", null).with("priority", true), SET, id)
                .then()
                .statusCode(200)
                .body("data.attributes.name", equalTo("common"))
                .body("data.attributes.description", nullValue())
                .body("data.attributes.priority", equalTo(true));
        given.api().delete(SET, id).then().statusCode(204);
        Refused.notFound(given.api().get(SET, id));
    }

    @Test
    void variablesOfASetAreItsOwn(Given given) {
        String set = set(given, given.organization(), Map.of());
        String other = set(given, given.organization(), Map.of());
        Response created = given.api()
                .post(
                        Document.of("vars")
                                .with("key", "token")
                                .with("value", "open sesame")
                                .with("category", "env")
                                .with("sensitive", true),
                        VARS,
                        set);
        created.then()
                .statusCode(201)
                .body("data.attributes.value", nullValue())
                .body("data.relationships.varset.data.id", equalTo(set));
        Shape.check("vars", created);
        String id = created.path("data.id");

        given.api().get(VARS, set).then().statusCode(200).body("data.id", contains(id));
        given.api()
                .get(SET + "?include=vars", set)
                .then()
                .body("data.attributes.'var-count'", equalTo(1))
                .body("included.id", contains(id))
                .body("included[0].attributes.value", nullValue());
        Refused.notFound(given.api().get(VARS + "/{var}", other, id));
        Refused.notFound(given.api().delete(VARS + "/{var}", other, id));
        Refused.invalid(
                "/data/attributes/key",
                given.api()
                        .post(
                                Document.of("vars")
                                        .with("key", "token")
                                        .with("value", "2")
                                        .with("category", "env"),
                                VARS,
                                set));
        given.api().delete(VARS + "/{var}", set, id).then().statusCode(204);
        given.api().get(VARS, set).then().body("data", empty());
    }

    @Test
    void setIsAppliedToWorkspacesAndProjectsAndTakenAway(Given given) {
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);
        String project = given.project(organization, "platform");
        String set = set(given, organization, Map.of());

        apply(given, set, workspace);
        given.api()
                .request()
                .body(Document.identifiers("projects", project))
                .post(PROJECTS, set)
                .then()
                .statusCode(204);

        given.api()
                .get(SET + "?include=workspaces,projects", set)
                .then()
                .body("data.relationships.workspaces.data.id", contains(workspace.id()))
                .body("data.relationships.projects.data.id", contains(project))
                .body("included.id", containsInAnyOrder(workspace.id(), project));
        given.api()
                .get("/workspaces/{id}/varsets", workspace.id())
                .then()
                .statusCode(200)
                .body("data.id", contains(set));
        given.api()
                .get("/projects/{id}/varsets", project)
                .then()
                .statusCode(200)
                .body("data.id", contains(set));
        given.api()
                .request()
                .body(Document.identifiers("workspaces", workspace.id()))
                .delete(WORKSPACES, set)
                .then()
                .statusCode(204);
        given.api().get("/workspaces/{id}/varsets", workspace.id()).then().body("data", empty());
    }

    @Test
    void nearerScopeWinsUnlessASetHasPriority(Given given) {
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);
        String global = set(given, organization, Map.of("global", true));
        String first = set(given, organization, Map.of("name", "a"));
        String second = set(given, organization, Map.of("name", "b"));
        apply(given, second, workspace);
        apply(given, first, workspace);
        variable(given, global, "everywhere", "global");
        variable(given, global, "near", "global");
        variable(given, first, "near", "first");
        variable(given, second, "near", "second");
        variable(given, first, "own", "first");
        given.variable(workspace, Map.of("key", "own", "value", "workspace", "category", "terraform"));

        effective(given, workspace)
                .then()
                .statusCode(200)
                .body("data.attributes.key", containsInAnyOrder("everywhere", "near", "own"))
                .body("data.find { it.attributes.key == 'everywhere' }.attributes.value", equalTo("global"))
                .body("data.find { it.attributes.key == 'near' }.attributes.value", equalTo("first"))
                .body("data.find { it.attributes.key == 'own' }.attributes.value", equalTo("workspace"));

        given.api()
                .patch(Document.of("varsets").with("priority", true), SET, first)
                .then()
                .statusCode(200);
        effective(given, workspace)
                .then()
                .body("data.find { it.attributes.key == 'own' }.attributes.value", equalTo("first"));
    }

    @Test
    void setOfAProjectStaysInIt(Given given) {
        Organization organization = given.organization();
        String project = given.project(organization, "platform");
        Workspace outside = given.workspace(organization);
        Document owned = Document.of("varsets").with("name", "owned").toOne("parent", "projects", project);
        Response created = given.api().post(owned, SETS, organization.name());
        created.then()
                .statusCode(201)
                .body("data.relationships.parent.data.type", equalTo("projects"))
                .body("data.relationships.parent.data.id", equalTo(project));
        String set = created.path("data.id");

        Refused.with(
                422,
                given.api()
                        .request()
                        .body(Document.identifiers("workspaces", outside.id()))
                        .post(WORKSPACES, set));
        Refused.invalid(
                "/data/attributes/global",
                given.api().patch(Document.of("varsets").with("global", true), SET, set));
    }

    @EachMode
    void setsReachTheRunAndPriorityBeatsTheCommandLine(Mode mode, Shared shared, Sandbox sandbox) {
        Given given = shared.given();
        Terraform.required();
        Organization organization = shared.organization(mode);
        Workspace workspace = given.workspace(organization);
        String plain = set(given, organization, Map.of());
        String strong = set(given, organization, Map.of("priority", true));
        apply(given, plain, workspace);
        apply(given, strong, workspace);
        variable(given, plain, "plain", "from a set");
        variable(given, strong, "strong", "from a priority set");

        String run = given.run(
                workspace,
                Map.of(
                        "plan-only",
                        true,
                        "variables",
                        List.of(
                                Map.of("key", "strong", "value", "\"from the command line\""),
                                Map.of("key", "line", "value", "\"from the command line\""))),
                """
                variable "plain" {}
                variable "strong" {}
                variable "line" {}
                """);
        given.await(run, "planned_and_finished");

        String plan = given.api().get("/runs/{id}", run).path("data.relationships.plan.data.id");
        given.api()
                .request()
                .accept("application/json")
                .get("/plans/{id}/json-output", plan)
                .then()
                .statusCode(200)
                .body("variables.plain.value", equalTo("from a set"))
                .body("variables.strong.value", equalTo("from a priority set"))
                .body("variables.line.value", equalTo("from the command line"));
    }

    @Test
    void wrongValuesAreNamed(Given given) {
        Organization organization = given.organization();
        Workspace foreign = given.workspace(given.organization());
        String set = set(given, organization, Map.of("name", "taken"));
        Refused.invalid(
                "/data/attributes/name",
                given.api().post(Document.of("varsets").with("global", true), SETS, organization.name()));
        Refused.invalid(
                "/data/attributes/name",
                given.api().post(Document.of("varsets").with("name", "taken"), SETS, organization.name()));
        Refused.invalid(
                "/data/attributes/global",
                given.api().patch(Document.of("varsets").with("global", "perhaps"), SET, set));
        Refused.with(
                422,
                given.api()
                        .request()
                        .body(Document.identifiers("workspaces", foreign.id()))
                        .post(WORKSPACES, set));
        Refused.with(400, given.api().get(SET + "?include=nonsense", set));
        Refused.notFound(given.api().get(SET, "varset-0000000000000000"));
    }

    @Test
    void membersNeedAPermission(Given given) {
        Organization organization = given.organization();
        String set = set(given, organization, Map.of());
        Api member = given.as(given.team(organization));
        Api manager = given.as(given.team(organization, "manage-workspaces"));

        Refused.notFound(member.get(SET, set));
        Refused.notFound(member.delete(SET, set));
        manager.get(SETS, organization.name()).then().statusCode(200).body("data.id", hasItem(set));
        manager.delete(SET, set).then().statusCode(204);
    }
}
