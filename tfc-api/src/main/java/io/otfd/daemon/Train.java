package io.otfd.daemon;

import io.otfd.agent.protocol.Product;
import io.otfd.api.engine.InstalledEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** One life in a moment, for the JVM to learn from: the start script makes its class cache with it. */
@Command(name = "train", hidden = true)
final class Train implements Callable<Integer> {

    private static final List<String> PATHS = List.of(
            "/healthz",
            "/metrics",
            "/api/v2/ping",
            "/api/v2/account/details",
            "/api/v2/organizations",
            "/api/v2/organizations/none/workspaces",
            "/login");

    @Override
    public Integer call() throws IOException {
        Path directory = Files.createTempDirectory("otfd-train-");
        Config config = new Config();
        new CommandLine(config)
                .parseArgs("--data-dir", directory.toString(), "--address", "localhost:0", "--log-level", "error");
        Logging.configure(config.logFormat(), "error");
        try (Server server = Server.start(config)) {
            String url = "https://localhost:" + server.port();
            String token = Files.readString(config.siteTokenFile()).strip();
            try (ApiClient api = new ApiClient(url, token, config.caFile())) {
                for (String path : PATHS) {
                    api.status("GET", path, Optional.empty());
                }
                if (InstalledEngine.onPath(Product.TERRAFORM).isPresent()) {
                    TrainRuns.perform(api);
                }
            }
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
            }
        }
        return 0;
    }
}
