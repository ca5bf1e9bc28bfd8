package io.otfd.agent.job;

import io.otfd.agent.AgentConfig;
import io.otfd.agent.AgentLog;
import io.otfd.agent.protocol.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;

/** What all jobs of one agent share. */
public final class Workshop {

    private static final int DOWNLOAD_ATTEMPTS = 4;

    final AgentConfig config;
    final AgentLog log;
    final OkHttpClient http;
    final Transfers transfers;
    final EngineInstall install;
    final ProviderSchemas schemas;
    final ProcessGroups groups;
    final HostCliConfig hostConfig;
    final Overrides overrides;
    final EngineEnvironment environment;
    final Hooks hooks;
    final Optional<ProviderCache> providers;
    final Optional<Sandbox> sandbox;

    private final Path jobs;

    /** @param http sends no credentials */
    public Workshop(AgentConfig config, OkHttpClient http, AgentLog log) throws IOException {
        this.config = config;
        this.log = log;
        this.http = http;
        this.jobs = Files.createDirectories(config.dataDir().resolve("component/terraform/runs"));
        String path = config.environment().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        this.transfers = new Transfers(http, Integer.MAX_VALUE);
        this.install = new EngineInstall(config, path, new Transfers(http, DOWNLOAD_ATTEMPTS), log);
        this.schemas = new ProviderSchemas(config.cacheDir().resolve("schemas"));
        this.groups = new ProcessGroups(path);
        this.hostConfig = HostCliConfig.read(config.environment());
        this.overrides = new Overrides(config.address(), config.host(), config.aliases(), hostConfig);
        this.environment = new EngineEnvironment(config.address(), config.environment(), certificates(config));
        this.providers = config.pluginCache().or(hostConfig::pluginCache).map(ProviderCache::new);
        this.sandbox =
                config.sandbox() ? Optional.of(Sandbox.required(config.environment(), places())) : Optional.empty();
        this.hooks = new Hooks(config.dataDir().resolve("hooks"), config.hookTimes(), config.environment());
    }

    /** What engines read of this machine besides its system. */
    private List<Path> places() {
        return Stream.of(
                        hostConfig.places(),
                        providers.map(ProviderCache::shared).stream(),
                        Stream.of(config.dataDir().resolve("certificates")))
                .flatMap(places -> places)
                .toList();
    }

    /** Trust of the engine, written once: a directory that holds nothing else. */
    private static Optional<Path> certificates(AgentConfig config) throws IOException {
        if (config.tls().caFile().isEmpty()) {
            return Optional.empty();
        }
        Path directory = Files.createDirectories(config.dataDir().resolve("certificates"));
        Path draft = directory.resolveSibling("certificates.tmp");
        Files.copy(config.tls().caFile().get(), draft, StandardCopyOption.REPLACE_EXISTING);
        Files.move(draft, directory.resolve("ca.pem"), StandardCopyOption.REPLACE_EXISTING);
        return Optional.of(directory);
    }

    Path jobs() {
        return jobs;
    }

    /** Finds out which engine is on the PATH before the first job asks. */
    public void warmUp() {
        try {
            install.onPath(Product.TERRAFORM, ">= 0");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes the directory of a job that has been reported, or keeps it for the operator. */
    void end(Workdir workdir) throws IOException {
        if (config.keepJobs()) {
            workdir.keep(config.dataDir().resolve("kept"));
        } else {
            workdir.remove();
        }
    }

    /** Directories of jobs that an earlier process of this agent has left. */
    public List<Path> leftJobs() throws IOException {
        try (Stream<Path> directories = Files.list(jobs)) {
            return directories.filter(Files::isDirectory).toList();
        }
    }

    /** Kills what still runs for a job that is no longer ours, and removes its directory. */
    public void discard(Path left) {
        try {
            Path steps = new Workdir(left).steps();
            if (Files.isDirectory(steps)) {
                try (Stream<Path> directories = Files.list(steps)) {
                    directories.forEach(directory -> new Step(directory, groups).discard());
                }
            }
            new Workdir(left).remove();
        } catch (IOException e) {
            log.warn("the directory of an old job could not be removed", "path", left, "error", e);
        }
    }
}
