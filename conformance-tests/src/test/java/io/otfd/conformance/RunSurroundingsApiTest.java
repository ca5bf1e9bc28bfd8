package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Comments, events, triggers and lists of runs (cloud-docs/api-docs/comments, run-triggers and run). */
@ExtendWith(OtfdExtension.class)
class RunSurroundingsApiTest {

    private static final String ONE = """
            resource "terraform_data" "one" {
              input = "first"
            }
            """;

    private static final String TRIGGERS = "/workspaces/{id}/run-triggers";

    @BeforeEach
    void engine() {
        Terraform.required();
    }

    private static Document comment(Object body) {
        return Document.of("comments").with("body", body);
    }

    private static Response trigger(Given given, Workspace workspace, Workspace source) {
        return given.api()
                .post(
                        Document.of("run-triggers").toOne("sourceable", "workspaces", source.id()),
                        TRIGGERS,
                        workspace.id());
    }

    @Test
    void commentIsAnEventOfItsRun(Given given) {
        Workspace workspace = given.workspace(given.organization());
        String run = given.run(workspace, Map.of("plan-only", true), ONE);

        Response created = given.api().post(comment("looks good"), "/runs/{id}/comments", run);

        created.then()
                .statusCode(201)
                .body("data.id", startsWith("wsc-"))
                .body("data.attributes.body", equalTo("looks good"));
        Shape.check("comments", created);
        String id = created.path("data.id");
        String event = created.path("data.relationships.'run-event'.data.id");
        given.api().get("/runs/{id}/comments", run).then().statusCode(200).body("data.id", contains(id));
        given.api()
                .get("/runs/{id}/run-events?include=comment,actor", run)
                .then()
                .statusCode(200)
                .body("data.attributes.action", hasItem("queued"))
                .body("data.find { it.id == '" + event + "' }.attributes.action", equalTo("commented"))
                .body("included.findAll { it.type == 'comments' }.attributes.body", contains("looks good"));
        Response read = given.api().get("/run-events/{id}", event);
        read.then().statusCode(200).body("data.relationships.comment.data.id", equalTo(id));
        Shape.check("run-events", read);
        given.api().get("/runs/{id}", run).then().body("data.relationships.comments.data.id", contains(id));
        Refused.invalid("/data/attributes/body", given.api().post(comment(" "), "/runs/{id}/comments", run));
        Refused.invalid("/data/attributes/body", given.api().post(comment(7), "/runs/{id}/comments", run));
        Refused.notFound(given.api().get("/comments/{id}", "wsc-0000000000000000"));
        Refused.notFound(given.api().post(comment("x"), "/runs/{id}/comments", "run-0000000000000000"));
    }

    @Test
    void actionsCommentIsKept(Given given) {
        Workspace workspace = given.workspace(given.organization());
        String run = given.run(workspace, Map.of(), ONE);
        given.await(run, "planned");

        given.api()
                .request()
                .body("{\"comment\":\"not today\"}")
                .post("/runs/{id}/actions/discard", run)
                .then()
                .statusCode(202);

        given.api().get("/runs/{id}/comments", run).then().body("data.attributes.body", contains("not today"));
        Refused.with(422, given.api().request().body("{\"comment\":[]}").post("/runs/{id}/actions/discard", run));
    }

    @Test
    void applyStartsARunInTheTriggeredWorkspace(Given given) {
        Organization organization = given.organization();
        Workspace source = given.workspace(organization);
        Workspace triggered = given.workspace(organization);
        given.configuration(triggered, Map.of("main.tf", ONE));
        Response created = trigger(given, triggered, source);
        created.then()
                .statusCode(201)
                .body("data.id", startsWith("rt-"))
                .body("data.attributes.'sourceable-name'", equalTo(source.name()))
                .body("data.attributes.'workspace-name'", equalTo(triggered.name()));
        Shape.check("run-triggers", created);

        String run = given.run(source, Map.of("auto-apply", true), ONE);
        given.await(run, "applied");

        String next = Eventually.value(() -> "a run in " + triggered.name(), () -> {
            List<String> ids =
                    given.api().get("/workspaces/{id}/runs", triggered.id()).path("data.id");
            return ids.stream().findFirst();
        });
        given.await(next, "planned");
        given.api()
                .get("/runs/{id}", next)
                .then()
                .body("data.attributes.'trigger-reason'", equalTo("run-trigger"))
                .body("data.attributes.message", containsString(run))
                .body("data.relationships.'created-by'.data", nullValue());
    }

    @Test
    void triggersAreListedFromBothEndsAndRefusedWhereTheyMakeNoSense(Given given) {
        Organization organization = given.organization();
        Workspace source = given.workspace(organization);
        Workspace triggered = given.workspace(organization);
        String id = trigger(given, triggered, source).path("data.id");

        given.api()
                .request()
                .queryParam("filter[run-trigger][type]", "inbound")
                .queryParam("include", "sourceable")
                .get(TRIGGERS, triggered.id())
                .then()
                .statusCode(200)
                .body("data.id", contains(id))
                .body("included.id", contains(source.id()));
        given.api()
                .request()
                .queryParam("filter[run-trigger][type]", "outbound")
                .get(TRIGGERS, triggered.id())
                .then()
                .body("data", empty());
        Refused.with(400, given.api().get(TRIGGERS, triggered.id()));
        Refused.invalid("/data/relationships/sourceable", trigger(given, triggered, source));
        Refused.invalid("/data/relationships/sourceable", trigger(given, source, source));
        Refused.invalid(
                "/data/relationships/sourceable", trigger(given, source, given.workspace(given.organization())));
        Refused.invalid(
                "/data/relationships/sourceable",
                given.api().post(Document.of("run-triggers"), TRIGGERS, triggered.id()));
        given.api().delete("/run-triggers/{id}", id).then().statusCode(204);
        Refused.notFound(given.api().get("/run-triggers/{id}", id));
    }

    @Test
    void runsOfAnOrganizationAreFiltered(Given given) {
        Organization organization = given.organization();
        Workspace first = given.workspace(organization);
        Workspace second = given.workspace(organization);
        String planOnly = given.run(first, Map.of("plan-only", true, "message", "Look at this"), ONE);
        String waiting = given.run(second, Map.of(), ONE);
        given.await(planOnly, "planned_and_finished");
        given.await(waiting, "planned");

        Response all = given.api().get("/organizations/{org}/runs", organization.name());
        all.then()
                .statusCode(200)
                .body("data.id", contains(waiting, planOnly))
                .body("meta.pagination", not(hasKey("total-count")))
                .body("meta.pagination.'next-page'", nullValue());
        assertThat(found(given, organization, "filter[status_group]", "final"), contains(planOnly));
        assertThat(found(given, organization, "filter[status_group]", "discardable"), contains(waiting));
        assertThat(found(given, organization, "filter[operation]", "plan_only"), contains(planOnly));
        assertThat(found(given, organization, "filter[workspace_names]", second.name()), contains(waiting));
        assertThat(found(given, organization, "search[basic]", "look AT"), contains(planOnly));
        assertThat(found(given, organization, "search[commit]", "abc"), empty());
        assertThat(found(given, organization, "filter[timeframe]", "year"), containsInAnyOrder(planOnly, waiting));
        given.api()
                .request()
                .queryParam("page[size]", 1)
                .queryParam("include", "workspace")
                .get("/organizations/{org}/runs", organization.name())
                .then()
                .body("meta.pagination.'next-page'", equalTo(2))
                .body("included.attributes.name", contains(second.name()));
        Refused.with(
                400,
                given.api()
                        .request()
                        .queryParam("filter[status_group]", "odd")
                        .get("/organizations/{org}/runs", organization.name()));
        Api stranger = given.as(given.team(given.organization()));
        Refused.notFound(stranger.get("/organizations/{org}/runs", organization.name()));
        Api member = given.as(given.team(organization));
        member.get("/organizations/{org}/runs", organization.name())
                .then()
                .statusCode(200)
                .body("data", empty());
    }

    private static List<String> found(Given given, Organization organization, String parameter, String value) {
        return given.api()
                .request()
                .queryParam(parameter, value)
                .get("/organizations/{org}/runs", organization.name())
                .then()
                .statusCode(200)
                .extract()
                .path("data.id");
    }

    @Test
    void resourcesKeepTheStateVersionThatChangedThem(Given given) {
        Workspace workspace = given.workspace(given.organization());
        String first = given.run(workspace, Map.of("auto-apply", true), ONE);
        given.await(first, "applied");
        Response before = given.api().get("/workspaces/{id}/resources", workspace.id());
        before.then()
                .statusCode(200)
                .body("data.attributes.address", contains("terraform_data.one"))
                .body("data.attributes.module", contains("root"))
                .body("data.attributes.'provider-type'", contains("terraform_data"));
        Shape.of("resources").check(before.path("data[0]"));
        String version = before.path("data[0].attributes.'modified-by-state-version-id'");

        String second = given.run(workspace, Map.of("auto-apply", true), ONE + """
                resource "terraform_data" "more" {
                  count = 2
                }
                """);
        given.await(second, "applied");

        given.api()
                .get("/workspaces/{id}/resources", workspace.id())
                .then()
                .body(
                        "data.attributes.address",
                        contains("terraform_data.more[0]", "terraform_data.more[1]", "terraform_data.one"))
                .body("data[0].attributes.'name-index'", equalTo("0"))
                .body("data[2].attributes.'modified-by-state-version-id'", equalTo(version));
    }

    @Test
    void configurationThatNothingNeedsIsArchived(Given given) {
        Workspace workspace = given.workspace(given.organization());
        String old = given.configuration(workspace, Map.of("main.tf", ONE));
        Refused.conflict(
                "configuration could not be archived because it is current",
                given.api().request().post("/configuration-versions/{id}/actions/archive", old));
        String current = given.configuration(workspace, Map.of("main.tf", ONE));
        String run = given.run(workspace, old);
        given.await(run, "planned");
        Refused.conflict(
                "used by a run", given.api().request().post("/configuration-versions/{id}/actions/archive", old));
        given.api().request().post("/runs/{id}/actions/discard", run).then().statusCode(202);

        given.api()
                .request()
                .post("/configuration-versions/{id}/actions/archive", old)
                .then()
                .statusCode(202);

        given.api()
                .get("/configuration-versions/{id}", old)
                .then()
                .body("data.attributes.status", equalTo("archived"))
                .body("data.attributes.'status-timestamps'", hasKey("archived-at"));
        Refused.notFound(given.api().get("/configuration-versions/{id}/download", old));
        given.api().get("/configuration-versions/{id}/download", current).then().statusCode(200);
    }

    @Test
    void backingDataOfAnOldStateIsHiddenAndComesBack(Given given) {
        Workspace workspace = given.workspace(given.organization());
        given.await(given.run(workspace, Map.of("auto-apply", true), ONE), "applied");
        String old = given.api()
                .get("/workspaces/{id}/current-state-version", workspace.id())
                .path("data.id");
        String url = given.api().attribute("hosted-state-download-url", "/state-versions/{id}", old);
        Refused.conflict("because it is current", change(given, old, "soft_delete"));
        given.await(given.run(workspace, Map.of("auto-apply", true), ONE.replace("first", "second")), "applied");

        change(given, old, "soft_delete").then().statusCode(204);
        given.api()
                .get("/state-versions/{id}", old)
                .then()
                .body("data.attributes.status", equalTo("backing_data_soft_deleted"))
                .body("data.attributes.'hosted-state-download-url'", nullValue());
        Refused.notFound(given.api().get("/state-versions/{id}/download", old));
        given.api().anonymous().get(url).then().statusCode(404);

        change(given, old, "restore").then().statusCode(204);
        given.api().get("/state-versions/{id}/download", old).then().statusCode(200);

        Refused.conflict("transition not allowed", change(given, old, "permanently_delete"));
        change(given, old, "soft_delete").then().statusCode(204);
        change(given, old, "permanently_delete").then().statusCode(204);
        Refused.conflict("transition not allowed", change(given, old, "restore"));
        assertThat(Optional.of(given.api().get("/state-versions/{id}", old).statusCode()), equalTo(Optional.of(200)));
    }

    private static Response change(Given given, String version, String action) {
        return given.api().request().post("/state-versions/{id}/actions/{action}_backing_data", version, action);
    }
}
