package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every command of the Terraform CLI that reaches a server, in the order in which somebody would use them, in either form of
 * configuration and on either agent; in the end the server's own log must show that every route the CLI is known to need was
 * asked for and answered well. What the CLI asks of policies, cost estimates and run tasks is not in it: there are none.
 */
@ExtendWith(OtfdExtension.class)
class TerraformTourTest {

    private static final String CONFIGURATION = """
            variable "greeting" {
              default = "hello"
            }
            resource "terraform_data" "one" {
              input = var.greeting
            }
            resource "terraform_data" "two" {
              input = "second"
            }
            output "one" {
              value = terraform_data.one.output
            }
            output "password" {
              value     = "open sesame"
              sensitive = true
            }
            """;

    private static final String PASSED_ON = "Waiting for 1 run(s) to finish before being queued";
    private static final String CANCEL = "Do you want to cancel the remote operation?";

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"CLOUD, REMOTE", "CLOUD, AGENT", "REMOTE_BACKEND, REMOTE", "REMOTE_BACKEND, AGENT"})
    void everyCommand(TourForm form, Mode mode, Sandbox sandbox) {
        Terraform.required();
        RunningOtfd otfd = sandbox.otfd("--log-level", "debug");
        Tour tour = new Tour(form, otfd, organization(mode, otfd, sandbox), sandbox);

        tour.initializes();
        tour.plans();
        tour.appliesAndRefuses();
        tour.savesPlans();
        tour.readsAndWritesState();
        tour.respectsLocks();
        tour.waitsAndIsInterrupted();
        tour.destroysAndDeletes();

        assertThat(
                "what was never answered well", form.unanswered(otfd.process().output()), empty());
    }

    /** Workspaces that Terraform creates run where the organization says. */
    private static String organization(Mode mode, RunningOtfd otfd, Sandbox sandbox) {
        Given given = new Given(otfd.api());
        if (mode == Mode.REMOTE) {
            return given.organization().name();
        }
        Organization organization = given.organizationWithPool();
        String pool = organization.pool().orElseThrow();
        sandbox.agent(otfd.server(), given.poolToken(pool), "--concurrency", "3");
        given.api()
                .patch(
                        Document.of("organizations")
                                .with("default-execution-mode", "agent")
                                .toOne("default-agent-pool", "agent-pools", pool),
                        "/organizations/{name}",
                        organization.name())
                .then()
                .statusCode(200);
        return organization.name();
    }

    /** One way through all of it. */
    private static final class Tour {
        private final TourForm form;
        private final Api api;
        private final String organization;
        private final Sandbox sandbox;
        private final Terraform terraform;

        Tour(TourForm form, RunningOtfd otfd, String organization, Sandbox sandbox) {
            this.form = form;
            this.api = otfd.api();
            this.organization = organization;
            this.sandbox = sandbox;
            this.terraform = new Terraform(otfd.server(), sandbox, "tour");
        }

        void initializes() {
            terraform.write("terraform.tf", form.settings(terraform.server(), organization));
            terraform.write("main.tf", CONFIGURATION);
            form.start(terraform, "blue");
            terraform.run("workspace", "new", "green").succeeded();
            assertThat(workspaces(), containsInAnyOrder("blue", "green"));
            terraform.run("workspace", "select", "blue").succeeded();
            assertThat(terraform.run("workspace", "show").succeeded().text(), containsString("blue"));
            assertThat(terraform.run("validate").succeeded().text(), containsString("The configuration is valid"));
        }

        void plans() {
            Terraform.Result plan = terraform.run("plan", "-input=false").succeeded();
            assertThat(plan.text(), containsString("Plan: 2 to add, 0 to change, 0 to destroy."));
            terraform.run("plan", "-detailed-exitcode").exited(2);
            assertThat(
                    terraform
                            .run("plan", "-target=terraform_data.one")
                            .succeeded()
                            .text(),
                    containsString("Plan: 1 to add"));
            assertThat(terraform.run("plan", "-destroy").succeeded().text(), containsString("No changes."));
        }

        void appliesAndRefuses() {
            assertThat(terraform.answer("no", "apply").exited(1).text(), containsString("Apply discarded."));
            assertThat(
                    terraform.answer("yes", "apply").succeeded().text(),
                    containsString("Apply complete! Resources: 2 added"));
            assertThat(resources(), contains("terraform_data.one", "terraform_data.two"));
            assertThat(
                    terraform
                            .run("apply", "-auto-approve", "-replace=terraform_data.two")
                            .succeeded()
                            .text(),
                    containsString("Resources: 1 added, 0 changed, 1 destroyed."));
            terraform.run("apply", "-auto-approve", "-refresh-only").succeeded();
            form.refuses(terraform.run("refresh"));
            assertThat(terraform.run("plan", "-refresh=false").succeeded().text(), containsString("No changes."));
        }

        void savesPlans() {
            terraform.write("main.tf", CONFIGURATION.replace("second", "third"));
            if (form.refuses(terraform.run("plan", "-out=saved.tfplan"))) {
                terraform.run("apply", "-auto-approve").succeeded();
            } else {
                assertThat(
                        terraform.run("show", "saved.tfplan").succeeded().text(), containsString("planned and saved"));
                assertThat(
                        terraform
                                .run("show", "-json", "saved.tfplan")
                                .succeeded()
                                .output(),
                        containsString("\"planned_values\""));
                terraform.run("apply", "saved.tfplan").succeeded();
                terraform.run("apply", "saved.tfplan").exited(1);
            }
            assertThat(terraform.run("plan").succeeded().text(), containsString("No changes."));
            if (form.refuses(terraform.run("plan", "-var=greeting=welcome"))) {
                return;
            }
            terraform.write("import.tf", "import {\n  to = terraform_data.found\n  id = \"found\"\n}\n");
            Terraform.Result generated =
                    terraform.run("plan", "-generate-config-out=generated.tf").succeeded();
            assertThat(generated.text(), containsString("1 to import"));
            terraform.delete("import.tf");
            terraform.delete("generated.tf");
        }

        void readsAndWritesState() {
            assertThat(
                    terraform.run("state", "list").succeeded().output().lines().toList(),
                    contains("terraform_data.one", "terraform_data.two"));
            assertThat(
                    terraform
                            .run("state", "show", "terraform_data.two")
                            .succeeded()
                            .text(),
                    containsString("input = \"third\""));
            assertThat(terraform.run("show").succeeded().text(), containsString("# terraform_data.one:"));
            terraform.run("providers").succeeded();
            terraform.run("graph").succeeded();
            assertThat(terraform.run("output").succeeded().text(), containsString("password = <sensitive>"));
            assertThat(terraform.run("output", "-raw", "password").succeeded().output(), equalTo("open sesame"));

            terraform
                    .run("state", "mv", "terraform_data.two", "terraform_data.three")
                    .succeeded();
            terraform.run("taint", "terraform_data.three").succeeded();
            terraform.run("untaint", "terraform_data.three").succeeded();
            String before = terraform.run("state", "pull").succeeded().output();
            terraform.run("state", "rm", "terraform_data.three").succeeded();
            int serial =
                    new StateFile(terraform.run("state", "pull").succeeded().output()).serial();
            assertThat(serial, greaterThan(new StateFile(before).serial()));
            terraform.write(
                    "back.tfstate",
                    before.replace("\"serial\": " + new StateFile(before).serial(), "\"serial\": " + (serial + 1)));
            terraform.run("state", "push", "back.tfstate").succeeded();
            terraform
                    .run("state", "mv", "terraform_data.three", "terraform_data.two")
                    .succeeded();

            terraform.write("found.tf", "resource \"terraform_data\" \"found\" {}\n");
            terraform
                    .run("import", "-input=false", "terraform_data.found", "found")
                    .succeeded();
            assertThat(resources(), hasItem("terraform_data.found"));
            assertThat(
                    terraform
                            .start("console")
                            .typeLast("terraform_data.found.id")
                            .finish()
                            .succeeded()
                            .output(),
                    containsString("\"found\""));
            terraform.delete("found.tf");
            terraform.run("state", "rm", "terraform_data.found").succeeded();
        }

        void respectsLocks() {
            api.request()
                    .body("{\"reason\":\"hands off\"}")
                    .post("/workspaces/{id}/actions/lock", workspace().id())
                    .then()
                    .statusCode(200);
            assertThat(
                    terraform.run("taint", "terraform_data.one").exited(1).text(),
                    containsString("workspace already locked"));
            Terraform.Running waiting = terraform.start("apply", "-auto-approve");
            waiting.awaiting("Waiting for the manually locked workspace to be unlocked");
            terraform
                    .run(
                            "force-unlock",
                            "-force",
                            organization + "/" + workspace().name())
                    .succeeded();
            assertThat(waiting.finish().succeeded().text(), containsString("No changes."));
        }

        void waitsAndIsInterrupted() {
            Gate gate = Gate.in(sandbox, "gate");
            terraform.write("slow.tf", gate.resource("slow", "terraform_data.one"));
            Terraform.Running first = terraform.start("apply", "-auto-approve");
            gate.awaitArrival();
            String applying = newestRun();
            Terraform.Running second = terraform.start("apply");
            second.awaiting(PASSED_ON);
            assertThat(terraform.run("plan", "-lock=false").exitCode(), equalTo(0));
            second.interrupt();
            second.awaiting(CANCEL).type("yes");
            second.finish();
            first.interrupt();
            first.finish();
            new Given(api).await(applying, "canceled");
            gate.open();
            terraform.delete("slow.tf");
            terraform.run("apply", "-auto-approve").succeeded();
        }

        void destroysAndDeletes() {
            assertThat(terraform.run("destroy", "-auto-approve").succeeded().text(), containsString("destroyed"));
            assertThat(resources(), empty());
            terraform.run("workspace", "select", "green").succeeded();
            terraform.run("workspace", "delete", "blue").succeeded();
            terraform.run("apply", "-auto-approve").succeeded();
            terraform.run("workspace", "new", "red").succeeded();
            terraform.run("workspace", "delete", "green").exited(1);
            terraform.run("workspace", "delete", "-force", "green").succeeded();
            assertThat(workspaces(), not(hasItem("green")));
        }

        private List<String> workspaces() {
            return terraform
                    .run("workspace", "list")
                    .succeeded()
                    .output()
                    .lines()
                    .map(line -> line.replace("*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        }

        private Set<String> resources() {
            return new Given(api).resources(workspace());
        }

        private Workspace workspace() {
            String name = form.nameOnServer("blue");
            String id = api.get("/organizations/{org}/workspaces/{name}", organization, name)
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("data.id");
            return new Workspace(organization, name, id);
        }

        private String newestRun() {
            return api.get("/workspaces/{id}/runs", workspace().id())
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("data[0].id");
        }
    }
}
