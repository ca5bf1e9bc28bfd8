package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/plan-exports. */
@ExtendWith(OtfdExtension.class)
class PlanExportsApiTest {

    private static final int BLOCK = 512;

    @BeforeEach
    void engine() {
        Terraform.required();
    }

    private static Response create(Api api, String plan, String dataType) {
        return api.post(
                Document.of("plan-exports").with("data-type", dataType).toOne("plan", "plans", plan), "/plan-exports");
    }

    /** Name and text of each file of a {@code tar.gz}. */
    private static Map<String, String> unpack(byte[] archive) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (InputStream tar = new GZIPInputStream(new ByteArrayInputStream(archive))) {
            for (byte[] head = tar.readNBytes(BLOCK);
                    head.length == BLOCK && head[0] != 0;
                    head = tar.readNBytes(BLOCK)) {
                int size = Integer.parseInt(new String(head, 124, 11, StandardCharsets.US_ASCII), 8);
                files.put(
                        new String(head, 0, 100, StandardCharsets.US_ASCII).replaceAll("\0.*", ""),
                        new String(tar.readNBytes(size), StandardCharsets.UTF_8));
                tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
            }
        }
        return files;
    }

    @EachMode
    void aPlanIsExportedAsMocks(Mode mode, Shared shared) throws IOException {
        Given given = shared.given();
        Organization organization = shared.organization(mode);
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, Map.of("plan-only", true), """
                resource "terraform_data" "one" {
                  input = "first"
                }
                """);
        given.await(run, "planned_and_finished");
        String plan = given.api().get("/runs/{id}", run).path("data.relationships.plan.data.id");

        Response created = create(given.api(), plan, "sentinel-mock-bundle-v0");
        created.then().statusCode(201).body("data.id", startsWith("pe-"));
        Shape.check("plan-exports", created);
        String export = created.path("data.id");
        create(given.api(), plan, "sentinel-mock-bundle-v0")
                .then()
                .statusCode(422)
                .body("errors[0].source.pointer", equalTo("/data/relationships/plan"));
        given.api().get("/plans/{id}", plan).then().body("data.relationships.exports.data.id", hasItem(export));
        given.api().get("/plan-exports/{id}", export).then().body("data.attributes.status", equalTo("finished"));

        Response found = given.api().request().redirects().follow(false).get("/plan-exports/{id}/download", export);
        found.then().statusCode(302);
        Map<String, String> files = unpack(given.api()
                .anonymous()
                .get(found.header("Location"))
                .then()
                .statusCode(200)
                .extract()
                .asByteArray());
        assertThat(
                files.keySet(),
                contains(
                        "mock-tfconfig-v2.sentinel",
                        "mock-tfplan-v2.sentinel",
                        "mock-tfstate-v2.sentinel",
                        "mock-tfrun.sentinel",
                        "sentinel.hcl"));
        assertThat(files.get("mock-tfconfig-v2.sentinel"), containsString("\t\t\t\t\"constant_value\": \"first\","));
        assertThat(
                files.get("mock-tfplan-v2.sentinel"),
                containsString("\nresource_changes = {\n\t\"terraform_data.one\": {"));
        assertThat(files.get("mock-tfrun.sentinel"), containsString("\nid = \"" + run + "\"\n"));

        given.api().delete("/plan-exports/{id}", export).then().statusCode(204);
        given.api().get("/plan-exports/{id}", export).then().statusCode(404);
        given.api().anonymous().get(found.header("Location")).then().statusCode(404);
    }

    @EachMode
    void whatCannotBeExportedIsRefused(Mode mode, Shared shared) {
        Given given = shared.given();
        Organization organization = shared.organization(mode);
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, Map.of("plan-only", true), "nonsense");
        given.await(run, "errored");
        String plan = given.api().get("/runs/{id}", run).path("data.relationships.plan.data.id");

        create(given.api(), plan, "json")
                .then()
                .statusCode(422)
                .body("errors[0].source.pointer", equalTo("/data/attributes/data-type"));
        create(given.api(), plan, "sentinel-mock-bundle-v0")
                .then()
                .statusCode(422)
                .body("errors[0].source.pointer", equalTo("/data/relationships/plan"));
        create(given.api(), "plan-doesnotexist", "sentinel-mock-bundle-v0")
                .then()
                .statusCode(404);
        given.api().get("/plan-exports/pe-doesnotexist").then().statusCode(404);
    }
}
