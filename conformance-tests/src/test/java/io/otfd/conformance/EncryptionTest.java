package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is stored is sealed, by a key that is not in the database. */
@ExtendWith(OtfdExtension.class)
class EncryptionTest {

    private static final Duration REFUSAL = Duration.ofSeconds(60);

    @Test
    void databaseHoldsNoSecretInClear(Sandbox sandbox) throws IOException {
        Terraform.required();
        RunningOtfd otfd = sandbox.otfd("--http");
        Given given = new Given(otfd.api());
        Workspace workspace = given.workspace(given.organization());
        String secret = UUID.randomUUID().toString();
        given.variable(
                workspace, Map.of("key", "password", "value", secret, "category", "terraform", "sensitive", true));
        given.variable(workspace, Map.of("key", "KEPT", "value", secret, "category", "env", "sensitive", true));
        String run = given.run(workspace, Map.of("auto-apply", true), """
                variable "password" { sensitive = true }
                resource "terraform_data" "kept" { input = var.password }
                output "password" {
                  value     = var.password
                  sensitive = true
                }
                """);
        given.await(run, "applied");
        given.configuration(workspace, new TarGz().file(secret, new byte[0]).bytes());
        given.api()
                .post(
                        Document.of("ssh-keys").with("name", "deploy").with("value", secret),
                        "/organizations/{org}/ssh-keys",
                        workspace.organization())
                .then()
                .statusCode(201);
        assertThat(StateFile.current(given.api(), workspace).orElseThrow().json(), containsString(secret));

        List<String> clear = new DatabaseSearch(otfd).places(secret);
        assertThat(clear, is(empty()));
        assertThat(
                "the search finds what is there",
                new DatabaseSearch(otfd).places(workspace.name()),
                hasItem("workspace"));

        otfd.stop();
        assertThat(files(otfd, secret), is(empty()));
        assertThat(files(otfd, workspace.name()), is(not(empty())));
        assertThat(
                PosixFilePermissions.toString(Files.getPosixFilePermissions(otfd.encryptionKeyFile())),
                equalTo("rw-------"));
    }

    /** Files of the database that hold this text, the write-ahead log among them. */
    private static List<Path> files(RunningOtfd otfd, String text) throws IOException {
        String wanted = latin(text.getBytes(StandardCharsets.UTF_8));
        try (Stream<Path> files = Files.walk(otfd.dataDirectory().resolve("postgres/data"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> latin(bytes(file)).contains(wanted))
                    .toList();
        }
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void keysRotateAndTheOldOneCanGo(Sandbox sandbox) throws IOException {
        String old = key(1);
        String young = key(2);
        Path file = sandbox.write("keys", old);
        RunningOtfd otfd = sandbox.otfd("--http", "--concurrency", "0", "--encryption-key-file", file.toString());
        Given given = new Given(otfd.api());
        Map<Workspace, StateFile> stored = new HashMap<>();
        store(given, stored);

        Files.writeString(file, young + "\n" + old + "\n");
        otfd.restart();
        readable(given, stored);
        store(given, stored);

        Files.writeString(file, young);
        otfd.restart();
        readable(given, stored);
        store(given, stored);
        readable(given, stored);

        otfd.stop();
        Files.writeString(file, old);
        assertRefuses(otfd, "which is not in " + file);
        Files.delete(file);
        assertRefuses(otfd, file + " is not there");
        assertThat("no new key is made", Files.exists(file), is(false));
        Files.writeString(file, "not a key");
        assertRefuses(otfd, "must be base64");

        Files.writeString(file, young);
        otfd.restart();
        readable(given, stored);
    }

    private static void assertRefuses(RunningOtfd otfd, String sentence) {
        otfd.launch();
        assertThat(otfd.process().awaitExit(REFUSAL), equalTo(1));
        assertThat(otfd.process().tail(5), containsString(sentence));
    }

    private static void store(Given given, Map<Workspace, StateFile> stored) {
        Workspace workspace = given.workspace(given.organization());
        given.api().request().body("{}").post("/workspaces/{id}/actions/lock", workspace.id());
        StateFile state = StateFile.of(1, UUID.randomUUID().toString(), "one");
        given.api()
                .post(
                        Document.of("state-versions")
                                .with("serial", 1)
                                .with("md5", state.md5())
                                .with("state", state.base64()),
                        "/workspaces/{id}/state-versions",
                        workspace.id())
                .then()
                .statusCode(201);
        stored.put(workspace, state);
    }

    private static void readable(Given given, Map<Workspace, StateFile> stored) {
        stored.forEach((workspace, state) -> {
            assertThat(StateFile.current(given.api(), workspace).orElseThrow().json(), equalTo(state.json()));
            given.api()
                    .get("/workspaces/{id}/current-state-version-outputs", workspace.id())
                    .then()
                    .body("data.find { it.attributes.name == 'plain' }.attributes.value", equalTo("seen"));
        });
    }

    private static String key(int seed) {
        byte[] key = new byte[32];
        new Random(seed).nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
