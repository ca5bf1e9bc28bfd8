package io.otfd.daemon;

import io.otfd.agent.AgentConfig;
import io.otfd.job.Timeouts;
import io.otfd.notifier.MailSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The settings of a server. Each flag is also an environment variable ({@link EnvironmentDefaults}). */
public final class Config {

    @Option(
            names = "--address",
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:8080",
            converter = ListenAddressConverter.class,
            description = "Where to listen. :8080 is every address of this host. Default: ${DEFAULT-VALUE}")
    private ListenAddress address;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "postgres://user:password@host:port/name or jdbc:postgresql://… Default: a PostgreSQL of our"
                    + " own in the data directory.")
    private String database;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Where everything is kept. Default: ~/.otfd")
    private Path dataDir;

    @Option(
            names = "--site-token",
            paramLabel = "TOKEN",
            description = "API token of the first user, admin, who owns the site. Default: one is made at the first"
                    + " start, shown once and kept in <data-dir>/site-token.")
    private String siteToken;

    @Option(
            names = "--encryption-key",
            paramLabel = "KEY",
            description =
                    "What the database is encrypted with: base64 of 32 bytes, or several with commas between them, of"
                            + " which the first encrypts. Best given as OTF_ENCRYPTION_KEY.")
    private String encryptionKey;

    @Option(
            names = "--encryption-key-file",
            paramLabel = "FILE",
            description = "The same in a file, a key a line. Servers that share a database need the same. Default:"
                    + " <data-dir>/encryption-key, made at the first start.")
    private Path encryptionKeyFile;

    @Option(names = "--http", description = "Plain HTTP. README says what Terraform needs for that.")
    private boolean http;

    @Option(
            names = {"--tls-cert", "--cert-file"},
            paramLabel = "FILE",
            description = "Certificate chain (PEM). Default: one from a CA of our own, <data-dir>/tls/ca.pem.")
    private Path tlsCert;

    @Option(
            names = {"--tls-key", "--key-file"},
            paramLabel = "FILE",
            description = "Its private key (PEM).")
    private Path tlsKey;

    @Option(
            names = "--hostname",
            paramLabel = "HOST",
            description = "Another name of this host, for the certificate of our own CA.")
    private String hostname;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "5",
            description =
                    "Runs that the server's own agent executes at once; 0 for no agent. Default: ${DEFAULT-VALUE}")
    private int concurrency;

    @Option(
            names = "--engine-dir",
            paramLabel = "DIR",
            description =
                    "Engines for agents: archives named as published, terraform_1.11.4_linux_amd64.zip. What is on the"
                            + " server's PATH is given to agents, too.")
    private Path engineDir;

    @Option(
            names = "--engine-mirror",
            paramLabel = "URL",
            description = "Where releases of Terraform are fetched from that are not here. Default: the vendor's site.")
    private URI engineMirror = AgentConfig.RELEASES;

    @Option(
            names = "--tofu-mirror",
            paramLabel = "URL",
            description = "The same for OpenTofu. Default: its releases on GitHub.")
    private URI tofuMirror = AgentConfig.TOFU_RELEASES;

    @Option(
            names = "--agent-unknown-after",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "Silence after which an agent counts as unknown; three times as much for agents that are not"
                    + " ours. Default: ${DEFAULT-VALUE}")
    private Duration agentUnknownAfter;

    @Option(
            names = "--agent-errored-after",
            paramLabel = "TIME",
            defaultValue = "5m",
            converter = DurationConverter.class,
            description = "How long an agent may be unknown before it is given up, and its jobs with it. Default:"
                    + " ${DEFAULT-VALUE}")
    private Duration agentErroredAfter;

    @Option(
            names = "--agent-purge-after",
            paramLabel = "TIME",
            defaultValue = "24h",
            converter = DurationConverter.class,
            description = "How long agents that have ended or were given up are listed. Default: ${DEFAULT-VALUE}")
    private Duration agentPurgeAfter;

    @Option(
            names = "--notification-allow-private",
            description = "Notifications may go to private networks and to this machine, too. Whoever may change a"
                    + " workspace can then have the server speak to them.")
    private boolean notificationAllowPrivate;

    @Option(
            names = "--smtp-address",
            paramLabel = "HOST:PORT",
            converter = ListenAddressConverter.class,
            description = "SMTP server that e-mail is sent through. Default: no e-mail.")
    private ListenAddress smtpAddress;

    @Option(
            names = "--smtp-encryption",
            paramLabel = "starttls|tls|none",
            defaultValue = "starttls",
            description = "Encryption of the connection to it. Default: ${DEFAULT-VALUE}")
    private MailSettings.Encryption smtpEncryption;

    @Option(names = "--smtp-username", paramLabel = "NAME", description = "To log in there. Default: no log-in.")
    private String smtpUsername;

    @Option(
            names = "--smtp-password",
            paramLabel = "PASSWORD",
            description = "Best given as OTF_SMTP_PASSWORD or OTF_SMTP_PASSWORD_FILE.")
    private String smtpPassword;

    @Option(
            names = "--smtp-from",
            paramLabel = "ADDRESS",
            description = "Sender of all e-mail. Default: otfd@ and the name of this host.")
    private String smtpFrom;

    @Option(
            names = "--opa",
            paramLabel = "FILE",
            defaultValue = "opa",
            description =
                    "Open Policy Agent, the program that evaluates policies: a path, or a name on the server's PATH."
                            + " Default: ${DEFAULT-VALUE}")
    private String opa;

    @Option(
            names = "--planning-timeout",
            paramLabel = "TIME",
            defaultValue = "2h",
            converter = DurationConverter.class,
            description = "How long a plan may take before it is stopped. Default: ${DEFAULT-VALUE}")
    private Duration planningTimeout;

    @Option(
            names = "--applying-timeout",
            paramLabel = "TIME",
            defaultValue = "24h",
            converter = DurationConverter.class,
            description = "How long an apply may take before it is stopped. Default: ${DEFAULT-VALUE}")
    private Duration applyingTimeout;

    @Option(
            names = "--database-connections",
            paramLabel = "N",
            defaultValue = "16",
            description = "Size of the pool of database connections. Default: ${DEFAULT-VALUE}")
    private int databaseConnections;

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Form of the log on standard error. Default: ${DEFAULT-VALUE}")
    private LogFormat logFormat;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "info",
            description = "debug, info, warn or error. Default: ${DEFAULT-VALUE}")
    private String logLevel;

    /** Form of the log. */
    enum LogFormat {
        text,
        json
    }

    /** @param host empty for every address */
    record ListenAddress(String host, int port) {

        private static final Pattern FORM = Pattern.compile("(.*):(\\d{1,5})");

        static ListenAddress parse(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new TypeConversionException("must look like HOST:PORT, not " + text);
            }
            return new ListenAddress(form.group(1), Integer.parseInt(form.group(2)));
        }

        /** As other programs on this host say it. */
        String localAuthority() {
            boolean any = host.isEmpty() || host.equals("0.0.0.0") || host.equals("[::]");
            return (any ? "localhost" : host) + ":" + port;
        }
    }

    static final class ListenAddressConverter implements ITypeConverter<ListenAddress> {
        @Override
        public ListenAddress convert(String text) {
            return ListenAddress.parse(text);
        }
    }

    /** {@code 30s}, {@code 5m}, {@code 2h}, or ISO 8601. */
    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return Duration.parse(text.startsWith("P") ? text : "PT" + text);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("must be a time such as 30s, 5m or 2h, not " + text);
            }
        }
    }

    ListenAddress address() {
        return address;
    }

    Optional<String> database() {
        return Optional.ofNullable(database);
    }

    Path dataDir() {
        return (dataDir == null ? Path.of(home(), ".otfd") : dataDir)
                .toAbsolutePath()
                .normalize();
    }

    /** As Terraform does: the JDK's own answer does not follow the variable. */
    static String home() {
        return System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    }

    Optional<String> siteToken() {
        return Optional.ofNullable(siteToken);
    }

    Optional<String> encryptionKey() {
        return Optional.ofNullable(encryptionKey);
    }

    Path encryptionKeyFile() {
        return encryptionKeyFile == null ? dataDir().resolve("encryption-key") : encryptionKeyFile;
    }

    boolean http() {
        return http;
    }

    Optional<Path> tlsCert() {
        return Optional.ofNullable(tlsCert);
    }

    Optional<Path> tlsKey() {
        return Optional.ofNullable(tlsKey);
    }

    Optional<String> hostname() {
        return Optional.ofNullable(hostname);
    }

    int concurrency() {
        return concurrency;
    }

    Optional<Path> engineDir() {
        return Optional.ofNullable(engineDir);
    }

    URI engineMirror() {
        return engineMirror;
    }

    URI tofuMirror() {
        return tofuMirror;
    }

    Duration agentUnknownAfter() {
        return agentUnknownAfter;
    }

    Duration agentErroredAfter() {
        return agentErroredAfter;
    }

    Duration agentPurgeAfter() {
        return agentPurgeAfter;
    }

    boolean notificationAllowPrivate() {
        return notificationAllowPrivate;
    }

    Optional<MailSettings> mailSettings() {
        return Optional.ofNullable(smtpAddress)
                .map(server -> new MailSettings(
                        server.host(),
                        server.port(),
                        smtpEncryption,
                        Optional.ofNullable(smtpUsername),
                        Optional.ofNullable(smtpPassword),
                        smtpFrom == null ? "otfd@" + hostname().orElse("localhost") : smtpFrom));
    }

    String opa() {
        return opa;
    }

    Timeouts timeouts() {
        return new Timeouts(planningTimeout, applyingTimeout);
    }

    int databaseConnections() {
        return databaseConnections;
    }

    LogFormat logFormat() {
        return logFormat;
    }

    String logLevel() {
        return logLevel;
    }

    Path tlsDir() {
        return dataDir().resolve("tls");
    }

    Path caFile() {
        return tlsDir().resolve("ca.pem");
    }

    Path siteTokenFile() {
        return dataDir().resolve("site-token");
    }

    /** {@code host} or {@code host:port}, as Terraform's configurations may name this server. */
    Set<String> publicHosts() {
        Set<String> hosts = new LinkedHashSet<>();
        hosts.add(address.localAuthority());
        hostname().ifPresent(name -> {
            hosts.add(name);
            hosts.add(name + ":" + address.port());
        });
        return hosts;
    }

    /** For links in messages: by the name that people know. */
    String publicUrl() {
        return hostname()
                .map(name -> (http ? "http" : "https") + "://" + name + ":" + address.port())
                .orElseGet(this::baseUrl);
    }

    String baseUrl() {
        return (http ? "http" : "https") + "://" + address.localAuthority();
    }
}
