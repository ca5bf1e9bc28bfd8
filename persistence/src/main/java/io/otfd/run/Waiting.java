package io.otfd.run;

import io.otfd.Ids.RunId;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.workspace.Engine;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Why a run waits for its workspace or for an agent.
 *
 * @param message a sentence for people
 */
public record Waiting(Reason reason, String message) {

    /** One word for it, for programs. */
    public enum Reason {
        /** Somebody has locked the workspace. */
        WORKSPACE_LOCKED,
        /** Another run has the workspace. */
        BLOCKED_BY_RUN,
        /** Its turn in the workspace comes next. */
        NEXT,
        /** Nobody is there, or nobody answers. */
        NO_AGENT,
        /** Agents are there, and take other kinds of job only. */
        NOT_ACCEPTED,
        ALL_BUSY,
        /** An agent is free and about to take it. */
        STARTING;

        /** Wire name. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Those of the runs that wait, by run. */
    static Map<RunId, Waiting> of(Sql sql, Collection<RunId> runs) {
        Map<RunId, Waiting> waiting = new HashMap<>();
        if (!runs.isEmpty()) {
            sql.list("run.waiting", row -> Map.entry(new RunId(row.text("id")), of(row)), "ids", runs)
                    .forEach(entry -> waiting.put(entry.getKey(), entry.getValue()));
        }
        return waiting;
    }

    /** Runs that have waited for an agent for so long, the first of them. */
    static List<RunId> since(Sql sql, double seconds, int limit) {
        return sql.list("run.list_waiting", row -> new RunId(row.text("id")), "seconds", seconds, "limit", limit);
    }

    private static Waiting of(Row row) {
        return row.optionalText("kind").map(kind -> forAgent(row, kind)).orElseGet(() -> forWorkspace(row));
    }

    private static Waiting forWorkspace(Row row) {
        String why = row.optionalText("lock_reason")
                .filter(text -> !text.isBlank())
                .map(text -> ": " + text)
                .orElse(".");
        if (row.optionalText("lock_username").isPresent()) {
            return new Waiting(
                    Reason.WORKSPACE_LOCKED, "The workspace is locked by user " + row.text("lock_username") + why);
        }
        if (row.optionalText("lock_team_name").isPresent()) {
            return new Waiting(
                    Reason.WORKSPACE_LOCKED, "The workspace is locked by team " + row.text("lock_team_name") + why);
        }
        return row.optionalText("lock_run_id")
                .map(run -> new Waiting(Reason.BLOCKED_BY_RUN, "Waits for " + run + ", which has the workspace."))
                .orElseGet(() -> new Waiting(Reason.NEXT, "Its turn in the workspace comes next."));
    }

    private static Waiting forAgent(Row row, String kind) {
        String where = row.optionalText("pool_name").map(name -> "pool " + name).orElse("the server");
        long accepting = row.number("accepting");
        if (row.number("present") == 0) {
            long unknown = row.number("unknown");
            return new Waiting(
                    Reason.NO_AGENT,
                    unknown == 0
                            ? "There is no agent in " + where + "."
                            : "No agent of " + where + " answers: " + counted(unknown, "agent") + " fell silent.");
        }
        if (accepting == 0 && row.optionalText("dialect").isPresent()) {
            return new Waiting(
                    Reason.NOT_ACCEPTED,
                    "The plan was made by an agent " + protocol(row.text("dialect"))
                            + ", and no agent of that protocol in " + where + " takes its " + kind + ": "
                            + counted(row.number("present"), "agent")
                            + " there. Start one, or discard the run and plan again.");
        }
        if (accepting == 0) {
            Engine engine = Engine.of(row.text("engine"));
            String with = engine == Engine.TERRAFORM ? "" : " with " + engine.title();
            return new Waiting(
                    Reason.NOT_ACCEPTED,
                    "No agent of " + where + " takes a job of the kind " + kind + with + ": "
                            + counted(row.number("present"), "agent") + " there.");
        }
        if (row.number("free") == 0) {
            return new Waiting(
                    Reason.ALL_BUSY,
                    "All agents of " + where + " are busy: " + row.number("held") + " of "
                            + counted(row.number("slots"), "slot") + " taken, "
                            + counted(row.number("ahead"), "job") + " ahead.");
        }
        return new Waiting(Reason.STARTING, "An agent of " + where + " is about to take it.");
    }

    private static String protocol(String dialect) {
        return dialect.equals("otf") ? "of OTF" : "of the TFC agent protocol";
    }

    private static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
