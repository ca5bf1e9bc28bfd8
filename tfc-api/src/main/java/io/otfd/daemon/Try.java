package io.otfd.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From nothing to the first applied run, in one command. */
@Command(
        name = "try",
        mixinStandardHelpOptions = true,
        versionProvider = Otfd.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Starts a server if none runs, and applies a sample configuration through it with Terraform.",
            "The server goes on until Ctrl-C.",
            ""
        })
final class Try implements Callable<Integer> {

    @Mixin
    private Config config;

    @Option(names = "--exit", description = "Stop right after; exit status 0 only when the run was applied.")
    private boolean exit;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Logging.configure(config.logFormat(), config.logLevel());
        CountDownLatch interrupted = new CountDownLatch(1);
        Optional<Server> own =
                isRunning() ? Optional.empty() : Optional.of(Server.startUntilSignal(config, interrupted::countDown));
        own.ifPresent(server -> System.out.println("server started in " + server.startMillis() + " ms"));
        boolean applied;
        try (ApiClient api = new ApiClient(config.baseUrl(), token(), config.caFile())) {
            applied = new TryRun(config, api, token()).perform(System.out);
        }
        if (!exit && own.isPresent()) {
            System.out.println("The server goes on; Ctrl-C stops it.");
            interrupted.await();
        }
        return applied ? 0 : 1;
    }

    private boolean isRunning() {
        try (ApiClient probe = new ApiClient(config.baseUrl(), "none", config.caFile())) {
            return probe.isHealthy();
        }
    }

    /** The flag's, or the one that the server keeps. */
    private String token() throws IOException {
        if (config.siteToken().isPresent()) {
            return config.siteToken().get();
        }
        if (!Files.exists(config.siteTokenFile())) {
            throw new IllegalStateException("No token: give --site-token, or the server's --data-dir.");
        }
        return Files.readString(config.siteTokenFile()).strip();
    }
}
