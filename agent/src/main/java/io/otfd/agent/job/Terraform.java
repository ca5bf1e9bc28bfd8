package io.otfd.agent.job;

import io.otfd.agent.protocol.JobData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The engine's commands, each a {@link Step}. Every command returns its exit code. */
final class Terraform {

    private final EngineInstall.Engine engine;
    private final Workdir workdir;
    private final Path directory;
    private final Map<String, String> environment;
    private final Control control;
    private final ProcessGroups groups;
    private final Optional<Sandbox> sandbox;

    /** @param directory where the configuration's root module is */
    Terraform(
            EngineInstall.Engine engine,
            Workdir workdir,
            Path directory,
            Map<String, String> environment,
            Control control,
            ProcessGroups groups,
            Optional<Sandbox> sandbox) {
        this.sandbox = sandbox;
        this.engine = engine;
        this.workdir = workdir;
        this.directory = directory;
        this.environment = environment;
        this.control = control;
        this.groups = groups;
    }

    String version() {
        return engine.version();
    }

    Path directory() {
        return directory;
    }

    Path initOutput() {
        return step("01-init").out();
    }

    Path planOutput() {
        return step("02-plan").out();
    }

    Path queryOutput() {
        return step("02-query").out();
    }

    Path applyOutput() {
        return step("02-apply").out();
    }

    Path showOutput() {
        return step("03-show").out();
    }

    Path schemasOutput() {
        return step("04-schemas").out();
    }

    boolean initialised() {
        return step("01-init").exit().isPresent();
    }

    int init() throws JobFailure, JobStopped, InterruptedException {
        return run("01-init", false, List.of("init", "-input=false", "-no-color"));
    }

    /** @param generated where configuration may be written that the plan generates */
    int plan(JobData job, Path generated, boolean variables) throws JobFailure, JobStopped, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of("plan", "-input=false", "-lock=false", "-detailed-exitcode", "-out=" + workdir.plan()));
        flag(words, job.structuredOutput(), "-json");
        flag(words, job.destroy(), "-destroy");
        flag(words, job.refreshOnly(), "-refresh-only");
        flag(words, job.skipRefresh(), "-refresh=false");
        flag(words, job.allowConfigGeneration(), "-generate-config-out=" + generated);
        flag(words, variables, "-var-file=" + workdir.variables());
        job.targetAddrs().forEach(address -> words.add("-target=" + address));
        job.replaceAddrs().forEach(address -> words.add("-replace=" + address));
        job.invokeActionAddrs().forEach(address -> words.add("-invoke=" + address));
        parallelism(words, job);
        return run("02-plan", false, words);
    }

    /** Takes no other flag of a plan (observed: Terraform 1.14). */
    int query(JobData job, Path generated, boolean variables) throws JobFailure, JobStopped, InterruptedException {
        List<String> words = new ArrayList<>(List.of("query", "-json"));
        flag(words, job.allowConfigGeneration(), "-generate-config-out=" + generated);
        flag(words, variables, "-var-file=" + workdir.variables());
        return run("02-query", false, words);
    }

    int apply(JobData job, boolean variables) throws JobFailure, JobStopped, InterruptedException {
        List<String> words = new ArrayList<>(List.of("apply", "-input=false", "-lock=false"));
        flag(words, job.structuredOutput(), "-json");
        flag(words, variables, "-var-file=" + workdir.variables());
        parallelism(words, job);
        words.add(workdir.plan().toString());
        return run("02-apply", false, words);
    }

    int show() throws JobFailure, JobStopped, InterruptedException {
        return run("03-show", true, List.of("show", "-json", workdir.plan().toString()));
    }

    int schemas() throws JobFailure, JobStopped, InterruptedException {
        return run("04-schemas", true, List.of("providers", "schema", "-json"));
    }

    private static void flag(List<String> words, boolean wanted, String flag) {
        if (wanted) {
            words.add(flag);
        }
    }

    /** The platform's variable counts when the run itself says nothing. */
    private static void parallelism(List<String> words, JobData job) {
        String wanted = job.parallelism() != null
                ? job.parallelism().toString()
                : job.environment().getOrDefault("TFE_PARALLELISM", "");
        if (wanted.matches("[1-9][0-9]{0,2}")) {
            words.add("-parallelism=" + wanted);
        }
    }

    private Step step(String name) {
        return new Step(workdir.step(name), groups);
    }

    /** Starts the command, or takes up the one that an earlier process of the agent has started. */
    private int run(String name, boolean separate, List<String> words)
            throws JobFailure, JobStopped, InterruptedException {
        Step step = step(name);
        if (step.started()) {
            control.adopt(step);
        } else {
            List<String> command = new ArrayList<>(sandbox.map(around -> around.around(workdir, engine.executable()))
                    .orElse(List.of()));
            command.add(engine.executable().toString());
            command.addAll(words);
            control.launch(step, () -> step.start(command, directory, environment, separate));
        }
        try {
            return step.await();
        } finally {
            control.ended(step);
        }
    }
}
