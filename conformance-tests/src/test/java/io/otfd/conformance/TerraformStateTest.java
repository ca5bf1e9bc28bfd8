package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.not;

import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the real terraform does with state that the server keeps. */
@ExtendWith(OtfdExtension.class)
class TerraformStateTest {

    private static final String CONFIGURATION = """
            resource "terraform_data" "one" {
              input = "first"
            }
            resource "terraform_data" "two" {
              input = "second"
            }
            output "shape" {
              value = { name = terraform_data.one.output, count = 2 }
            }
            output "password" {
              value     = "open sesame"
              sensitive = true
            }
            """;

    private static Terraform applied(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, CONFIGURATION);
        terraform.run("apply", "-auto-approve").succeeded();
        return terraform;
    }

    @EachMode
    void stateCanBeListedShownAndPulled(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = applied(mode, shared, sandbox);

        assertThat(
                terraform.run("state", "list").succeeded().output().lines().toList(),
                contains("terraform_data.one", "terraform_data.two"));
        assertThat(
                terraform.run("state", "show", "terraform_data.one").succeeded().text(),
                containsString("input = \"first\""));
        StateFile pulled =
                new StateFile(terraform.run("state", "pull").succeeded().output());
        assertThat(pulled.resources(), contains("terraform_data.one", "terraform_data.two"));
        assertThat(terraform.run("show").succeeded().text(), containsString("# terraform_data.two:"));
    }

    @EachMode
    void outputsKeepTheirTypesAndSecrets(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = applied(mode, shared, sandbox);

        Terraform.Result all = terraform.run("output").succeeded();
        assertThat(all.text(), containsString("password = <sensitive>"));
        assertThat(all.text(), not(containsString("open sesame")));
        JsonPath json =
                JsonPath.from(terraform.run("output", "-json").succeeded().output());
        assertThat(json.getString("password.value"), equalTo("open sesame"));
        assertThat(json.getBoolean("password.sensitive"), equalTo(true));
        assertThat(json.getInt("shape.value.count"), equalTo(2));
        assertThat(json.getString("shape.value.name"), equalTo("first"));
        assertThat(terraform.run("output", "-raw", "password").succeeded().output(), containsString("open sesame"));
    }

    @EachMode
    void outputsOfAWorkspaceWithoutStateAreNone(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = shared.terraform(mode, sandbox, CONFIGURATION);

        Terraform.Result output = terraform.run("output").succeeded();

        assertThat(output.text(), containsString("No outputs found"));
    }

    @EachMode
    void resourcesCanBeRemovedAndPushedBack(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = applied(mode, shared, sandbox);
        Workspace workspace = shared.workspace(mode, terraform);
        String before = terraform.run("state", "pull").succeeded().output();

        terraform.run("state", "rm", "terraform_data.two").succeeded();
        assertThat(shared.given().resources(workspace), contains("terraform_data.one"));

        StateFile removed =
                new StateFile(terraform.run("state", "pull").succeeded().output());
        int serial = new StateFile(before).serial();
        assertThat(removed.serial(), greaterThan(serial));
        terraform.write(
                "back.tfstate", before.replace("\"serial\": " + serial, "\"serial\": " + (removed.serial() + 1)));
        terraform.run("state", "push", "back.tfstate").succeeded();
        assertThat(shared.given().resources(workspace), contains("terraform_data.one", "terraform_data.two"));
    }

    @EachMode
    void resourcesCanBeMovedAndTainted(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = applied(mode, shared, sandbox);

        terraform
                .run("state", "mv", "terraform_data.two", "terraform_data.three")
                .succeeded();
        assertThat(
                shared.given().resources(shared.workspace(mode, terraform)),
                contains("terraform_data.one", "terraform_data.three"));

        terraform.run("taint", "terraform_data.one").succeeded();
        Terraform.Result plan =
                terraform.run("plan", "-target=terraform_data.one").succeeded();
        assertThat(plan.text(), containsString("terraform_data.one is tainted, so must be replaced"));
    }

    @EachMode
    void lockHeldBySomebodyElseStopsStateCommands(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform terraform = applied(mode, shared, sandbox);
        Workspace workspace = shared.workspace(mode, terraform);
        Api api = shared.given().api();
        api.request()
                .body("{}")
                .post("/workspaces/{id}/actions/lock", workspace.id())
                .then()
                .statusCode(200);

        Terraform.Result rm = terraform.run("state", "rm", "terraform_data.two").exited(1);
        assertThat(rm.text(), containsString("workspace already locked"));

        terraform
                .run("force-unlock", "-force", workspace.organization() + "/" + workspace.name())
                .succeeded();
        terraform.run("state", "rm", "terraform_data.two").succeeded();
    }

    @EachMode
    void localStateMigratesOnInit(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform.required();
        Workspace workspace = shared.given().workspace(shared.organization(mode));
        Terraform terraform = new Terraform(shared.server(), sandbox, workspace.name());
        terraform.write("main.tf", CONFIGURATION);
        terraform.run("init", "-input=false").succeeded();
        terraform.run("apply", "-auto-approve").succeeded();
        terraform.write("cloud.tf", Terraform.cloud(shared.server(), workspace));

        terraform.answer("yes", "init").succeeded();

        assertThat(shared.given().resources(workspace), contains("terraform_data.one", "terraform_data.two"));
        assertThat(terraform.run("plan").succeeded().text(), containsString("No changes."));
    }
}
