package io.otfd.agent.job;

import java.util.ArrayList;
import java.util.List;

/** What a job has been told from outside, and the engine processes that must hear of it. Thread-safe. */
final class Control {

    /** Each stronger than the one before. A level is acted upon once. */
    enum Level {
        NONE,
        /** Interrupt the engine, once. */
        CANCEL,
        /** Kill the engine. */
        FORCE_CANCEL,
        /** The agent ends at once: kill the engine and say so. */
        STOPPED,
        /** The job is no longer ours: kill the engine and say nothing. */
        LEASE_LOST
    }

    /** Starts a step's process. */
    interface Start {
        void run() throws JobFailure;
    }

    private final List<Step> running = new ArrayList<>();
    private Level level = Level.NONE;
    private boolean overdue;
    private boolean known;

    synchronized Level level() {
        return level;
    }

    /** The time allowed was over before anybody asked for an end. */
    synchronized boolean overdue() {
        return overdue;
    }

    synchronized boolean stopped() {
        return level != Level.NONE || overdue;
    }

    /** Nobody waits for the outcome any more, or there is no time to deliver it with patience. */
    synchronized boolean abandoned() {
        return level.compareTo(Level.STOPPED) >= 0;
    }

    /** @return false when that level, or a stronger one, was reached before */
    synchronized boolean raise(Level to) {
        if (to.compareTo(level) <= 0) {
            return false;
        }
        boolean interrupted = overdue && to == Level.CANCEL;
        level = to;
        notifyAll();
        if (!interrupted) {
            running.forEach(this::tell);
        }
        return true;
    }

    /** The time allowed is over: the engine is interrupted unless it has been already. */
    synchronized void expire() {
        if (level == Level.NONE) {
            overdue = true;
            notifyAll();
            running.forEach(Step::interrupt);
        }
    }

    synchronized void kill() {
        running.forEach(Step::kill);
    }

    /** The server has heard that the job is about to run. */
    synchronized void known() {
        known = true;
        notifyAll();
    }

    /**
     * Waits until the server knows that the job runs: one that it does not know of is given to another agent.
     *
     * @throws JobStopped when nothing must be started any more
     */
    synchronized void awaitKnown() throws JobStopped, InterruptedException {
        while (!known) {
            check();
            wait();
        }
    }

    synchronized void check() throws JobStopped {
        if (stopped()) {
            throw new JobStopped();
        }
    }

    /** @throws JobStopped when nothing must be started any more */
    synchronized void launch(Step step, Start start) throws JobStopped, JobFailure {
        check();
        start.run();
        running.add(step);
    }

    /** For what is to be done after a job that may have been cancelled. */
    synchronized void launchAfterwards(Step step, Start start) throws JobStopped, JobFailure {
        if (level.compareTo(Level.CANCEL) > 0) {
            throw new JobStopped();
        }
        start.run();
        running.add(step);
    }

    /** A step that an earlier process of the agent has started hears what it may have missed. */
    synchronized void adopt(Step step) {
        running.add(step);
        if (level == Level.NONE && overdue) {
            step.interrupt();
        } else {
            tell(step);
        }
    }

    synchronized void ended(Step step) {
        running.remove(step);
    }

    private void tell(Step step) {
        switch (level) {
            case NONE -> {}
            case CANCEL -> step.interrupt();
            case FORCE_CANCEL, STOPPED, LEASE_LOST -> step.kill();
        }
    }
}
