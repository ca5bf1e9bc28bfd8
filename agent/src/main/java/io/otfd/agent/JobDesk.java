package io.otfd.agent;

import io.otfd.agent.job.Workshop;
import io.otfd.agent.protocol.AgentStatus;
import io.otfd.agent.protocol.JobOffer;
import io.otfd.agent.protocol.Registered;
import io.otfd.agent.protocol.StatusReply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import retrofit2.Response;

/** Begins jobs, renews their leases by heartbeat, and makes what is done agree with what the server says is ours. */
final class JobDesk {

    private final AgentApi api;
    private final AgentLog log;
    private final RunningJobs jobs;
    private final Workshop workshop;
    private final Threads threads;
    private final BooleanSupplier hurried;
    private final Vitals vitals;
    private final Session session;
    private volatile Optional<String> drained = Optional.empty();

    /** @param hurried true when there is no time to try anything again */
    JobDesk(
            AgentConfig config,
            String instanceId,
            AgentHttp http,
            AgentLog log,
            RunningJobs jobs,
            Workshop workshop,
            Threads threads,
            BooleanSupplier hurried,
            Vitals vitals) {
        this.vitals = vitals;
        this.api = http.api();
        this.log = log;
        this.jobs = jobs;
        this.workshop = workshop;
        this.threads = threads;
        this.hurried = hurried;
        this.session = new Session(config, instanceId, http, api, log, this::reconcile, vitals);
    }

    Session session() {
        return session;
    }

    JobPoll poll(AgentConfig config) {
        return new JobPoll(config, session, api, log, jobs, this::begin);
    }

    /** Speaks up at the interval that the server asked for, until interrupted. */
    void beat() throws InterruptedException {
        while (true) {
            Registered standing = session.current();
            TimeUnit.SECONDS.sleep(standing.heartbeatS());
            try {
                Optional<Response<StatusReply>> answer =
                        session.beat(new AgentStatus(jobs.isEmpty() ? "idle" : "busy", jobs.held(), null));
                if (answer.isEmpty()) {
                    return;
                }
                Response<StatusReply> response = answer.get();
                if (!session.recovered(standing, response.code())
                        && response.isSuccessful()
                        && response.body() != null) {
                    for (StatusReply.Message message : response.body().messages()) {
                        hear(message, standing);
                    }
                    noteDrain(response.body().messages());
                }
            } catch (IOException e) {
                // Logged by the session; the next beat follows.
            }
        }
    }

    /** Why the server gives this agent no jobs; empty when it does, blank when it does not say. */
    Optional<String> drained() {
        return drained;
    }

    private void noteDrain(List<StatusReply.Message> messages) {
        Optional<String> now = messages.stream()
                .filter(message -> "drain".equals(message.kind()))
                .map(message -> String.valueOf(message.text()))
                .findFirst();
        if (!now.equals(drained)) {
            drained = now;
            now.ifPresentOrElse(
                    reason -> log.info("the server drains this agent: no jobs are given to it", "reason", reason),
                    () -> log.info("the server gives jobs to this agent again"));
        }
    }

    private void hear(StatusReply.Message message, Registered standing) throws InterruptedException {
        Optional<HeldJob> concerned = jobs.find(message.jobId())
                .filter(job -> message.leaseId() == null || message.leaseId().equals(job.leaseId()));
        if (concerned.isPresent() && !session.recovered(standing, message.kind())) {
            concerned.get().hear(message.kind());
        }
    }

    private void reconcile(Registered registered) {
        Set<String> held = new HashSet<>();
        for (JobOffer offer : registered.jobs()) {
            held.add(offer.jobId());
            Optional<HeldJob> known = jobs.find(offer.jobId()).filter(job -> job.isSameJob(offer));
            known.ifPresentOrElse(job -> job.renew(offer), () -> begin(offer));
        }
        jobs.all().stream().filter(job -> !held.contains(job.runId())).forEach(job -> job.hear(Session.LEASE_LOST));
        if (session.current() == null) {
            discardLeftovers(held);
        }
    }

    private void discardLeftovers(Set<String> held) {
        try {
            for (Path left : workshop.leftJobs()) {
                if (!held.contains(left.getFileName().toString())) {
                    workshop.discard(left);
                }
            }
        } catch (IOException e) {
            log.warn("the directories of old jobs could not be read", "error", e);
        }
    }

    private void begin(JobOffer offer) {
        Optional<HeldJob> before = jobs.find(offer.jobId());
        // Given anew under another claim: what was begun under the one before counts for nothing.
        before.filter(job -> job.isSameJob(offer)).ifPresent(job -> job.hear(Session.LEASE_LOST));
        HeldJob job = new HeldJob(session, api, log, jobs, workshop, offer, hurried, vitals);
        jobs.put(job);
        if (hurried.getAsBoolean()) {
            job.stop();
        }
        threads.fork("otf-job", () -> {
            try {
                if (before.isPresent()) {
                    before.get().awaitEnd();
                }
                threads.fork("otf-signals", job::listen);
                job.run();
            } finally {
                jobs.remove(job);
            }
        });
    }
}
