package io.otfd.agent;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The agent's own process: flags and environment → {@link AgentConfig} → {@link Agent}. */
@Command(
        name = "otf-agent",
        mixinStandardHelpOptions = false,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {"Takes runs from an agent pool of otfd and executes Terraform on this machine.", ""},
        footer = {
            "",
            "Each flag can be given as an environment variable: OTF_TOKEN, OTF_ADDRESS and so on. The variables of"
                    + " tfc-agent (TFC_AGENT_TOKEN, TFC_ADDRESS, TFC_AGENT_NAME, ...) work, too. A flag wins over OTF_*,"
                    + " which wins over TFC_*.",
            "",
            "The first SIGTERM or SIGINT lets running jobs finish, a second one ends them.",
            "Exit codes: 0 done, 1 refused by the server or not able to start, 2 wrong usage, 130/143 forced to end."
        })
public final class OtfAgent implements Callable<Integer> {

    @Option(names = "--token", paramLabel = "TOKEN", description = "Token of the agent pool. Required.")
    private String token;

    @Option(
            names = {"--address", "--url"},
            paramLabel = "URL",
            description = "The server (default: https://localhost:8080).")
    private String address;

    @Option(names = "--name", paramLabel = "NAME", description = "Name shown by the server (default: the host's name).")
    private String name;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Jobs and caches, for this agent alone (default: ~/.otf-agent).")
    private String dataDir;

    @Option(names = "--cache-dir", paramLabel = "DIR", description = "Downloaded engines (default: DATA-DIR/cache).")
    private String cacheDir;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "PEM certificates to trust besides the system's, for agent and Terraform.")
    private String caFile;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description = "Jobs at once (default: 5, or 1 where variables of tfc-agent are used).")
    private String concurrency;

    @Option(names = "--log-format", paramLabel = "text|json", description = "Form of log lines (default: text).")
    private String logFormat;

    @Option(names = "--log-json", arity = "0..1", fallbackValue = "true", hidden = true)
    private String logJson;

    @Option(
            names = "--engine-mirror",
            paramLabel = "URL",
            description = "Where Terraform is downloaded when this machine does not have the version wanted"
                    + " (default: https://releases.hashicorp.com).")
    private String engineMirror;

    @Option(
            names = "--accept",
            paramLabel = "TYPES",
            description = "Kinds of jobs to take, separated by commas (default: plan,apply).")
    private String accept;

    @Option(
            names = "--single",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "End after one job.")
    private String single;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    private boolean help;

    @Option(
            names = {"-v", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    private final Map<String, String> environment;

    OtfAgent(Map<String, String> environment) {
        this.environment = environment;
    }

    public static void main(String[] args) {
        System.exit(commandLine(System.getenv()).execute(Settings.doubleDashes(args)));
    }

    static CommandLine commandLine(Map<String, String> environment) {
        CommandLine line = new CommandLine(new OtfAgent(environment));
        line.getCommandSpec().version("otf-agent " + Agent.version());
        line.setParameterExceptionHandler((wrong, arguments) -> {
            System.err.println("otf-agent: " + wrong.getMessage() + " (see otf-agent --help)");
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, ran, arguments) -> {
            System.err.println("otf-agent: " + failure.getMessage());
            return failure instanceof IllegalArgumentException ? CommandLine.ExitCode.USAGE : 1;
        });
        return line;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = settings();
        AgentConfig config = settings.config();
        AgentLog log = settings.json() ? AgentLog.json(System.err) : AgentLog.text(System.err);
        OwnMemory.hide(config.token());
        settings.unknown().forEach(variable -> log.warn("unknown variable", "name", variable));
        try (Agent agent = new Agent(config, log)) {
            AtomicInteger forced = new AtomicInteger();
            Stops stops = new Stops(agent, log, forced);
            // The JVM keeps SIGQUIT unless it runs with -Xrs.
            for (String signal : List.of("TERM", "INT", "QUIT")) {
                Signals.handle(signal, stops::receive);
            }
            agent.start();
            return switch (agent.await()) {
                case DRAINED -> 0;
                case REFUSED, LET_GO -> 1;
                case STOPPED -> 128 + forced.get();
            };
        }
    }

    Settings settings() {
        return new Settings(environment)
                .flag("TOKEN", token)
                .flag("ADDRESS", address)
                .flag("NAME", name)
                .flag("DATA_DIR", dataDir)
                .flag("CACHE_DIR", cacheDir)
                .flag("CA_FILE", caFile)
                .flag("CONCURRENCY", concurrency)
                .flag("LOG_FORMAT", logFormat)
                .flag("LOG_JSON", logJson)
                .flag("ENGINE_MIRROR", engineMirror)
                .flag("ACCEPT", accept)
                .flag("SINGLE", single);
    }
}
