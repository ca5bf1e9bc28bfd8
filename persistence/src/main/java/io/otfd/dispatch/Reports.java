package io.otfd.dispatch;

import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.blob.Blobs;
import io.otfd.blob.Spool;
import io.otfd.database.Database;
import io.otfd.database.Tx;
import io.otfd.job.Job;
import io.otfd.job.Jobs;
import io.otfd.run.Phase;
import io.otfd.run.PlanResult;
import io.otfd.run.RedactedPlan;
import io.otfd.run.Run;
import io.otfd.run.RunAdvance;
import io.otfd.run.RunEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What agents report of their jobs: the end of a phase is one transaction, and saying it twice changes nothing. */
public final class Reports {

    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

    private final Database database;
    private final Jobs jobs;
    private final RunAdvance advance;

    public Reports(Database database, Jobs jobs, RunAdvance advance) {
        this.database = database;
        this.jobs = jobs;
        this.advance = advance;
    }

    /**
     * @throws Refusal.NotFound when there is no such job
     * @throws Refusal.Conflict when the job is not this agent's any more
     */
    public void accept(Caller.Agent agent, Report report) {
        database.transactVoid(tx -> {
            RunAdvance.Held held = advance.hold(tx, report.run());
            Job job = Jobs.lock(tx, report.run(), report.kind().toString()).orElseThrow(Refusal.NotFound::new);
            if (job.agent().filter(agent.id()::equals).isEmpty()
                    || report.lease().isPresent() && !report.lease().equals(job.lease())) {
                throw new Refusal.Conflict("The job was taken from this agent.");
            }
            if (!job.isClaimed()) {
                return;
            }
            switch (report.outcome()) {
                case RUNNING -> Jobs.started(tx, job);
                case FINISHED -> finished(tx, held, job, report);
                case ERRORED -> ended(tx, held, job, report, RunEvent.PLAN_ERRORED, RunEvent.APPLY_ERRORED);
                case CANCELED -> ended(tx, held, job, report, RunEvent.PLAN_CANCELED, RunEvent.APPLY_CANCELED);
            }
        });
    }

    private void finished(Tx tx, RunAdvance.Held held, Job job, Report report) {
        Run run = held.run();
        PlanResult result = report.result();
        tx.update(
                "run.phase_result",
                "id",
                run.phase(report.kind()).id(),
                "has_changes",
                result.hasChanges(),
                "generated_configuration",
                result.generatedConfiguration(),
                "additions",
                result.additions().orElse(null),
                "changes",
                result.changes().orElse(null),
                "destructions",
                result.destructions().orElse(null),
                "imports",
                result.imports().orElse(null));
        jobs.finish(tx, job);
        if (report.kind() == Phase.Kind.PLAN) {
            boolean redacted = redact(tx, held, run.plan());
            tx.update(
                    "run.has_changes",
                    "id",
                    run.id(),
                    "has_changes",
                    result.hasChanges(),
                    "structured_output",
                    redacted);
        }
        // Read again: it has changes now.
        RunAdvance.Held planned = advance.hold(tx, run.id());
        RunEvent event = report.kind() == Phase.Kind.PLAN ? planned.run().planned() : RunEvent.APPLY_FINISHED;
        advance.advance(tx, planned, event, Optional.empty());
        LOG.info("job finished run.id={} run.operation={} event={}", run.id().value(), report.kind(), event);
    }

    /** Makes the plan that clients may see, in the transaction that ends the phase: they ask for it right after. */
    private static boolean redact(Tx tx, RunAdvance.Held held, Phase plan) {
        try (InputStream json = open(tx, Phase.jsonKey(plan.id()));
                InputStream schemas = open(tx, Phase.schemasKey(plan.id()))) {
            AtomicBoolean whole = new AtomicBoolean();
            try (Spool redacted = Spool.of(out -> whole.set(RedactedPlan.write(json, schemas, out)))) {
                if (whole.get()) {
                    Blobs.write(
                            tx, Phase.redactedKey(plan.id()), held.workspace().id(), redacted);
                }
            }
            // Some agents hand in what they have redacted themselves.
            return whole.get() || Blobs.find(tx, Phase.redactedKey(plan.id())).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException("redacting " + plan.id().value(), e);
        }
    }

    /** Empty where nothing was handed in, and then no document either. */
    private static InputStream open(Tx tx, String key) throws IOException {
        return Blobs.open(tx, key).orElseGet(InputStream::nullInputStream);
    }

    private static RunEvent errored(Phase.Kind kind) {
        return kind == Phase.Kind.PLAN ? RunEvent.PLAN_ERRORED : RunEvent.APPLY_ERRORED;
    }

    private void ended(Tx tx, RunAdvance.Held held, Job job, Report report, RunEvent ofPlan, RunEvent ofApply) {
        // Our agent has written its reason into the log; one that knows no leases has not.
        if (report.lease().isEmpty() && report.error().isPresent()) {
            advance.say(
                    tx,
                    held.run().phase(report.kind()),
                    "Error: " + report.error().get());
        }
        boolean timedOut = job.overdue() && held.run().cancelRequestedAt().isEmpty();
        if (timedOut) {
            advance.say(
                    tx, held.run().phase(report.kind()), "Error: " + OverdueJobs.sentence(job) + ", and was stopped.");
        }
        jobs.finish(tx, job);
        RunEvent event = timedOut ? errored(report.kind()) : report.kind() == Phase.Kind.PLAN ? ofPlan : ofApply;
        advance.advance(tx, job.run(), event, Optional.empty());
        LOG.info(
                "job ended run.id={} run.operation={} event={} error={}",
                job.run().value(),
                report.kind(),
                event,
                report.error().orElse("-"));
    }
}
