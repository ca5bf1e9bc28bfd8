package io.otfd.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** go-tfe's own tests, compiled from the released module as they are, and run against a server. */
final class GoTfe {

    private static final Duration RUN = Duration.ofMinutes(10);

    private static final Pattern SAID = Pattern.compile("\\S+\\.go:\\d+: (.+)");
    private static final Set<String> VERDICTS = Set.of("PASS", "FAIL", "SKIP");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the suite takes the server for; some tests are meant for one of the two only. */
    enum Mode {
        HCP,
        TFE
    }

    enum Verdict {
        PASS,
        FAIL,
        SKIP
    }

    private final Sandbox sandbox;
    private final Server server;
    private final Path binary;
    private final Path fixtures;
    private final Receiver receiver;
    private static int runs;

    private GoTfe(Sandbox sandbox, Server server, Path binary, Path fixtures, Receiver receiver) {
        this.sandbox = sandbox;
        this.server = server;
        this.binary = binary;
        this.fixtures = fixtures;
        this.receiver = receiver;
    }

    /**
     * The suite of the release that {@code go/go.mod} names.
     *
     * @param receiver that the suite has told of runs
     */
    static GoTfe compile(Sandbox sandbox, Server server, Receiver receiver) {
        Path binary = sandbox.directory().resolve("go-tfe.test");
        GoTool.run(sandbox, ".", "test", "-c", "-o", binary.toString(), "github.com/hashicorp/go-tfe");
        String module = GoTool.run(sandbox, ".", "list", "-m", "-f", "{{.Dir}}", "github.com/hashicorp/go-tfe");
        return new GoTfe(sandbox, server, binary, Path.of(module.strip()), receiver);
    }

    /** The same suite against another server. */
    GoTfe against(Server other) {
        return new GoTfe(sandbox, other, binary, fixtures, receiver);
    }

    /** A CLI configuration with the provider of the suite's configurations, compiled from {@code go/null}. */
    static Path engineConfiguration(Sandbox sandbox) {
        Path plugins = sandbox.directory().resolve("plugins");
        String platform =
                GoTool.run(sandbox, ".", "env", "GOOS", "GOARCH").strip().replace('\n', '_');
        Path provider = plugins.resolve("registry.terraform.io/hashicorp/null/3.2.0")
                .resolve(platform)
                .resolve("terraform-provider-null_v3.2.0");
        GoTool.run(sandbox, ".", "build", "-o", provider.toString(), "./null");
        return sandbox.write("engine.tfrc", """
                provider_installation {
                  filesystem_mirror {
                    path = "%s"
                  }
                }
                """.formatted(plugins));
    }

    /** How each of these tests went. A test of which nothing was heard has failed. */
    Map<String, Outcome> run(Mode mode, List<String> tests, int parallel) {
        Map<String, String> environment = ChildProcess.environment(
                sandbox.directory("home"),
                Map.of(
                        "TFE_ADDRESS", server.address().toString(),
                        "TFE_TOKEN", server.token(),
                        "TFE_ADMIN_PROVISION_LICENSES_TOKEN", server.token(),
                        "TFC_RUN_TASK_URL", receiver.url("/"),
                        "ENABLE_BETA", "1"));
        if (mode == Mode.TFE) {
            environment.put("ENABLE_TFE", "1");
        }
        int number = ++runs;
        ChildProcess process = ChildProcess.start(
                "go-tfe",
                List.of(
                        GoTool.executable().orElseThrow().toString(),
                        "tool",
                        "test2json",
                        binary.toString(),
                        "-test.v=test2json",
                        "-test.parallel=" + parallel,
                        "-test.timeout=" + RUN.toSeconds() + "s",
                        "-test.run=^(" + String.join("|", tests) + ")$"),
                fixtures,
                environment,
                sandbox.directory().resolve("go-tfe-" + number + ".json"),
                sandbox.directory().resolve("go-tfe-" + number + ".log"));
        process.awaitExit(RUN.plusMinutes(1));
        return outcomes(tests, process.output());
    }

    /** @param text what the test and its subtests printed */
    record Outcome(Verdict verdict, String text) {

        /** The last thing that the suite said with a place in its source. */
        String reason() {
            Matcher matcher = SAID.matcher(text);
            String last = "";
            while (matcher.find()) {
                last = matcher.group(1);
            }
            return last.strip();
        }
    }

    private static Map<String, Outcome> outcomes(List<String> tests, String events) {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        Map<String, StringBuilder> texts = new LinkedHashMap<>();
        for (String line : events.lines().toList()) {
            JsonNode event = parse(line);
            String test = event.path("Test").asText("").replaceFirst("/.*", "");
            texts.computeIfAbsent(test, key -> new StringBuilder())
                    .append(event.path("Output").asText(""));
            String action = event.path("Action").asText("").toUpperCase(Locale.ROOT);
            if (test.equals(event.path("Test").asText()) && VERDICTS.contains(action)) {
                verdicts.put(test, Verdict.valueOf(action));
            }
        }
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (String test : tests) {
            outcomes.put(
                    test,
                    new Outcome(
                            verdicts.getOrDefault(test, Verdict.FAIL),
                            texts.getOrDefault(test, new StringBuilder("nothing was heard of it"))
                                    .toString()));
        }
        return outcomes;
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("not an event of a test: " + line, exception);
        }
    }
}
