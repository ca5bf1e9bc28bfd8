package io.otfd.daemon;

import io.helidon.common.tls.Tls;
import io.helidon.webserver.WebServer;
import io.otfd.agent.protocol.Product;
import io.otfd.api.engine.EngineMirror;
import io.otfd.api.engine.InstalledEngine;
import io.otfd.daemon.tls.Certificate;
import io.otfd.daemon.tls.LocalCa;
import io.otfd.daemon.tls.PemFiles;
import io.otfd.database.Database;
import io.otfd.database.DatabaseUrl;
import io.otfd.database.EmbeddedPostgres;
import io.otfd.database.Migrator;
import io.otfd.encryption.MasterKeys;
import io.otfd.notifier.Couriers;
import io.otfd.ui.Links;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: everything that was started, in order, and stopped in the opposite one. */
final class Server implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Executor ASIDE = task -> Thread.ofVirtual().start(task);

    private final Config config;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Optional<String> madeToken;
    private final Optional<String> setUpLink;
    private final long startMillis;
    private final WebServer web;

    private Server(Config config) {
        this.config = config;
        long begin = System.nanoTime();
        prepareDataDir();
        try {
            CompletableFuture<EngineMirror> engines = CompletableFuture.supplyAsync(this::engines, ASIDE);
            CompletableFuture<Optional<Tls>> tls = CompletableFuture.supplyAsync(this::tls, ASIDE);
            DatabaseUrl url = database();
            MasterKeys keys = EncryptionKeys.establish(config, url);
            Migrator.migrate(url.jdbcUrl(), url.user(), url.password());
            Database database = started(Database.open(url, config.databaseConnections(), keys));
            Clock clock = Clock.systemUTC();
            Couriers couriers =
                    started(new Couriers(config.publicUrl(), config.notificationAllowPrivate(), config.mailSettings()));
            ControlPlane plane = started(new ControlPlane(
                    database,
                    clock,
                    await(engines),
                    config.agentUnknownAfter(),
                    config.timeouts(),
                    config.opa(),
                    couriers,
                    couriers));
            madeToken = SiteToken.establish(config, plane);
            setUpLink = plane.passwordLinks().mintSetUp().map(secret -> config.baseUrl() + Links.welcome(secret));
            Probes probes = started(new Probes(database));
            web = Listeners.start(
                    config.address(), await(tls), config.concurrency() > 0 ? BuiltInAgent.port(config) : 0, routing -> {
                        probes.register(routing);
                        plane.routes().register(routing);
                        plane.pages().register(routing);
                    });
            started.push(web::stop);
            if (config.concurrency() > 0) {
                started(BuiltInAgent.start(config, plane.tokens(), web.port("loopback")));
            }
            started(new Housekeeping(config, plane)).start();
            startMillis = (System.nanoTime() - begin) / 1_000_000;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    static Server start(Config config) {
        return new Server(config);
    }

    /** Starts a server that a signal stops in good order, also in the middle of its start. */
    static Server startUntilSignal(Config config, Runnable whenStopped) {
        CompletableFuture<Server> started = new CompletableFuture<>();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            LOG.info("stopping");
            // Null after a start that failed: it has cleaned up behind itself.
            Server server = started.handle((running, failure) -> running).join();
            if (server != null) {
                server.close();
            }
            LOG.info("stopped");
            whenStopped.run();
        }));
        try {
            Server server = start(config);
            started.complete(server);
            return server;
        } catch (RuntimeException | Error e) {
            started.completeExceptionally(e);
            throw e;
        }
    }

    Optional<String> madeToken() {
        return madeToken;
    }

    /** Where the first site admin sets a password; empty once somebody has one. */
    Optional<String> setUpLink() {
        return setUpLink;
    }

    long startMillis() {
        return startMillis;
    }

    /** Of the public listener. */
    int port() {
        return web.port();
    }

    private <T extends AutoCloseable> T started(T service) {
        started.push(service);
        return service;
    }

    private void prepareDataDir() {
        try {
            Files.createDirectories(config.dataDir());
            Files.setPosixFilePermissions(config.dataDir(), PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory " + config.dataDir() + " cannot be used", e);
        }
    }

    private DatabaseUrl database() {
        if (config.database().isPresent()) {
            return DatabaseUrl.parse(config.database().get());
        }
        EmbeddedPostgres postgres =
                started(EmbeddedPostgres.start(config.dataDir().resolve("postgres")));
        return new DatabaseUrl(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    private Optional<Tls> tls() {
        if (config.http()) {
            return Optional.empty();
        }
        Certificate certificate = config.tlsCert().isPresent()
                ? PemFiles.load(
                        config.tlsCert().get(),
                        config.tlsKey().orElseThrow(() -> new IllegalArgumentException("--tls-key is missing")))
                : LocalCa.open(config.tlsDir()).issue(hosts());
        return Optional.of(Tls.builder()
                .privateKey(certificate.key())
                .privateKeyCertChain(certificate.chain())
                .build());
    }

    private EngineMirror engines() {
        List<InstalledEngine> installed = Stream.of(Product.values())
                .flatMap(product -> InstalledEngine.find(product).stream())
                .toList();
        return EngineMirror.of(
                installed,
                config.engineDir(),
                Map.of(Product.TERRAFORM, config.engineMirror(), Product.TOFU, config.tofuMirror()),
                config.dataDir().resolve("engines"));
    }

    private Set<String> hosts() {
        Set<String> hosts = new LinkedHashSet<>();
        hosts.add("localhost");
        String host = config.address().host();
        if (!host.isEmpty() && !host.equals("0.0.0.0") && !host.startsWith("[")) {
            hosts.add(host);
        }
        config.hostname().ifPresent(hosts::add);
        return hosts;
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Agent first, database last. What does not stop is logged, and the rest is stopped all the same. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            AutoCloseable service = started.pop();
            try {
                service.close();
            } catch (Exception e) {
                LOG.warn("stopping {}: {}", service.getClass().getSimpleName(), e.toString());
            }
        }
    }
}
