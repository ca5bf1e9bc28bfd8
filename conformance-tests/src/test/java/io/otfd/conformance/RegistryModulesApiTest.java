package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/private-registry/modules. */
@ExtendWith(OtfdExtension.class)
class RegistryModulesApiTest {

    private static final String ALL = RegistryModule.ALL;
    private static final String ONE = RegistryModule.ONE;

    private static byte[] archive(String file) {
        return new TarGz()
                .file(file, "# empty\n".getBytes(StandardCharsets.UTF_8))
                .bytes();
    }

    @Test
    void versionsStatusTellsOfItsUpload(Given given) {
        Organization organization = given.organization();
        RegistryModule module = new RegistryModule(organization.name(), "network");

        Response created = module.create(given.api());

        created.then()
                .statusCode(201)
                .body("data.id", startsWith("mod-"))
                .body("data.attributes.namespace", equalTo(organization.name()))
                .body("data.attributes.'registry-name'", equalTo("private"))
                .body("data.attributes.status", equalTo("pending"))
                .body("data.attributes.'version-statuses'", empty())
                .body("data.attributes.permissions.'can-delete'", equalTo(true));
        Shape.check("registry-modules", created);
        Response version = module.createVersion(given.api(), "1.2.3");
        version.then()
                .statusCode(201)
                .body("data.id", startsWith("modver-"))
                .body("data.attributes.status", equalTo("pending"))
                .body("data.attributes.source", equalTo("tfe-api"))
                .body("data.relationships.'registry-module'.data.id", equalTo(created.path("data.id")));
        Shape.check("registry-module-versions", version);

        given.api().upload(version.path("data.links.upload"), archive("main.tf"));

        module.read(given.api())
                .then()
                .statusCode(200)
                .body("data.attributes.status", equalTo("setup_complete"))
                .body("data.attributes.'version-statuses'.version", contains("1.2.3"))
                .body("data.attributes.'version-statuses'.status", contains("ok"));
        given.api()
                .get(ONE + "/version?module_version=1.2.3", module.organization(), module.organization(), module.name())
                .then()
                .statusCode(200)
                .body("data.attributes.'commit-sha'", startsWith("257a9bbf"))
                .body("data.links.upload", nullValue());
        given.api()
                .get("/registry-modules/{id}", created.<String>path("data.id"))
                .then()
                .statusCode(200)
                .body("data.attributes.name", equalTo("network"));
        given.api()
                .get("/registry-modules/show/{org}/network/null", organization.name())
                .then()
                .statusCode(200)
                .body("data.id", equalTo(created.path("data.id")));
    }

    @Test
    void archiveThatIsNoModuleIsRefusedAndMayBeReplaced(Given given) {
        RegistryModule module = RegistryModule.create(given, given.organization());
        String url = module.createVersion(given.api(), "1.0.0").path("data.links.upload");

        Response refused = given.api().put(url, archive("../../main.tf"));

        refused.then().statusCode(422).body("errors[0].detail", containsString("leads out of the module"));
        module.read(given.api())
                .then()
                .body("data.attributes.status", equalTo("setup_failed"))
                .body("data.attributes.'version-statuses'.status", contains("reg_ingress_failed"))
                .body("data.attributes.'version-statuses'[0].error", containsString("leads out of the module"));
        given.api()
                .put(url, "no archive".getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(422);
        given.api().put(url, archive("README.md")).then().statusCode(422);
        given.api().put(url, TarGz.bomb(3)).then().statusCode(422);
        given.api().upload(url, archive("main.tf"));
        module.read(given.api()).then().body("data.attributes.'version-statuses'.status", contains("ok"));
        // What people use already stays.
        given.api().put(url, archive("/etc/main.tf")).then().statusCode(422);
        module.read(given.api()).then().body("data.attributes.'version-statuses'.status", contains("ok"));
    }

    @Test
    void tamperedUploadUrlIsRefused(Given given) {
        RegistryModule module = RegistryModule.create(given, given.organization());
        String url = module.createVersion(given.api(), "1.0.0").path("data.links.upload");
        char last = url.charAt(url.length() - 1);

        Response refused =
                given.api().put(url.substring(0, url.length() - 1) + (last == 'x' ? 'y' : 'x'), archive("main.tf"));

        assertThat(refused.statusCode(), greaterThanOrEqualTo(400));
        module.read(given.api()).then().body("data.attributes.status", equalTo("pending"));
    }

    @ParameterizedTest
    @CsvSource({"'',null", "has space,null", "-begins,null", "a/b,null", "part,Upper", "part,has-dash", "part,''"})
    void nameThatNoSourceCanHoldIsRefused(String name, String provider, Given given) {
        Refused.with(
                422,
                given.api()
                        .post(
                                Document.of("registry-modules")
                                        .with("name", name)
                                        .with("provider", provider),
                                ALL,
                                given.organization().name()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1.0.0", "1.0", "1.0.0.0", "latest", "1.0.0 "})
    void versionMustBeSemantic(String version, Given given) {
        RegistryModule module = RegistryModule.create(given, given.organization());

        Refused.with(422, module.createVersion(given.api(), version));
    }

    @Test
    void nothingIsThereTwice(Given given) {
        RegistryModule module = RegistryModule.create(given, given.organization());
        module.createVersion(given.api(), "1.0.0").then().statusCode(201);

        Refused.with(422, module.create(given.api()));
        Refused.with(422, module.createVersion(given.api(), "1.0.0"));
        module.createVersion(given.api(), "1.0.0+build").then().statusCode(201);
    }

    @Test
    void publicEntryIsListedBesideTheOrganizationsOwn(Given given) {
        Organization organization = given.organization();
        RegistryModule module = RegistryModule.create(given, organization);
        given.api()
                .post(
                        Document.of("registry-modules")
                                .with("name", "vpc")
                                .with("provider", "aws")
                                .with("namespace", "terraform-aws-modules")
                                .with("registry-name", "public"),
                        ALL,
                        organization.name())
                .then()
                .statusCode(201)
                .body("data.attributes.namespace", equalTo("terraform-aws-modules"));

        given.api().get(ALL, organization.name()).then().statusCode(200).body("data", hasSize(2));
        assertThat(names(given, organization, "filter[registry_name]", "public"), equalTo(List.of("vpc")));
        assertThat(names(given, organization, "filter[provider]", "null"), equalTo(List.of(module.name())));
        assertThat(names(given, organization, "q", "modules"), equalTo(List.of("vpc")));
        assertThat(names(given, organization, "q", "%"), empty());
        given.api()
                .get(ALL + "/public/terraform-aws-modules/vpc/aws", organization.name())
                .then()
                .statusCode(200);
        Refused.with(
                422,
                given.api()
                        .post(
                                Document.of("registry-module-versions").with("version", "1.0.0"),
                                ALL + "/public/terraform-aws-modules/vpc/aws/versions",
                                organization.name()));
    }

    private static List<String> names(Given given, Organization organization, String query, String value) {
        return given.api()
                .request()
                .queryParam(query, value)
                .get(ALL, organization.name())
                .then()
                .statusCode(200)
                .extract()
                .path("data.attributes.name");
    }

    @Test
    void lastVersionTakesTheModuleAlong(Given given) {
        Organization organization = given.organization();
        RegistryModule module = RegistryModule.create(given, organization)
                .publish(given, "1.0.0")
                .publish(given, "2.0.0-rc.1+x");

        delete(given.api(), module, "2.0.0-rc.1+x").then().statusCode(204);
        module.read(given.api()).then().statusCode(200);
        Refused.notFound(delete(given.api(), module, "2.0.0-rc.1+x"));
        delete(given.api(), module, "1.0.0").then().statusCode(204);

        Refused.notFound(module.read(given.api()));
        given.api().get(ALL, organization.name()).then().body("data", empty());
    }

    private static Response delete(Api api, RegistryModule module, String version) {
        return api.delete(ONE + "/" + version, module.organization(), module.organization(), module.name());
    }

    @Test
    void modulesAreDeletedByTheirName(Given given) {
        Organization organization = given.organization();
        RegistryModule one = RegistryModule.create(given, organization).publish(given, "1.0.0");
        RegistryModule other = RegistryModule.create(given, organization);

        given.api()
                .delete(ALL + "/private/{namespace}/{name}", organization.name(), organization.name(), one.name())
                .then()
                .statusCode(204);
        given.api()
                .request()
                .post("/registry-modules/actions/delete/{org}/{name}/null", organization.name(), other.name())
                .then()
                .statusCode(204);

        given.api().get(ALL, organization.name()).then().body("data", empty());
        Refused.notFound(given.api()
                .request()
                .post("/registry-modules/actions/delete/{org}/{name}", organization.name(), other.name()));
    }

    @Test
    void membersReadAndManagersOfModulesWrite(Given given) {
        Organization organization = given.organization();
        RegistryModule module = RegistryModule.create(given, organization).publish(given, "1.0.0");
        Api member = given.as(given.team(organization));
        Api manager = given.as(given.team(organization, "manage-modules"));
        Api stranger = given.as(given.team(given.organization(), "manage-modules"));

        module.read(member).then().statusCode(200).body("data.attributes.permissions.'can-delete'", equalTo(false));
        Refused.notFound(module.createVersion(member, "1.1.0"));
        Refused.notFound(delete(member, module, "1.0.0"));
        Refused.notFound(new RegistryModule(organization.name(), "another").create(member));
        Refused.notFound(module.read(stranger));
        Refused.notFound(stranger.get(ALL, organization.name()));
        Refused.notFound(module.createVersion(stranger, "1.1.0"));
        module.createVersion(manager, "1.1.0").then().statusCode(201);
        member.get(ONE + "/version?module_version=1.1.0", organization.name(), organization.name(), module.name())
                .then()
                .statusCode(200)
                .body("data.links.upload", nullValue());
        delete(manager, module, "1.0.0").then().statusCode(204);
    }

    /** It belongs to no workspace: nothing can be run from it, and it goes with its module. */
    @Test
    void configurationForATestIsTheModules(Given given) {
        Organization organization = given.organization();
        RegistryModule module = RegistryModule.create(given, organization);
        Response created = given.api()
                .request()
                .post(
                        "/organizations/{org}/tests/registry-modules/private/{namespace}/{name}/null/test-runs/configuration-versions",
                        organization.name(),
                        organization.name(),
                        module.name());
        created.then().statusCode(201).body("data.relationships.workspace.data", nullValue());
        Shape.check("configuration-versions", created);
        String id = created.path("data.id");

        given.api().upload(created.path("data.attributes.upload-url"), archive("main.tf"));

        assertThat(given.api().attribute("status", "/configuration-versions/{id}", id), equalTo("uploaded"));
        given.api()
                .request()
                .accept("*/*")
                .get("/configuration-versions/{id}/download", id)
                .then()
                .statusCode(200);
        Refused.notFound(given.as(given.team(organization)).get("/configuration-versions/{id}", id));
        Workspace workspace = given.workspace(organization);
        given.api()
                .post(
                        Document.of("runs")
                                .toOne("workspace", "workspaces", workspace.id())
                                .toOne("configuration-version", "configuration-versions", id),
                        "/runs")
                .then()
                .statusCode(not(equalTo(201)));
        given.api()
                .delete(ONE, organization.name(), organization.name(), module.name())
                .then()
                .statusCode(204);
        Refused.notFound(given.api().get("/configuration-versions/{id}", id));
    }

    @Test
    void tagsAndTheMarkForNoCodeAreChanged(Given given) {
        Organization organization = given.organization();
        RegistryModule module = RegistryModule.create(given, organization);

        String id = given.api()
                .patch(
                        Document.of("registry-modules")
                                .with("no-code", true)
                                .toMany("tag-bindings", "tag-bindings", List.of(Map.of("key", "env", "value", "prod"))),
                        ONE,
                        organization.name(),
                        organization.name(),
                        module.name())
                .then()
                .statusCode(200)
                .body("data.attributes.'no-code'", equalTo(true))
                .body("data.relationships.'no-code-modules'.data", hasSize(1))
                .extract()
                .path("data.id");

        given.api()
                .get("/registry-modules/{id}/tag-bindings", id)
                .then()
                .statusCode(200)
                .body("data.attributes.key", contains("env"));
    }
}
