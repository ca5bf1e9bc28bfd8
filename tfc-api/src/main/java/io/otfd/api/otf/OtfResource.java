package io.otfd.api.otf;

import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.NUMBER;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TEXTS;

import io.otfd.agentpool.RegisteredAgent;
import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.job.Job;
import io.otfd.run.Run;
import io.otfd.run.RunOptions;
import io.otfd.state.StateVersion;
import io.otfd.workspace.Workspace;

/**
 * OTF's documents. Its agents compare types exactly, and stop at an attribute of a wrong form: an empty text is no version,
 * time or identifier for them, and a workspace's {@code mode} no text. What they do not need is left out.
 */
final class OtfResource {

    /** The only engine that runs have. */
    private static final Schema AGENT =
            Schema.of("runners").readOnly(TEXT, "name", "version", "status").readOnly(NUMBER, "max_jobs");

    private static final Schema JOB = Schema.of("jobs")
            .readOnly(TEXT, "run_id", "phase", "status", "organization", "workspace_id")
            .readOnly(TEXT.orNull(), "agent_pool_id", "runner_id");
    private static final Schema SIGNAL = Schema.of("signals").readOnly(FLAG, "force");
    private static final Schema RUN = Schema.of("runs")
            .readOnly(
                    TEXT,
                    "engine",
                    "engine_version",
                    "workspace_id",
                    "configuration_version_id",
                    "status",
                    "organization",
                    "message")
            .readOnly(FLAG, "refresh", "refresh_only", "is_destroy", "plan_only", "auto_apply")
            .readOnly(TEXTS, "replace_addrs", "target_addrs");
    private static final Schema WORKSPACE = Schema.of("workspaces")
            .readOnly(TEXT, "name", "organization", "working_directory", "engine")
            .readOnly(TEXT.orNull(), "ssh_key_id");
    private static final Schema VARIABLE =
            Schema.of("variables").readOnly(TEXT, "key", "value", "category").readOnly(FLAG, "hcl");
    private static final Schema STATE_VERSION =
            Schema.of("state-versions").readOnly(NUMBER, "serial").readOnly(TEXT, "status", "workspace-id");

    private OtfResource() {}

    static Resource agent(RegisteredAgent agent) {
        return new Resource(AGENT, agent.id().value())
                .attribute("name", agent.name().orElse(""))
                .attribute("version", agent.version().orElse(""))
                .attribute("status", agent.status())
                .attribute("max_jobs", agent.concurrency());
    }

    /** Jobs have numbers; there the kind of thing stands before it. */
    static String jobId(long id) {
        return "job-" + id;
    }

    static Resource job(Job job, Run run, Workspace workspace) {
        return new Resource(JOB, jobId(job.id()))
                .attribute("run_id", run.id().value())
                .attribute("phase", job.kind())
                .attribute("status", !job.isClaimed() ? "finished" : job.started() ? "running" : "allocated")
                .attribute("organization", workspace.organizationName())
                .attribute("workspace_id", workspace.id().value())
                .attribute("agent_pool_id", run.executionMode().agentPool().map(pool -> pool.value()))
                .attribute("runner_id", job.agent().map(agent -> agent.value()));
    }

    static Resource signal(long job, boolean force) {
        return new Resource(SIGNAL, jobId(job)).attribute("force", force);
    }

    static Resource run(Run run, Workspace workspace) {
        RunOptions options = run.options();
        return new Resource(RUN, run.id().value())
                .attribute("engine", run.engine())
                .attribute("engine_version", run.terraformVersion())
                .attribute("workspace_id", run.workspace().value())
                .attribute(
                        "configuration_version_id", run.configurationVersion().value())
                .attribute("status", run.status().toString())
                .attribute("organization", workspace.organizationName())
                .attribute("message", run.message())
                .attribute("refresh", options.refresh())
                .attribute("refresh_only", options.refreshOnly())
                .attribute("is_destroy", options.destroy())
                .attribute("plan_only", options.planOnly())
                .attribute("auto_apply", options.autoApply())
                .attribute("replace_addrs", options.replaceAddrs())
                .attribute("target_addrs", options.targetAddrs());
    }

    static Resource workspace(Workspace workspace) {
        return new Resource(WORKSPACE, workspace.id().value())
                .attribute("name", workspace.name())
                .attribute("organization", workspace.organizationName())
                .attribute(
                        "working_directory",
                        workspace.settings().workingDirectory().orElse(""))
                .attribute("engine", workspace.settings().engine())
                .attribute("ssh_key_id", workspace.sshKey().map(key -> key.value()));
    }

    /** @param number its place among all: what is merged has no identifier of its own */
    static Resource variable(int number, String key, String value, String category, boolean hcl) {
        return new Resource(VARIABLE, "var-" + number)
                .attribute("key", key)
                .attribute("value", value)
                .attribute("category", category)
                .attribute("hcl", hcl);
    }

    static Resource stateVersion(StateVersion version) {
        return new Resource(STATE_VERSION, version.id().value())
                .attribute("serial", version.serial())
                .attribute("status", version.status())
                .attribute("workspace-id", version.workspace().value());
    }
}
