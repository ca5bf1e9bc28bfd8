package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The otf-agent of OTF, written in Go, as its makers release it. OTF_GO_AGENT names it, or {@code otf-agent-go} on the PATH;
 * without one these tests are skipped and say so. It is given the Terraform of the PATH in place of a download.
 */
@ExtendWith(OtfdExtension.class)
class GoOtfAgentTest {

    private static final String CONFIGURATION = """
            terraform {
              cloud {
                organization = "somewhere"
                workspaces {
                  name = "else"
                }
              }
            }
            variable "greeting" {}
            resource "terraform_data" "one" {
              input = var.greeting
              provisioner "local-exec" {
                command = "echo the color is $COLOR"
              }
            }
            output "said" {
              value = terraform_data.one.output
            }
            """;

    private static final String GREETING = "\"hello\" ${you}\nand you";

    @Test
    void plansAppliesAndDestroys(Sandbox sandbox) {
        RunningOtfd otfd = sandbox.otfd("--http");
        Given given = new Given(otfd.api());
        Organization organization = given.organizationWithPool();
        Workspace workspace = given.workspace(organization);
        given.variable(workspace, Map.of("key", "greeting", "value", GREETING, "category", "terraform"));
        given.variable(workspace, Map.of("key", "COLOR", "value", "blue", "category", "env"));
        start(sandbox, otfd, given, organization, "");

        String run = given.run(workspace, Map.of(), CONFIGURATION);
        given.await(run, "planned");
        JsonPath plan = given.api().get("/runs/{id}/plan", run).jsonPath();
        assertThat(plan.getBoolean("data.attributes.'has-changes'"), equalTo(true));
        assertThat(plan.getInt("data.attributes.'resource-additions'"), equalTo(1));
        given.api()
                .request()
                .body("{}")
                .post("/runs/{id}/actions/apply", run)
                .then()
                .statusCode(202);
        given.await(run, "applied");

        assertThat(given.log(run, "apply"), containsString("the color is blue"));
        for (String phase : List.of("plan", "apply")) {
            String log = given.log(run, phase);
            assertThat(log, allOf(startsWith("\u0002"), endsWith("\u0003")));
            assertThat(log.substring(1, log.length() - 1), not(containsString("\u0003")));
        }
        given.api().get("/runs/{id}/apply", run).then().body("data.attributes.'resource-additions'", equalTo(1));
        assertThat(given.resources(workspace), equalTo(Set.of("terraform_data.one")));
        JsonPath outputs = given.api()
                .get("/workspaces/{id}/current-state-version-outputs", workspace.id())
                .jsonPath();
        assertThat(outputs.getString("data[0].attributes.value"), equalTo(GREETING));

        given.await(given.run(workspace, Map.of(), CONFIGURATION), "planned_and_finished");
        String destroy = given.run(workspace, Map.of("is-destroy", true, "auto-apply", true), CONFIGURATION);
        given.await(destroy, "applied");
        assertThat(given.resources(workspace), equalTo(Set.of()));
    }

    @Test
    void anErrorIsOneAndIsReadInTheLog(Sandbox sandbox) {
        RunningOtfd otfd = sandbox.otfd("--http");
        Given given = new Given(otfd.api());
        Organization organization = given.organizationWithPool();
        start(sandbox, otfd, given, organization, "");

        String run = given.run(given.workspace(organization), Map.of(), "resource \"nothing\" {");

        Eventually.holds("the run being errored", () -> given.status(run).equals("errored"));
        assertThat(given.log(run, "plan"), containsString("Error: "));
    }

    /** The engine is asked to stop, does not, and is killed; the workspace is free. */
    @Test
    void aCancelInterruptsAndAForcedOneKills(Sandbox sandbox) {
        RunningOtfd otfd = sandbox.otfd("--http");
        Given given = new Given(otfd.api());
        Organization organization = given.organizationWithPool();
        Workspace workspace = given.workspace(organization);
        Gate gate = Gate.in(sandbox, "gate");
        Path interrupted = sandbox.directory().resolve("interrupted");
        start(sandbox, otfd, given, organization, """
                if [ "$1" = plan ]; then
                    trap 'echo once more >> %s' INT
                    %s
                fi
                """.formatted(interrupted, gate.command()));
        String run = given.run(workspace, Map.of("plan-only", true), CONFIGURATION);
        gate.awaitArrival();

        action(given, run, "cancel");
        Eventually.holds("the engine being interrupted", () -> Files.exists(interrupted));
        Eventually.holds(
                "the force being allowed",
                () -> given.api()
                                .request()
                                .body("{}")
                                .post("/runs/{id}/actions/force-cancel", run)
                                .statusCode()
                        == 202);

        assertThat(given.status(run), equalTo("force_canceled"));
        Eventually.holds("the agent having killed it", () -> outputOf(sandbox).contains("job forceably canceled"));
        assertThat("one interrupt", lines(interrupted), equalTo(List.of("once more")));
    }

    private static void action(Given given, String run, String action) {
        given.api()
                .request()
                .body("{}")
                .post("/runs/{id}/actions/" + action, run)
                .then()
                .statusCode(202);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static String outputOf(Sandbox sandbox) {
        return String.join("\n", lines(sandbox.directory().resolve("go-agent.log")));
    }

    /** @param first what its engine does first, as a shell script */
    private static void start(Sandbox sandbox, RunningOtfd otfd, Given given, Organization organization, String first) {
        Terraform.required();
        Path binary = binary();
        String version = given.api()
                .attribute(
                        "terraform-version",
                        "/workspaces/{id}",
                        given.workspace(organization).id());
        Path engine = sandbox.program("engines/" + version + "/terraform", """
                #!/bin/sh
                %s
                exec %s "$@"
                """.formatted(
                        first, Terraform.executable().orElseThrow()));
        List<String> command = new ArrayList<>(List.of(
                binary.toString(),
                "--url",
                otfd.server().address().toString(),
                "--token",
                given.poolToken(organization.pool().orElseThrow()),
                "--engine-bins-dir",
                sandbox.directory("engines").toString()));
        ChildProcess agent = sandbox.keep(ChildProcess.start(
                "go otf-agent",
                command,
                sandbox.directory(),
                ChildProcess.environment(sandbox.directory("go-home"), Map.of()),
                sandbox.directory().resolve("go-agent.log")));
        agent.awaitOutput("waiting for next job");
    }

    private static Path binary() {
        Optional<Path> named =
                Optional.ofNullable(System.getenv("OTF_GO_AGENT")).map(Path::of);
        Optional<Path> found = named.or(() -> Programs.find("otf-agent-go"));
        assumeTrue(
                found.isPresent(), "OTF_GO_AGENT names no otf-agent of OTF, and there is no otf-agent-go on the PATH");
        return found.orElseThrow();
    }
}
