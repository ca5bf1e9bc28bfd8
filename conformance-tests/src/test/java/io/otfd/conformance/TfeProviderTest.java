package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The real {@code tfe} provider manages an organization here, and finds nothing to change after what it did. The
 * configurations are resources beside this class, for anybody to run.
 *
 * <p>The provider is the one that Terraform finds in the user's plugin directory: {@code terraform providers mirror
 * ~/.terraform.d/plugins} puts it there. Without one these tests are skipped and say so.
 */
@ExtendWith(OtfdExtension.class)
class TfeProviderTest {

    private static final Path PLUGINS = Path.of(System.getProperty("user.home"), ".terraform.d", "plugins");

    @Test
    void whatWasCreatedChangedImportedAndDestroyedNeedsNoFurtherChange(Shared shared, Sandbox sandbox) {
        String organization = Given.name("tfe");
        Terraform terraform = terraform(shared.server(), sandbox, organization, "create.tf");

        applied(terraform);
        terraform.write("main.tf", resource("change.tf"));
        applied(terraform);
        JsonPath outputs =
                new JsonPath(terraform.run("output", "-json").succeeded().output());
        assertThat(outputs.getString("read.value.email"), equalTo("platform@example.com"));
        assertThat(outputs.getString("read.value.execution_mode"), equalTo("agent"));
        assertThat(outputs.getString("read.value.pool"), equalTo(outputs.getString("pool.value")));
        assertThat(outputs.getString("read.value.project"), equalTo(outputs.getString("project.value")));
        assertThat(outputs.getInt("read.value.projects"), equalTo(2));
        assertThat(outputs.getList("read.value.core"), contains("network"));

        imported(terraform, "tfe_organization.this", organization);
        imported(terraform, "tfe_organization_default_settings.this", organization);
        imported(terraform, "tfe_agent_pool.granted", organization + "/granted");
        imported(terraform, "tfe_agent_pool_allowed_workspaces.granted", outputs.getString("pool.value"));
        imported(terraform, "tfe_agent_pool_allowed_projects.granted", outputs.getString("pool.value"));
        imported(terraform, "tfe_project.platform", outputs.getString("project.value"));
        imported(terraform, "tfe_project_settings.platform", outputs.getString("project.value"));
        imported(terraform, "tfe_workspace_settings.network", organization + "/network");
        unchanged(terraform);
        // Not told by any server: the provider keeps force_delete for itself, and sets it after an import.
        imported(terraform, "tfe_workspace.network", organization + "/network");
        applied(terraform);

        terraform.run("destroy", "-auto-approve", "-input=false").succeeded();
        shared.given().api().get("/organizations/{name}", organization).then().statusCode(404);
    }

    @Test
    void whatRunsAreGivenAndHeldToNeedsNoFurtherChange(Sandbox sandbox) {
        String organization = Given.name("tfe");
        try (Receiver receiver = new Receiver()) {
            Terraform terraform = terraform(
                            sandbox.otfd("--notification-allow-private").server(), sandbox, organization, "govern.tf")
                    .with("TF_VAR_receiver", receiver.url("/"));

            applied(terraform);
            terraform.with("TF_VAR_note", "second").with("TF_VAR_stage", "pre_apply");
            applied(terraform);
            JsonPath outputs =
                    new JsonPath(terraform.run("output", "-json").succeeded().output());
            imported(terraform, "tfe_team.operators", organization + "/" + outputs.getString("team.value"));
            imported(terraform, "tfe_policy_set.production", outputs.getString("policy_set.value"));
            imported(
                    terraform,
                    "tfe_registry_module.vpc",
                    organization + "/private/" + organization + "/vpc/aws/" + outputs.getString("module.value"));
            unchanged(terraform);
            // The provider never reads a policy's query, and sets it after an import.
            imported(terraform, "tfe_policy.names", organization + "/" + outputs.getString("policy.value"));
            applied(terraform);

            terraform.run("destroy", "-auto-approve", "-input=false").succeeded();
        }
    }

    private static void applied(Terraform terraform) {
        terraform.run("apply", "-auto-approve", "-input=false").succeeded();
        unchanged(terraform);
    }

    /** Exit code 2 would mean that there is something to change. */
    private static void unchanged(Terraform terraform) {
        terraform.run("plan", "-input=false", "-detailed-exitcode").exited(0);
    }

    private static void imported(Terraform terraform, String address, String id) {
        terraform.run("state", "rm", address).succeeded();
        terraform.run("import", "-input=false", address, id).succeeded();
    }

    private static Terraform terraform(Server server, Sandbox sandbox, String organization, String configuration) {
        Terraform.required();
        assumeTrue(
                Files.isDirectory(PLUGINS.resolve("registry.terraform.io/hashicorp/tfe")),
                "there is no provider hashicorp/tfe in " + PLUGINS);
        Terraform terraform = new Terraform(server, sandbox, "tfe-provider")
                .with(
                        "TF_CLI_CONFIG_FILE",
                        sandbox.write("plugins.tfrc", """
                        provider_installation {
                          filesystem_mirror {
                            path = "%s"
                          }
                        }
                        """.formatted(PLUGINS)).toString())
                .with("TFE_HOSTNAME", server.host())
                .with("TFE_TOKEN", server.token())
                .with("TF_VAR_organization", organization);
        terraform.write("main.tf", resource(configuration));
        terraform.run("init", "-input=false").succeeded();
        return terraform;
    }

    private static String resource(String name) {
        try (var in = TfeProviderTest.class.getResourceAsStream("/tfe-provider/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
