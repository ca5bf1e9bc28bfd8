package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.restassured.response.Response;
import java.io.IOException;
import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** States larger than the server's memory go up and down as streams. */
@ExtendWith(OtfdExtension.class)
class LargeStateTest {

    private static final long SIZE = 100 << 20;

    @Test
    void stateOf100MegabytesNeeds96OfHeap(Sandbox sandbox) throws IOException, InterruptedException {
        RunningOtfd otfd = sandbox.otfd(RunningOtfd.SMALL_HEAP, "--http", "--concurrency", "0");
        Given given = new Given(otfd.api());
        Workspace workspace = given.workspace(given.organization());
        LargeState state = LargeState.write(sandbox.directory().resolve("large.tfstate"), SIZE);
        String id = state.announce(given, workspace);

        try (HttpClient client = otfd.server().client()) {
            assertThat(state.upload(given, client, id), equalTo(200));
            assertThat(LargeState.download(given, client, id), equalTo(state.md5()));
        }

        given.api()
                .get("/workspaces/{id}", workspace.id())
                .then()
                .body("data.attributes.'resource-count'", equalTo(state.resources()));
        assertThat(otfd.process().output().contains("OutOfMemoryError"), equalTo(false));
    }

    @Test
    void tenThousandResourcesAreListedAndMoreAreCounted(Sandbox sandbox, Given given)
            throws IOException, InterruptedException {
        Workspace workspace = given.workspace(given.organization());
        LargeState state = LargeState.write(sandbox.directory().resolve("many.tfstate"), 12 << 20);
        String id = state.announce(given, workspace);

        try (HttpClient client = given.api().server().client()) {
            assertThat(state.upload(given, client, id), equalTo(200));
        }

        given.api()
                .get("/state-versions/{id}", id)
                .then()
                .statusCode(200)
                .body("data.attributes.resources", hasSize(10_000))
                .body("data.attributes.resources[9999].name", equalTo("r9999"));
        given.api()
                .get("/workspaces/{id}", workspace.id())
                .then()
                .body("data.attributes.'resource-count'", equalTo(state.resources()));
    }

    @Test
    void stateInsideADocumentHasALimit(Given given) {
        Workspace workspace = given.workspace(given.organization());
        given.api().request().body("{}").post("/workspaces/{id}/actions/lock", workspace.id());
        StateFile state = new StateFile(" ".repeat(7 << 20) + "{}");

        Refused.with(
                413,
                given.api()
                        .post(
                                Document.of("state-versions")
                                        .with("serial", 1)
                                        .with("md5", state.md5())
                                        .with("state", state.base64()),
                                "/workspaces/{id}/state-versions",
                                workspace.id()));
        Refused.notFound(given.api().get("/workspaces/{id}/current-state-version", workspace.id()));
    }

    @Test
    void announcedSizeBeyondTheLimitIsRefusedBeforeItIsSent(Given given) throws IOException {
        Workspace workspace = given.workspace(given.organization());
        StateFile state = StateFile.of(1, "l", "one");
        given.api().request().body("{}").post("/workspaces/{id}/actions/lock", workspace.id());
        String url = given.api()
                .post(
                        Document.of("state-versions").with("serial", 1).with("md5", state.md5()),
                        "/workspaces/{id}/state-versions",
                        workspace.id())
                .path("data.attributes.hosted-state-upload-url");

        String answer = CutOffUpload.send(given.api().server(), url, 3L << 30, new byte[1024]);

        assertThat(answer, containsString("413"));
        // The same URL takes the state afterwards.
        given.api().upload(url, state.bytes());
        assertThat(StateFile.current(given.api(), workspace).orElseThrow().json(), equalTo(state.json()));
    }

    @Test
    void uploadThatIsCutOffLeavesNothing(Given given) throws IOException {
        Workspace workspace = given.workspace(given.organization());
        StateFile state = StateFile.of(1, "l", "one");
        given.api().request().body("{}").post("/workspaces/{id}/actions/lock", workspace.id());
        String url = given.api()
                .post(
                        Document.of("state-versions").with("serial", 1).with("md5", state.md5()),
                        "/workspaces/{id}/state-versions",
                        workspace.id())
                .path("data.attributes.hosted-state-upload-url");

        CutOffUpload.send(given.api().server(), url, state.bytes().length + 100L, state.bytes());

        Refused.notFound(given.api().get("/workspaces/{id}/current-state-version", workspace.id()));
        given.api().upload(url, state.bytes());
        assertThat(StateFile.current(given.api(), workspace).orElseThrow().json(), equalTo(state.json()));
    }

    @Test
    void whoWasUnlockedByForceCannotFinishItsUpload(Given given) {
        Workspace workspace = given.workspace(given.organization());
        StateFile state = StateFile.of(1, "l", "one");
        given.api().request().body("{}").post("/workspaces/{id}/actions/lock", workspace.id());
        Response announced = given.api()
                .post(
                        Document.of("state-versions").with("serial", 1).with("md5", state.md5()),
                        "/workspaces/{id}/state-versions",
                        workspace.id());
        String url = announced.path("data.attributes.hosted-state-upload-url");
        Refused.with(422, given.api().request().post("/workspaces/{id}/actions/unlock", workspace.id()));
        given.api()
                .request()
                .post("/workspaces/{id}/actions/force-unlock", workspace.id())
                .then()
                .statusCode(200);

        Refused.conflict("too late", given.api().put(url, state.bytes()));
        Refused.conflict(
                "too late",
                given.api().put(announced.path("data.attributes.hosted-json-state-upload-url"), state.bytes()));

        Refused.notFound(given.api().get("/workspaces/{id}/current-state-version", workspace.id()));
        given.api().request().body("{}").post("/workspaces/{id}/actions/lock", workspace.id());
        given.api()
                .request()
                .post("/workspaces/{id}/actions/unlock", workspace.id())
                .then()
                .statusCode(200);
    }
}
