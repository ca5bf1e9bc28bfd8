package io.otfd.agent.job;

import io.otfd.agent.HookTimes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The operator's programs before and after a phase: {@code terraform-pre-plan} and so on, in one directory. */
final class Hooks {

    /** The agent's own settings, among them its token. */
    private static final Pattern OURS = Pattern.compile("_?(OTF|OTFD|TFC_AGENT)_.*|TF[CE]_ADDRESS");

    /**
     * Variables by which a workspace could have a hook run something else: hooks are programs of the operator, and see
     * what workspaces do not.
     */
    private static final Pattern STEERING = Pattern.compile("PATH|HOME|ENV|IFS|CDPATH|SHELL.*|PS[0-9]|BASH.*|ZDOTDIR"
            + "|(LD|DYLD|GCONV|MALLOC|GLIBC|PYTHON|PERL|RUBY|NODE|NPM|JAVA|JDK|_JAVA|GIT|SSH|CURL|OPENSSL)_?.*"
            + "|.*_(PRELOAD|OPTIONS|OPTS)");

    private final Path directory;
    private final HookTimes times;
    private final Map<String, String> operator = new LinkedHashMap<>();

    /** @param environment of the agent's process */
    Hooks(Path directory, HookTimes times, Map<String, String> environment) {
        this.directory = directory;
        this.times = times;
        environment.forEach((name, value) -> {
            if (!OURS.matcher(name).matches()) {
                operator.put(name, value);
            }
        });
    }

    /** @param name such as {@code pre-plan} */
    Optional<Path> find(String name) {
        return Optional.of(directory.resolve("terraform-" + name)).filter(Files::exists);
    }

    Duration time(String name) {
        return times.of(name);
    }

    /**
     * What the operator gave the agent, and what the run gives its engine, where that cannot change which program runs.
     *
     * @param workspace variables of the workspace
     * @param facts of the run, which win
     */
    Map<String, String> environment(Map<String, String> workspace, Map<String, String> facts) {
        Map<String, String> environment = new LinkedHashMap<>(operator);
        workspace.forEach((name, value) -> {
            if (!STEERING.matcher(name).matches()) {
                environment.putIfAbsent(name, value);
            }
        });
        environment.putAll(facts);
        return environment;
    }
}
