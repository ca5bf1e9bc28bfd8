package io.otfd.agent;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    private boolean help;

    @Option(
            names = {"-v", "--version"},
            versionHelp = true,
            description = "Show the version; -v 1 logs more, -v 2 all.")
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
        for (Setting setting : Setting.values()) {
            line.getCommandSpec().addOption(option(setting));
        }
        // As in Go: the last one counts.
        line.setOverwrittenOptionsAllowed(true);
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

    private static OptionSpec option(Setting setting) {
        return OptionSpec.builder(setting.flags().toArray(String[]::new))
                .type(String.class)
                .arity(setting.needsNoValue() ? "0..1" : "1")
                .fallbackValue("true")
                .paramLabel(setting.label())
                .description(setting.description())
                .hidden(setting.isHidden())
                .build();
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = settings();
        AgentConfig config = settings.config();
        AgentLog log = settings.log(config);
        OwnMemory.hide(config.token().value());
        settings.comment(log);
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
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            OptionSpec option = spec.findOption(setting.flags().getFirst());
            String value = setting.isList() && !option.originalStringValues().isEmpty()
                    ? String.join(",", option.originalStringValues())
                    : option.getValue();
            if (value != null) {
                given.put(setting, value);
            }
        }
        return new Settings(environment, given);
    }
}
