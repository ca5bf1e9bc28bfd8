package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** terraform workspace, with workspaces found by tags. */
@ExtendWith(OtfdExtension.class)
class TerraformWorkspaceTest {

    private static final String ONE = """
            resource "terraform_data" "one" {
              input = terraform.workspace
            }
            output "workspace" {
              value = terraform.workspace
            }
            """;

    private static List<String> names(Terraform terraform) {
        return terraform
                .run("workspace", "list")
                .succeeded()
                .output()
                .lines()
                .map(line -> line.replace("*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Test
    void workspacesOfATagAreCreatedListedSelectedAndDeleted(Shared shared, Sandbox sandbox) {
        Terraform.required();
        Organization organization = shared.organization(Mode.REMOTE);
        String tag = Given.name("tag");
        String blue = Given.name("blue");
        String green = Given.name("green");
        Terraform terraform = new Terraform(shared.server(), sandbox, tag);
        terraform.write("cloud.tf", Terraform.cloud(shared.server(), organization.name(), "tags = [\"" + tag + "\"]"));
        terraform.write("main.tf", ONE);
        terraform.answer(blue, "init").succeeded();

        terraform.run("workspace", "new", green).succeeded();
        assertThat(names(terraform), containsInAnyOrder(blue, green));
        assertThat(terraform.run("workspace", "show").succeeded().text(), containsString(green));
        terraform.run("workspace", "select", blue).succeeded();
        terraform.run("workspace", "delete", green).succeeded();

        assertThat(names(terraform), not(hasItem(green)));
        shared.given()
                .api()
                .get("/organizations/{org}/workspaces/{name}", organization.name(), blue)
                .then()
                .statusCode(200)
                .body("data.attributes.'tag-names'", equalTo(List.of(tag)));
    }

    @Test
    void keyValueTagsAndAProjectSelectWorkspaces(Shared shared, Sandbox sandbox) {
        Terraform.required();
        Organization organization = shared.organization(Mode.REMOTE);
        String team = Given.name("team");
        String name = Given.name("kv");
        Terraform terraform = new Terraform(shared.server(), sandbox, team);
        terraform.write("cloud.tf", Terraform.cloud(shared.server(), organization.name(), """
                project = "%s"
                tags = { team = "%s", env = "prod" }
                """.formatted(
                        "Project " + team, team)));
        terraform.write("main.tf", ONE);

        terraform.answer(name, "init").succeeded();

        assertThat(names(terraform), equalTo(List.of(name)));
        String id = shared.given()
                .api()
                .get("/organizations/{org}/workspaces/{name}", organization.name(), name)
                .then()
                .statusCode(200)
                .extract()
                .path("data.id");
        shared.given()
                .api()
                .get("/workspaces/{id}/tag-bindings", id)
                .then()
                .statusCode(200)
                .body("data.attributes.key", containsInAnyOrder("team", "env"))
                .body("data.attributes.value", containsInAnyOrder(team, "prod"));
    }

    @EachMode
    void workspaceWithResourcesIsNotDeletedSafely(Mode mode, Shared shared, Sandbox sandbox) {
        Terraform.required();
        Organization organization = shared.organization(mode);
        String tag = Given.name("tag");
        String full = Given.name("full");
        Terraform terraform = new Terraform(shared.server(), sandbox, tag);
        terraform.write("cloud.tf", Terraform.cloud(shared.server(), organization.name(), "tags = [\"" + tag + "\"]"));
        terraform.write("main.tf", ONE);
        terraform.answer(full, "init").succeeded();
        runsHere(shared, organization, full);
        Terraform.Result apply = terraform.run("apply", "-auto-approve").succeeded();
        assertThat(apply.text(), containsString("workspace = \"" + full + "\""));
        terraform.run("workspace", "new", Given.name("other")).succeeded();

        Terraform.Result delete = terraform.run("workspace", "delete", full).exited(1);
        assertThat(
                delete.text(),
                anyOf(containsString("Workspace is not empty"), containsString("still managing resources")));
        Refused.conflict(
                "still managing resources",
                shared.given()
                        .api()
                        .request()
                        .post("/organizations/{org}/workspaces/{name}/actions/safe-delete", organization.name(), full));

        terraform.run("workspace", "delete", "-force", full).succeeded();
        assertThat(names(terraform), not(hasItem(full)));
    }

    /** Terraform creates workspaces in the organization's default mode; this moves one into the pool. */
    private static void runsHere(Shared shared, Organization organization, String name) {
        organization
                .pool()
                .ifPresent(pool -> shared.given()
                        .api()
                        .patch(
                                Document.of("workspaces")
                                        .with("execution-mode", "agent")
                                        .with("agent-pool-id", pool),
                                "/organizations/{org}/workspaces/{name}",
                                organization.name(),
                                name)
                        .then()
                        .statusCode(200));
    }
}
