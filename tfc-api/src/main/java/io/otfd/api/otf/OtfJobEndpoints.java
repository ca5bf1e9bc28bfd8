package io.otfd.api.otf;

import static io.otfd.api.Operation.answers;
import static io.otfd.api.Operation.bytes;

import io.otfd.Ids.RunId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Operation;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.blob.Blobs;
import io.otfd.blob.Spool;
import io.otfd.dispatch.Artifacts;
import io.otfd.dispatch.Report;
import io.otfd.dispatch.StartedJobs;
import io.otfd.job.Job;
import io.otfd.log.Logs;
import io.otfd.run.Phase;
import io.otfd.workspace.Workspaces;
import java.util.Optional;

/** What an agent of OTF does of a job that it has started: it listens, hands in what came of it, and says how it ended. */
public final class OtfJobEndpoints {

    private static final String PLAN_FILE = "/otfapi/runs/{run}/planfile";
    private static final String LOCK_FILE = "/otfapi/runs/{run}/lockfile";
    private static final long MAX_ARTIFACT = 2L << 30;
    private static final int MAX_LOG_WRITE = 8 << 20;

    private final StartedJobs started;
    private final Workspaces workspaces;
    private final Artifacts artifacts;
    private final Blobs blobs;
    private final Logs logs;
    private final Outcomes outcomes;

    public OtfJobEndpoints(StartedJobs started, Workspaces workspaces, Artifacts artifacts, Blobs blobs, Logs logs) {
        this.started = started;
        this.workspaces = workspaces;
        this.artifacts = artifacts;
        this.blobs = blobs;
        this.logs = logs;
        this.outcomes = new Outcomes(blobs, logs);
    }

    public void register(RouteTable routes) {
        routes.family(OtfJobEndpoints.class, Route.Audience.JOB)
                .get("/otfapi/jobs/{job}", this::read, Operation.json())
                .get(
                        "/otfapi/jobs/{job}/await-signal",
                        this::awaitSignal,
                        Operation.json().refuses(409))
                .post(
                        "/otfapi/jobs/{job}/dynamic-credentials",
                        this::dynamicCredentials,
                        answers(200).takesJson())
                .post("/otfapi/jobs/finish", this::finish, answers(200).takesJson())
                .put(
                        "/otfapi/runs/{run}/logs/{phase}",
                        this::log,
                        answers(200).takesBytes().query("offset"))
                .put(PLAN_FILE, this::writePlan, answers(202).takesBytes().query("format"))
                .get(
                        PLAN_FILE,
                        this::readPlan,
                        bytes("application/octet-stream").query("format").refuses(409))
                .put(LOCK_FILE, this::writeLockFile, answers(202).takesBytes())
                .get(
                        LOCK_FILE,
                        this::readLockFile,
                        bytes("application/octet-stream").refuses(409));
    }

    static Caller.Run caller(Call call) {
        return (Caller.Run) call.caller();
    }

    private StartedJobs.Started ofRun(Call call) {
        return started.ofRun(caller(call), new RunId(call.path("run")));
    }

    private Answer read(Call call) {
        StartedJobs.Started job = started.read(caller(call), OtfRequest.jobId(call.path("job")));
        return JsonApi.resource(OtfResource.job(
                job.job(),
                job.run(),
                workspaces.read(call.caller(), job.workspace()).workspace()));
    }

    /** Held for as long as the job lasts: agents take every answer for a signal, and run out of attempts otherwise. */
    private Answer awaitSignal(Call call) {
        long job = OtfRequest.jobId(call.path("job"));
        return JsonApi.resource(OtfResource.signal(job, started.awaitSignal(caller(call), job)));
    }

    /** Agents ask where variables such as TFC_AWS_PROVIDER_AUTH say so, and put the answer into the run's log. */
    private Answer dynamicCredentials(Call call) {
        started.read(caller(call), OtfRequest.jobId(call.path("job")));
        throw Refusal.Invalid.at(
                "/audience",
                "This server issues no workload identity tokens: give the provider its credentials by variables.");
    }

    private Answer log(Call call) {
        StartedJobs.Started job = ofRun(call);
        Phase phase = job.phase();
        if (!phase.kind().toString().equals(call.path("phase"))) {
            throw new Refusal.Conflict("The run is at its " + phase.kind() + ".");
        }
        logs.appendMarked(
                phase.id(),
                job.job().attempts(),
                Math.max(0, call.queryInteger("offset", 0)),
                call.body(MAX_LOG_WRITE));
        return Answer.empty(200);
    }

    private Answer writePlan(Call call) {
        StartedJobs.Started job = ofRun(call);
        return switch (call.query("format").orElse("")) {
            case "bin" -> write(call, job, Phase.planFileKey(job.run().id()));
            case "json" -> write(call, job, Phase.jsonKey(job.run().plan().id()));
            default -> throw new Refusal.Malformed("format must be bin or json");
        };
    }

    private Answer writeLockFile(Call call) {
        StartedJobs.Started job = ofRun(call);
        return write(call, job, Phase.lockFileKey(job.run().id()));
    }

    private Answer write(Call call, StartedJobs.Started job, String key) {
        try (Spool spool = call.spool(MAX_ARTIFACT)) {
            artifacts.write(job.run().plan().id(), job.job().attempts(), key, job.workspace(), spool);
        }
        return Answer.empty(202);
    }

    private Answer readPlan(Call call) {
        StartedJobs.Started job = ofRun(call);
        return switch (call.query("format").orElse("")) {
            case "bin" -> blob(Phase.planFileKey(job.run().id())).orElseThrow(Refusal.NotFound::new);
            case "json" -> blob(Phase.jsonKey(job.run().plan().id())).orElseThrow(Refusal.NotFound::new);
            default -> throw new Refusal.Malformed("format must be bin or json");
        };
    }

    /** Empty where the plan had none: an error would end the apply. */
    private Answer readLockFile(Call call) {
        return blob(Phase.lockFileKey(ofRun(call).run().id()))
                .orElseGet(() -> Answer.of(200, "application/octet-stream", new byte[0]));
    }

    private Optional<Answer> blob(String key) {
        return blobs.find(key)
                .map(blob -> Answer.stream("application/octet-stream", blob.size(), out -> blobs.copy(blob, out)));
    }

    private Answer finish(Call call) {
        OtfRequest.Finish finish = OtfRequest.read(call, OtfRequest.Finish.class);
        long id = OtfRequest.jobId(finish.jobId());
        StartedJobs.Started job = started.read(caller(call), id);
        Report.Outcome outcome = switch (String.valueOf(finish.status())) {
            case "finished" -> Report.Outcome.FINISHED;
            case "errored" -> Report.Outcome.ERRORED;
            case "canceled" -> Report.Outcome.CANCELED;
            default -> throw Refusal.Invalid.at("/status", "must be finished, errored or canceled");
        };
        if (job.job().isClaimed()) {
            started.finish(caller(call), id, outcomes.report(job, outcome, reason(job, outcome, finish)));
        }
        return Answer.empty(200);
    }

    private static Optional<String> reason(StartedJobs.Started job, Report.Outcome outcome, OtfRequest.Finish finish) {
        return switch (outcome) {
            case ERRORED -> Optional.ofNullable(finish.error()).filter(text -> !text.isBlank());
            // An agent that is stopped stops what it does.
            case CANCELED ->
                job.job().signal() == Job.Signal.NONE
                        ? Optional.of(
                                "The agent was stopped, and the " + job.job().kind() + " with it.")
                        : Optional.empty();
            case FINISHED, RUNNING -> Optional.empty();
        };
    }
}
