package io.otfd.agent.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the operator of this machine has set up for Terraform, such as a provider mirror or a plugin cache. It stays in
 * force for jobs; credentials of the operator do not.
 */
final class HostCliConfig {

    private static final Pattern CREDENTIALS = Pattern.compile("credentials(_helper)?\\b");
    private static final Pattern HOST = Pattern.compile("host\\s*\"([^\"]*)\"");

    private final List<String> items;
    private final Path home;
    private final boolean cacheInEnvironment;

    private HostCliConfig(List<String> items, Path home, boolean cacheInEnvironment) {
        this.items = items;
        this.home = home;
        this.cacheInEnvironment = cacheInEnvironment;
    }

    /** @param environment of the agent: {@code TF_CLI_CONFIG_FILE}, {@code HOME} and {@code TF_PLUGIN_CACHE_DIR} count */
    static HostCliConfig read(Map<String, String> environment) {
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        String named = environment.getOrDefault("TF_CLI_CONFIG_FILE", "");
        Path file = named.isEmpty() ? home.resolve(".terraformrc") : Path.of(named);
        List<String> items = List.of();
        if (Files.isRegularFile(file)) {
            try {
                // HOME is another one inside a job.
                String text = Files.readString(file, StandardCharsets.UTF_8)
                        .replace("${HOME}", home.toString())
                        .replace("$HOME", home.toString());
                items = Hcl.items(text).stream()
                        .filter(item -> !CREDENTIALS.matcher(item).lookingAt())
                        .toList();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return new HostCliConfig(
                items,
                home,
                !environment.getOrDefault("TF_PLUGIN_CACHE_DIR", "").isEmpty());
    }

    /** @param servers whose {@code host} blocks are ours to write */
    String without(Set<String> servers) {
        return items.stream()
                .filter(item -> {
                    var host = HOST.matcher(item);
                    return !(host.lookingAt() && servers.contains(host.group(1)));
                })
                .map(item -> item + "\n")
                .collect(Collectors.joining());
    }

    /** With development overrides a provider is not what the lock file says. */
    boolean hasDevelopmentOverrides() {
        return items.stream().anyMatch(item -> item.contains("dev_overrides"));
    }

    /** Terraform's plugin cache does not bear two writers. */
    boolean hasPluginCache() {
        return cacheInEnvironment || items.stream().anyMatch(item -> item.startsWith("plugin_cache_dir"));
    }

    /** The directory where Terraform looks for providers without being told, if this user has one. */
    Optional<Path> implicitPlugins() {
        return Optional.of(home.resolve(".terraform.d").resolve("plugins")).filter(Files::isDirectory);
    }
}
