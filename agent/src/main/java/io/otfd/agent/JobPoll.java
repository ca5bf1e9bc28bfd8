package io.otfd.agent;

import io.otfd.agent.protocol.JobOffer;
import io.otfd.agent.protocol.Registered;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import retrofit2.Call;
import retrofit2.Response;

/** Asks the server for jobs while there is room for one. */
final class JobPoll {

    /** Kinds of jobs that this agent can do. */
    static final List<String> KINDS = List.of("plan", "apply", "query");

    private final AgentConfig config;
    private final Session session;
    private final AgentApi api;
    private final AgentLog log;
    private final RunningJobs jobs;
    private final Consumer<JobOffer> begin;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Call<JobOffer> waiting;

    /** The only one whose jobs are asked for; null for any. */
    private String run;

    JobPoll(
            AgentConfig config,
            Session session,
            AgentApi api,
            AgentLog log,
            RunningJobs jobs,
            Consumer<JobOffer> begin) {
        this.config = config;
        this.session = session;
        this.api = api;
        this.log = log;
        this.jobs = jobs;
        this.begin = begin;
    }

    /** Asks for nothing more. A request under way is still answered: what it brings has been claimed for us. */
    void end() {
        ended.countDown();
    }

    /** Breaks a request under way. */
    void hangUp() {
        Call<JobOffer> call = waiting;
        if (call != null) {
            call.cancel();
        }
    }

    /** Returns once {@link #end} was called, or what an agent that takes one job or run takes has come. */
    void run() throws InterruptedException {
        if (config.accept().isEmpty()) {
            log.info("waiting for the end: no kind of job is accepted");
            ended.await();
        }
        Backoff backoff = new Backoff();
        boolean announce = true;
        while (!isEnded()) {
            jobs.awaitFewerThan(config.concurrency());
            if (announce) {
                log.info("waiting for next job");
            }
            announce = false;
            Registered standing = session.current();
            Call<JobOffer> call = api.nextJob(standing.pollHoldS(), run);
            waiting = call;
            if (isEnded()) {
                return;
            }
            try {
                Response<JobOffer> response = call.execute();
                waiting = null;
                if (response.isSuccessful()) {
                    backoff.reset();
                    if (response.body() != null) {
                        begin.accept(response.body());
                        announce = true;
                        count(response.body());
                    }
                } else if (run != null && response.code() == 404) {
                    log.info("the run has nothing more for this agent", "run.id", run);
                    end();
                } else if (!session.recovered(standing, response.code())) {
                    session.silent("it answered " + response.code());
                    backoff.pause();
                }
            } catch (IOException e) {
                waiting = null;
                if (isEnded()) {
                    return;
                }
                backoff.pause();
                // The answer that was lost may have been a job: registering again brings it back.
                session.renew(standing);
            }
        }
    }

    private void count(JobOffer offer) {
        boolean more = switch (config.single()) {
            case NO -> true;
            case JOB -> false;
            case RUN -> offer.type().equals("plan") && !offer.data().planOnly();
        };
        if (!more) {
            end();
        } else if (config.single() == AgentConfig.Single.RUN) {
            run = offer.jobId();
        }
    }

    private boolean isEnded() {
        return ended.getCount() == 0;
    }
}
