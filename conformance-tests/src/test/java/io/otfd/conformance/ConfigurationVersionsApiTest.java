package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/configuration-versions. */
@ExtendWith(OtfdExtension.class)
class ConfigurationVersionsApiTest {

    private static final byte[] ARCHIVE = new TarGz()
            .file("main.tf", "# empty\n".getBytes(StandardCharsets.UTF_8))
            .bytes();

    private static Response create(Given given) {
        return given.api()
                .post(
                        Document.of("configuration-versions").with("auto-queue-runs", false),
                        "/workspaces/{id}/configuration-versions",
                        given.workspace(given.organization()).id());
    }

    /** What is written there is a stranger's, and handed on as it is: whoever shows it has to escape it. */
    @Test
    void readmeOfTheCurrentConfigurationBelongsToTheWorkspace(Given given) {
        Workspace workspace = given.workspace(given.organization(), Map.of("working-directory", "envs/prod"));
        String markdown = "# Prod\n<script>alert(1)</script> [x](javascript:alert(1))\n";
        given.api()
                .get("/workspaces/{id}?include=readme", workspace.id())
                .then()
                .statusCode(200)
                .body("data.relationships.readme.data", nullValue());

        given.configuration(workspace, Map.of("README.md", "# Root", "envs/prod/README.md", markdown));

        given.api()
                .get("/workspaces/{id}?include=readme", workspace.id())
                .then()
                .statusCode(200)
                .body("data.relationships.readme.data.type", equalTo("workspace-readme"))
                .body("included.find { it.type == 'workspace-readme' }.attributes.'raw-markdown'", equalTo(markdown));
        given.configuration(workspace, Map.of("main.tf", ""));
        given.api()
                .get("/workspaces/{id}?include=readme", workspace.id())
                .then()
                .body("data.relationships.readme.data", nullValue());
    }

    @Test
    void documentHasEveryMemberAndTheUploadUrlOnce(Given given) {
        Response created = create(given);

        created.then()
                .statusCode(201)
                .body("data.id", startsWith("cv-"))
                .body("data.attributes.status", equalTo("pending"))
                .body("data.attributes.'upload-url'", startsWith("http"))
                .body("data.attributes.'auto-queue-runs'", equalTo(false))
                .body("data.attributes.speculative", equalTo(false))
                .body("data.attributes.error", nullValue());
        Shape.check("configuration-versions", created);
        String id = created.path("data.id");
        given.api()
                .get("/configuration-versions/{id}", id)
                .then()
                .statusCode(200)
                .body("data.attributes.'upload-url'", nullValue());
        Refused.notFound(given.api().get("/configuration-versions/cv-0000000000000000"));
        Refused.notFound(given.api().get("/configuration-versions/{id}/download", id));
    }

    @Test
    void uploadNeedsNoTokenAndComesBackAsItWas(Given given) {
        Response created = create(given);
        String id = created.path("data.id");

        given.api().upload(created.path("data.attributes.upload-url"), ARCHIVE);

        Eventually.holds(
                id + " being uploaded",
                () -> "uploaded".equals(given.api().attribute("status", "/configuration-versions/{id}", id)));
        byte[] back = given.api()
                .request()
                .accept("*/*")
                .get("/configuration-versions/{id}/download", id)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        assertThat(Arrays.equals(back, ARCHIVE), equalTo(true));
    }

    @Test
    void tamperedUploadUrlIsRefused(Given given) {
        Response created = create(given);
        String url = created.path("data.attributes.upload-url");
        char last = url.charAt(url.length() - 1);
        String tampered = url.substring(0, url.length() - 1) + (last == 'x' ? 'y' : 'x');

        assertThat(given.api().put(tampered, ARCHIVE).statusCode(), greaterThanOrEqualTo(400));
        assertThat(given.api().attribute("status", "/configuration-versions/{id}", id(created)), equalTo("pending"));
    }

    @Test
    void truncatedUploadIsNeverVisible(Given given) throws IOException {
        Response created = create(given);
        String id = created.path("data.id");
        URI url = URI.create(created.path("data.attributes.upload-url"));
        byte[] half = Arrays.copyOf(ARCHIVE, ARCHIVE.length / 2);

        Server server = given.api().server();
        try (Socket socket = "https".equals(url.getScheme())
                ? server.tls().getSocketFactory().createSocket(url.getHost(), url.getPort())
                : new Socket(url.getHost(), url.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    """
                    PUT %s HTTP/1.1\r
                    Host: %s\r
                    Content-Type: application/octet-stream\r
                    Content-Length: %d\r
                    \r
                    """.formatted(path(url), url.getAuthority(), ARCHIVE.length).getBytes(StandardCharsets.US_ASCII));
            out.write(half);
            out.flush();
        }

        // Another upload to the same URL comes after the broken one; by then that one has been dealt with.
        assertThat(given.api().attribute("status", "/configuration-versions/{id}", id), equalTo("pending"));
        Refused.notFound(given.api().get("/configuration-versions/{id}/download", id));
        given.api().upload(url.toString(), ARCHIVE);
        Eventually.holds(
                id + " being uploaded",
                () -> "uploaded".equals(given.api().attribute("status", "/configuration-versions/{id}", id)));
        byte[] back = given.api()
                .request()
                .accept("*/*")
                .get("/configuration-versions/{id}/download", id)
                .asByteArray();
        assertThat(Arrays.equals(back, ARCHIVE), equalTo(true));
    }

    @Test
    void autoQueuedConfigurationStartsARun(Given given) {
        Workspace workspace = given.workspace(given.organization());
        Response created = given.api()
                .post(
                        Document.of("configuration-versions").with("auto-queue-runs", true),
                        "/workspaces/{id}/configuration-versions",
                        workspace.id());

        given.api().upload(created.path("data.attributes.upload-url"), ARCHIVE);

        Eventually.holds(
                "a run of " + created.path("data.id"),
                () -> created.path("data.id")
                        .equals(given.api()
                                .get("/workspaces/{id}/runs", workspace.id())
                                .path("data[0].relationships.'configuration-version'.data.id")));
    }

    @Test
    void runOfAConfigurationWithoutContentIsRefused(Given given) {
        Workspace workspace = given.workspace(given.organization());
        Response response =
                given.api().post(Document.of("runs").toOne("workspace", "workspaces", workspace.id()), "/runs");
        Refused.with(422, response);
        response.then().body("errors[0].detail", notNullValue());
    }

    private static String path(URI url) {
        return url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
    }

    private static String id(Response created) {
        return created.path("data.id");
    }
}
