package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The older backend "remote", local execution, and state shared between workspaces. */
@ExtendWith(OtfdExtension.class)
class TerraformBackendsTest {

    private static final String ONE = """
            resource "terraform_data" "one" {
              input = "first"
            }
            output "one" {
              value = terraform_data.one.output
            }
            """;

    private static String remote(Server server, String organization, String workspaces) {
        return """
                terraform {
                  backend "remote" {
                    hostname     = "%s"
                    organization = "%s"
                    workspaces {
                      %s
                    }
                  }
                }
                """.formatted(server.host(), organization, workspaces);
    }

    private static Terraform remote(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform.required();
        Workspace workspace = shared.given().workspace(shared.organization(mode));
        Terraform terraform = new Terraform(shared.server(), sandbox, workspace.name());
        terraform.write(
                "backend.tf", remote(shared.server(), workspace.organization(), "name = \"" + workspace.name() + "\""));
        terraform.write("main.tf", ONE);
        terraform.run("init", "-input=false").succeeded();
        return terraform;
    }

    @EachMode
    void remoteBackendPlansAndApplies(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = remote(mode, shared, sandbox);

        Terraform.Result plan = terraform.run("plan").succeeded();
        assertThat(plan.text(), containsString("# terraform_data.one will be created"));
        assertThat(plan.text(), containsString("Plan: 1 to add, 0 to change, 0 to destroy."));

        Terraform.Result apply = terraform.answer("yes", "apply").succeeded();
        assertThat(apply.text(), containsString("Apply complete! Resources: 1 added"));
        assertThat(terraform.run("output", "-raw", "one").succeeded().output(), equalTo("first"));

        terraform.run("destroy", "-auto-approve").succeeded();
        assertThat(shared.given().resources(shared.workspace(mode, terraform)), empty());
    }

    @EachMode
    void remoteBackendFindsWorkspacesByPrefix(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform.required();
        Organization organization = shared.organization(mode);
        String prefix = Given.name("pfx") + "-";
        Terraform terraform = new Terraform(shared.server(), sandbox, prefix + "dir");
        terraform.write("backend.tf", remote(shared.server(), organization.name(), "prefix = \"" + prefix + "\""));
        terraform.write("main.tf", ONE);
        shared.given().workspace(organization, Map.of("name", prefix + "blue"));
        terraform.with("TF_WORKSPACE", "blue").run("init", "-input=false").succeeded();

        assertThat(terraform.run("plan").succeeded().text(), containsString("Plan: 1 to add"));
    }

    @Test
    void localExecutionRunsHereAndKeepsStateThere(Shared shared, Sandbox sandbox) {
        Organization organization =
                new Organization(shared.organization(Mode.REMOTE).name(), Optional.empty());
        Workspace workspace = shared.given().workspace(organization, Map.of("execution-mode", "local"));
        Terraform terraform = new Terraform(shared.server(), sandbox, workspace.name());
        terraform.write("cloud.tf", Terraform.cloud(shared.server(), workspace));
        terraform.write("main.tf", ONE);
        terraform.run("init", "-input=false").succeeded();

        Terraform.Result plan = terraform.run("plan").succeeded();
        assertThat(plan.text(), containsString("Plan: 1 to add"));
        terraform.run("apply", "-auto-approve").succeeded();

        assertThat(shared.given().resources(workspace), contains("terraform_data.one"));
        shared.given()
                .api()
                .get("/workspaces/{id}/runs", workspace.id())
                .then()
                .statusCode(200)
                .body("data", empty());
    }

    @EachMode
    void runReadsTheStateOfAnotherWorkspace(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform source = shared.terraform(mode, sandbox, ONE);
        source.run("apply", "-auto-approve").succeeded();
        Terraform reader = shared.terraform(mode, sandbox, """
                data "terraform_remote_state" "source" {
                  backend = "remote"
                  config = {
                    hostname     = "%s"
                    organization = "%s"
                    workspaces   = { name = "%s" }
                  }
                }
                output "seen" {
                  value = data.terraform_remote_state.source.outputs.one
                }
                """.formatted(
                        shared.server().host(), shared.organization(mode).name(), source.name()));

        reader.run("apply", "-auto-approve").succeeded();

        assertThat(reader.run("output", "-raw", "seen").succeeded().output(), equalTo("first"));
    }
}
