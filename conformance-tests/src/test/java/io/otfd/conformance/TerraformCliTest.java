package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** init, plan, apply and destroy by the real terraform. */
@ExtendWith(OtfdExtension.class)
class TerraformCliTest {

    private static final String ONE = """
            resource "terraform_data" "one" {
              input = "first"
            }
            """;

    @EachMode
    void initCreatesTheWorkspace(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform.required();
        Organization organization = shared.organization(mode);
        String name = Given.name("born");
        Terraform terraform = new Terraform(shared.server(), sandbox, name);
        terraform.write("main.tf", Terraform.cloud(shared.server(), organization.name(), "name = \"" + name + "\""));

        Terraform.Result init = terraform.run("init", "-input=false").succeeded();

        assertThat(init.text(), containsString("has been successfully initialized"));
        shared.given()
                .api()
                .get("/organizations/{org}/workspaces/{name}", organization.name(), name)
                .then()
                .statusCode(200)
                .body("data.attributes.'terraform-version'", not(equalTo(null)));
    }

    @Test
    void initOfAnUnknownOrganizationSaysSo(Shared shared, Sandbox sandbox) {
        Terraform terraform = new Terraform(shared.server(), sandbox, "lost");
        terraform.write("main.tf", Terraform.cloud(shared.server(), "nobody-here", "name = \"lost\""));

        Terraform.Result init = terraform.run("init", "-input=false").exited(1);

        assertThat(init.text(), containsString("organization \"nobody-here\" at host"));
    }

    @EachMode
    void planShowsTheChangesAndCreatesNothing(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, ONE);

        Terraform.Result plan = terraform.run("plan", "-input=false").succeeded();

        assertThat(plan.text(), containsString("terraform_data.one will be created"));
        assertThat(plan.text(), containsString("Plan: 1 to add, 0 to change, 0 to destroy."));
        assertThat(shared.given().resources(shared.workspace(mode, terraform)), empty());
    }

    @EachMode
    void yesApplies(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, ONE);

        Terraform.Result apply = terraform.answer("yes", "apply").succeeded();

        assertThat(apply.text(), containsString("Do you want to perform these actions"));
        assertThat(apply.text(), containsString("terraform_data.one: Creation complete"));
        assertThat(apply.text(), containsString("Apply complete! Resources: 1 added, 0 changed, 0 destroyed."));
        assertThat(shared.given().resources(shared.workspace(mode, terraform)), contains("terraform_data.one"));
    }

    @EachMode
    void noDiscards(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, ONE);

        Terraform.Result apply = terraform.answer("no", "apply").exited(1);

        assertThat(apply.text(), containsString("Apply discarded."));
        Workspace workspace = shared.workspace(mode, terraform);
        assertThat(shared.given().resources(workspace), empty());
        shared.given()
                .api()
                .get("/workspaces/{id}/runs", workspace.id())
                .then()
                .statusCode(200)
                .body("data[0].attributes.status", equalTo("discarded"));
    }

    @EachMode
    void detailedExitCodeTellsWhetherSomethingChanges(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, ONE);
        terraform.run("plan", "-input=false", "-detailed-exitcode").exited(2);
        terraform.run("apply", "-auto-approve").succeeded();

        Terraform.Result unchanged =
                terraform.run("plan", "-input=false", "-detailed-exitcode").succeeded();
        assertThat(unchanged.text(), containsString("No changes."));

        terraform.write("main.tf", ONE.replace("first", "second"));
        Terraform.Result changed =
                terraform.run("plan", "-input=false", "-detailed-exitcode").exited(2);
        assertThat(changed.text(), containsString("Plan: 0 to add, 1 to change, 0 to destroy."));
    }

    @EachMode
    void changesApplyAndEverythingCanBeDestroyed(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, ONE);
        terraform.run("apply", "-auto-approve").succeeded();

        terraform.write("main.tf", ONE.replace("first", "second"));
        Terraform.Result change = terraform.run("apply", "-auto-approve").succeeded();
        assertThat(change.text(), containsString("Resources: 0 added, 1 changed, 0 destroyed."));

        Terraform.Result plan = terraform.run("plan", "-destroy").succeeded();
        assertThat(plan.text(), containsString("Plan: 0 to add, 0 to change, 1 to destroy."));

        Terraform.Result destroy = terraform.run("destroy", "-auto-approve").succeeded();
        assertThat(destroy.text(), containsString("1 destroyed"));
        assertThat(shared.given().resources(shared.workspace(mode, terraform)), empty());
    }

    @EachMode
    void applyWithNothingToDoDoesNotAsk(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, ONE);
        terraform.run("apply", "-auto-approve").succeeded();

        Terraform.Result apply = terraform.run("apply").succeeded();

        assertThat(apply.text(), containsString("No changes."));
        assertThat(apply.text(), not(containsString("Do you want to perform")));
    }

    @EachMode
    void savedPlanAppliesOnceAndWithoutAsking(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, ONE);
        terraform.run("plan", "-out=saved.tfplan").succeeded();

        Terraform.Result show = terraform.run("show", "saved.tfplan").succeeded();
        assertThat(show.text(), containsString("terraform_data.one will be created"));
        assertThat(show.text(), containsString("planned and saved"));

        Terraform.Result json = terraform.run("show", "-json", "saved.tfplan").succeeded();
        assertThat(json.output(), containsString("\"planned_values\""));

        Terraform.Result apply = terraform.run("apply", "saved.tfplan").succeeded();
        assertThat(apply.text(), containsString("Apply complete! Resources: 1 added"));

        terraform.run("apply", "saved.tfplan").exited(1);
        assertThat(shared.given().resources(shared.workspace(mode, terraform)), contains("terraform_data.one"));
    }

    @EachMode
    void targetAndReplaceNarrowThePlan(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, ONE + ONE.replace("one", "two"));

        Terraform.Result target = terraform
                .run("apply", "-auto-approve", "-target=terraform_data.one")
                .succeeded();
        assertThat(target.text(), containsString("Resources: 1 added"));

        Terraform.Result replace = terraform
                .run("plan", "-replace=terraform_data.one", "-target=terraform_data.one")
                .succeeded();
        assertThat(replace.text(), containsString("terraform_data.one will be replaced, as requested"));
        assertThat(replace.text(), containsString("Plan: 1 to add, 0 to change, 1 to destroy."));
    }

    @EachMode
    void refreshOnlyChangesNoResource(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, ONE);
        terraform.run("apply", "-auto-approve").succeeded();
        terraform.write("main.tf", ONE.replace("first", "second"));

        Terraform.Result plan = terraform.run("plan", "-refresh-only").succeeded();
        assertThat(plan.text(), containsString("No changes."));

        terraform.run("apply", "-refresh-only", "-auto-approve").succeeded();
        terraform.run("plan", "-refresh=false", "-detailed-exitcode").exited(2);
    }

    @EachMode
    void workingDirectoryOfTheWorkspaceIsWhereThingsRun(Mode mode, Shared shared, Sandbox sandbox) {
        Workspace workspace =
                shared.given().workspace(shared.organization(mode), Map.of("working-directory", "live/app"));
        Terraform terraform = new Terraform(shared.server(), sandbox, workspace.name() + "/live/app");
        terraform.write("cloud.tf", Terraform.cloud(shared.server(), workspace));
        terraform.write("main.tf", "module \"part\" {\n  source = \"../../part\"\n}\n");
        sandbox.write(workspace.name() + "/part/main.tf", ONE);
        terraform.run("init", "-input=false").succeeded();

        Terraform.Result apply = terraform.run("apply", "-auto-approve").succeeded();

        assertThat(apply.text(), containsString("module.part.terraform_data.one: Creation complete"));
    }

    @EachMode
    void agentModeRunsInThePoolAndRemoteModeDoesNot(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, ONE);
        terraform.run("plan").succeeded();

        Api api = shared.given().api();
        String run = api.get(
                        "/workspaces/{id}/runs",
                        shared.workspace(mode, terraform).id())
                .then()
                .statusCode(200)
                .extract()
                .path("data[0].id");
        String plan = api.get("/runs/{id}", run).then().extract().path("data.relationships.plan.data.id");
        String executed = api.get("/plans/{id}", plan)
                .then()
                .statusCode(200)
                .extract()
                .path("data.attributes.'execution-details'.mode");
        assertThat(executed, is(mode.wireName()));
    }
}
