package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where a variable's value comes from, and who may see it. */
@ExtendWith(OtfdExtension.class)
class TerraformVariablesTest {

    private static final String CONFIGURATION = """
            variable "size" {
              default = "unset"
            }
            variable "shape" {
              type    = object({ sides = number, names = list(string) })
              default = { sides = 0, names = [] }
            }
            variable "secret" {
              default   = "unset"
              sensitive = true
            }
            output "size" {
              value = var.size
            }
            output "sides" {
              value = var.shape.sides
            }
            output "name" {
              value = try(var.shape.names[0], "none")
            }
            output "secret" {
              value = nonsensitive(sha256(var.secret))
            }
            """;

    @EachMode
    void commandLineVariablesReachTheRun(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, CONFIGURATION);

        terraform
                .run(
                        "apply",
                        "-auto-approve",
                        "-var",
                        "size=a \"quoted\" ${value}",
                        "-var",
                        "shape={sides=3,names=[\"x\"]}")
                .succeeded();

        assertThat(output(terraform, "size"), equalTo("a \"quoted\" ${value}"));
        assertThat(output(terraform, "sides"), equalTo("3"));
        assertThat(output(terraform, "name"), equalTo("x"));
    }

    @EachMode
    void autoVariableFilesTravelWithTheConfiguration(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, CONFIGURATION);
        terraform.write("some.auto.tfvars", "size = \"from a file\"\n");

        terraform.run("apply", "-auto-approve").succeeded();

        assertThat(output(terraform, "size"), equalTo("from a file"));
    }

    @EachMode
    void workspaceVariablesReachTheRun(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, CONFIGURATION + """
                resource "terraform_data" "shell" {
                  input = "x"
                  provisioner "local-exec" {
                    command = "echo the environment says $GREETING"
                  }
                }
                """);
        Workspace workspace = shared.workspace(mode, terraform);
        Given given = shared.given();
        given.variable(workspace, Map.of("key", "size", "value", "plain $${x} \"y\"", "category", "terraform"));
        given.variable(
                workspace,
                Map.of(
                        "key",
                        "shape",
                        "value",
                        "{ sides = 4, names = [\"sq\"] }",
                        "category",
                        "terraform",
                        "hcl",
                        true));
        given.variable(
                workspace, Map.of("key", "secret", "value", "open sesame", "category", "terraform", "sensitive", true));
        given.variable(workspace, Map.of("key", "GREETING", "value", "good morning", "category", "env"));

        Terraform.Result apply = terraform.run("apply", "-auto-approve").succeeded();

        assertThat(apply.text(), containsString("the environment says good morning"));
        assertThat(apply.text(), not(containsString("open sesame")));
        assertThat(output(terraform, "size"), equalTo("plain $${x} \"y\""));
        assertThat(output(terraform, "sides"), equalTo("4"));
        assertThat(output(terraform, "name"), equalTo("sq"));
        // printf %s 'open sesame' | sha256sum
        assertThat(
                output(terraform, "secret"),
                equalTo("41ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb"));
    }

    @EachMode
    void commandLineBeatsTheWorkspaceAndTheWorkspaceBeatsFiles(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, CONFIGURATION);
        terraform.write("some.auto.tfvars", "size = \"file\"\n");
        shared.given()
                .variable(
                        shared.workspace(mode, terraform),
                        Map.of("key", "size", "value", "workspace", "category", "terraform"));

        terraform.run("apply", "-auto-approve").succeeded();
        assertThat(output(terraform, "size"), equalTo("workspace"));

        terraform.run("apply", "-auto-approve", "-var", "size=command").succeeded();
        assertThat(output(terraform, "size"), equalTo("command"));
    }

    @EachMode
    void runKnowsItsWorkspace(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, """
                variable "TFC_WORKSPACE_NAME" {
                  default = "unset"
                }
                variable "TFC_RUN_ID" {
                  default = "unset"
                }
                output "workspace" {
                  value = "${var.TFC_WORKSPACE_NAME} ${terraform.workspace}"
                }
                output "run" {
                  value = substr(var.TFC_RUN_ID, 0, 4)
                }
                """);

        terraform.run("apply", "-auto-approve").succeeded();

        assertThat(output(terraform, "workspace"), equalTo(terraform.name() + " " + terraform.name()));
        assertThat(output(terraform, "run"), equalTo("run-"));
    }

    private static String output(Terraform terraform, String name) {
        return terraform.run("output", "-raw", name).succeeded().output();
    }
}
