package io.otfd.api.otf;

import io.otfd.Refusal;
import io.otfd.agent.summary.ApplySummary;
import io.otfd.agent.summary.PlanSummary;
import io.otfd.blob.Blobs;
import io.otfd.dispatch.Report;
import io.otfd.dispatch.StartedJobs;
import io.otfd.log.Logs;
import io.otfd.run.Phase;
import io.otfd.run.PlanResult;
import jakarta.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What came of a job: agents of OTF say only that it ended, and the rest stands in what they have handed in. */
final class Outcomes {

    private final Blobs blobs;
    private final Logs logs;

    Outcomes(Blobs blobs, Logs logs) {
        this.blobs = blobs;
        this.logs = logs;
    }

    /** @param reason why it did not finish; it goes into the log, unless the agent has written it there */
    Report report(StartedJobs.Started job, Report.Outcome outcome, Optional<String> reason) {
        Phase phase = job.phase();
        boolean known = reason.filter(text -> tail(phase).contains(text)).isPresent();
        return new Report(
                job.run().id(),
                phase.kind(),
                known ? job.job().lease() : Optional.empty(),
                outcome,
                reason,
                outcome == Report.Outcome.FINISHED ? result(phase) : PlanResult.NONE);
    }

    private PlanResult result(Phase phase) {
        return switch (phase.kind()) {
            case PLAN -> {
                PlanSummary plan = plan(phase);
                yield new PlanResult(
                        plan.hasChanges(),
                        false,
                        Optional.of(plan.additions()),
                        Optional.of(plan.changes()),
                        Optional.of(plan.destructions()),
                        Optional.of(plan.imports()));
            }
            case APPLY -> {
                ApplySummary apply = ApplySummary.of(tail(phase));
                yield new PlanResult(
                        false,
                        false,
                        Optional.ofNullable(apply.additions()),
                        Optional.ofNullable(apply.changes()),
                        Optional.ofNullable(apply.destructions()),
                        Optional.ofNullable(apply.imports()));
            }
        };
    }

    /** @throws Refusal.Invalid for a plan that is said to have finished and was not handed in as JSON */
    private PlanSummary plan(Phase phase) {
        Blobs.Blob blob = blobs.find(Phase.jsonKey(phase.id()))
                .orElseThrow(() -> Refusal.Invalid.at("/status", "The plan was not uploaded as JSON."));
        try (InputStream document = blobs.open(blob)) {
            return PlanSummary.of(document);
        } catch (JsonException e) {
            throw Refusal.Invalid.at("/status", "The plan's upload is not the JSON of a plan.");
        } catch (IOException e) {
            throw new IllegalStateException("reading a plan", e);
        }
    }

    private String tail(Phase phase) {
        long from = Math.max(0, phase.logSize() - ApplySummary.TAIL_BYTES);
        return new String(logs.read(phase.id(), from, ApplySummary.TAIL_BYTES), StandardCharsets.UTF_8);
    }
}
