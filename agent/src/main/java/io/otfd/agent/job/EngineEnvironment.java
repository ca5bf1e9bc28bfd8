package io.otfd.agent.job;

import io.otfd.agent.protocol.JobData;
import java.net.URI;
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
            "GIT_SSL_CAINFO");

    /** Facts that variables of a workspace do not change: without them the engine would not work with this server. */
    private static final Set<String> FIXED = Set.of(
            "TF_FORCE_LOCAL_BACKEND",
            "TF_IN_AUTOMATION",
            "TF_INPUT",
            "TF_CLI_CONFIG_FILE",
            "TFE_RUN_ID",
            "TFC_RUN_ID",
            "TFC_AGENT_VERSION");

    private final Map<String, String> fromHost = new LinkedHashMap<>();

    private final URI address;

    /** @param certificates a directory with the certificates of {@code --ca-file}, if one was given */
    EngineEnvironment(URI address, Map<String, String> host, Optional<Path> certificates) {
        this.address = address;
        host.forEach((name, value) -> {
            if (FROM_HOST.contains(name) || name.startsWith("LC_")) {
                fromHost.put(name, value);
            }
        });
        // The directory variable leaves the system's bundle in force; the file variable would replace it.
        certificates.ifPresent(directory ->
                fromHost.merge("SSL_CERT_DIR", directory.toString(), (theirs, ours) -> theirs + ":" + ours));
    }

    /** What the engine of a job sees. */
    Map<String, String> of(JobData job, Workdir workdir) {
        Map<String, String> environment = new LinkedHashMap<>(fromHost);
        Map<String, String> facts = facts(job, workdir);
        environment.putAll(facts);
        environment.putAll(job.environment());
        environment.remove("TF_DATA_DIR");
        FIXED.forEach(name -> environment.put(name, facts.get(name)));
        environment.values().removeIf(value -> value.indexOf('\0') >= 0);
        return environment;
    }

    /** What every program of a job is told about it (observed: tfc-agent 1.21). */
    Map<String, String> facts(JobData job, Workdir workdir) {
        String slug = job.organizationName() + "/" + job.workspaceName();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("ATLAS_ADDRESS", address.toString());
        facts.put("ATLAS_CONFIGURATION_NAME", job.workspaceName());
        facts.put("ATLAS_CONFIGURATION_SLUG", slug);
        facts.put("ATLAS_RUN_ID", job.runId());
        facts.put("ATLAS_WORKSPACE_NAME", job.workspaceName());
        facts.put("ATLAS_WORKSPACE_SLUG", slug);
        facts.put("TFC_RUN_ID", job.runId());
        facts.put("TFE_RUN_ID", job.runId());
        facts.put("TFC_WORKSPACE_NAME", job.workspaceName());
        facts.put("TFC_WORKSPACE_ID", job.workspaceId());
        facts.put("TFC_WORKSPACE_SLUG", slug);
        facts.put("TFC_PROJECT_NAME", job.projectName());
        facts.values().removeIf(value -> value == null);
        Map<String, String> all = new LinkedHashMap<>(facts);
        facts.forEach((name, value) -> all.put("TF_VAR_" + name, value));
        all.put("ATLAS_TOKEN", job.token());
        if (job.sshKey() != null) {
            all.put("GIT_SSH_COMMAND", ssh(workdir));
        }
        all.put("TF_ATLAS_DIR", workdir.root().toString());
        all.put("TF_REGISTRY_DISCOVERY_RETRY", "2");
        all.put("TF_X_SHADOW", "0");
        all.put("HOME", workdir.home().toString());
        all.put("CHECKPOINT_DISABLE", "1");
        all.put("TF_FORCE_LOCAL_BACKEND", "1");
        all.put("TF_IN_AUTOMATION", "1");
        all.put("TF_INPUT", "0");
        all.put("TF_CLI_CONFIG_FILE", workdir.cliConfig().toString());
        all.put("TFC_AGENT_VERSION", COMPATIBLE_AGENT);
        return all;
    }

    /** With the workspace's key alone. A host is believed when it is first seen: nobody is there to be asked. */
    private static String ssh(Workdir workdir) {
        return "ssh -i " + quoted(workdir.sshKey().toString())
                + " -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=accept-new -o "
                + quoted("UserKnownHostsFile=\"" + workdir.sshHosts() + "\"");
    }

    /** For the shell, through which git starts the command. */
    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
