package io.otfd.agent.job;

/** The job cannot go on. The message is one sentence for the user. */
final class JobFailure extends Exception {

    private final boolean explained;

    JobFailure(String sentence) {
        this(sentence, null);
    }

    JobFailure(String sentence, Throwable cause) {
        this(sentence, cause, false);
    }

    private JobFailure(String sentence, Throwable cause, boolean explained) {
        super(sentence, cause);
        this.explained = explained;
    }

    /** Of a command whose own output tells why. */
    static JobFailure of(String command, int exit) {
        return new JobFailure("terraform " + command + " failed with exit code " + exit + ".", null, true);
    }

    /** True when the run's log says why already. */
    boolean explained() {
        return explained;
    }
}
