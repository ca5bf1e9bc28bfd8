package io.otfd.agent;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that an agent needs to know before it starts.
 *
 * @param address the server, {@code https://host[:port]} or {@code http://…}
 * @param token of an agent pool
 * @param name shown by the server; not an identity
 * @param dataDir instance id, jobs and caches; one agent at a time
 * @param cacheDir engines and provider schemas; may be shared by agents
 * @param caFile PEM certificates that agent and engine trust besides the system's
 * @param concurrency jobs at once
 * @param engineMirror where releases of Terraform are found, laid out as {@code https://releases.hashicorp.com}
 * @param single end after one job
 * @param accept job types: {@code plan}, {@code apply}
 * @param aliases other names of the server, {@code host} or {@code host:port}, that configurations may call it by
 * @param environment of the agent's own process; the engine sees an allowed selection of it only
 */
public record AgentConfig(
        URI address,
        String token,
        String name,
        Path dataDir,
        Path cacheDir,
        Optional<Path> caFile,
        int concurrency,
        URI engineMirror,
        boolean single,
        List<String> accept,
        Set<String> aliases,
        Map<String, String> environment) {

    /** Where the vendor publishes Terraform. */
    public static final URI RELEASES = URI.create("https://releases.hashicorp.com");

    public AgentConfig {
        String scheme = address.getScheme();
        if (!"http".equals(scheme) && !"https".equals(scheme) || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "The address must look like https://host:port or http://host:port, not " + address);
        }
        if (token.isBlank()) {
            throw new IllegalArgumentException("The token of an agent pool is missing");
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException("The concurrency must be at least 1, not " + concurrency);
        }
        dataDir = dataDir.toAbsolutePath().normalize();
        cacheDir = cacheDir.toAbsolutePath().normalize();
        caFile = caFile.map(file -> file.toAbsolutePath().normalize());
        accept = List.copyOf(accept);
        aliases = Set.copyOf(aliases);
        environment = Map.copyOf(environment);
    }

    /** An agent named after its host, with five slots, the vendor's releases and this process's environment. */
    public static AgentConfig of(URI address, String token, Path dataDir) {
        return new AgentConfig(
                address,
                token,
                Hostname.local(),
                dataDir,
                dataDir.resolve("cache"),
                Optional.empty(),
                5,
                RELEASES,
                false,
                List.of("plan", "apply"),
                Set.of(),
                System.getenv());
    }

    public AgentConfig withName(String value) {
        return new AgentConfig(
                address,
                token,
                value,
                dataDir,
                cacheDir,
                caFile,
                concurrency,
                engineMirror,
                single,
                accept,
                aliases,
                environment);
    }

    public AgentConfig withCacheDir(Path value) {
        return new AgentConfig(
                address,
                token,
                name,
                dataDir,
                value,
                caFile,
                concurrency,
                engineMirror,
                single,
                accept,
                aliases,
                environment);
    }

    public AgentConfig withCaFile(Path value) {
        return new AgentConfig(
                address,
                token,
                name,
                dataDir,
                cacheDir,
                Optional.of(value),
                concurrency,
                engineMirror,
                single,
                accept,
                aliases,
                environment);
    }

    public AgentConfig withConcurrency(int value) {
        return new AgentConfig(
                address,
                token,
                name,
                dataDir,
                cacheDir,
                caFile,
                value,
                engineMirror,
                single,
                accept,
                aliases,
                environment);
    }

    public AgentConfig withEngineMirror(URI value) {
        return new AgentConfig(
                address,
                token,
                name,
                dataDir,
                cacheDir,
                caFile,
                concurrency,
                value,
                single,
                accept,
                aliases,
                environment);
    }

    public AgentConfig withSingle(boolean value) {
        return new AgentConfig(
                address,
                token,
                name,
                dataDir,
                cacheDir,
                caFile,
                concurrency,
                engineMirror,
                value,
                accept,
                aliases,
                environment);
    }

    public AgentConfig withAccept(List<String> value) {
        return new AgentConfig(
                address,
                token,
                name,
                dataDir,
                cacheDir,
                caFile,
                concurrency,
                engineMirror,
                single,
                value,
                aliases,
                environment);
    }

    public AgentConfig withAliases(Set<String> value) {
        return new AgentConfig(
                address,
                token,
                name,
                dataDir,
                cacheDir,
                caFile,
                concurrency,
                engineMirror,
                single,
                accept,
                value,
                environment);
    }

    public AgentConfig withEnvironment(Map<String, String> value) {
        return new AgentConfig(
                address,
                token,
                name,
                dataDir,
                cacheDir,
                caFile,
                concurrency,
                engineMirror,
                single,
                accept,
                aliases,
                value);
    }

    /** {@code host} or {@code host:port}, as the engine's configuration names the server. */
    public String host() {
        int port = address.getPort();
        boolean implied = port < 0 || port == ("https".equals(address.getScheme()) ? 443 : 80);
        return implied ? address.getHost() : address.getHost() + ":" + port;
    }

    /** The token is left out. */
    @Override
    public String toString() {
        return "AgentConfig[" + address + ", " + name + ", " + dataDir + "]";
    }
}
