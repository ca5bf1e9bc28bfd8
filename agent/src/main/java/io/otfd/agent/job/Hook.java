package io.otfd.agent.job;

import io.otfd.agent.protocol.JobData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One hook of one job. What it prints is part of the run's log, and its failure that of the run. */
final class Hook {

    private static final Pattern ADDITION = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)");
    private static final long MAX_BYTES = 1 << 20;

    private final String name;
    private final Path program;
    private final Workshop workshop;
    private final Workdir workdir;
    private final JobLog log;
    private final Control control;

    Hook(String name, Path program, Workshop workshop, Workdir workdir, JobLog log, Control control) {
        this.name = name;
        this.program = program;
        this.workshop = workshop;
        this.workdir = workdir;
        this.log = log;
        this.control = control;
    }

    /** @throws JobFailure when it fails, takes too long, or cannot be executed */
    void run(JobData job, Path directory) throws JobFailure, JobStopped, InterruptedException, IOException {
        Step step = new Step(workdir.step((name.startsWith("pre-") ? "00-" : "09-") + name), workshop.groups);
        log.append("hook-" + name, "\nExecuting " + name + " hook...\n");
        log.append(step.out());
        if (!Files.isExecutable(program)) {
            throw new JobFailure("The " + name + " hook " + program + " is not an executable file.");
        }
        if (step.started()) {
            control.adopt(step);
        } else {
            Map<String, String> environment = environment(job);
            Control.Start start = () -> step.start(List.of(program.toString()), directory, environment, false);
            if (name.startsWith("pre-")) {
                control.launch(step, start);
            } else {
                control.launchAfterwards(step, start);
            }
        }
        await(step);
        if (name.startsWith("pre-")) {
            keepAdditions();
        }
    }

    private void await(Step step) throws JobFailure, JobStopped, InterruptedException {
        Duration time = workshop.hooks.time(name);
        Thread timer = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(time);
                step.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        long end = System.nanoTime() + time.toNanos();
        try {
            int exit = step.await();
            if (name.startsWith("pre-")) {
                control.check();
            }
            if (exit != 0) {
                throw new JobFailure("The " + name + " hook failed with exit code " + exit + ".");
            }
        } catch (JobFailure e) {
            if (step.exit().isPresent() || control.stopped() || System.nanoTime() < end) {
                throw e;
            }
            throw new JobFailure(
                    "The " + name + " hook took longer than the " + time.toSeconds() + " s that it may take.", e);
        } finally {
            timer.interrupt();
            control.ended(step);
        }
    }

    private Map<String, String> environment(JobData job) throws JobFailure {
        Path additions = workdir.hookEnvironment();
        try {
            if (!Files.exists(additions)) {
                Workdir.writePrivate(additions, "");
            }
        } catch (IOException e) {
            throw new JobFailure("The agent could not use its data directory: " + e + ".", e);
        }
        Map<String, String> facts = workshop.environment.facts(job, workdir);
        facts.put("TFC_AGENT_ENV", additions.toString());
        return workshop.hooks.environment(job.environment(), facts);
    }

    /** To where the run's own programs have no business. */
    private void keepAdditions() throws IOException {
        Path kept = workdir.file("hook-environment");
        if (!Files.exists(kept)) {
            Path draft = workdir.file("hook-environment.tmp");
            Files.copy(workdir.hookEnvironment(), draft, StandardCopyOption.REPLACE_EXISTING);
            Files.move(draft, kept, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** What the hook before the phase has added to the engine's environment. */
    static Map<String, String> additions(Workdir workdir) throws JobFailure, IOException {
        Path kept = workdir.file("hook-environment");
        Map<String, String> additions = new LinkedHashMap<>();
        if (!Files.exists(kept)) {
            return additions;
        }
        if (Files.size(kept) > MAX_BYTES) {
            throw new JobFailure("The hook has written more than 1 MiB into TFC_AGENT_ENV.");
        }
        int number = 0;
        for (String line : Files.readAllLines(kept)) {
            number++;
            Matcher addition = ADDITION.matcher(line);
            if (addition.matches()) {
                additions.put(addition.group(1), addition.group(2));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                throw new JobFailure(
                        "Line " + number + " that the hook has written into TFC_AGENT_ENV is not NAME=value.");
            }
        }
        return additions;
    }
}
