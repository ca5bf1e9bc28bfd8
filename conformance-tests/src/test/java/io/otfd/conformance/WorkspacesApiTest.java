package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/workspaces. */
@ExtendWith(OtfdExtension.class)
class WorkspacesApiTest {

    private static final String WORKSPACES = "/organizations/{org}/workspaces";
    private static final String BY_NAME = "/organizations/{org}/workspaces/{name}";

    @Test
    void documentHasEveryMemberInEveryRepresentation(Given given) {
        Organization organization = given.organization();

        Response created =
                given.api().post(Document.of("workspaces").with("name", "w_1-A"), WORKSPACES, organization.name());

        created.then()
                .statusCode(201)
                .contentType(Api.JSON_API)
                .body("data.id", startsWith("ws-"))
                .body("data.attributes.'execution-mode'", equalTo("remote"))
                .body("data.attributes.'setting-overwrites'.'execution-mode'", equalTo(false))
                .body("data.attributes.'setting-overwrites'.'agent-pool'", equalTo(false))
                .body("data.attributes.'vcs-repo'", nullValue())
                .body("data.attributes.'structured-run-output-enabled'", equalTo(true))
                .body("data.attributes.'allow-destroy-plan'", equalTo(true))
                .body("data.attributes.locked", equalTo(false))
                .body("data.attributes.'tag-names'", empty())
                .body("data.attributes.permissions.'can-force-delete'", equalTo(true))
                .body("data.relationships.organization.data.id", equalTo(organization.name()))
                .body("data.relationships.'current-run'.data", nullValue())
                .body("data.relationships.'locked-by'.data", nullValue())
                .body("data.links.self", equalTo("/api/v2/organizations/" + organization.name() + "/workspaces/w_1-A"))
                .body("data.links.'self-html'", equalTo("/app/" + organization.name() + "/workspaces/w_1-A"));
        Map<String, Object> document = Shape.check("workspaces", created);
        String id = created.path("data.id");
        assertThat(given.api().get("/workspaces/{id}", id).path("data"), equalTo(document));
        assertThat(given.api().get(BY_NAME, organization.name(), "w_1-A").path("data"), equalTo(document));
        assertThat(given.api().get(WORKSPACES, organization.name()).path("data[0]"), equalTo(document));
    }

    @Test
    void everySettingRoundTrips(Given given) {
        Map<String, Object> settings = Map.ofEntries(
                Map.entry("description", "a \"quoted\" <b>text</b> with ünïcode"),
                Map.entry("auto-apply", true),
                Map.entry("allow-destroy-plan", false),
                Map.entry("file-triggers-enabled", false),
                Map.entry("queue-all-runs", true),
                Map.entry("speculative-enabled", false),
                Map.entry("structured-run-output-enabled", false),
                Map.entry("otf-engine", "tofu"),
                Map.entry("terraform-version", "1.9.5"),
                Map.entry("trigger-prefixes", List.of("/modules", "/shared")),
                Map.entry("working-directory", "live/app/"));
        Workspace workspace = given.workspace(given.organization());

        given.api()
                .patch(Document.of("workspaces").withAll(settings), "/workspaces/{id}", workspace.id())
                .then()
                .statusCode(200);

        Map<String, Object> read =
                given.api().get("/workspaces/{id}", workspace.id()).path("data.attributes");
        settings.forEach((name, value) -> assertThat(name, read.get(name), equalTo(value)));
    }

    /** What was said of the one means nothing to the other. */
    @Test
    void anotherEngineTakesItsLatestVersion(Given given) {
        Workspace workspace = given.workspace(given.organization(), Map.of("terraform-version", "1.9.5"));

        given.api()
                .patch(Document.of("workspaces").with("otf-engine", "tofu"), "/workspaces/{id}", workspace.id())
                .then()
                .statusCode(200)
                .body("data.attributes.'terraform-version'", equalTo("latest"));
    }

    @Test
    void nullClearsAndAbsenceKeeps(Given given) {
        Workspace workspace =
                given.workspace(given.organization(), Map.of("description", "text", "working-directory", "here"));

        given.api()
                .patch(Document.of("workspaces").with("description", null), "/workspaces/{id}", workspace.id())
                .then()
                .statusCode(200)
                .body("data.attributes.description", nullValue())
                .body("data.attributes.'working-directory'", equalTo("here"));
    }

    @Test
    void agentModeNeedsAPoolAndOnlyAgentModeTakesOne(Given given) {
        Organization organization = given.organizationWithPool();
        String pool = organization.pool().orElseThrow();
        Workspace workspace = given.workspace(organization);
        given.api()
                .get("/workspaces/{id}", workspace.id())
                .then()
                .body("data.attributes.'execution-mode'", equalTo("agent"))
                .body("data.attributes.'setting-overwrites'.'execution-mode'", equalTo(true))
                .body("data.relationships.'agent-pool'.data.id", equalTo(pool));

        given.api()
                .post(
                        Document.of("workspaces").with("name", "poolless").with("execution-mode", "agent"),
                        WORKSPACES,
                        organization.name())
                .then()
                .statusCode(422)
                .body("errors.detail", hasItem(containsString("must be specified when using 'agent' execution mode")));
        given.api()
                .post(
                        Document.of("workspaces")
                                .with("name", "poolful")
                                .with("execution-mode", "remote")
                                .with("agent-pool-id", pool),
                        WORKSPACES,
                        organization.name())
                .then()
                .statusCode(422)
                .body(
                        "errors.detail",
                        hasItem(containsString("must not be specified unless using 'agent' execution mode")));
        given.api()
                .patch(Document.of("workspaces").with("execution-mode", "remote"), "/workspaces/{id}", workspace.id())
                .then()
                .statusCode(200)
                .body("data.relationships.'agent-pool'.data", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "auto-apply, perhaps",
        "trigger-prefixes, one",
        "execution-mode, elsewhere",
        "terraform-version, nonexisting",
        "otf-engine, pulumi",
    })
    void wrongValuesAreNamed(String attribute, String value, Given given) {
        given.api()
                .post(
                        Document.of("workspaces").with("name", "w").with(attribute, value),
                        WORKSPACES,
                        given.organization().name())
                .then()
                .statusCode(422)
                .body("errors.source.pointer", hasItem("/data/attributes/" + attribute));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a.b", "ünïcode"})
    void nameOutsideTheAlphabetIsInvalid(String name, Given given) {
        Response response = given.api()
                .post(
                        Document.of("workspaces").with("name", name),
                        WORKSPACES,
                        given.organization().name());

        Refused.invalid("/data/attributes/name", response);
    }

    @Test
    void nameMustBeShortAndFree(Given given) {
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);
        Refused.invalid(
                "/data/attributes/name",
                given.api()
                        .post(Document.of("workspaces").with("name", "x".repeat(91)), WORKSPACES, organization.name()));
        Refused.invalid(
                "/data/attributes/name",
                given.api()
                        .post(
                                Document.of("workspaces").with("name", workspace.name()),
                                WORKSPACES,
                                organization.name()));
        Workspace other = given.workspace(organization);
        Refused.invalid(
                "/data/attributes/name",
                given.api()
                        .patch(
                                Document.of("workspaces").with("name", workspace.name()),
                                "/workspaces/{id}",
                                other.id()));
    }

    @Test
    void listPagesAndSearches(Given given) {
        Organization organization = given.organization();
        for (String name : List.of("app-blue", "app-green", "db-blue")) {
            given.workspace(organization, Map.of("name", name));
        }

        given.api()
                .request()
                .queryParam("page[size]", 2)
                .queryParam("page[number]", 1)
                .queryParam("sort", "name")
                .get(WORKSPACES, organization.name())
                .then()
                .statusCode(200)
                .body("data.attributes.name", contains("app-blue", "app-green"))
                .body("meta.pagination.'next-page'", equalTo(2))
                .body("meta.pagination.'prev-page'", nullValue())
                .body("meta.pagination.'total-count'", equalTo(3));
        search(given, organization, "search[name]", "app")
                .body("data.attributes.name", containsInAnyOrder("app-blue", "app-green"));
        search(given, organization, "search[wildcard-name]", "*-blue")
                .body("data.attributes.name", containsInAnyOrder("app-blue", "db-blue"));
        search(given, organization, "search[name]", "nonexisting").body("data", empty());
        Refused.notFound(given.api().get(WORKSPACES, "nobody-here"));
    }

    private static ValidatableResponse search(Given given, Organization organization, String parameter, String value) {
        return given.api()
                .request()
                .queryParam(parameter, value)
                .get(WORKSPACES, organization.name())
                .then()
                .statusCode(200);
    }

    @Test
    void includesBringTheRelated(Given given) {
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);

        given.api()
                .request()
                .queryParam("include", "organization,project,current_run")
                .get("/workspaces/{id}", workspace.id())
                .then()
                .statusCode(200)
                .body("included.type", containsInAnyOrder("organizations", "projects"));
        Response unknown =
                given.api().request().queryParam("include", "nonsense").get("/workspaces/{id}", workspace.id());
        Refused.with(400, unknown);
        unknown.then().body(containsString("include parameter"));
    }

    @Test
    void triggersExcludeEachOther(Given given) {
        Workspace workspace = given.workspace(given.organization(), Map.of("trigger-prefixes", List.of("/b", "/a")));

        patch(given, workspace, Map.of("trigger-patterns", List.of("/x/**/*")))
                .then()
                .statusCode(200)
                .body("data.attributes.'trigger-patterns'", contains("/x/**/*"))
                .body("data.attributes.'trigger-prefixes'", empty());
        patch(given, workspace, Map.of("trigger-prefixes", List.of()))
                .then()
                .statusCode(200)
                .body("data.attributes.'trigger-patterns'", empty());
        Refused.with(
                422,
                patch(given, workspace, Map.of("trigger-patterns", List.of("/x"), "trigger-prefixes", List.of("/y"))));
        Response off =
                patch(given, workspace, Map.of("trigger-patterns", List.of("/x"), "file-triggers-enabled", false));
        Refused.invalid("/data/attributes/trigger-patterns", off);
        off.then()
                .body(
                        "errors.detail",
                        hasItem(
                                "'trigger_patterns' cannot be populated when 'file_triggers_enabled' is set to false."));
        patch(given, workspace, Map.of("trigger-prefixes", List.of("/y"), "file-triggers-enabled", false))
                .then()
                .statusCode(200);
    }

    private static Response patch(Given given, Workspace workspace, Map<String, Object> attributes) {
        return given.api().patch(Document.of("workspaces").withAll(attributes), "/workspaces/{id}", workspace.id());
    }

    @Test
    void bothPathsLeadToTheSameWorkspace(Given given) {
        Workspace workspace = given.workspace(given.organization());

        given.api()
                .patch(
                        Document.of("workspaces").with("name", "renamed"),
                        BY_NAME,
                        workspace.organization(),
                        workspace.name())
                .then()
                .statusCode(200)
                .body("data.id", equalTo(workspace.id()))
                .body("data.links.'self-html'", equalTo("/app/" + workspace.organization() + "/workspaces/renamed"));
        Refused.notFound(given.api().get(BY_NAME, workspace.organization(), workspace.name()));
        given.api()
                .request()
                .post(BY_NAME + "/actions/safe-delete", workspace.organization(), "renamed")
                .then()
                .statusCode(204);
        Refused.notFound(given.api().get("/workspaces/{id}", workspace.id()));
        Refused.notFound(given.api().delete(BY_NAME, workspace.organization(), "renamed"));
    }

    /** Terraform makes ten at a time; one configuration of the provider's own tests has this many. */
    @Test
    void allOfThoseMadeAtOnceExist(Given given) throws Exception {
        Organization organization = given.organization();
        String list = "/organizations/{org}/workspaces";

        try (var threads = Executors.newFixedThreadPool(10)) {
            List<Callable<Integer>> requests = IntStream.range(0, 106)
                    .<Callable<Integer>>mapToObj(number -> () -> given.api()
                            .post(Document.of("workspaces").with("name", "w" + number), list, organization.name())
                            .statusCode())
                    .toList();
            for (Future<Integer> answer : threads.invokeAll(requests)) {
                assertThat(answer.get(), equalTo(201));
            }
        }

        given.api()
                .request()
                .queryParam("page[size]", 100)
                .get(list, organization.name())
                .then()
                .body("meta.pagination.'total-count'", equalTo(106))
                .body("data.size()", equalTo(100));
    }

    @Test
    void listFiltersByProjectAndByTheStatusOfTheCurrentRun(Given given) {
        Organization organization = given.organization();
        String project = given.project(organization, "apps");
        given.workspace(organization);
        String id = given.api()
                .post(
                        Document.of("workspaces").with("name", "in-apps").toOne("project", "projects", project),
                        WORKSPACES,
                        organization.name())
                .path("data.id");

        search(given, organization, "filter[project][id]", project).body("data.id", contains(id));
        search(given, organization, "filter[current_run][status]", "planned,applied")
                .body("data", empty());
        search(given, organization, "sort", "-name").body("data.attributes.name[1]", equalTo("in-apps"));
        search(given, organization, "search[wildcard-name]", "in-*").body("data.id", contains(id));
        search(given, organization, "search[wildcard-name]", "*-AP*").body("data.id", contains(id));
        search(given, organization, "search[wildcard-name]", "apps").body("data", empty());
        Refused.notFound(given.api()
                .request()
                .queryParam("filter[project][id]", "nonsense")
                .get(WORKSPACES, organization.name()));
    }

    @Test
    void everyIncludeBringsItsKindAndNoneRefersBack(Given given) {
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization);
        given.configuration(workspace, Map.of("main.tf", ""));
        given.api()
                .request()
                .post("/workspaces/{id}/actions/lock", workspace.id())
                .then()
                .statusCode(200);
        String all = "organization,project,current_run,current_run.plan,current_run.configuration_version,"
                + "current_run.configuration_version.ingress_attributes,current_configuration_version,"
                + "current_configuration_version.ingress_attributes,current-state-version,locked_by,outputs,"
                + "readme,effective_tag_bindings";

        for (Response response : List.of(
                given.api().request().queryParam("include", all).get("/workspaces/{id}", workspace.id()),
                given.api().request().queryParam("include", all).get(WORKSPACES, organization.name()))) {
            response.then()
                    .statusCode(200)
                    .body(
                            "included.type",
                            containsInAnyOrder("organizations", "projects", "configuration-versions", "users"))
                    // go-tfe follows included resources without end where they refer to one another.
                    .body("included.find { it.type == 'projects' }.relationships.organization.data", nullValue());
        }
    }

    @Test
    void whatWouldDoNothingIsRefused(Given given) {
        Organization organization = given.organization();
        Workspace workspace = given.workspace(organization, nothing());

        for (Map.Entry<String, ?> attribute : Map.of(
                        "hyok-enabled",
                        true,
                        "vcs-repo",
                        Map.of("identifier", "acme/network", "oauth-token-id", "ot-1"))
                .entrySet()) {
            Refused.invalid(
                    "/data/attributes/" + attribute.getKey(),
                    given.api()
                            .patch(
                                    Document.of("workspaces").with(attribute.getKey(), attribute.getValue()),
                                    "/workspaces/{id}",
                                    workspace.id()));
        }
    }

    /** What clients send of it where it is not used. */
    private static Map<String, ?> nothing() {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("hyok-enabled", false);
        attributes.put("vcs-repo", null);
        return attributes;
    }

    @Test
    void countIsTrueAfterDeletions(Given given) {
        Organization organization = given.organization();
        Organization other = given.organization();
        Workspace kept = given.workspace(organization);
        Workspace gone = given.workspace(organization);
        given.workspace(other);

        given.api().request().delete("/workspaces/{id}", gone.id()).then().statusCode(204);

        for (String page : List.of("1", "2")) {
            given.api()
                    .request()
                    .queryParam("page[number]", page)
                    .get(WORKSPACES, organization.name())
                    .then()
                    .body("data.id", page.equals("1") ? contains(kept.id()) : empty())
                    .body("meta.pagination.'total-count'", equalTo(1));
        }
    }

    @Test
    void projectOfAnotherOrganizationIsInvalid(Given given) {
        Organization organization = given.organization();
        String foreign = given.project(given.organization(), "theirs");

        for (String project : List.of(foreign, "prj-0000000000000000", "nonsense")) {
            Refused.invalid(
                    "/data/relationships/project",
                    given.api()
                            .post(
                                    Document.of("workspaces").with("name", "w").toOne("project", "projects", project),
                                    WORKSPACES,
                                    organization.name()));
        }
    }
}
