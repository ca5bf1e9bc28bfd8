package io.otfd.daemon;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Which Terraform the server has: the version of workspaces that name none. */
final class ServerEngine {

    /** For a server without Terraform, whose agents fetch it. */
    private static final String WITHOUT = "1.11.4";

    private ServerEngine() {}

    static boolean isThere() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "terraform")));
    }

    static String version() {
        ProcessBuilder command = new ProcessBuilder("terraform", "version", "-json");
        command.environment().put("CHECKPOINT_DISABLE", "1");
        command.environment().remove("TF_CLI_CONFIG_FILE");
        command.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = command.start();
            try (InputStream out = process.getInputStream();
                    JsonReader reader = Json.createReader(out)) {
                return reader.readObject().getString("terraform_version");
            } finally {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
        } catch (IOException | JsonException | NullPointerException | ClassCastException e) {
            return WITHOUT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return WITHOUT;
        }
    }
}
