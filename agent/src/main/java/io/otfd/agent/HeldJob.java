package io.otfd.agent;

import io.otfd.agent.job.JobRunner;
import io.otfd.agent.job.Workshop;
import io.otfd.agent.protocol.AgentStatus;
import io.otfd.agent.protocol.JobOffer;
import io.otfd.agent.protocol.JobReport;
import io.otfd.agent.protocol.Registered;
import io.otfd.agent.protocol.Signal;
import io.otfd.agent.protocol.StatusReply;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import retrofit2.Response;

/** One job and what the server says about it meanwhile. */
final class HeldJob implements JobRunner.Reporter {

    /** Short jobs are over before it would pay to ask. */
    private static final long SIGNALS_AFTER_MILLIS = 150;

    /** Answers after which a report is worth another try. */
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

    private final Session session;
    private final AgentApi api;
    private final AgentLog log;
    private final RunningJobs jobs;
    private final BooleanSupplier hurried;
    private final Vitals vitals;
    private final JobRunner runner;
    private final CountDownLatch done = new CountDownLatch(1);

    /** @param hurried true when there is no time to try again */
    HeldJob(
            Session session,
            AgentApi api,
            AgentLog log,
            RunningJobs jobs,
            Workshop workshop,
            JobOffer offer,
            BooleanSupplier hurried,
            Vitals vitals) {
        this.vitals = vitals;
        this.session = session;
        this.api = api;
        this.log = log;
        this.jobs = jobs;
        this.hurried = hurried;
        this.runner = new JobRunner(workshop, offer, this);
    }

    String runId() {
        return runner.offer().jobId();
    }

    String leaseId() {
        return runner.offer().leaseId();
    }

    boolean isSameJob(JobOffer offer) {
        return runner.offer().type().equals(offer.type());
    }

    void renew(JobOffer offer) {
        runner.renew(offer);
    }

    void awaitEnd() throws InterruptedException {
        done.await();
    }

    void stop() {
        runner.stop();
    }

    /** Acts on a signal; one that was heard before changes nothing. */
    void hear(String kind) {
        if (runner.signal(kind)) {
            log.info("received signal", "run.id", runId(), "signal", kind);
        }
    }

    /** Does the job. Returns early when interrupted, and then leaves all on disk for the next agent. */
    void run() throws InterruptedException {
        long start = System.nanoTime();
        JobOffer offer = runner.offer();
        log.info(
                "received job",
                "run.id",
                offer.jobId(),
                "run.operation",
                offer.type(),
                "workspace",
                offer.data().organizationName() + "/" + offer.data().workspaceName());
        try {
            String status = runner.run();
            long millis = (System.nanoTime() - start) / 1_000_000;
            vitals.jobEnded(offer.type(), status, millis);
            log.info(
                    "finished job",
                    "run.id",
                    offer.jobId(),
                    "run.operation",
                    offer.type(),
                    "status",
                    status,
                    "duration",
                    millis + "ms");
        } finally {
            done.countDown();
        }
    }

    /** Asks the server for signals until the job is over. */
    void listen() throws InterruptedException {
        Backoff backoff = new Backoff();
        String after = "none";
        if (done.await(SIGNALS_AFTER_MILLIS, TimeUnit.MILLISECONDS)) {
            return;
        }
        while (done.getCount() > 0) {
            Registered standing = session.current();
            try {
                Response<Signal> response = api.signal(runId(), leaseId(), after, standing.pollHoldS())
                        .execute();
                String kind = response.body() == null || response.body().kind() == null
                        ? after
                        : response.body().kind();
                if (session.recovered(standing, response.code()) || session.recovered(standing, kind)) {
                    backoff.pause();
                } else if (response.isSuccessful()) {
                    backoff.reset();
                    hear(kind);
                    after = kind;
                    if (!after.equals("none") && !after.equals("cancel")) {
                        return;
                    }
                } else if (response.code() == 404) {
                    return;
                } else {
                    backoff.pause();
                }
            } catch (IOException e) {
                backoff.pause();
            }
        }
    }

    @Override
    public void running(JobReport report) throws InterruptedException {
        Backoff backoff = new Backoff();
        while (!runner.leaseLost()) {
            Registered standing = session.current();
            try {
                Response<StatusReply> response = send("busy", report);
                if (response.code() == 404) {
                    hear(Session.LEASE_LOST);
                    return;
                }
                if (response.isSuccessful()
                        || !session.recovered(standing, response.code()) && !PASSING.contains(response.code())) {
                    return;
                }
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            backoff.pause();
        }
    }

    @Override
    public void end(JobReport report) throws InterruptedException {
        Backoff backoff = new Backoff();
        while (!runner.leaseLost()) {
            Registered standing = session.current();
            try {
                Response<StatusReply> response = send(jobs.held().size() > 1 ? "busy" : "idle", report);
                if (response.isSuccessful()) {
                    return;
                }
                if (!session.recovered(standing, response.code()) && !PASSING.contains(response.code())) {
                    log.warn(
                            "the server does not take the end of a job",
                            "run.id",
                            runId(),
                            "http.status",
                            response.code());
                    return;
                }
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            if (hurried.getAsBoolean()) {
                return;
            }
            backoff.pause();
        }
    }

    private Response<StatusReply> send(String status, JobReport report) throws IOException {
        JobReport leased = new JobReport(report.type(), report.status(), report.error(), leaseId(), report.data());
        return session.status(new AgentStatus(status, jobs.held(), leased));
    }
}
