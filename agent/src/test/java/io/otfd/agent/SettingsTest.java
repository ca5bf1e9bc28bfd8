package io.otfd.agent;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayContaining;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SettingsTest {

    @Test
    void aFlagWinsOverOurVariableWhichWinsOverThatOfTfcAgent() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "TFC_AGENT_TOKEN", "a", "OTF_TOKEN", "b", "TFC_ADDRESS", "https://one", "OTF_URL", "https://two"));

        assertThat(
                config(environment, "--token=c", "--url", "https://three")
                        .token()
                        .value(),
                is("c"));
        assertThat(
                config(environment, "--token=c", "--url", "https://three").address(), is(URI.create("https://three")));
        assertThat(config(environment).token().value(), is("b"));
        assertThat(config(environment).address(), is(URI.create("https://two")));
        environment.remove("OTF_TOKEN");
        environment.remove("OTF_URL");
        assertThat(config(environment).token().value(), is("a"));
        assertThat(config(environment).address(), is(URI.create("https://one")));
    }

    @Test
    void aHostWithoutASchemeIsReachedByTls() {
        assertThat(
                config(Map.of("OTF_TOKEN", "t"), "--address", "otf.example.com").address(),
                is(URI.create("https://otf.example.com")));
        assertThat(
                config(Map.of("OTF_TOKEN", "t"), "--address", "localhost:9000").host(), is("localhost:9000"));
        assertThat(config(Map.of("OTF_TOKEN", "t")).address(), is(URI.create("https://localhost:8080")));
        assertThat(
                config(Map.of("OTF_TOKEN", "t"), "--address", "https://h:443").host(), is("h"));
        assertThat(config(Map.of("OTF_TOKEN", "t"), "--address", "http://h:443").host(), is("h:443"));
    }

    @Test
    void whoComesFromTfcAgentGetsOneJobAtATime() {
        assertThat(config(Map.of("OTF_TOKEN", "t")).concurrency(), is(5));
        assertThat(config(Map.of("TFC_AGENT_TOKEN", "t")).concurrency(), is(1));
        assertThat(config(Map.of("OTF_TOKEN", "t", "TFC_AGENT_NAME", "n")).concurrency(), is(1));
        assertThat(
                config(Map.of("TFC_AGENT_TOKEN", "t", "OTF_CONCURRENCY", "7")).concurrency(), is(7));
    }

    @Test
    void everySettingHasItsVariables() {
        AgentConfig config = config(Map.of(
                "TFC_AGENT_TOKEN", "t",
                "TFC_AGENT_NAME", "n",
                "TFC_AGENT_DATA_DIR", "/d",
                "TFC_AGENT_SINGLE", "1",
                "TFC_AGENT_ACCEPT", "plan,policy,assessment",
                "OTF_CA_FILE", "/ca.pem",
                "OTF_ENGINE_MIRROR", "http://mirror/x"));

        assertThat(config.name(), is("n"));
        assertThat(config.dataDir(), is(Path.of("/d")));
        assertThat(config.cacheDir(), is(Path.of("/d/cache")));
        assertThat(config.single(), is(AgentConfig.Single.JOB));
        assertThat(config.accept(), contains("plan"));
        assertThat(config.tls().caFile().orElseThrow(), is(Path.of("/ca.pem")));
        assertThat(config.engineMirror(), is(URI.create("http://mirror/x")));
    }

    @Test
    void aBareNameOfALogFormatIsRefused() {
        AgentConfig config = config(Map.of("OTF_TOKEN", "t"));

        assertThrows(
                IllegalArgumentException.class,
                () -> settings(Map.of("OTF_LOG_FORMAT", "xml")).log(config));
        assertThrows(
                IllegalArgumentException.class,
                () -> settings(Map.of("TFC_AGENT_LOG_LEVEL", "loud")).log(config));
    }

    @Test
    void theTokenMayLieInAFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "from a file\n");

        PoolToken token =
                config(Map.of("TFC_AGENT_TOKEN_FILE", file.toString())).token();
        assertThat(token.value(), is("from a file"));
        assertThat(token.readAgain(), is(false));
        Files.writeString(file, "another\n");
        assertThat(token.readAgain(), is(true));
        assertThat(token.value(), is("another"));
        assertThat(
                refusal(Map.of("OTF_TOKEN_FILE", directory.resolve("none").toString())),
                containsString("cannot be read"));
    }

    @Test
    void whoComesFromTfcAgentKeepsItsDataDirectory(@TempDir Path home) throws Exception {
        String at = home.toString();
        assertThat(config(Map.of("HOME", at, "OTF_TOKEN", "t")).dataDir(), is(home.resolve(".otf-agent")));
        assertThat(config(Map.of("HOME", at, "TFC_AGENT_TOKEN", "t")).dataDir(), is(home.resolve(".tfc-agent")));
        Files.createDirectory(home.resolve(".tfc-agent"));
        assertThat(config(Map.of("HOME", at, "OTF_TOKEN", "t")).dataDir(), is(home.resolve(".tfc-agent")));
    }

    /** Each flag and variable of tfc-agent's documents, with a value that it may have. */
    @Test
    void everyFlagOfTfcAgentIsTaken() {
        String flags = "-address=https://h -name=n -log-level=debug -log-json -data-dir=/d -cache-dir=/c -single"
                + " -auto-update=minor -otlp-address=h:4317 -otlp-cert-file=/f -otlp-forward-spans -accept=plan"
                + " -request-forwarding -hyok -token=t";
        for (String dashes : List.of("-", "--")) {
            AgentConfig config =
                    config(Map.of(), flags.replaceAll("(^| )-", "$1" + dashes).split(" "));
            assertThat(config.name(), is("n"));
            assertThat(config.cacheDir(), is(Path.of("/c")));
        }
        assertThat(
                settings(Map.ofEntries(
                                Map.entry("TFC_AGENT_TOKEN", "t"),
                                Map.entry("TFC_AGENT_LOG_LEVEL", "info"),
                                Map.entry("TFC_AGENT_OTLP_ADDRESS", "h:1"),
                                Map.entry("TFC_AGENT_OTLP_CERT_FILE", "/f"),
                                Map.entry("TFC_AGENT_OTLP_FORWARD_SPANS", "1"),
                                Map.entry("TFC_AGENT_REQUEST_FORWARDING", "true"),
                                Map.entry("TFC_AGENT_HYOK", "false"),
                                Map.entry("TFC_AGENT_AUTO_UPDATE", "patch"),
                                Map.entry("TFC_AGENT_DISABLE_UPDATE", "1"),
                                Map.entry("TFC_AGENT_LOG_JSON", "1")))
                        .unknown(),
                empty());
    }

    @Test
    void whatHasNoEffectIsSaid() {
        List<AgentLog.Line> lines = new ArrayList<>();

        settings(
                        Map.of(
                                "TFC_AGENT_TOKNE", "t",
                                "TFC_AGENT_ACCEPT", "plan,policy",
                                "TFC_AGENT_AUTO_UPDATE", "minor",
                                "TFC_AGENT_HYOK", "false"),
                        "-otlp-address",
                        "h:4317")
                .comment(lines::add);

        assertThat(
                lines.stream()
                        .map(line -> line.level() + " " + line.message() + line.fields())
                        .toList(),
                contains(
                        "WARN unknown variable{name=TFC_AGENT_TOKNE}",
                        "WARN a setting is not supported{name=--otlp-address}",
                        "WARN jobs of this kind are not taken{kind=policy}",
                        "INFO the agent does not update itself{auto-update=minor}"));
    }

    @Test
    void hooksHaveTimesOfTheirOwn() {
        HookTimes times = config(Map.of(
                        "OTF_TOKEN", "t", "TFC_AGENT_HOOK_TIMEOUT", "30", "TFC_AGENT_HOOK_PRE_PLAN_TIMEOUT", "5m"))
                .hookTimes();

        assertThat(times.of("pre-plan"), is(Duration.ofMinutes(5)));
        assertThat(times.of("post-apply"), is(Duration.ofSeconds(30)));
        assertThat(config(Map.of("OTF_TOKEN", "t")).hookTimes().of("pre-plan"), is(Duration.ofSeconds(60)));
        assertThat(refusal(Map.of("OTF_TOKEN", "t", "OTF_HOOK_TIMEOUT", "long")), containsString("hook-timeout"));
    }

    @Test
    void healthIsServedWhereTheOperatorSays() {
        assertThat(health("127.0.0.1:9100").getAddress().isLoopbackAddress(), is(true));
        assertThat(health("[::1]:9100").getPort(), is(9100));
        assertThat(health(":9100").getAddress().isAnyLocalAddress(), is(true));
        assertThat(refusal(Map.of("OTF_TOKEN", "t", "OTF_HEALTH_ADDRESS", "9100")), containsString("HOST:PORT"));
        assertThat(refusal(Map.of("OTF_TOKEN", "t", "OTF_CLIENT_CERT", "c")), containsString("belong together"));
    }

    private static InetSocketAddress health(String address) {
        return config(Map.of("OTF_TOKEN", "t", "OTF_HEALTH_ADDRESS", address))
                .healthAddress()
                .orElseThrow();
    }

    @Test
    void anAgentMayAcceptNothing() {
        assertThat(config(Map.of("OTF_TOKEN", "t", "TFC_AGENT_ACCEPT", "none")).accept(), empty());
    }

    @Test
    void minusVIsTheVersionOrHowMuchIsLogged() {
        assertThat(
                Settings.doubleDashes("-v", "-v", "2", "-v=1"),
                arrayContaining("-v", "--verbosity", "2", "--verbosity=1"));
    }

    @Test
    void optionsInTheStyleOfGoAreUnderstood() {
        assertThat(
                Settings.doubleDashes("-token=x", "-single", "--name", "-h", "value"),
                arrayContaining("--token=x", "--single", "--name", "-h", "value"));
        assertThat(config(Map.of(), "-token", "x", "-single").single(), is(AgentConfig.Single.JOB));
        assertThat(config(Map.of(), "-token", "x", "--single=run").single(), is(AgentConfig.Single.RUN));
    }

    @Test
    void ofAFlagThatIsGivenTwiceTheLastCounts() {
        assertThat(config(Map.of(), "-token", "x", "--token=y").token().value(), is("y"));
    }

    @Test
    void misspeltVariablesAreNoticed() {
        assertThat(
                settings(Map.of("TFC_AGENT_TOKEN", "t", "TFC_AGENT_TOKNE", "t")).unknown(),
                contains("TFC_AGENT_TOKNE"));
    }

    @Test
    void wrongValuesAreRefusedWithASentence() {
        assertThat(refusal(Map.of()), containsString("--token"));
        assertThat(refusal(Map.of("OTF_TOKEN", "t", "OTF_CONCURRENCY", "0")), containsString("concurrency"));
        assertThat(refusal(Map.of("OTF_TOKEN", "t", "OTF_ADDRESS", "ftp://x")), containsString("address"));
        assertThat(refusal(Map.of("OTF_TOKEN", "t", "OTF_ADDRESS", "ht tp")), containsString("not a URL"));
        assertThat(refusal(Map.of("OTF_TOKEN", "t", "OTF_SINGLE", "maybe")), containsString("single"));
        assertThat(refusal(Map.of("OTF_TOKEN", "t", "OTF_EXECUTOR", "kubernetes")), containsString("executor"));
    }

    @Test
    void labelsAreWordsOfTheOperator() {
        assertThat(
                config(Map.of("OTF_TOKEN", "t", "OTF_LABELS", "zone=b, team=net=core,"))
                        .labels(),
                is(Map.of("zone", "b", "team", "net=core")));
        assertThat(refusal(Map.of("OTF_TOKEN", "t", "OTF_LABELS", "zone")), containsString("KEY=VALUE"));
    }

    @Test
    void theTokenIsNotPrinted() {
        assertThat(config(Map.of("OTF_TOKEN", "secret")).toString(), not(containsString("secret")));
    }

    private static String refusal(Map<String, String> environment) {
        return assertThrows(IllegalArgumentException.class, () -> config(environment))
                .getMessage();
    }

    private static AgentConfig config(Map<String, String> environment, String... arguments) {
        return settings(environment, arguments).config();
    }

    private static Settings settings(Map<String, String> environment, String... arguments) {
        CommandLine line = OtfAgent.commandLine(environment);
        line.parseArgs(Settings.doubleDashes(arguments));
        OtfAgent agent = line.getCommand();
        return agent.settings();
    }

    @Test
    void variablesThatAreEmptyDoNotCount() {
        assertThat(
                List.of(config(Map.of("OTF_TOKEN", "", "TFC_AGENT_TOKEN", "t"))
                        .token()
                        .value()),
                contains("t"));
    }
}
