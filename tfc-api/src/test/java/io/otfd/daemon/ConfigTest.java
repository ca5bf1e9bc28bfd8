package io.otfd.daemon;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConfigTest {

    private static Config config(Map<String, String> environment, String... arguments) {
        Config config = new Config();
        new CommandLine(config)
                .setDefaultValueProvider(new EnvironmentDefaults(environment))
                .parseArgs(arguments);
        return config;
    }

    @Test
    void defaults() {
        Config config = config(Map.of());

        assertThat(config.address(), is(new Config.ListenAddress("localhost", 8080)));
        assertThat(config.database(), is(Optional.empty()));
        assertThat(config.dataDir(), is(Path.of(Config.home(), ".otfd")));
        assertThat(config.siteToken(), is(Optional.empty()));
        assertThat(config.http(), is(false));
        assertThat(config.concurrency(), is(5));
        assertThat(config.agentUnknownAfter(), is(Duration.ofSeconds(30)));
        assertThat(config.agentErroredAfter(), is(Duration.ofMinutes(5)));
        assertThat(config.logFormat(), is(Config.LogFormat.text));
        assertThat(config.baseUrl(), is("https://localhost:8080"));
    }

    @Test
    void everySettingIsAnEnvironmentVariable() {
        Config config = config(Map.ofEntries(
                Map.entry("OTF_ADDRESS", ":9000"),
                Map.entry("OTF_DATABASE", "postgres://u:p@h/d"),
                Map.entry("OTF_DATA_DIR", "/var/lib/otfd"),
                Map.entry("OTF_SITE_TOKEN", "t"),
                Map.entry("OTF_HTTP", "true"),
                Map.entry("OTF_CERT_FILE", "/c.pem"),
                Map.entry("OTF_KEY_FILE", "/k.pem"),
                Map.entry("OTF_HOSTNAME", "tf.example.com"),
                Map.entry("OTF_CONCURRENCY", "2"),
                Map.entry("OTF_AGENT_UNKNOWN_AFTER", "2s"),
                Map.entry("OTF_LOG_FORMAT", "json")));

        assertThat(config.address(), is(new Config.ListenAddress("", 9000)));
        assertThat(config.database(), is(Optional.of("postgres://u:p@h/d")));
        assertThat(config.dataDir(), is(Path.of("/var/lib/otfd")));
        assertThat(config.siteToken(), is(Optional.of("t")));
        assertThat(config.http(), is(true));
        assertThat(config.tlsCert(), is(Optional.of(Path.of("/c.pem"))));
        assertThat(config.tlsKey(), is(Optional.of(Path.of("/k.pem"))));
        assertThat(config.hostname(), is(Optional.of("tf.example.com")));
        assertThat(config.concurrency(), is(2));
        assertThat(config.agentUnknownAfter(), is(Duration.ofSeconds(2)));
        assertThat(config.logFormat(), is(Config.LogFormat.json));
        assertThat(config.baseUrl(), is("http://localhost:9000"));
    }

    @Test
    void aFlagWinsOverTheEnvironment() {
        assertThat(config(Map.of("OTF_CONCURRENCY", "2"), "--concurrency", "3").concurrency(), is(3));
    }

    @Test
    void aSecretMayBeInAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "from-file\n");

        assertThat(config(Map.of("OTF_SITE_TOKEN_FILE", file.toString())).siteToken(), is(Optional.of("from-file")));
    }

    @Test
    void anAddressWithoutAPortIsRefused() {
        assertThrows(CommandLine.ParameterException.class, () -> config(Map.of(), "--address", "localhost"));
    }
}
