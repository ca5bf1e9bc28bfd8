package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

/** Broken configurations: the user reads why, and nothing that was made is lost. */
@ExtendWith(OtfdExtension.class)
class TerraformErrorsTest {

    private static final String GOOD = """
            resource "terraform_data" "good" {
              input = "kept"
            }
            """;

    @EachMode
    void planErrorIsVisible(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, GOOD + """
                resource "terraform_data" "bad" {
                  input = tonumber("not a number")
                }
                """);

        Terraform.Result plan = terraform.run("plan").exited(1);

        assertThat(plan.text(), containsString("Invalid function argument"));
        assertThat(latestStatus(mode, shared, terraform), equalTo("errored"));
    }

    @EachMode
    void failedConditionErrsThePlan(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, """
                variable "size" {
                  default = 1
                  validation {
                    condition     = var.size > 2
                    error_message = "The size must be more than two."
                  }
                }
                """);

        Terraform.Result apply = terraform.run("apply", "-auto-approve").exited(1);

        assertThat(apply.text(), containsString("The size must be more than two."));
        assertThat(latestStatus(mode, shared, terraform), equalTo("errored"));
    }

    @EachMode
    void configurationThatDoesNotInitializeSaysWhy(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, GOOD);
        String run = shared.given().run(shared.workspace(mode, terraform), Map.of(), """
                        module "missing" {
                          source = "./nowhere"
                        }
                        """);

        shared.given().await(run, "errored");

        assertThat(shared.given().log(run, "plan"), containsString("nowhere"));
    }

    @EachMode
    void failedProvisionerErrsTheRunAndKeepsWhatWasMade(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, GOOD + """
                resource "terraform_data" "bad" {
                  depends_on = [terraform_data.good]
                  provisioner "local-exec" {
                    command = "echo cannot go on; exit 3"
                  }
                }
                """);

        // With -auto-approve Terraform leaves the log out when the run has failed before it looks again.
        Terraform.Result apply = terraform.answer("yes", "apply").exited(1);

        assertThat(apply.text(), containsString("cannot go on"));
        assertThat(apply.text(), containsString("exit status 3"));
        assertThat(latestStatus(mode, shared, terraform), equalTo("errored"));
        assertThat(shared.given().resources(shared.workspace(mode, terraform)), hasItem("terraform_data.good"));

        terraform.write("main.tf", GOOD);
        terraform.run("apply", "-auto-approve").succeeded();
        assertThat(shared.given().resources(shared.workspace(mode, terraform)), contains("terraform_data.good"));
    }

    @EachMode
    void applyWithoutConfirmationLeavesTheRunConfirmable(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, GOOD);

        Terraform.Result apply = terraform.run("apply", "-input=false").exited(1);

        assertThat(apply.text(), containsString("Cannot confirm apply due to -input=false"));
        Workspace workspace = shared.workspace(mode, terraform);
        assertThat(shared.given().resources(workspace), empty());
        shared.given()
                .api()
                .get("/workspaces/{id}/runs", workspace.id())
                .then()
                .body("data[0].attributes.status", equalTo("planned"))
                .body("data[0].attributes.actions.'is-confirmable'", equalTo(true));
    }

    private static String latestStatus(Mode mode, Shared shared, Terraform terraform) {
        return shared.given()
                .api()
                .get("/workspaces/{id}/runs", shared.workspace(mode, terraform).id())
                .then()
                .statusCode(200)
                .extract()
                .path("data[0].attributes.status");
    }
}
