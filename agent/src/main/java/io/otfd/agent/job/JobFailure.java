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

    /**
     * Of a command whose own output tells why.
     *
     * @param command with the engine's name, such as {@code terraform init}
     */
    static JobFailure of(String command, int exit) {
        return new JobFailure(command + " failed with exit code " + exit + ".", null, true);
    }

    /**
     * Of a command that a signal has ended, about which it could say nothing.
     *
     * @param signal its number
     */
    static JobFailure killed(String command, int signal, boolean outOfMemory) {
        String reason = outOfMemory
                ? ": memory ran out on the agent's machine, or in its container."
                : signal == 9 ? ". Most often memory has run out on the agent's machine, or in its container." : ".";
        return new JobFailure(command + " was killed by signal " + signal + reason);
    }

    /** True when the run's log says why already. */
    boolean explained() {
        return explained;
    }
}
