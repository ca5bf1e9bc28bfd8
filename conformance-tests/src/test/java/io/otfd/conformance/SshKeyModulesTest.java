package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Modules that come by git over SSH, with the key of the workspace. git is the real one; its ssh leads to a directory here. */
@ExtendWith(OtfdExtension.class)
class SshKeyModulesTest {

    private static final String KEY =
            "-----BEGIN OPENSSH PRIVATE KEY-----\nbm90IGEga2V5\n-----END OPENSSH PRIVATE KEY-----";

    @Test
    void modulesAreFetchedWithTheKeyOfTheWorkspace(Shared shared, Sandbox sandbox) throws IOException {
        Terraform.required();
        Path module = module(sandbox);
        Path shown = sandbox.directory().resolve("shown-key");
        Map<String, String> environment = Programs.first(ssh(sandbox, shown));
        Given given = shared.given();
        Organization organization = given.organizationWithPool();
        sandbox.agent(shared.server(), given.poolToken(organization.pool().orElseThrow()), environment);
        Workspace workspace = given.workspace(organization);
        String key = given.api()
                .post(
                        Document.of("ssh-keys").with("name", "deploy").with("value", KEY),
                        "/organizations/{org}/ssh-keys",
                        organization.name())
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
        given.api()
                .patch(
                        Document.of("workspaces").with("id", key),
                        "/workspaces/{id}/relationships/ssh-key",
                        workspace.id())
                .then()
                .statusCode(200);

        String run = given.run(workspace, Map.of("auto-apply", true), """
                module "part" {
                  source = "git::ssh://git@modules.example%s"
                }
                """.formatted(module));

        given.await(run, "applied");
        assertThat(given.resources(workspace), contains("terraform_data.one"));
        assertThat(Files.readAllLines(shown), contains(KEY.split("\n")));
        assertThat(given.log(run, "plan"), not(containsString("PRIVATE KEY")));
    }

    /** A repository with a module in it. */
    private static Path module(Sandbox sandbox) {
        Path directory = sandbox.write("module/main.tf", "resource \"terraform_data\" \"one\" {}\n")
                .getParent();
        for (List<String> command : List.of(
                List.of("git", "init", "-q", "."),
                List.of("git", "add", "."),
                List.of(
                        "git",
                        "-c",
                        "user.name=t",
                        "-c",
                        "user.email=t@example.com",
                        "commit",
                        "-q",
                        "-m",
                        "Add a module"))) {
            ChildProcess git;
            try {
                git = ChildProcess.start(
                        "git",
                        command,
                        directory,
                        ChildProcess.environment(sandbox.directory("git-home"), Map.of()),
                        sandbox.directory().resolve("git.log"));
            } catch (UncheckedIOException exception) {
                assumeTrue(false, "there is no git on the PATH");
                throw exception;
            }
            if (git.awaitExit(Duration.ofMinutes(1)) != 0) {
                throw new AssertionError(git + " failed:\n" + git.tail(20));
            }
        }
        return directory;
    }

    /** An ssh that keeps the key it is given, and runs the command here. */
    private static Path ssh(Sandbox sandbox, Path shown) {
        return sandbox.program("ssh/ssh", """
                #!/bin/sh
                [ "$1" = -i ] || exit 9
                cat "$2" > %s
                for last in "$@"; do :; done
                exec sh -c "$last"
                """.formatted(shown));
    }
}
