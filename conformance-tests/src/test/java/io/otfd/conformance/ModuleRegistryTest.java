package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The registry as Terraform uses it: https://developer.hashicorp.com/terraform/internals/module-registry-protocol. */
@ExtendWith(OtfdExtension.class)
class ModuleRegistryTest {

    private static final String MODULES = "/api/registry/v1/modules";

    /** The server by a name that can stand in a module's source. */
    private static Server dotted(Server server, String token) {
        return new Server(
                URI.create(server.address().toString().replace("localhost", "127.0.0.1")), token, server.ca());
    }

    private static Terraform local(Shared shared, Sandbox sandbox, String token, String configuration) {
        Terraform terraform = new Terraform(dotted(shared.server(), token), sandbox, Given.name("local"));
        terraform.write("main.tf", configuration);
        return terraform;
    }

    private static RegistryModule published(Given given, Organization organization) {
        return RegistryModule.create(given, organization)
                .publish(given, "1.0.0")
                .publish(given, "1.1.0")
                .publish(given, "1.10.0")
                .publish(given, "1.11.0-beta1")
                .publish(given, "2.0.0");
    }

    private static RequestSpecification anonymous(Given given) {
        return given.api().anonymous().urlEncodingEnabled(false);
    }

    private static Response registry(Given given, String token, String path) {
        return anonymous(given).header("Authorization", "Bearer " + token).get(MODULES + path);
    }

    @Test
    void initTakesTheNewestVersionThatFits(Shared shared, Sandbox sandbox) throws IOException {
        Terraform.required();
        Given given = shared.given();
        RegistryModule module = published(given, given.organization());
        Terraform terraform = local(shared, sandbox, shared.server().token(), module.used(shared.server(), "~> 1.0"));

        terraform.run("init", "-input=false").succeeded();

        assertThat(
                Files.readString(terraform.directory().resolve(".terraform/modules/modules.json")),
                containsString("\"Version\":\"1.10.0\""));
        terraform.run("apply", "-auto-approve").succeeded();
        assertThat(terraform.run("output", "-raw", "version").succeeded().output(), equalTo("1.10.0"));
    }

    @Test
    void moduleOfAnotherOrganizationIsNotFound(Shared shared, Sandbox sandbox) {
        Terraform.required();
        Given given = shared.given();
        RegistryModule module = published(given, given.organization());
        String stranger = token(given, given.organization());

        String refused = local(shared, sandbox, stranger, module.used(shared.server(), "~> 1.0"))
                .run("init", "-input=false")
                .exited(1)
                .text();

        assertThat(refused, containsString("Module not found"));
        assertThat(refused, containsString("cannot be found in the module registry"));
    }

    @Test
    void versionThatIsNotThereIsNamed(Shared shared, Sandbox sandbox) {
        Terraform.required();
        Given given = shared.given();
        RegistryModule module = published(given, given.organization());

        String refused = local(shared, sandbox, shared.server().token(), module.used(shared.server(), "~> 9.0"))
                .run("init", "-input=false")
                .exited(1)
                .text();

        assertThat(refused, containsString("Unresolvable module version constraint"));
    }

    /** With the run's own token: nobody has set up anything. */
    @EachMode
    void runUsesAModuleOfItsOrganization(Mode mode, Shared shared) {
        Terraform.required();
        Given given = shared.given();
        Organization organization = shared.organization(mode);
        RegistryModule module = published(given, organization);
        Workspace workspace = given.workspace(organization);

        String run = given.run(workspace, Map.of("auto-apply", true), module.used(shared.server(), "~> 1.0"));

        given.await(run, "applied");
        assertThat(given.resources(workspace), equalTo(Set.of("terraform_data.part")));
        assertThat(given.log(run, "apply"), containsString("1.10.0"));
    }

    @EachMode
    void runFindsNoModuleOfAnotherOrganization(Mode mode, Shared shared) {
        Terraform.required();
        Given given = shared.given();
        RegistryModule module = published(given, given.organization());
        Workspace workspace = given.workspace(shared.organization(mode));

        String run = given.run(workspace, Map.of(), module.used(shared.server(), "~> 1.0"));

        given.await(run, "errored");
        assertThat(given.log(run, "plan"), containsString("Module not found"));
    }

    @Test
    void protocolAnswersAsDocumented(Given given) {
        Organization organization = given.organization();
        RegistryModule module = published(given, organization);
        module.createVersion(given.api(), "3.0.0").then().statusCode(201);
        String token = token(given, organization);
        String path = "/" + organization.name() + "/" + module.name() + "/null";

        anonymous(given).get("/.well-known/terraform.json").then().body("'modules.v1'", equalTo(MODULES + "/"));
        registry(given, token, path + "/versions")
                .then()
                .statusCode(200)
                .body(
                        "modules[0].versions.version",
                        equalTo(List.of("2.0.0", "1.11.0-beta1", "1.10.0", "1.1.0", "1.0.0")));
        String location = registry(given, token, path + "/1.0.0/download")
                .then()
                .statusCode(204)
                .extract()
                .header("X-Terraform-Get");
        assertThat(location, matchesPattern("/_archivist/v1/object/[^?]+\\?archive=tar\\.gz"));
        anonymous(given).get(location).then().statusCode(200).contentType("application/gzip");
        registry(given, token, path)
                .then()
                .statusCode(200)
                .body("version", equalTo("2.0.0"))
                .body("root.readme", equalTo("# Part 2.0.0\n"));
        registry(given, token, path + "/1.1.0").then().statusCode(200).body("id", endsWith("/null/1.1.0"));
        registry(given, token, "/" + organization.name() + "?q=" + module.name())
                .then()
                .statusCode(200)
                .body("modules.name", equalTo(List.of(module.name())))
                .body("modules[0].version", equalTo("2.0.0"));
        registry(given, token, "/" + organization.name() + "/" + module.name())
                .then()
                .body("modules.provider", hasItem("null"));
        registry(given, token, path + "/3.0.0/download").then().statusCode(404);
        registry(given, token, path + "/7.0.0").then().statusCode(404);
        registry(given, token, "/" + organization.name() + "/absent/null/versions")
                .then()
                .statusCode(404);
        anonymous(given).get(MODULES + path + "/versions").then().statusCode(401);
    }

    @Test
    void archiveIsGoneWithItsVersion(Given given) {
        Organization organization = given.organization();
        RegistryModule module = published(given, organization);
        String path = "/" + organization.name() + "/" + module.name() + "/null/1.0.0/download";
        String location = registry(given, given.api().server().token(), path).header("X-Terraform-Get");

        given.api()
                .delete(RegistryModule.ONE + "/1.0.0", organization.name(), organization.name(), module.name())
                .then()
                .statusCode(204);

        assertThat(location, startsWith("/_archivist/"));
        anonymous(given).get(location).then().statusCode(404);
        assertThat(
                registry(given, given.api().server().token(), path.replace("/1.0.0/download", "/versions"))
                        .path("modules[0].versions.version"),
                not(hasItem("1.0.0")));
    }

    /** Of the organization itself: its token reads, and so does a team that may do nothing else. */
    private static String token(Given given, Organization organization) {
        return given.api()
                .request()
                .post("/teams/{team}/authentication-token", given.team(organization))
                .then()
                .statusCode(201)
                .extract()
                .path("data.attributes.token");
    }
}
