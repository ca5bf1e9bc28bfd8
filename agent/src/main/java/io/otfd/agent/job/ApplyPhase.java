package io.otfd.agent.job;

import io.otfd.agent.protocol.JobData;
import io.otfd.agent.protocol.JobOffer;
import io.otfd.agent.protocol.JobReport;
import io.otfd.agent.summary.ApplySummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;

/** The planned filesystem → init → apply → a state that could not be saved handed in by us. */
final class ApplyPhase extends Phase {

    ApplyPhase(Workshop workshop, Workdir workdir, JobLog log, Control control, Supplier<JobOffer> offer) {
        super(workshop, workdir, log, control, offer);
    }

    @Override
    JobReport.Outcome run(EngineInstall.Engine engine, Path directory)
            throws JobFailure, JobStopped, InterruptedException, IOException {
        Terraform terraform = initialised(engine, directory);
        log.append(terraform.applyOutput());
        // Older engines refuse variables beside a plan file; later ones must be given the ephemeral ones again.
        boolean variables = hasVariables()
                && Versions.isExact(engine.version())
                && Versions.atLeast(engine.version(), engine.product().ephemeralSince());
        step("Running " + engine.product().program() + " apply");
        int exit = terraform.apply(job(), variables);
        saveErroredState(terraform);
        if (exit != 0) {
            control.check();
            throw failed(engine.product().program() + " apply", exit);
        }
        ApplySummary summary = ApplySummary.of(terraform.applyOutput());
        return new JobReport.Outcome(
                job().runId(),
                "apply",
                null,
                null,
                summary.additions(),
                summary.changes(),
                summary.destructions(),
                summary.imports());
    }

    @Override
    void configuration() throws JobFailure, JobStopped, InterruptedException, IOException {
        if (Files.exists(workdir.config())) {
            return;
        }
        step("Restoring filesystem from remote storage");
        Path tree = fetch(url(JobData::filesystemUrl), "The planned configuration");
        Path plan = tree.resolve("tfplan");
        Path config = tree.resolve("config");
        if (!Files.isRegularFile(plan, LinkOption.NOFOLLOW_LINKS)
                || !Files.isDirectory(config, LinkOption.NOFOLLOW_LINKS)) {
            throw new JobFailure("The planned configuration does not hold a plan: plan again.");
        }
        Files.move(plan, workdir.plan(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.move(config, workdir.config(), StandardCopyOption.ATOMIC_MOVE);
        Trees.delete(tree);
    }

    /** A server that refuses a state version may keep the file all the same. */
    private boolean handedIn(Path state) throws InterruptedException {
        if (job().erroredStateUrl() == null) {
            return false;
        }
        try {
            workshop.transfers.upload(url(JobData::erroredStateUrl), state, "The state", control);
            return true;
        } catch (JobFailure | JobStopped e) {
            return false;
        }
    }

    /** Terraform leaves this file when it could not upload the state of what it has already changed. */
    private void saveErroredState(Terraform terraform) throws InterruptedException, IOException {
        Path state = terraform.directory().resolve("errored.tfstate");
        if (!Files.isRegularFile(state, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            String id = new ErroredState(workshop.config.address(), workshop.http).save(state, job(), control);
            log.append("state-saved", "\nTerraform could not save the state; the agent has saved it as " + id + ".\n");
        } catch (JobFailure e) {
            if (handedIn(state)) {
                log.append(
                        "state-kept",
                        "\n" + e.getMessage() + " The server keeps it with this apply as its errored state.\n");
                return;
            }
            Path kept = Files.createDirectories(workshop.config.dataDir().resolve("errored-states"))
                    .resolve(job().runId() + ".tfstate");
            Files.copy(state, kept, StandardCopyOption.REPLACE_EXISTING);
            workshop.log.error("a state could not be saved", "run.id", job().runId(), "path", kept);
            log.append("state-kept", "\n" + e.getMessage() + " It is kept on the agent as " + kept + ".\n");
        }
    }
}
