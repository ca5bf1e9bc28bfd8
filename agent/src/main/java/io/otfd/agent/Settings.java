package io.otfd.agent;

import io.otfd.agent.job.GoDuration;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Resolves each {@link Setting}: the flag, then the variables, then the default. */
final class Settings {

    private static final Pattern OPTION = Pattern.compile("-[a-z][a-z-]+(=.*)?");
    private static final Pattern SOCKET =
            Pattern.compile("([^:]*|\\[[0-9a-fA-F:.]+]):([0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-5][0-9]{2})");
    private static final Pattern DIGITS = Pattern.compile("[0-9]");

    /** Variables of tfc-agent that mean nothing here, on purpose. */
    private static final Set<String> IGNORED = Set.of("TFC_AGENT_DISABLE_UPDATE");

    private final Map<String, String> environment;
    private final Map<Setting, String> flags;

    /** @param flags those that were given */
    Settings(Map<String, String> environment, Map<Setting, String> flags) {
        this.environment = environment;
        this.flags = flags.isEmpty() ? Map.of() : new EnumMap<>(flags);
    }

    /**
     * Options in the style of Go, {@code -token x}, become {@code --token x}; {@code -v 1} asks for more to be logged,
     * where {@code -v} alone asks for the version.
     */
    static String[] doubleDashes(String... args) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            boolean level = args[i].equals("-v")
                    && i + 1 < args.length
                    && DIGITS.matcher(args[i + 1]).matches();
            if (level) {
                words.add("--verbosity");
            } else if (args[i].startsWith("-v=")) {
                words.add("--verbosity" + args[i].substring(2));
            } else {
                words.add(OPTION.matcher(args[i]).matches() ? "-" + args[i] : args[i]);
            }
        }
        return words.toArray(String[]::new);
    }

    /** @throws IllegalArgumentException with a sentence for the operator */
    AgentConfig config() {
        value(Setting.EXECUTOR).filter(executor -> !executor.equals("fork")).ifPresent(executor -> {
            throw new IllegalArgumentException("the executor is fork, not " + executor);
        });
        URI address = address(value(Setting.ADDRESS).orElse("localhost:8080"));
        AgentConfig known = new Change(
                        AgentConfig.of(address, token(), dataDir()).withEnvironment(environment))
                .by(Setting.NAME, value -> config -> config.withName(value))
                .by(Setting.CACHE_DIR, value -> config -> config.withCacheDir(Path.of(value)))
                .by(Setting.TOFU_MIRROR, value -> config -> config.withTofuMirror(address(value)))
                .by(Setting.ENGINE_BINS_DIR, value -> config -> config.withEngineDir(Path.of(value)))
                .by(Setting.PLUGIN_CACHE_DIR, value -> config -> config.withPluginCache(Path.of(value)))
                .by(Setting.ENGINE_MIRROR, value -> config -> config.withEngineMirror(address(value)))
                .by(Setting.ACCEPT, value -> config -> config.withAccept(accept(value)))
                .by(Setting.LABELS, value -> config -> config.withLabels(labels(value)))
                .by(Setting.SINGLE, value -> config -> config.withSingle(single(value)))
                .by(Setting.HEALTH_ADDRESS, value -> config -> config.withHealthAddress(socket(value)))
                .config
                .withConcurrency(concurrency())
                .withTls(new Tls(
                        value(Setting.CA_FILE).map(Path::of),
                        value(Setting.CLIENT_CERT).map(Path::of),
                        value(Setting.CLIENT_KEY).map(Path::of),
                        value(Setting.TLS_SERVER_NAME)))
                .withHookTimes(hookTimes())
                .withSandbox(isOn(Setting.SANDBOX))
                .withKeepJobs(isOn(Setting.KEEP_JOBS));
        return isOn(Setting.PLUGIN_CACHE) && known.pluginCache().isEmpty()
                ? known.withPluginCache(known.cacheDir().resolve("providers"))
                : known;
    }

    /** Lines go to the process's standard error. */
    AgentLog log(AgentConfig config) {
        String format = value(Setting.LOG_FORMAT).orElseGet(() -> isOn(Setting.LOG_JSON) ? "hclog-json" : "text");
        AgentLog log = switch (format) {
            case "text" -> new TextLog(System.err);
            case "json" -> new JsonLog(System.err);
            case "hclog" -> new Hclog(config.name(), new Hclog.Text(System.err));
            case "hclog-json" -> new Hclog(config.name(), new Hclog.Json(System.err));
            default ->
                throw new IllegalArgumentException("the log format is text, json, hclog or hclog-json, not " + format);
        };
        return log.from(level(), format.startsWith("hclog"));
    }

    private AgentLog.Level level() {
        Optional<String> verbosity = value(Setting.VERBOSITY);
        if (verbosity.isPresent() && value(Setting.LOG_LEVEL).isEmpty()) {
            return switch (verbosity.get()) {
                case "0" -> AgentLog.Level.INFO;
                case "1" -> AgentLog.Level.DEBUG;
                default -> AgentLog.Level.TRACE;
            };
        }
        String level = value(Setting.LOG_LEVEL).orElse("info");
        return switch (level.toLowerCase(Locale.ROOT)) {
            case "trace" -> AgentLog.Level.TRACE;
            case "debug" -> AgentLog.Level.DEBUG;
            case "info" -> AgentLog.Level.INFO;
            case "warn" -> AgentLog.Level.WARN;
            case "error" -> AgentLog.Level.ERROR;
            default ->
                throw new IllegalArgumentException("the log level is trace, debug, info, warn or error, not " + level);
        };
    }

    /** Says what was given and has no effect. */
    void comment(AgentLog log) {
        unknown().forEach(variable -> log.warn("unknown variable", "name", variable));
        Setting.unsupported()
                .filter(setting -> value(setting)
                        .filter(value -> !List.of("false", "0").contains(value))
                        .isPresent())
                .forEach(setting -> log.warn(
                        "a setting is not supported", "name", setting.flags().getFirst()));
        kinds().filter(kind -> !JobPoll.KINDS.contains(kind) && !kind.equals("none"))
                .forEach(kind -> log.warn("jobs of this kind are not taken", "kind", kind));
        value(Setting.AUTO_UPDATE)
                .filter(level -> !level.equals("disabled"))
                .ifPresent(level -> log.info("the agent does not update itself", "auto-update", level));
    }

    /** Variables that look like settings of an agent and are none: mostly misspelt. */
    Set<String> unknown() {
        Set<String> known = Arrays.stream(Setting.values())
                .flatMap(setting -> setting.variables().stream())
                .collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>(environment.keySet());
        unknown.removeIf(name -> !name.startsWith("TFC_AGENT_") || known.contains(name) || IGNORED.contains(name));
        return unknown;
    }

    private Optional<String> value(Setting setting) {
        return Stream.concat(
                        Stream.ofNullable(flags.get(setting)),
                        setting.variables().stream().map(variable -> environment.getOrDefault(variable, "")))
                .filter(value -> !value.isBlank())
                .map(String::strip)
                .findFirst();
    }

    private boolean isOn(Setting setting) {
        return value(setting).map(value -> isTrue(setting, value)).orElse(false);
    }

    private static boolean isTrue(Setting setting, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "1", "t", "true", "yes", "on" -> true;
            case "0", "f", "false", "no", "off" -> false;
            default ->
                throw new IllegalArgumentException(
                        "the setting " + setting.flags().getFirst() + " is true or false, not " + value);
        };
    }

    private PoolToken token() {
        Optional<String> token = value(Setting.TOKEN);
        return token.map(PoolToken::of)
                .or(() -> value(Setting.TOKEN_FILE).map(Path::of).map(PoolToken::in))
                .orElseThrow(() -> new IllegalArgumentException(
                        "the token of an agent pool is missing: give --token or set OTF_TOKEN (or TFC_AGENT_TOKEN)"));
    }

    private Path dataDir() {
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        Path inherited = home.resolve(".tfc-agent");
        boolean inherits = Files.isDirectory(inherited) || replacesTfcAgent() || environment.containsKey("TFC_ADDRESS");
        return value(Setting.DATA_DIR).map(Path::of).orElse(inherits ? inherited : home.resolve(".otf-agent"));
    }

    private boolean replacesTfcAgent() {
        return environment.keySet().stream().anyMatch(name -> name.startsWith("TFC_AGENT_"));
    }

    private static AgentConfig.Single single(String value) {
        if (value.equals("run")) {
            return AgentConfig.Single.RUN;
        }
        return isTrue(Setting.SINGLE, value) ? AgentConfig.Single.JOB : AgentConfig.Single.NO;
    }

    private int concurrency() {
        return value(Setting.CONCURRENCY)
                .map(value -> {
                    if (!value.matches("[1-9][0-9]{0,3}")) {
                        throw new IllegalArgumentException("the concurrency is a number from 1, not " + value);
                    }
                    return Integer.parseInt(value);
                })
                .orElse(replacesTfcAgent() ? 1 : 5);
    }

    private HookTimes hookTimes() {
        Map<String, Duration> each = new HashMap<>();
        Map.of(
                        "pre-plan", Setting.HOOK_PRE_PLAN_TIMEOUT,
                        "post-plan", Setting.HOOK_POST_PLAN_TIMEOUT,
                        "pre-apply", Setting.HOOK_PRE_APPLY_TIMEOUT,
                        "post-apply", Setting.HOOK_POST_APPLY_TIMEOUT)
                .forEach((hook, setting) -> time(setting).ifPresent(time -> each.put(hook, time)));
        return new HookTimes(time(Setting.HOOK_TIMEOUT).orElse(HookTimes.DEFAULT.usual()), each);
    }

    /** Seconds, or a duration such as {@code 2m}. */
    private Optional<Duration> time(Setting setting) {
        return value(setting)
                .map(value -> GoDuration.parse(value.matches("[0-9]+") ? value + "s" : value)
                        .filter(time -> !time.isZero())
                        .orElseThrow(() -> new IllegalArgumentException("the setting "
                                + setting.flags().getFirst() + " is a number of seconds, not " + value)));
    }

    private static URI address(String text) {
        try {
            return URI.create(text.contains("://") ? text : "https://" + text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the address is not a URL: " + text, e);
        }
    }

    private static InetSocketAddress socket(String text) {
        Matcher parts = SOCKET.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("the health address is HOST:PORT, not " + text);
        }
        int port = Integer.parseInt(parts.group(2));
        return parts.group(1).isEmpty()
                ? new InetSocketAddress(port)
                : new InetSocketAddress(parts.group(1).replaceAll("[\\[\\]]", ""), port);
    }

    private Stream<String> kinds() {
        return value(Setting.ACCEPT).stream().flatMap(Settings::split);
    }

    private static Stream<String> split(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).filter(item -> !item.isEmpty());
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        split(text).forEach(label -> {
            String[] halves = label.split("=", 2);
            if (halves.length < 2 || halves[0].isBlank()) {
                throw new IllegalArgumentException("a label is KEY=VALUE, not " + label);
            }
            labels.put(halves[0].strip(), halves[1].strip());
        });
        return labels;
    }

    /** Kinds that we do not run are left out: their jobs wait for another agent. */
    private static List<String> accept(String text) {
        return split(text).filter(JobPoll.KINDS::contains).toList();
    }

    /** Takes over the settings that were given. */
    private final class Change {

        private AgentConfig config;

        Change(AgentConfig config) {
            this.config = config;
        }

        Change by(Setting setting, Function<String, Function<AgentConfig, AgentConfig>> change) {
            value(setting).map(change).ifPresent(known -> config = known.apply(config));
            return this;
        }
    }
}
