package io.otfd.event;

import io.otfd.Ids.AgentId;
import io.otfd.Ids.PhaseId;
import io.otfd.Ids.RunId;

/** What can be waited for. */
public final class Topics {

    private Topics() {}

    /** A job was queued for the agents of this queue. */
    public static String jobs(String queue) {
        return "jobs " + queue;
    }

    /** A job of the run was told to stop, or ended. */
    public static String signals(RunId run) {
        return "signals " + run.value();
    }

    /** A job of the agent ended: it has room for another one. */
    public static String agent(AgentId agent) {
        return "agent " + agent.value();
    }

    /** The run's status changed. */
    public static String run(RunId run) {
        return "run " + run.value();
    }

    /** Notifications are due. */
    public static String notifications() {
        return "notifications";
    }

    /** Run tasks are to be asked. */
    public static String tasks() {
        return "tasks";
    }

    /** Policies of a run are to be evaluated. */
    public static String policies() {
        return "policies";
    }

    /** The log grew or ended. */
    public static String log(PhaseId phase) {
        return "log " + phase.value();
    }
}
