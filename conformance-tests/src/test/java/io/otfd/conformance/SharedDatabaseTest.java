package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several servers on one database are one to their clients: what one gave out, another takes. */
@ExtendWith(OtfdExtension.class)
class SharedDatabaseTest {

    private static final String MAIN = """
            resource "terraform_data" "a" {
            }
            """;

    @BeforeEach
    void engine() {
        Terraform.required();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://otfd:%s@127.0.0.1:%s/postgres",
                "jdbc:postgresql://127.0.0.1:%2$s/postgres?user=otfd&password=%1$s"
            })
    void whatOneServerGaveOutAnotherTakes(String database, Sandbox sandbox) {
        RunningOtfd first = sandbox.otfd("--http", "--concurrency", "0");
        RunningOtfd second = sandbox.otfd(
                "--http",
                "--database",
                database.formatted(first.databasePassword(), first.databasePort()),
                "--encryption-key-file",
                first.encryptionKeyFile().toString());
        Given there = new Given(first.api());
        Given here = new Given(second.api());
        Workspace workspace = there.workspace(there.organization());

        // Made by the first, uploaded to the second; queued by the first, executed by the second's agent.
        String configuration = here.configuration(workspace, Map.of("main.tf", MAIN), there.api());
        String run = there.run(workspace, configuration, Map.of("auto-apply", true));

        there.await(run, "applied");
        assertThat(here.resources(workspace), contains("terraform_data.a"));
        String url = there.api().attribute("log-read-url", "/plans/{id}", plan(there, run));
        assertThat(here.api().download(path(url) + "?limit=100000&offset=0"), containsString("terraform_data.a"));
        assertThat(there.log(run, "apply"), equalTo(here.log(run, "apply")));

        first.kill9();

        String again = here.run(workspace, Map.of("is-destroy", true, "auto-apply", true), MAIN);
        here.await(again, "applied");
    }

    private static String plan(Given given, String run) {
        return given.api().get("/runs/{id}", run).then().extract().path("data.relationships.plan.data.id");
    }

    private static String path(String url) {
        return URI.create(url).getRawPath();
    }
}
