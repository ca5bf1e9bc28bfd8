package io.otfd.agent.job;

import io.otfd.agent.protocol.JobOffer;
import io.otfd.agent.protocol.JobReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Configuration → init → query. What is found is in the log, which the CLI renders; nothing else is handed in, and hooks are
 * for what becomes of a run.
 */
final class QueryPhase extends Phase {

    QueryPhase(Workshop workshop, Workdir workdir, JobLog log, Control control, Supplier<JobOffer> offer) {
        super(workshop, workdir, log, control, offer);
    }

    @Override
    JobReport.Outcome run(EngineInstall.Engine engine, Path directory)
            throws JobFailure, JobStopped, InterruptedException, IOException {
        Terraform terraform = initialised(engine, directory);
        Path generated = workdir.generated();
        log.append(terraform.queryOutput());
        step("Running " + engine.product().program() + " query");
        int exit = terraform.query(job(), generated, hasVariables());
        control.check();
        if (exit != 0) {
            throw failed(engine.product().program() + " query", exit);
        }
        return new JobReport.Outcome(job().runId(), "plan", false, Files.exists(generated), null, null, null, null);
    }

    @Override
    void configuration() throws JobFailure, JobStopped, InterruptedException, IOException {
        uploaded();
    }
}
