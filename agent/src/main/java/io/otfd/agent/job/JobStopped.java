package io.otfd.agent.job;

/** The job was told to end before it was done. {@link Control} knows why. */
final class JobStopped extends Exception {

    JobStopped() {
        super("stopped");
    }
}
