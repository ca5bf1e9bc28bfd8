package io.otfd.agent;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Resolves each setting: the flag, then {@code OTF_*}, then the variable of tfc-agent, then the default. */
final class Settings {

    private static final Pattern OPTION = Pattern.compile("-[a-z][a-z-]+(=.*)?");

    /** Variables of other names. */
    private static final Map<String, List<String>> ALIASES =
            Map.of("ADDRESS", List.of("OTF_ADDRESS", "OTF_URL", "TFC_ADDRESS", "TFE_ADDRESS"));

    /** Variables of tfc-agent that mean something to us, or nothing on purpose. */
    private static final Set<String> KNOWN = Set.of(
            "TFC_AGENT_TOKEN",
            "TFC_AGENT_NAME",
            "TFC_AGENT_DATA_DIR",
            "TFC_AGENT_CACHE_DIR",
            "TFC_AGENT_LOG_JSON",
            "TFC_AGENT_LOG_LEVEL",
            "TFC_AGENT_SINGLE",
            "TFC_AGENT_ACCEPT",
            "TFC_AGENT_AUTO_UPDATE",
            "TFC_AGENT_DISABLE_UPDATE");

    private final Map<String, String> environment;
    private final Map<String, String> flags = new HashMap<>();

    Settings(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @param value null when the flag was not given */
    Settings flag(String name, String value) {
        if (value != null) {
            flags.put(name, value);
        }
        return this;
    }

    /** Options in the style of Go, {@code -token x}, become {@code --token x}. */
    static String[] doubleDashes(String... args) {
        return Arrays.stream(args)
                .map(arg -> OPTION.matcher(arg).matches() ? "-" + arg : arg)
                .toArray(String[]::new);
    }

    /** @throws IllegalArgumentException with a sentence for the operator */
    AgentConfig config() {
        String token = value("TOKEN")
                .orElseThrow(() -> new IllegalArgumentException(
                        "the token of an agent pool is missing: give --token or set OTF_TOKEN (or TFC_AGENT_TOKEN)"));
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        Path dataDir = value("DATA_DIR").map(Path::of).orElse(home.resolve(".otf-agent"));
        AgentConfig config = AgentConfig.of(address(value("ADDRESS").orElse("localhost:8080")), token, dataDir)
                .withEnvironment(environment)
                .withConcurrency(concurrency())
                .withSingle(flag("SINGLE"));
        config = value("NAME").map(config::withName).orElse(config);
        config = value("CACHE_DIR").map(Path::of).map(config::withCacheDir).orElse(config);
        config = value("CA_FILE").map(Path::of).map(config::withCaFile).orElse(config);
        config = value("ENGINE_MIRROR")
                .map(Settings::address)
                .map(config::withEngineMirror)
                .orElse(config);
        return value("ACCEPT").map(Settings::accept).map(config::withAccept).orElse(config);
    }

    boolean json() {
        return value("LOG_FORMAT")
                .map(format -> switch (format) {
                    case "json" -> true;
                    case "text" -> false;
                    default -> throw new IllegalArgumentException("the log format is text or json, not " + format);
                })
                .orElseGet(() -> flag("LOG_JSON"));
    }

    /** Variables that look like settings of an agent and are none: mostly misspelt. */
    Set<String> unknown() {
        Set<String> unknown = new TreeSet<>(environment.keySet());
        unknown.removeIf(name -> !name.startsWith("TFC_AGENT_") || KNOWN.contains(name));
        return unknown;
    }

    private Optional<String> value(String name) {
        Stream<String> variables =
                ALIASES.containsKey(name) ? ALIASES.get(name).stream() : Stream.of("OTF_" + name, "TFC_AGENT_" + name);
        return Stream.concat(
                        Stream.ofNullable(flags.get(name)),
                        variables.map(variable -> environment.getOrDefault(variable, "")))
                .filter(value -> !value.isBlank())
                .map(String::strip)
                .findFirst();
    }

    private boolean flag(String name) {
        return value(name)
                .map(value -> switch (value.toLowerCase(java.util.Locale.ROOT)) {
                    case "1", "t", "true", "yes", "on" -> true;
                    case "0", "f", "false", "no", "off" -> false;
                    default ->
                        throw new IllegalArgumentException("the setting "
                                + name.toLowerCase(java.util.Locale.ROOT).replace('_', '-') + " is true or false, not "
                                + value);
                })
                .orElse(false);
    }

    private int concurrency() {
        boolean replacesTfcAgent = environment.keySet().stream().anyMatch(name -> name.startsWith("TFC_AGENT_"));
        return value("CONCURRENCY")
                .map(value -> {
                    if (!value.matches("[1-9][0-9]{0,3}")) {
                        throw new IllegalArgumentException("the concurrency is a number from 1, not " + value);
                    }
                    return Integer.parseInt(value);
                })
                .orElse(replacesTfcAgent ? 1 : 5);
    }

    private static URI address(String text) {
        try {
            return URI.create(text.contains("://") ? text : "https://" + text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the address is not a URL: " + text, e);
        }
    }

    /** Kinds that we do not run are left out: their jobs wait for another agent. */
    private static List<String> accept(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(List.of("plan", "apply")::contains)
                .toList();
    }
}
