package io.otfd.agent.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the operator of this machine has set up for Terraform, such as a provider mirror or a plugin cache. It stays in
 * force for jobs; credentials of the operator do not.
 */
final class HostCliConfig {

    private static final Pattern CREDENTIALS = Pattern.compile("credentials(_helper)?\\b");
    private static final Pattern HOST = Pattern.compile("host\\s*\"([^\"]*)\"");

    private static final Pattern PLUGIN_CACHE = Pattern.compile("plugin_cache_dir\\s*=\\s*\"([^\"]*)\"");
    private static final Pattern PLACE = Pattern.compile("\"(/[^\"]+)\"");

    private final List<String> items;
    private final Path home;
    private final Optional<Path> pluginCache;

    private HostCliConfig(List<String> items, Path home, Optional<Path> pluginCache) {
        this.items = items;
        this.home = home;
        this.pluginCache = pluginCache;
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
        Stream<String> inFile = items.stream()
                .map(PLUGIN_CACHE::matcher)
                .filter(Matcher::lookingAt)
                .map(cache -> cache.group(1));
        Optional<Path> pluginCache = Stream.concat(
                        Stream.of(environment.getOrDefault("TF_PLUGIN_CACHE_DIR", "")), inFile)
                .filter(place -> !place.isEmpty())
                .findFirst()
                .map(Path::of);
        List<String> others = items.stream()
                .filter(item -> !PLUGIN_CACHE.matcher(item).lookingAt())
                .toList();
        return new HostCliConfig(others, home, pluginCache);
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

    /** Where this machine keeps providers for all of its runs; jobs reach it through {@link ProviderCache}. */
    Optional<Path> pluginCache() {
        return pluginCache;
    }

    /** Places that the configuration names, such as those of mirrors. */
    Stream<Path> places() {
        return Stream.concat(
                implicitPlugins().stream(),
                items.stream().flatMap(item -> PLACE.matcher(item).results()).map(place -> Path.of(place.group(1))));
    }

    /** The directory where Terraform looks for providers without being told, if this user has one. */
    Optional<Path> implicitPlugins() {
        return Optional.of(home.resolve(".terraform.d").resolve("plugins")).filter(Files::isDirectory);
    }
}
