package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/state-versions. */
@ExtendWith(OtfdExtension.class)
class StateVersionsApiTest {

    private final String lineage = UUID.randomUUID().toString();

    private static Workspace locked(Given given) {
        Workspace workspace = given.workspace(given.organization());
        given.api()
                .request()
                .body("{}")
                .post("/workspaces/{id}/actions/lock", workspace.id())
                .then()
                .statusCode(200);
        return workspace;
    }

    private static Document version(StateFile state) {
        return Document.of("state-versions").with("serial", state.serial()).with("md5", state.md5());
    }

    private static Response create(Given given, Workspace workspace, StateFile state) {
        return given.api()
                .post(version(state).with("state", state.base64()), "/workspaces/{id}/state-versions", workspace.id());
    }

    private static String current(Given given, Workspace workspace) {
        return given.api()
                .get("/workspaces/{id}/current-state-version", workspace.id())
                .then()
                .statusCode(200)
                .extract()
                .path("data.id");
    }

    @Test
    void anEarlierStateBecomesTheCurrentOneAgain(Given given) {
        Workspace workspace = locked(given);
        String first = create(given, workspace, StateFile.of(1, lineage, "one")).path("data.id");
        create(given, workspace, StateFile.of(2, lineage, "one", "two")).then().statusCode(201);
        Document wanted = Document.of("state-versions").toOne("rollback-state-version", "state-versions", first);

        Response rolled = given.api().patch(wanted, "/workspaces/{id}/state-versions", workspace.id());

        rolled.then().statusCode(200).body("data.attributes.serial", equalTo(3));
        Shape.check("state-versions", rolled);
        assertThat(current(given, workspace), equalTo(rolled.path("data.id")));
        assertThat(given.resources(workspace), contains("terraform_data.one"));
        Refused.invalid(
                "/data/relationships/rollback-state-version",
                given.api()
                        .patch(
                                wanted,
                                "/workspaces/{id}/state-versions",
                                locked(given).id()));
        Refused.invalid(
                "/data/relationships/rollback-state-version",
                given.api().patch(Document.of("state-versions"), "/workspaces/{id}/state-versions", workspace.id()));
    }

    @Test
    void stateInTheRequestIsStoredByteByByte(Given given) {
        Workspace workspace = locked(given);
        StateFile state = StateFile.of(1, lineage, "one", "two");

        Response created = create(given, workspace, state);

        created.then().statusCode(201).body("data.id", startsWith("sv-")).body("data.attributes.serial", equalTo(1));
        Shape.check("state-versions", created);
        assertThat(current(given, workspace), equalTo(id(created)));
        assertThat(StateFile.current(given.api(), workspace).orElseThrow().json(), equalTo(state.json()));
    }

    @Test
    void uploadInTwoStepsBecomesCurrentWhenItIsThere(Given given) {
        Workspace workspace = locked(given);
        StateFile state = StateFile.of(1, lineage, "one");
        Response created = given.api().post(version(state), "/workspaces/{id}/state-versions", workspace.id());
        created.then()
                .statusCode(201)
                .body("data.attributes.status", equalTo("pending"))
                .body("data.attributes.'hosted-state-upload-url'", startsWith("http"))
                .body("data.attributes.'hosted-json-state-upload-url'", startsWith("http"));
        Refused.notFound(given.api().get("/workspaces/{id}/current-state-version", workspace.id()));

        given.api().upload(created.path("data.attributes.hosted-state-upload-url"), state.bytes());

        Eventually.holds(
                "the state being finalized",
                () -> "finalized".equals(given.api().attribute("status", "/state-versions/{id}", id(created))));
        assertThat(current(given, workspace), equalTo(id(created)));
    }

    @Test
    void outputsAreReadFromTheState(Given given) {
        Workspace workspace = locked(given);
        String id = create(given, workspace, StateFile.of(1, lineage, "one")).path("data.id");
        Eventually.holds(
                "the state being processed",
                () -> given.api().get("/state-versions/{id}", id).path("data.attributes.'resources-processed'"));

        Response outputs = given.api().get("/workspaces/{id}/current-state-version-outputs", workspace.id());

        outputs.then().statusCode(200).body("data.attributes.name", containsInAnyOrder("plain", "secret"));
        List<Map<String, Object>> items = outputs.path("data");
        items.forEach(item -> Shape.of("state-version-outputs").check(item));
        String secret = outputs.path("data.find { it.attributes.name == 'secret' }.id");
        outputs.then()
                .body("data.find { it.attributes.name == 'secret' }.attributes.value", nullValue())
                .body("data.find { it.attributes.name == 'plain' }.attributes.value", equalTo("seen"));
        given.api()
                .get("/state-version-outputs/{id}", secret)
                .then()
                .statusCode(200)
                .body("data.attributes.value", equalTo("hidden"))
                .body("data.attributes.sensitive", equalTo(true));
        given.api().get("/workspaces/{id}", workspace.id()).then().body("data.attributes.'resource-count'", equalTo(1));
    }

    @Test
    void wrongMd5IsRefused(Given given) {
        Workspace workspace = locked(given);
        StateFile state = StateFile.of(1, lineage, "one");
        Document document = version(state).with("md5", "0".repeat(32)).with("state", state.base64());

        given.api()
                .post(document, "/workspaces/{id}/state-versions", workspace.id())
                .then()
                .statusCode(anyOf(is(409), is(422)));

        Refused.notFound(given.api().get("/workspaces/{id}/current-state-version", workspace.id()));
    }

    @Test
    void uploadThatDoesNotMatchIsRefusedAndNeverCurrent(Given given) {
        Workspace workspace = locked(given);
        Response created = given.api()
                .post(version(StateFile.of(1, lineage, "one")), "/workspaces/{id}/state-versions", workspace.id());

        Response put = given.api()
                .put(
                        created.path("data.attributes.hosted-state-upload-url"),
                        StateFile.of(1, lineage, "other").bytes());

        put.then().statusCode(anyOf(is(400), is(409), is(422)));
        Refused.notFound(given.api().get("/workspaces/{id}/current-state-version", workspace.id()));
    }

    @Test
    void olderSerialOfTheSameLineageIsAConflict(Given given) {
        Workspace workspace = locked(given);
        String newest =
                create(given, workspace, StateFile.of(5, lineage, "one")).path("data.id");

        Refused.with(409, create(given, workspace, StateFile.of(4, lineage, "one")));
        Refused.with(409, create(given, workspace, StateFile.of(5, lineage, "other")));

        assertThat(current(given, workspace), equalTo(newest));
        create(given, workspace, StateFile.of(6, lineage, "other")).then().statusCode(201);
    }

    @Test
    void stateNeedsTheLock(Given given) {
        Workspace workspace = given.workspace(given.organization());

        Refused.with(409, create(given, workspace, StateFile.of(1, lineage, "one")));
    }

    @Test
    void stateThatIsNoStateIsRefused(Given given) {
        Workspace workspace = locked(given);
        StateFile nonsense = new StateFile("nonsense");
        Document document = Document.of("state-versions")
                .with("serial", 1)
                .with("md5", nonsense.md5())
                .with("state", nonsense.base64());

        given.api()
                .post(document, "/workspaces/{id}/state-versions", workspace.id())
                .then()
                .statusCode(anyOf(is(400), is(422)));
        Refused.with(
                422,
                given.api()
                        .post(
                                version(StateFile.of(1, lineage, "one")).with("serial", "one"),
                                "/workspaces/{id}/state-versions",
                                workspace.id()));
    }

    @Test
    void versionsAreListedNewestFirst(Given given) {
        Workspace workspace = locked(given);
        String first = create(given, workspace, StateFile.of(1, lineage, "one")).path("data.id");
        String second =
                create(given, workspace, StateFile.of(2, lineage, "two")).path("data.id");

        given.api()
                .request()
                .queryParam("filter[workspace][name]", workspace.name())
                .queryParam("filter[organization][name]", workspace.organization())
                .get("/state-versions")
                .then()
                .statusCode(200)
                .body("data.id", equalTo(List.of(second, first)))
                .body("meta.pagination.'total-count'", equalTo(2));
    }

    @Test
    void nothingIsNotFound(Given given) {
        Workspace workspace = given.workspace(given.organization());

        Refused.notFound(given.api().get("/workspaces/{id}/current-state-version", workspace.id()));
        given.api()
                .get("/workspaces/{id}/current-state-version-outputs", workspace.id())
                .then()
                .statusCode(200)
                .body("data", empty());
        Refused.notFound(given.api().get("/state-versions/sv-0000000000000000"));
        Refused.notFound(given.api().get("/state-version-outputs/wsout-0000000000000000"));
    }

    private static String id(Response created) {
        return created.path("data.id");
    }
}
