package io.otfd.evaluator;

import io.otfd.blob.Blobs;
import io.otfd.event.Events;
import io.otfd.event.Topics;
import io.otfd.policyevaluation.Assignment;
import io.otfd.policyevaluation.PolicyEvaluations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the evaluations that are due. Every server does; each is one server's. */
public final class Evaluator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Evaluator.class);

    /** At once: each may take gigabytes. */
    private static final int AT_ONCE = 2;

    private static final Duration LOOK_AT_LEAST = Duration.ofSeconds(10);

    /** Of a server without the program, for one that has it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How often one that has ended its server before is tried. */
    private static final int ATTEMPTS = 5;

    private final PolicyEvaluations evaluations;
    private final Blobs blobs;
    private final Events events;
    private final String opa;
    private final List<Thread> threads;
    private volatile boolean closed;

    /** @param opa path of the program, or its name on the PATH */
    public Evaluator(PolicyEvaluations evaluations, Blobs blobs, Events events, String opa) {
        this.evaluations = evaluations;
        this.blobs = blobs;
        this.events = events;
        this.opa = opa;
        this.threads = IntStream.range(0, AT_ONCE)
                .mapToObj(
                        number -> Thread.ofVirtual().name("evaluator " + number).unstarted(this::run))
                .toList();
    }

    public Evaluator start() {
        threads.forEach(Thread::start);
        return this;
    }

    private void run() {
        try (Events.Waiter due = events.listen(Topics.policies())) {
            while (!closed) {
                if (!round()) {
                    due.await(LOOK_AT_LEAST);
                }
            }
        }
    }

    /** @return whether there was something to do */
    private boolean round() {
        try {
            Optional<Program> program = Program.find(opa);
            Optional<Assignment> assignment = evaluations.claim(program.isPresent() ? Duration.ZERO : PATIENCE);
            assignment.ifPresent(due -> make(program, due));
            return assignment.isPresent();
        } catch (RuntimeException e) {
            LOG.warn("policies cannot be evaluated: {}", e.toString());
            return false;
        }
    }

    private void make(Optional<Program> program, Assignment assignment) {
        Path directory = null;
        try {
            if (program.isEmpty()) {
                LOG.warn(
                        "run {} errors: policies are to be evaluated and there is no {}",
                        assignment.runId().value(),
                        opa);
                evaluations.finish(assignment, "", failed(assignment, missing()));
            } else if (assignment.attempt() > ATTEMPTS) {
                evaluations.finish(
                        assignment, "", failed(assignment, "It was given up after " + ATTEMPTS + " attempts."));
            } else {
                directory = Files.createTempDirectory("otfd-policies-");
                evaluate(new Opa(program.get()), directory, assignment);
            }
        } catch (InterruptedException e) {
            evaluations.release(assignment);
        } catch (IOException e) {
            LOG.warn("evaluating policies of run {}: {}", assignment.runId().value(), e.toString());
            evaluations.finish(assignment, "", failed(assignment, "opa cannot be run: " + e.getMessage()));
        } finally {
            remove(directory);
        }
    }

    private static String missing() {
        return "This server has no program opa to evaluate policies with. Install Open Policy Agent, and name it with"
                + " --opa where it is not on the server's PATH.";
    }

    private static List<Assignment.Result> failed(Assignment assignment, String error) {
        return assignment.sets().stream().map(set -> set.failed(error)).toList();
    }

    private void evaluate(Opa program, Path directory, Assignment assignment) throws IOException, InterruptedException {
        Optional<Blobs.Blob> plan = blobs.find(assignment.planKey());
        String version = program.version(directory);
        if (plan.isEmpty()) {
            evaluations.finish(
                    assignment, version, failed(assignment, "The agent that planned has handed in no plan as JSON."));
            return;
        }
        Program.Input input = out -> {
            out.write("{\"run\":".getBytes(StandardCharsets.UTF_8));
            out.write(assignment.run().getBytes(StandardCharsets.UTF_8));
            out.write(",\"plan\":".getBytes(StandardCharsets.UTF_8));
            try (InputStream json = blobs.open(plan.get())) {
                json.transferTo(out);
            }
            out.write('}');
        };
        program.writeCapabilities(directory);
        List<Assignment.Result> results = new ArrayList<>();
        for (Assignment.Set set : assignment.sets()) {
            results.add(program.evaluate(
                    directory, results.size(), set, input, () -> !closed && evaluations.renew(assignment)));
        }
        if (closed) {
            evaluations.release(assignment);
        } else {
            evaluations.finish(assignment, version, results);
        }
    }

    private static void remove(Path directory) {
        if (directory == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("{} stays: {}", directory, e.toString());
        }
    }

    /** What is being evaluated is begun anew by the next server. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
