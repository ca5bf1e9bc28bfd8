package io.otfd.run;

import io.otfd.Ids.QueryRunId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A search for what is there, by {@code terraform query} (since Terraform 1.14): a speculative run whose plan is the query.
 *
 * @param view of that run
 */
public record QueryRun(RunView view) {

    /** Keys of the run's timestamps, and what they are called here: both names of a start, the documentation's and go-tfe's. */
    private static final Map<String, List<String>> TIMESTAMPS = Map.of(
            "pending-at", List.of("pending-at"),
            "plan-queued-at", List.of("queued-at", "queuing-at"),
            "planning-at", List.of("running-at"),
            "planned-and-finished-at", List.of("finished-at"),
            "errored-at", List.of("errored-at"),
            "canceled-at", List.of("canceled-at"),
            "force-canceled-at", List.of("canceled-at", "force-canceled-at"));

    public QueryRunId id() {
        return QueryRunId.of(run().id());
    }

    public Run run() {
        return view.run();
    }

    /** Wire name. */
    public String status() {
        return switch (run().status()) {
            case PENDING -> "pending";
            case PLAN_QUEUED -> "queued";
            case PLANNING -> "running";
            case PLANNED_AND_FINISHED -> "finished";
            case CANCELED, FORCE_CANCELED -> "canceled";
            case ERRORED -> "errored";
            case PRE_PLAN_RUNNING,
                    PRE_PLAN_COMPLETED,
                    PLANNED,
                    POST_PLAN_RUNNING,
                    POST_PLAN_AWAITING_DECISION,
                    POST_PLAN_COMPLETED,
                    PLANNED_AND_SAVED,
                    CONFIRMED,
                    PRE_APPLY_RUNNING,
                    PRE_APPLY_COMPLETED,
                    APPLY_QUEUED,
                    APPLYING,
                    POST_APPLY_RUNNING,
                    POST_APPLY_COMPLETED,
                    APPLIED,
                    DISCARDED -> throw new IllegalStateException(id() + " is " + run().status());
        };
    }

    /** Wire key → instant. */
    public Map<String, String> statusTimestamps() {
        Map<String, String> timestamps = new TreeMap<>();
        run().statusTimestamps()
                .forEach((key, instant) ->
                        TIMESTAMPS.getOrDefault(key, List.of()).forEach(name -> timestamps.put(name, instant)));
        return timestamps;
    }
}
