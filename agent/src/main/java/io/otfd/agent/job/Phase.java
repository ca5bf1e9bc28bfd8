package io.otfd.agent.job;

import io.otfd.agent.protocol.Architecture;
import io.otfd.agent.protocol.JobData;
import io.otfd.agent.protocol.JobOffer;
import io.otfd.agent.protocol.JobReport;
import io.otfd.agent.protocol.Product;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What plan and apply have in common: an engine, a configuration made ready, init. */
abstract sealed class Phase permits PlanPhase, QueryPhase, ApplyPhase {

    final Workshop workshop;
    final Workdir workdir;
    final JobLog log;
    final Control control;
    private final Supplier<JobOffer> offer;
    private final OomKills oomKills = new OomKills();

    Phase(Workshop workshop, Workdir workdir, JobLog log, Control control, Supplier<JobOffer> offer) {
        this.workshop = workshop;
        this.workdir = workdir;
        this.log = log;
        this.control = control;
        this.offer = offer;
    }

    static Phase of(Workshop workshop, Workdir workdir, JobLog log, Control control, Supplier<JobOffer> offer)
            throws JobFailure {
        return switch (offer.get().type()) {
            case "plan" ->
                offer.get().data().query()
                        ? new QueryPhase(workshop, workdir, log, control, offer)
                        : new PlanPhase(workshop, workdir, log, control, offer);
            case "apply" -> new ApplyPhase(workshop, workdir, log, control, offer);
            case null, default ->
                throw new JobFailure("This agent does not know jobs of the type \""
                        + offer.get().type() + "\".");
        };
    }

    /** @throws JobStopped when {@link Control} had the job end */
    final JobReport.Outcome run() throws JobFailure, JobStopped, InterruptedException, IOException {
        EngineInstall.Engine engine = engine();
        configuration();
        Path directory = directory(workdir.config());
        cliConfig();
        sshKey();
        String kind = offer.get().type();
        control.awaitKnown();
        hook("pre-" + kind, directory);
        try {
            JobReport.Outcome outcome = run(engine, directory);
            hook("post-" + kind, directory);
            return outcome;
        } catch (JobFailure | JobStopped e) {
            try {
                hook("post-" + kind, directory);
            } catch (JobFailure | JobStopped second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /** Puts the configuration in its place, unless an earlier process of the agent has. */
    abstract void configuration() throws JobFailure, JobStopped, InterruptedException, IOException;

    /** @param directory of the root module */
    abstract JobReport.Outcome run(EngineInstall.Engine engine, Path directory)
            throws JobFailure, JobStopped, InterruptedException, IOException;

    /** A hook may change the file: in a job that is taken up again only the token in it is renewed. */
    private void cliConfig() throws IOException {
        Path file = workdir.cliConfig();
        Path known = workdir.file("token");
        if (Files.exists(known) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            String text = Files.readString(file);
            Workdir.writePrivate(file, text.replace(Files.readString(known), job().token()));
        } else {
            workshop.overrides.cliConfig(file, job().token());
        }
        Workdir.writePrivate(known, job().token());
    }

    /** Not in the job's private part, which an engine in a sandbox does not see; no archive of the run holds it. */
    private void sshKey() throws IOException {
        if (job().sshKey() != null) {
            Workdir.writePrivate(workdir.sshKey(), job().sshKey().strip() + "\n");
        }
    }

    private void hook(String name, Path directory) throws JobFailure, JobStopped, InterruptedException, IOException {
        Optional<Path> program = workshop.hooks.find(name);
        if (program.isPresent() && !job().query()) {
            step("Executing hook", "hook", name);
            new Hook(name, program.get(), workshop, workdir, log, control).run(job(), directory);
        }
    }

    JobData job() {
        return offer.get().data();
    }

    /** A URL of the offer as it is when it is used: a resumed job gets new ones. */
    Supplier<String> url(Function<JobData, String> member) {
        return () -> member.apply(job());
    }

    /** Header and engine: the CLI throws away the first three lines of an apply log (observed: Terraform 1.11). */
    EngineInstall.Engine engine() throws JobFailure, JobStopped, InterruptedException, IOException {
        try {
            EngineInstall.Engine engine = workshop.install.engine(job(), control);
            step(engine.product().title() + " CLI details", "version", engine.version());
            header(engine.product(), engine.version());
            return engine;
        } catch (JobFailure e) {
            header(Product.of(job().engine()).orElse(Product.TERRAFORM), job().terraformVersion());
            throw e;
        }
    }

    /** A line of the agent's own log. */
    void step(String message, Object... fields) {
        List<Object> all = new ArrayList<>(List.of(fields));
        all.add("run.id");
        all.add(offer.get().jobId());
        workshop.log.step(message, all.toArray());
    }

    private void header(Product product, String version) {
        log.append(
                "header",
                "%s v%s\non %s\nInitializing plugins and modules...\n"
                        .formatted(product.title(), version, Architecture.platform()));
    }

    /**
     * Fetches an archive and unpacks it.
     *
     * @return the unpacked tree, under a name that says that it is not complete yet
     */
    Path fetch(Supplier<String> url, String what) throws JobFailure, JobStopped, InterruptedException, IOException {
        Path archive = workdir.file("archive.tar.gz");
        Path tree = workdir.file("unpacking");
        Trees.delete(tree);
        workshop.transfers.download(url, archive, what, control);
        Files.createDirectory(tree);
        try (InputStream in = Files.newInputStream(archive)) {
            Unpack.into(tree, in, what);
        } catch (JobFailure e) {
            Trees.delete(tree);
            throw e;
        } finally {
            Files.deleteIfExists(archive);
        }
        return tree;
    }

    /**
     * The configuration as it was uploaded: whole or not at all, so that a later process of the agent does not take a half
     * for it.
     */
    void uploaded() throws JobFailure, JobStopped, InterruptedException, IOException {
        if (!Files.exists(workdir.config())) {
            step("Downloading Terraform configuration");
            Path tree = fetch(url(JobData::configurationVersionUrl), "The configuration");
            Overrides.clean(directory(tree));
            Files.move(tree, workdir.config(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** The directory of the root module: the workspace's working directory inside the configuration. */
    Path directory(Path config) throws JobFailure {
        String wanted = job().workingDirectory() == null ? "" : job().workingDirectory();
        Path directory = config;
        for (String part : wanted.split("/")) {
            if (part.equals("..")) {
                throw new JobFailure("The working directory \"" + wanted + "\" leads out of the configuration.");
            }
            directory = part.isEmpty() || part.equals(".") ? directory : directory.resolve(part);
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw new JobFailure("The configuration has no working directory \"" + wanted + "\".");
            }
        }
        return directory;
    }

    /** Writes our files and runs init, unless an earlier process of the agent has got further. */
    Terraform initialised(EngineInstall.Engine engine, Path directory)
            throws JobFailure, JobStopped, InterruptedException, IOException {
        Terraform terraform =
                new Terraform(engine, workdir, directory, environment(), control, workshop.groups, workshop.sandbox);
        if (!terraform.initialised()) {
            if (workshop.providers.isPresent()) {
                workshop.providers.get().open(workdir.providers());
            }
            workshop.overrides.home(workdir.home());
            workshop.overrides.backend(directory, job(), engine.version());
            if (hasVariables()) {
                Workdir.writePrivate(workdir.variables(), job().tfvars());
            }
        }
        step("Running " + engine.product().program() + " init");
        int exit = terraform.init();
        if (exit != 0) {
            if (control.stopped()) {
                throw new JobStopped();
            }
            log.append(terraform.initOutput());
            throw failed(engine.product().program() + " init", exit);
        }
        if (workshop.providers.isPresent()) {
            workshop.providers.get().share(workdir.providers());
        }
        return terraform;
    }

    private Map<String, String> environment() throws JobFailure, IOException {
        Map<String, String> environment = workshop.environment.of(job(), workdir);
        if (workshop.providers.isPresent()) {
            environment.putAll(ProviderCache.environment(workdir.providers()));
        }
        environment.putAll(Hook.additions(workdir));
        return environment;
    }

    /**
     * @param command with the engine's name
     * @param exit of a command that did not succeed
     */
    JobFailure failed(String command, int exit) {
        if (exit >= Step.KILLED) {
            return JobFailure.killed(command, exit - 128, oomKills.happened());
        }
        return Disk.isFull(workdir.job())
                ? new JobFailure(command + " failed with exit code " + exit + ": " + Disk.FULL + ".")
                : JobFailure.of(command, exit);
    }

    boolean hasVariables() {
        return job().tfvars() != null && !job().tfvars().isBlank();
    }
}
