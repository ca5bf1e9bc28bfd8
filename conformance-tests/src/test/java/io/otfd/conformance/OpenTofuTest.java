package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The real OpenTofu, compiled from its released module: what it calls itself then is {@code 1.12.6-dev}. */
@ExtendWith(OtfdExtension.class)
class OpenTofuTest {

    private static final String MODULE = "tofu";

    /** A name that Terraform does not look at. */
    private static final String FILE = "main.tofu";

    private static final String CONFIGURATION = """
            resource "terraform_data" "tofu" {
              input = "first"
            }
            """;

    /** One at a time: the second finds all of it in the cache of the first. */
    private static synchronized Path compiled(Sandbox sandbox) {
        GoTool.required(sandbox, MODULE);
        Path program = sandbox.directory("tofu-bin").resolve("tofu");
        GoTool.run(sandbox, MODULE, "build", "-o", program.toString(), "github.com/opentofu/opentofu/cmd/tofu");
        return program;
    }

    private static Map<String, String> on(Path program, Map<String, String> environment) {
        return Programs.first(program, environment.getOrDefault("PATH", System.getenv("PATH")));
    }

    /** The agent has it, and the workspace asks for its release. */
    @Test
    void poolAgentPlansAndAppliesWithItsOwn(Shared shared, Sandbox sandbox) {
        Path tofu = compiled(sandbox);
        Given given = shared.given();
        Organization organization = given.organizationWithPool();
        sandbox.agent(
                shared.server(),
                given.poolToken(organization.pool().orElseThrow()),
                on(tofu, Terraform.away()),
                "--tofu-mirror",
                "http://127.0.0.1:1");

        applies(given, given.workspace(organization, Map.of("otf-engine", "tofu", "terraform-version", "1.12.6")));
    }

    /** The server has it, and agents without any engine are given it. */
    @Test
    void poolAgentPlansAndAppliesWithTheServers(Sandbox sandbox) {
        Path tofu = compiled(sandbox);
        RunningOtfd otfd = sandbox.otfd(on(tofu, Map.of()), "--tofu-mirror", "http://127.0.0.1:1");
        Given given = new Given(otfd.api());
        Organization organization = given.organizationWithPool();
        sandbox.agent(
                otfd.server(),
                given.poolToken(organization.pool().orElseThrow()),
                Terraform.away(),
                "--tofu-mirror",
                "http://127.0.0.1:1");

        applies(given, given.workspace(organization, Map.of("otf-engine", "tofu")));
    }

    @Test
    void moduleOfTheRegistryIsFound(Shared shared, Sandbox sandbox) {
        Path tofu = compiled(sandbox);
        Given given = shared.given();
        Organization organization = given.organizationWithPool();
        sandbox.agent(
                shared.server(),
                given.poolToken(organization.pool().orElseThrow()),
                on(tofu, Terraform.away()),
                "--tofu-mirror",
                "http://127.0.0.1:1");
        RegistryModule module = RegistryModule.create(given, organization)
                .publish(given, "1.0.0")
                .publish(given, "1.2.0");
        Workspace workspace =
                given.workspace(organization, Map.of("otf-engine", "tofu", "terraform-version", "1.12.6"));

        String run = given.run(workspace, Map.of("auto-apply", true), module.used(shared.server(), "~> 1.0"));

        given.await(run, "applied");
        assertThat(given.log(run, "apply"), containsString("1.2.0"));
    }

    private static void applies(Given given, Workspace workspace) {
        String run = given.run(
                workspace, given.configuration(workspace, Map.of(FILE, CONFIGURATION)), Map.of("auto-apply", true));
        given.await(run, "applied");

        assertThat(given.api().attribute("otf-engine", "/runs/{id}", run), equalTo("tofu"));
        assertThat(given.log(run, "plan"), containsString("OpenTofu v1.12.6-dev"));
        assertThat(given.log(run, "apply"), containsString("OpenTofu v1.12.6-dev"));
        assertThat(given.resources(workspace), equalTo(Set.of("terraform_data.tofu")));
        String again = given.run(workspace, given.configuration(workspace, Map.of(FILE, CONFIGURATION)));
        given.await(again, "planned_and_finished");
    }
}
