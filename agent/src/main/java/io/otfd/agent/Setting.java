package io.otfd.agent;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an operator can set: by flag, by {@code OTF_<NAME>}, by the variable that tfc-agent calls it ({@code
 * TFC_AGENT_<NAME>} unless said otherwise).
 */
enum Setting {
    TOKEN("--token", "TOKEN", "Token of the agent pool. Required, here or in a file."),
    TOKEN_FILE("--token-file", "FILE", "File with the token; read again when the server refuses what it held."),
    ADDRESS(
            "--address --url",
            "URL",
            "The server (default: https://localhost:8080).",
            "OTF_ADDRESS",
            "OTF_URL",
            "TFC_ADDRESS",
            "TFE_ADDRESS"),
    NAME("--name", "NAME", "Name shown by the server (default: the host's name)."),
    DATA_DIR(
            "--data-dir",
            "DIR",
            "Jobs, hooks and caches, for this agent alone (default: ~/.otf-agent, or ~/.tfc-agent where that exists or"
                    + " variables of tfc-agent are used)."),
    CACHE_DIR("--cache-dir", "DIR", "Downloaded engines and provider schemas (default: DATA-DIR/cache)."),
    CONCURRENCY("--concurrency", "N", "Jobs at once (default: 5, or 1 where variables of tfc-agent are used)."),
    ACCEPT("--accept", "TYPES", "Kinds of jobs to take, separated by commas, or none (default: plan,apply,query)."),
    SINGLE(
            Kind.SWITCH,
            "--single",
            "true|false|run",
            "End after one job, or with run after the plan and the apply of one run."),
    ENGINE_MIRROR(
            "--engine-mirror",
            "URL",
            "Where Terraform is downloaded when neither this machine nor the server has the version wanted"
                    + " (default: https://releases.hashicorp.com)."),
    HOOK_TIMEOUT(
            "--hook-timeout",
            "SECONDS",
            "How long a hook may take: 60, at most 600. Hooks are executable files DATA-DIR/hooks/terraform-pre-plan,"
                    + " -post-plan, -pre-apply, -post-apply. OTF_HOOK_PRE_PLAN_TIMEOUT and so on set one alone."),
    HOOK_PRE_PLAN_TIMEOUT(Kind.HIDDEN, "--hook-pre-plan-timeout", "SECONDS", ""),
    HOOK_POST_PLAN_TIMEOUT(Kind.HIDDEN, "--hook-post-plan-timeout", "SECONDS", ""),
    HOOK_PRE_APPLY_TIMEOUT(Kind.HIDDEN, "--hook-pre-apply-timeout", "SECONDS", ""),
    HOOK_POST_APPLY_TIMEOUT(Kind.HIDDEN, "--hook-post-apply-timeout", "SECONDS", ""),
    KEEP_JOBS(
            Kind.SWITCH,
            "--keep-jobs",
            "true|false",
            "Move the directories of ended jobs to DATA-DIR/kept instead of removing them. They hold secrets."),
    TOFU_MIRROR(
            "--tofu-mirror",
            "URL",
            "The same for OpenTofu (default: https://github.com/opentofu/opentofu/releases/download)."),
    ENGINE_BINS_DIR(
            "--engine-bins-dir",
            "DIR",
            "Engines by version, DIR/1.11.4/terraform or DIR/1.12.6/tofu (default: CACHE-DIR/engines)."),
    SANDBOX(
            Kind.SWITCH,
            "--sandbox",
            "true|false",
            "Run Terraform inside bubblewrap, where it sees its own run only. The agent does not start where that cannot"
                    + " be had."),
    PLUGIN_CACHE(Kind.SWITCH, "--plugin-cache", "true|false", "Share providers between runs, in CACHE-DIR/providers."),
    PLUGIN_CACHE_DIR(
            "--plugin-cache-dir",
            "DIR",
            "Share providers between runs, here; TF_PLUGIN_CACHE_DIR and plugin_cache_dir are followed, too."),
    LABELS(
            Kind.LIST,
            "--labels --label",
            "KEY=VALUE,...",
            "What the server shows of this agent, such as zone=b,team=net."),
    CA_FILE("--ca-file", "FILE", "PEM certificates to trust besides the system's, for agent and Terraform."),
    CLIENT_CERT("--client-cert", "FILE", "PEM certificate that the agent shows the server, with --client-key."),
    CLIENT_KEY("--client-key", "FILE", "PEM private key to it, PKCS #8."),
    TLS_SERVER_NAME("--tls-server-name", "NAME", "Expected in the server's certificate instead of the address's host."),
    HEALTH_ADDRESS(
            "--health-address",
            "HOST:PORT",
            "Serve /live, /ready and /metrics here, without TLS; :PORT is every address of this machine (default: off)."),
    LOG_LEVEL("--log-level", "LEVEL", "trace, debug, info, warn or error (default: info)."),
    LOG_FORMAT("--log-format", "FORMAT", "text, json, hclog (the lines of tfc-agent) or hclog-json (default: text)."),
    LOG_JSON(Kind.SWITCH, "--log-json", "true|false", "The same as --log-format hclog-json."),
    VERBOSITY(Kind.HIDDEN, "--verbosity", "N", "As -v N: 1 is debug, 2 and more trace.", "OTF_V"),

    AUTO_UPDATE(Kind.HIDDEN, "--auto-update", "LEVEL", "", "OTF_AUTO_UPDATE", "TFC_AGENT_AUTO_UPDATE"),
    REQUEST_FORWARDING(
            Kind.UNSUPPORTED,
            "--request-forwarding",
            "true|false",
            "",
            "OTF_REQUEST_FORWARDING",
            "TFC_AGENT_REQUEST_FORWARDING",
            "_TFC_AGENT_REQUEST_FORWARDING_ENABLED"),
    HYOK(Kind.UNSUPPORTED, "--hyok", "true|false", ""),
    OTLP_ADDRESS(Kind.UNSUPPORTED, "--otlp-address", "HOST:PORT", ""),
    OTLP_CERT_FILE(Kind.UNSUPPORTED, "--otlp-cert-file", "FILE", ""),
    OTLP_FORWARD_SPANS(Kind.UNSUPPORTED, "--otlp-forward-spans", "true|false", ""),
    EXECUTOR(Kind.HIDDEN, "--executor", "fork", "");

    /** How a setting is given and shown. */
    private enum Kind {
        VALUE,
        /** Of several values, all count. */
        LIST,
        /** True when it is given without a value. */
        SWITCH,
        /** A value that is no news to those who need it. */
        HIDDEN,
        /** Of other agents; taken with a warning, so that their commands still start. */
        UNSUPPORTED
    }

    private final Kind kind;
    private final List<String> flags;
    private final String label;
    private final String description;
    private final List<String> variables;

    Setting(String flags, String label, String description, String... variables) {
        this(Kind.VALUE, flags, label, description, variables);
    }

    Setting(Kind kind, String flags, String label, String description, String... variables) {
        this.kind = kind;
        this.flags = List.of(flags.split(" "));
        this.label = label;
        this.description = description;
        this.variables = variables.length == 0 ? List.of("OTF_" + name(), "TFC_AGENT_" + name()) : List.of(variables);
    }

    boolean isList() {
        return kind == Kind.LIST;
    }

    List<String> flags() {
        return flags;
    }

    String label() {
        return label;
    }

    String description() {
        return description;
    }

    /** In the order in which they count. */
    List<String> variables() {
        return variables;
    }

    boolean needsNoValue() {
        return kind == Kind.SWITCH || kind == Kind.UNSUPPORTED;
    }

    boolean isHidden() {
        return kind == Kind.HIDDEN || kind == Kind.UNSUPPORTED;
    }

    static Stream<Setting> unsupported() {
        return Arrays.stream(values()).filter(setting -> setting.kind == Kind.UNSUPPORTED);
    }
}
