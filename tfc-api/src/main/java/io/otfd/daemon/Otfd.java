package io.otfd.daemon;

import io.otfd.Refusal;
import io.otfd.agent.Agent;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The main program. */
@Command(
        name = "otfd",
        mixinStandardHelpOptions = true,
        versionProvider = Otfd.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "A Terraform Cloud of your own: serves Terraform CLI, the tfe provider and go-tfe, and executes runs.",
            ""
        },
        footer = {"", "Every flag is also an environment variable: --data-dir is OTF_DATA_DIR, or OTF_DATA_DIR_FILE."},
        subcommands = {Try.class, Train.class})
public final class Otfd implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(Otfd.class);

    @Mixin
    private Config config;

    /** {@code otfd 0.1.0}. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"otfd " + Agent.version()};
        }
    }

    public static void main(String[] arguments) {
        CommandLine command = new CommandLine(new Otfd());
        EnvironmentDefaults defaults = new EnvironmentDefaults(System.getenv());
        command.setDefaultValueProvider(defaults);
        command.setExecutionExceptionHandler((failure, line, result) -> {
            LOG.debug("failed", failure);
            System.err.println("otfd: " + sentence(failure));
            return 1;
        });
        System.exit(command.execute(arguments));
    }

    /** What went wrong, as the innermost cause that says something. */
    private static String sentence(Throwable failure) {
        if (failure instanceof Refusal
                || failure.getCause() == null
                || failure.getCause().getMessage() == null) {
            return failure.getMessage() == null ? failure.toString() : failure.getMessage();
        }
        return failure.getMessage() + ": " + failure.getCause().getMessage();
    }

    @Override
    public Integer call() throws InterruptedException {
        Logging.configure(config.logFormat(), config.logLevel());
        CountDownLatch stopped = new CountDownLatch(1);
        Server server = Server.startUntilSignal(config, stopped::countDown);
        LOG.info(
                "ready address={} ms={} since_start_ms={}",
                config.baseUrl(),
                server.startMillis(),
                ProcessHandle.current()
                        .info()
                        .startInstant()
                        .map(start -> System.currentTimeMillis() - start.toEpochMilli())
                        .orElse(-1L));
        banner(System.err, config, server);
        stopped.await();
        return 0;
    }

    private static void banner(PrintStream out, Config config, Server server) {
        out.println();
        out.println("  otfd is ready at " + config.baseUrl());
        server.madeToken()
                .ifPresentOrElse(
                        token -> out.println("  Site admin's token (shown this once, kept in " + config.siteTokenFile()
                                + "):\n    " + token),
                        () -> out.println("  Site admin's token: in " + config.siteTokenFile()));
        server.setUpLink()
                .ifPresent(link -> out.println(
                        "  To become the first site admin by name and password (good once, for a day):\n    " + link));
        if (config.http()) {
            out.println("  Plain HTTP: see README for the host block that Terraform needs.");
        } else if (config.tlsCert().isEmpty()) {
            out.println("  For Terraform to trust this server:\n    export SSL_CERT_DIR=" + config.tlsDir());
        }
        out.println();
        out.flush();
    }
}
