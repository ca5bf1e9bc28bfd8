package io.otfd.agent;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayContaining;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SettingsTest {

    @Test
    void aFlagWinsOverOurVariableWhichWinsOverThatOfTfcAgent() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "TFC_AGENT_TOKEN", "a", "OTF_TOKEN", "b", "TFC_ADDRESS", "https://one", "OTF_URL", "https://two"));

        assertThat(config(environment, "--token=c", "--url", "https://three").token(), is("c"));
        assertThat(
                config(environment, "--token=c", "--url", "https://three").address(), is(URI.create("https://three")));
        assertThat(config(environment).token(), is("b"));
        assertThat(config(environment).address(), is(URI.create("https://two")));
        environment.remove("OTF_TOKEN");
        environment.remove("OTF_URL");
        assertThat(config(environment).token(), is("a"));
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
        assertThat(config.single(), is(true));
        assertThat(config.accept(), contains("plan"));
        assertThat(config.caFile().orElseThrow(), is(Path.of("/ca.pem")));
        assertThat(config.engineMirror(), is(URI.create("http://mirror/x")));
    }

    @Test
    void logFormatComesFromEitherVariable() {
        assertThat(settings(Map.of("TFC_AGENT_LOG_JSON", "true")).json(), is(true));
        assertThat(settings(Map.of("OTF_LOG_FORMAT", "json")).json(), is(true));
        assertThat(
                settings(Map.of("TFC_AGENT_LOG_JSON", "true"), "--log-format", "text")
                        .json(),
                is(false));
        assertThat(settings(Map.of()).json(), is(false));
        assertThrows(IllegalArgumentException.class, settings(Map.of("OTF_LOG_FORMAT", "xml"))::json);
    }

    @Test
    void optionsInTheStyleOfGoAreUnderstood() {
        assertThat(
                Settings.doubleDashes("-token=x", "-single", "--name", "-h", "value"),
                arrayContaining("--token=x", "--single", "--name", "-h", "value"));
        assertThat(config(Map.of(), "-token", "x", "-single").single(), is(true));
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
                List.of(config(Map.of("OTF_TOKEN", "", "TFC_AGENT_TOKEN", "t")).token()), contains("t"));
    }
}
