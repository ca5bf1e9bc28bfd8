package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Agents without an engine of their own, and without the internet, run what the server gives them. */
@ExtendWith(OtfdExtension.class)
class EngineMirrorTest {

    /** Where nobody listens. */
    private static final String NOWHERE = "http://127.0.0.1:1";

    private static final String ONE = """
            resource "terraform_data" "one" {
              input = "first"
            }
            """;

    @BeforeEach
    void engine() {
        Terraform.required();
    }

    private static RunningAgent bareAgent(Given given, Server server, Organization organization, Sandbox sandbox) {
        return sandbox.agent(
                server,
                given.poolToken(organization.pool().orElseThrow()),
                Terraform.away(),
                "--engine-mirror",
                NOWHERE,
                "--tofu-mirror",
                NOWHERE);
    }

    @Test
    void engineOfTheServersPathIsGivenToAgents(Shared shared, Sandbox sandbox) {
        Given given = shared.given();
        Organization organization = given.organizationWithPool();
        Workspace workspace = given.workspace(organization);
        RunningAgent agent = bareAgent(given, shared.server(), organization, sandbox);

        String run = given.run(workspace, Map.of("auto-apply", true), ONE);
        given.await(run, "applied");

        assertThat(given.resources(workspace), equalTo(Set.of("terraform_data.one")));
        String version = given.api().get("/runs/{id}", run).path("data.attributes.'terraform-version'");
        assertThat(
                agent.dataDir()
                        .resolve("cache/engines/" + version + "/terraform")
                        .toFile()
                        .canExecute(),
                equalTo(true));
    }

    /** A constraint becomes a version when the run is made: the newest that the server can have. */
    @Test
    void enginesOfTheOperatorAndOfUpstreamMeetConstraints(Sandbox sandbox) {
        try (Releases upstream = new Releases("1.97.2", "1.97.10");
                Releases others = new Releases("1.98.7")) {
            Path own = sandbox.directory("engines");
            others.save("1.98.7", own);
            RunningOtfd otfd = otfd(sandbox, upstream, "--engine-dir", own.toString());
            Given given = new Given(otfd.api());
            Organization organization = given.organizationWithPool();
            bareAgent(given, otfd.server(), organization, sandbox);
            bareAgent(given, otfd.server(), organization, sandbox);

            Map.of("~> 1.98.0", "1.98.7", "~> 1.97.0", "1.97.10").forEach((wanted, version) -> {
                Workspace workspace = given.workspace(organization, Map.of("terraform-version", wanted));
                List<String> runs = Stream.generate(() -> given.run(workspace, Map.of("plan-only", true), ONE))
                        .limit(6)
                        .toList();
                runs.forEach(run -> given.await(run, "planned_and_finished"));
                assertThat(given.api().attribute("terraform-version", "/runs/{id}", runs.getFirst()), equalTo(version));
            });
            assertThat(upstream.downloads(), contains(startsWith("terraform_1.97.10_")));
        }
    }

    /** What was tampered with on its way is not given to anybody. */
    @Test
    void engineOfAnotherChecksumIsNotGivenOut(Sandbox sandbox) {
        try (Releases upstream = new Releases("1.97.2")) {
            upstream.tamper();
            RunningOtfd otfd = otfd(sandbox, upstream);
            Given given = new Given(otfd.api());
            Organization organization = given.organizationWithPool();
            bareAgent(given, otfd.server(), organization, sandbox);

            String run = given.run(given.workspace(organization, Map.of("terraform-version", "1.97.2")), Map.of(), ONE);

            given.await(run, "errored");
            assertThat(given.log(run, "plan"), containsString("could not be fetched"));
            assertThat(otfd.process().output(), containsString("does not have the published checksum"));
        }
    }

    @Test
    void foreignAgentIsGivenTheEngineOfItsPlatform(Sandbox sandbox) {
        try (Releases upstream = new Releases("1.97.2")) {
            RunningOtfd otfd = otfd(sandbox, upstream);
            Given given = new Given(otfd.api());
            Organization organization = given.organizationWithPool();
            String token = given.poolToken(organization.pool().orElseThrow());
            ForeignAgent agent = new ForeignAgent(given.api(), token, "mips64").register("rare");
            given.run(given.workspace(organization, Map.of("terraform-version", "1.97.2")), Map.of(), ONE);

            ForeignAgent.Job job = agent.awaitJob();

            byte[] published = upstream.file("1.97.2", "linux_mips64");
            assertThat(job.data("terraform_url"), endsWith("/terraform_1.97.2_linux_mips64.zip"));
            assertThat(job.data("terraform_checksum"), equalTo(Releases.sha256(published)));
            assertThat(agent.bytes(job.data("terraform_url")), equalTo(published));
        }
    }

    /** What nobody has is said to nobody: a foreign agent could do nothing with half of it. */
    @Test
    void offerNamesNoEngineThatCannotBeHad(Given given) {
        Organization organization = given.organizationWithPool();
        String token = given.poolToken(organization.pool().orElseThrow());
        ForeignAgent agent = new ForeignAgent(given.api(), token).register("unlucky");
        given.run(given.workspace(organization, Map.of("terraform-version", "0.0.1")), Map.of(), ONE);

        ForeignAgent.Job job = agent.awaitJob();

        assertThat(job.data("terraform_version"), equalTo("0.0.1"));
        assertThat(job.data("terraform_url"), nullValue());
        assertThat(job.data("terraform_checksum"), nullValue());
    }

    @Test
    void urlOfAnEngineIsOfThatEngine(Given given) {
        Organization organization = given.organizationWithPool();
        String token = given.poolToken(organization.pool().orElseThrow());
        ForeignAgent agent = new ForeignAgent(given.api(), token).register("forger");
        given.run(given.workspace(organization), Map.of(), ONE);
        String url = agent.awaitJob().data("terraform_url");
        String signed = url.substring(0, url.lastIndexOf('/'));

        for (String wrong : List.of(
                signed,
                signed + "/terraform_9.9.9_linux_amd64.zip",
                url.replace("/read_engine~", "/read_state~"),
                url.replaceAll("[.]([A-Za-z0-9_-])[^./]*/terraform", ".$1/terraform"))) {
            assertThat(
                    wrong,
                    given.api().anonymous().urlEncodingEnabled(false).get(wrong).statusCode(),
                    equalTo(404));
        }
    }

    private static RunningOtfd otfd(Sandbox sandbox, Releases upstream, String... more) {
        List<String> flags = new ArrayList<>(List.of("--engine-mirror", upstream.address(), "--tofu-mirror", NOWHERE));
        flags.addAll(List.of(more));
        return sandbox.otfd(flags.toArray(String[]::new));
    }
}
