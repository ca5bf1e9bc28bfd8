package io.otfd.api.engine;

import io.otfd.agent.protocol.Product;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An engine on the server's PATH. */
public record InstalledEngine(Product product, Path executable, String version) {

    /** Where the first one is, whatever its version. */
    public static Optional<Path> onPath(Product product) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, product.program()))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Asks it for its version. */
    public static Optional<InstalledEngine> find(Product product) {
        return onPath(product)
                .flatMap(executable ->
                        version(executable).map(version -> new InstalledEngine(product, executable, version)));
    }

    private static Optional<String> version(Path executable) {
        ProcessBuilder command = new ProcessBuilder(executable.toString(), "version", "-json");
        command.environment().put("CHECKPOINT_DISABLE", "1");
        command.environment().remove("TF_CLI_CONFIG_FILE");
        command.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = command.start();
            try (InputStream out = process.getInputStream();
                    JsonReader reader = Json.createReader(out)) {
                return Optional.of(reader.readObject().getString("terraform_version"));
            } finally {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
        } catch (IOException | JsonException | NullPointerException | ClassCastException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
