package io.otfd.agent.job;

import io.otfd.agent.protocol.JobData;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the engine sees of the world: a chosen part of the agent's environment, the run's facts, the user's variables. */
final class EngineEnvironment {

    /** What we say we are compatible with: import blocks need 1.10 (observed: Terraform 1.11). */
    private static final String COMPATIBLE_AGENT = "1.30.0";

    private static final Set<String> FROM_HOST = Set.of(
            "PATH",
            "LANG",
            "TZ",
            "TMPDIR",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "ALL_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "all_proxy",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "GIT_SSL_CAINFO",
            "TF_PLUGIN_CACHE_DIR",
            "TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE");

    private final Map<String, String> fromHost = new LinkedHashMap<>();

    /** @param certificates a directory with the certificates of {@code --ca-file}, if one was given */
    EngineEnvironment(Map<String, String> host, Optional<Path> certificates) {
        host.forEach((name, value) -> {
            if (FROM_HOST.contains(name) || name.startsWith("LC_")) {
                fromHost.put(name, value);
            }
        });
        // The directory variable leaves the system's bundle in force; the file variable would replace it.
        certificates.ifPresent(directory ->
                fromHost.merge("SSL_CERT_DIR", directory.toString(), (theirs, ours) -> theirs + ":" + ours));
    }

    Map<String, String> of(JobData job, Workdir workdir) {
        Map<String, String> environment = new LinkedHashMap<>(fromHost);
        environment.put("HOME", workdir.home().toString());
        environment.put("CHECKPOINT_DISABLE", "1");
        Map<String, String> facts = facts(job);
        environment.putAll(facts);
        facts.forEach((name, value) -> environment.put("TF_VAR_" + name, value));
        environment.putAll(job.environment());
        environment.remove("TF_DATA_DIR");
        environment.put("TF_FORCE_LOCAL_BACKEND", "1");
        environment.put("TF_IN_AUTOMATION", "1");
        environment.put("TF_INPUT", "0");
        environment.put("TF_CLI_CONFIG_FILE", workdir.cliConfig().toString());
        environment.put("TFE_RUN_ID", job.runId());
        environment.put("TFC_RUN_ID", job.runId());
        environment.put("TFC_AGENT_VERSION", COMPATIBLE_AGENT);
        environment.values().removeIf(value -> value.indexOf('\0') >= 0);
        return environment;
    }

    private static Map<String, String> facts(JobData job) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("TFC_RUN_ID", job.runId());
        facts.put("TFE_RUN_ID", job.runId());
        facts.put("TFC_WORKSPACE_NAME", job.workspaceName());
        facts.put("TFC_WORKSPACE_ID", job.workspaceId());
        facts.put("TFC_WORKSPACE_SLUG", job.organizationName() + "/" + job.workspaceName());
        facts.put("TFC_PROJECT_NAME", job.projectName());
        facts.values().removeIf(value -> value == null);
        return facts;
    }
}
