package io.otfd.agent.job;

import io.otfd.agent.protocol.JobOffer;
import io.otfd.agent.protocol.JobReport;
import io.otfd.agent.protocol.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One job, from its offer to its report. Run by one thread; the other methods may be called by any.
 *
 * <p>A job whose directory exists already is taken up where an earlier process of the agent has left it.
 */
public final class JobRunner {

    private static final Duration GRACE = Duration.ofSeconds(30);

    /** Delivers reports under the current lease. */
    public interface Reporter {

        /** Returns once the server has accepted or refused the report. */
        void end(JobReport report) throws InterruptedException;

        /** Returns once the server has accepted the report, or the job is not ours any more. */
        void running(JobReport report) throws InterruptedException;
    }

    private final Workshop workshop;
    private final Reporter reporter;
    private final Control control = new Control();
    private volatile JobOffer offer;

    public JobRunner(Workshop workshop, JobOffer offer, Reporter reporter) {
        this.workshop = workshop;
        this.offer = offer;
        this.reporter = reporter;
    }

    public JobOffer offer() {
        return offer;
    }

    /** The same job under a new lease and with new URLs. */
    public void renew(JobOffer renewed) {
        offer = renewed;
    }

    /**
     * @param kind as in {@link io.otfd.agent.protocol.Signal}; others are ignored
     * @return true when it was news
     */
    public boolean signal(String kind) {
        return switch (kind) {
            case "cancel" -> control.raise(Control.Level.CANCEL);
            case "force_cancel" -> control.raise(Control.Level.FORCE_CANCEL);
            case "lease_lost" -> control.raise(Control.Level.LEASE_LOST);
            default -> false;
        };
    }

    /** Kills the engine; the job is reported as errored. */
    public void stop() {
        control.raise(Control.Level.STOPPED);
    }

    public boolean leaseLost() {
        return control.level() == Control.Level.LEASE_LOST;
    }

    /**
     * Does the job and reports it.
     *
     * @return the status reported, or {@code lost}
     * @throws InterruptedException when the agent lets go of the job; an engine that runs is left alone
     */
    public String run() throws InterruptedException {
        try {
            Workdir workdir = Workdir.of(workshop.jobs(), offer);
            takeOver(workdir);
            String status = run(workdir);
            workshop.end(workdir);
            return status;
        } catch (JobFailure e) {
            return deliver(errored(e.getMessage()));
        } catch (IOException e) {
            workshop.log.error("a job could not be done", "run.id", offer.jobId(), "error", e);
            return deliver(errored("The agent could not use its data directory: " + e + "."));
        }
    }

    /** A directory of the same run's other phase is a leftover. */
    private void takeOver(Workdir workdir) throws IOException {
        if (Files.exists(workdir.file("offer.json")) && !workdir.offer().type().equals(offer.type())) {
            workshop.discard(workdir.root());
        }
    }

    private String run(Workdir workdir) throws InterruptedException, IOException {
        JobLog log = new JobLog(workdir.job());
        LogStreamer streamer = new LogStreamer(log, workshop.http, this::offer, control, workshop.log);
        streamer.start();
        Thread timer = Thread.ofVirtual().unstarted(() -> watchTime(workdir));
        Thread running = Thread.ofVirtual().start(this::sayRunning);
        try {
            JobReport report = outcome(workdir, log, timer);
            timer.interrupt();
            running.interrupt();
            running.join();
            streamer.finish();
            return deliver(report);
        } catch (InterruptedException | IOException | RuntimeException e) {
            streamer.abandon();
            throw e;
        } finally {
            running.interrupt();
            timer.interrupt();
        }
    }

    private void sayRunning() {
        try {
            reporter.running(new JobReport(offer.type(), "running", null, null, outcome()));
            control.known();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Written down before it is sent: work that is done is not done again. */
    private JobReport outcome(Workdir workdir, JobLog log, Thread timer) throws InterruptedException, IOException {
        Path file = workdir.file("report.json");
        if (Files.exists(file)) {
            return Wire.json().fromJson(Files.readString(file), JobReport.class);
        }
        JobReport report = conclude(workdir, log, timer);
        try {
            Workdir.writePrivate(file, Wire.json().toJson(report));
        } catch (IOException e) {
            workshop.log.warn("the end of a job could not be written down", "run.id", offer.jobId(), "error", e);
        }
        return report;
    }

    private JobReport conclude(Workdir workdir, JobLog log, Thread timer) throws InterruptedException {
        try {
            workdir.keep(offer);
            timer.start();
            return new JobReport(
                    offer.type(),
                    "finished",
                    null,
                    null,
                    Phase.of(workshop, workdir, log, control, this::offer).run());
        } catch (JobStopped e) {
            return stopped(log);
        } catch (JobFailure e) {
            if (control.stopped()) {
                return stopped(log);
            }
            if (!e.explained()) {
                log.append("error", "\nError: " + e.getMessage() + "\n");
            }
            return errored(e.getMessage());
        } catch (IOException | RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            workshop.log.error("a job failed on this agent", "run.id", offer.jobId(), "error", e);
            String sentence =
                    e instanceof IOException failure ? Disk.sentence(failure) : "The agent failed: " + e + ".";
            log.append("error", "\nError: " + sentence + "\n");
            return errored(sentence);
        }
    }

    private JobReport stopped(JobLog log) {
        if (control.overdue()) {
            String sentence = "The " + noun() + " took longer than the "
                    + offer.data().timeout() + " that it may take, and was stopped.";
            log.append("error", "\nError: " + sentence + "\n");
            return errored(sentence);
        }
        return switch (control.level()) {
            case NONE, STOPPED, LEASE_LOST -> {
                String sentence = "The agent was stopped before the " + noun() + " had ended.";
                log.append("error", "\nError: " + sentence + "\n");
                yield errored(sentence);
            }
            case CANCEL, FORCE_CANCEL -> {
                log.append("canceled", "\nThe " + noun() + " was canceled.\n");
                yield new JobReport(offer.type(), "canceled", null, null, outcome());
            }
        };
    }

    private String noun() {
        return offer.data().query() ? "query" : offer.type();
    }

    private JobReport errored(String sentence) {
        return new JobReport(offer.type(), "errored", sentence, null, outcome());
    }

    private JobReport.Outcome outcome() {
        return new JobReport.Outcome(offer.jobId(), offer.type(), null, null, null, null, null, null);
    }

    private String deliver(JobReport report) throws InterruptedException {
        if (leaseLost()) {
            return "lost";
        }
        reporter.end(report);
        return report.status();
    }

    private void watchTime(Workdir workdir) {
        try {
            Optional<Duration> allowed = GoDuration.parse(offer.data().timeout());
            if (allowed.isEmpty()) {
                return;
            }
            Duration left = Duration.between(Instant.now(), workdir.started().plus(allowed.get()));
            Thread.sleep(left.isNegative() ? Duration.ZERO : left);
            control.expire();
            Thread.sleep(GRACE);
            control.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            workshop.log.warn("the time of a job is not watched", "run.id", offer.jobId(), "error", e);
        }
    }
}
