package io.otfd.agent.job;

import io.otfd.agent.protocol.JobData;
import io.otfd.agent.protocol.JobOffer;
import io.otfd.agent.protocol.JobReport;
import io.otfd.agent.summary.PlanSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Configuration → init → plan → plan JSON, provider schemas and filesystem handed in. */
final class PlanPhase extends Phase {

    PlanPhase(Workshop workshop, Workdir workdir, JobLog log, Control control, Supplier<JobOffer> offer) {
        super(workshop, workdir, log, control, offer);
    }

    @Override
    JobReport.Outcome run(EngineInstall.Engine engine, Path directory)
            throws JobFailure, JobStopped, InterruptedException, IOException {
        Terraform terraform = initialised(engine, directory);
        Path generated = workdir.generated();
        log.append(terraform.planOutput());
        step("Running " + engine.product().program() + " plan");
        int exit = terraform.plan(job(), generated, hasVariables());
        control.check();
        if (exit != 0 && exit != 2) {
            throw failed(engine.product().program() + " plan", exit);
        }
        PlanSummary summary = handIn(terraform);
        control.check();
        return new JobReport.Outcome(
                job().runId(),
                "plan",
                exit == 2,
                Files.exists(generated),
                summary.additions(),
                summary.changes(),
                summary.destructions(),
                summary.imports());
    }

    @Override
    void configuration() throws JobFailure, JobStopped, InterruptedException, IOException {
        uploaded();
    }

    private PlanSummary handIn(Terraform terraform) throws JobFailure, JobStopped, InterruptedException, IOException {
        Map<String, Path> places = workshop.schemas.places(
                terraform.version(), terraform.directory().resolve(".terraform.lock.hcl"));
        boolean known = cacheable() && ProviderSchemas.complete(places, places.keySet());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Void> filesystem = threads.submit(task(this::filesystem));
            Future<Void> schemas = threads.submit(task(() -> {
                if (!known) {
                    askForSchemas(terraform, places);
                }
            }));
            Future<PlanSummary> summary = threads.submit(() -> summary(terraform));
            try {
                PlanSummary done = get(summary);
                Future<Void> json = threads.submit(task(() -> planJson(terraform)));
                get(schemas);
                schemas(terraform, places, done);
                get(json);
                get(filesystem);
                return done;
            } catch (JobFailure | JobStopped | InterruptedException | IOException e) {
                threads.shutdownNow();
                throw e;
            }
        }
    }

    private PlanSummary summary(Terraform terraform) throws JobFailure, JobStopped, InterruptedException, IOException {
        int exit = terraform.show();
        if (exit != 0) {
            control.check();
            throw new JobFailure(
                    "The plan could not be shown as JSON: terraform show failed with exit code " + exit + ".");
        }
        return PlanSummary.of(terraform.showOutput());
    }

    private void planJson(Terraform terraform) throws JobFailure, JobStopped, InterruptedException {
        if (job().jsonPlanUrl() != null) {
            step("Generating and uploading plan JSON");
            workshop.transfers.upload(url(JobData::jsonPlanUrl), terraform.showOutput(), "The plan's JSON", control);
        }
    }

    private void filesystem() throws JobFailure, JobStopped, InterruptedException, IOException {
        if (!job().planOnly() && job().filesystemUrl() != null) {
            step("Persisting filesystem to remote storage");
            Path archive = workdir.file("filesystem.tar.gz");
            Pack.filesystem(workdir.root(), archive);
            workshop.transfers.upload(url(JobData::filesystemUrl), archive, "The planned configuration", control);
        }
    }

    /** Providers that are not what the lock file says must not be remembered under its words. */
    private boolean cacheable() {
        return !workshop.hostConfig.hasDevelopmentOverrides()
                && !job().environment().containsKey("TF_REATTACH_PROVIDERS");
    }

    private void askForSchemas(Terraform terraform, Map<String, Path> places)
            throws JobFailure, JobStopped, InterruptedException, IOException {
        int exit = terraform.schemas();
        if (exit != 0) {
            control.check();
            throw new JobFailure(
                    "The schemas of the providers are missing: terraform providers schema failed with exit code " + exit
                            + ".");
        }
        if (cacheable()) {
            workshop.schemas.keep(terraform.schemasOutput(), places);
        }
    }

    /** Of cached schemas those that the plan needs; otherwise what the engine printed. */
    private void schemas(Terraform terraform, Map<String, Path> places, PlanSummary summary)
            throws JobFailure, JobStopped, InterruptedException, IOException {
        if (job().jsonProviderSchemasUrl() == null) {
            return;
        }
        step("Generating and uploading provider schemas JSON");
        Path document = terraform.schemasOutput();
        if (cacheable() && ProviderSchemas.complete(places, summary.providers())) {
            document = workdir.file("schemas.json");
            ProviderSchemas.compose(places, summary.providers(), document);
        } else if (!Files.exists(document)) {
            askForSchemas(terraform, places);
        }
        workshop.transfers.upload(
                url(JobData::jsonProviderSchemasUrl), document, "The schemas of the providers", control);
    }

    private interface Task {
        void run() throws JobFailure, JobStopped, InterruptedException, IOException;
    }

    private static Callable<Void> task(Task task) {
        return () -> {
            task.run();
            return null;
        };
    }

    private static <T> T get(Future<T> future) throws JobFailure, JobStopped, InterruptedException, IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case JobFailure failure -> throw failure;
                case JobStopped stopped -> throw stopped;
                case InterruptedException interrupted -> throw interrupted;
                case IOException failure -> throw failure;
                case RuntimeException bug -> throw bug;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
