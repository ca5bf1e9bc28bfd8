package io.otfd.taskresult;

import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.PhaseId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.TaskId;
import io.otfd.Ids.TaskResultId;
import io.otfd.Ids.TaskResultOutcomeId;
import io.otfd.Ids.TaskStageId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Ids.WorkspaceTaskId;
import io.otfd.JsonTrees;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.notification.Receipt;
import io.otfd.run.RunAdvance;
import io.otfd.run.RunHistory;
import io.otfd.run.Runs;
import io.otfd.task.Enforcement;
import io.otfd.task.TaskRequest;
import io.otfd.taskstage.Stage;
import io.otfd.token.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What tasks say: asked by any server, each by one ({@code SKIP LOCKED}), and by another one only when the first has died at
 * it. Whatever ends a result settles its run in the same transaction.
 */
public final class TaskResults {

    /** Longer than a courier takes at most. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** Between attempts: 2 s, 8 s, 32 s. */
    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);

    private static final int ATTEMPTS = 4;
    private static final int TIMED_OUT_AT_ONCE = 100;

    /**
     * How long a task may take (cloud-docs/workspaces/settings/run-tasks: 10 minutes without a word, 60 in all).
     *
     * @param progress from one word of the task to the next
     * @param total from the beginning of the stage
     */
    public record Patience(Duration progress, Duration total) {
        public static final Patience DEFAULT = new Patience(Duration.ofMinutes(10), Duration.ofMinutes(60));
    }

    private final Database database;
    private final RunAdvance advance;
    private final Tokens tokens;
    private final Patience patience;
    private final Clock clock;

    public TaskResults(Database database, RunAdvance advance, Tokens tokens, Patience patience, Clock clock) {
        this.database = database;
        this.advance = advance;
        this.tokens = tokens;
        this.patience = patience;
        this.clock = clock;
    }

    /** For whoever may read the run. */
    public TaskResult read(Caller caller, TaskResultId id) {
        return database.read(sql -> visible(sql, caller, id));
    }

    private static TaskResult visible(Sql sql, Caller caller, TaskResultId id) {
        TaskResult result = find(sql, id);
        Runs.view(sql, caller, result.run());
        return result;
    }

    /** Of stages that the caller has seen. */
    public List<TaskResult> of(Collection<TaskStageId> stages) {
        return stages.isEmpty()
                ? List.of()
                : database.read(sql -> sql.list("task_result.of_stages", TaskResults::result, "stage_ids", stages));
    }

    public List<TaskOutcome> outcomes(Caller caller, TaskResultId id) {
        return database.read(sql -> {
            visible(sql, caller, id);
            return sql.list("task_result.outcomes", TaskResults::outcome, "id", id);
        });
    }

    public TaskOutcome outcome(Caller caller, TaskResultOutcomeId id) {
        return database.read(sql -> visible(sql, caller, id));
    }

    /** The longer text of an outcome; a stranger's. */
    public String body(Caller caller, TaskResultOutcomeId id) {
        return database.read(sql -> {
            visible(sql, caller, id);
            return sql.one("task_result.outcome_body", row -> row.text("body"), "id", id)
                    .orElseThrow(Refusal.NotFound::new);
        });
    }

    private static TaskOutcome visible(Sql sql, Caller caller, TaskResultOutcomeId id) {
        TaskOutcome outcome =
                sql.one("task_result.outcome", TaskResults::outcome, "id", id).orElseThrow(Refusal.NotFound::new);
        visible(sql, caller, outcome.result());
        return outcome;
    }

    /**
     * What the task itself says, with the token that it was given.
     *
     * @throws Refusal.Unauthenticated with any other
     * @throws Refusal.Conflict when it has said its last word
     */
    public void answer(Caller caller, TaskResultId id, Answer answer) {
        if (!(caller instanceof Caller.Task task) || !task.result().equals(id)) {
            throw new Refusal.Unauthenticated();
        }
        database.transactVoid(tx -> {
            RunAdvance.Held held = advance.hold(tx, task.run());
            TaskResult before = find(tx, id);
            if (!before.status().isOpen()) {
                throw new Refusal.Conflict("transition not allowed: the task result is " + before.status());
            }
            Instant now = clock.instant();
            tx.update(
                    "task_result.answer",
                    "id",
                    id,
                    "status",
                    answer.status(),
                    "timestamp_key",
                    answer.status().timestampKey(),
                    "now_text",
                    text(now),
                    "message",
                    answer.message().orElse(null),
                    "url",
                    answer.url().orElse(null),
                    "now",
                    now,
                    "progress",
                    patience.progress().toMillis() / 1000.0,
                    "total",
                    patience.total().toMillis() / 1000.0);
            answer.outcomes().ifPresent(outcomes -> replace(tx, id, outcomes, now));
            if (answer.status().isOpen()) {
                advance.changed(tx, task.run());
            } else {
                ended(tx, held, answer.status(), now);
            }
        });
    }

    private static void replace(Tx tx, TaskResultId id, List<TaskOutcome.Draft> outcomes, Instant now) {
        tx.update("task_result.delete_outcomes", "id", id);
        int position = 0;
        for (TaskOutcome.Draft outcome : outcomes) {
            tx.update(
                    "task_result.insert_outcome",
                    "id",
                    TaskResultOutcomeId.random(),
                    "result_id",
                    id,
                    "position",
                    position++,
                    "outcome_id",
                    outcome.outcomeId(),
                    "description",
                    outcome.description(),
                    "body",
                    outcome.body(),
                    "url",
                    outcome.url(),
                    "tags",
                    outcome.tags().toString(),
                    "now",
                    now);
        }
    }

    private void ended(Tx tx, RunAdvance.Held held, ResultStatus status, Instant now) {
        advance.changed(tx, held.run().id());
        RunHistory.write(tx, held.run().id(), "task_" + status, Optional.empty(), Optional.empty(), now);
        advance.settle(tx, held);
    }

    /** A task that this server has to ask now. */
    public record Claimed(TaskResultId id, int attempt, TaskRequest request) {}

    public List<Claimed> claim(int limit) {
        return database.transact(tx -> {
            List<TaskResultId> ids = tx.list(
                    "task_result.claim",
                    row -> new TaskResultId(row.text("id")),
                    "limit",
                    limit,
                    "lease",
                    LEASE.toSeconds());
            return ids.isEmpty() ? List.of() : tx.list("task_result.to_send", row -> claimed(tx, row), "ids", ids);
        });
    }

    /** The token is new for each attempt: nobody keeps one in clear. */
    private Claimed claimed(Tx tx, Row row) {
        TaskResultId id = new TaskResultId(row.text("id"));
        TaskId task = new TaskId(row.text("task_id"));
        return new Claimed(
                id,
                row.integer("attempts"),
                new TaskRequest(
                        row.text("task_url"),
                        row.bytesOrNull("hmac_key") == null
                                ? Optional.empty()
                                : Optional.of(row.secret("hmac_key", task.value())),
                        Optional.of(new TaskRequest.About(
                                Stage.of(row.text("stage")).orElseThrow(),
                                tokens.mintTaskToken(
                                        tx,
                                        id,
                                        clock.instant().plus(patience.total()).plus(LEASE)),
                                id,
                                Enforcement.of("enforcement-level", row.text("enforcement_level")),
                                row.flag("plan_only"),
                                new RunId(row.text("run_id")),
                                row.text("run_message"),
                                row.instant("run_created_at"),
                                row.optionalText("run_created_by"),
                                new WorkspaceId(row.text("workspace_id")),
                                row.text("workspace_name"),
                                row.optionalText("working_directory"),
                                row.text("organization_name"),
                                new ConfigurationVersionId(row.text("configuration_version_id")),
                                new PhaseId(row.text("plan_id"))))));
    }

    /** How an attempt to ask went. */
    public void record(Claimed claimed, Receipt receipt) {
        Instant now = clock.instant();
        if (receipt.successful()) {
            database.transactVoid(tx -> tx.update(
                    "task_result.taken",
                    "id",
                    claimed.id(),
                    "attempt",
                    claimed.attempt(),
                    "now",
                    now,
                    "now_text",
                    text(now),
                    "progress",
                    patience.progress().toMillis() / 1000.0,
                    "total",
                    patience.total().toMillis() / 1000.0));
        } else if (receipt.worthRetrying() && claimed.attempt() < ATTEMPTS) {
            database.transactVoid(tx -> tx.update(
                    "task_result.again",
                    "id",
                    claimed.id(),
                    "attempt",
                    claimed.attempt(),
                    "again",
                    pause(claimed.attempt()).toSeconds()));
        } else {
            error(
                    claimed.id(),
                    tx -> tx.update(
                            "task_result.give_up",
                            "id",
                            claimed.id(),
                            "attempt",
                            claimed.attempt(),
                            "message",
                            "The run task could not be reached: " + receipt.reason(),
                            "now",
                            now,
                            "now_text",
                            text(now)));
        }
    }

    /** @param attempt that has failed, from 1 */
    static Duration pause(int attempt) {
        return FIRST_RETRY.multipliedBy(1L << 2 * (attempt - 1));
    }

    /** Until the next one is to be asked, which may have passed; empty when none waits. */
    public Optional<Duration> untilNext() {
        return database.read(sql -> sql.one("task_result.next_due", row -> row.optionalNumber("millis"))
                .orElseThrow()
                .map(Duration::ofMillis));
    }

    /** Gives up on tasks that have taken too long. Safe to do twice. */
    public void timeOut() {
        List<TaskResultId> overdue = database.read(sql ->
                sql.list("task_result.overdue", row -> new TaskResultId(row.text("id")), "limit", TIMED_OUT_AT_ONCE));
        Instant now = clock.instant();
        for (TaskResultId id : overdue) {
            error(
                    id,
                    tx -> tx.update(
                            "task_result.time_out",
                            "id",
                            id,
                            "message",
                            "The run task has said nothing for "
                                    + patience.progress().toMinutes()
                                    + " minutes, or has taken more than "
                                    + patience.total().toMinutes() + " minutes in all.",
                            "now",
                            now,
                            "now_text",
                            text(now)));
        }
    }

    private interface Change {
        /** @return how many rows it touched */
        long in(Tx tx);
    }

    private void error(TaskResultId id, Change change) {
        database.transactVoid(tx -> {
            Optional<RunId> run = tx.one("task_result.run", row -> new RunId(row.text("run_id")), "id", id);
            if (run.isPresent()) {
                RunAdvance.Held held = advance.hold(tx, run.get());
                if (change.in(tx) > 0) {
                    ended(tx, held, ResultStatus.ERRORED, clock.instant());
                }
            }
        });
    }

    private static String text(Instant now) {
        return now.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static TaskResult find(Sql sql, TaskResultId id) {
        return sql.one("task_result.by_id", TaskResults::result, "id", id).orElseThrow(Refusal.NotFound::new);
    }

    private static TaskResult result(Row row) {
        return new TaskResult(
                new TaskResultId(row.text("id")),
                new TaskStageId(row.text("task_stage_id")),
                new RunId(row.text("run_id")),
                Stage.of(row.text("stage")).orElseThrow(),
                new TaskId(row.text("task_id")),
                row.optionalText("workspace_task_id").map(WorkspaceTaskId::new),
                row.text("task_name"),
                row.text("task_url"),
                Enforcement.of("enforcement-level", row.text("enforcement_level")),
                ResultStatus.of(row.text("status")),
                JsonTrees.texts(row.text("status_timestamps")),
                row.text("message"),
                row.text("url"),
                row.instant("created_at"),
                row.instant("updated_at"),
                row.texts("outcome_ids").stream().map(TaskResultOutcomeId::new).toList());
    }

    private static TaskOutcome outcome(Row row) {
        return new TaskOutcome(
                new TaskResultOutcomeId(row.text("id")),
                new TaskResultId(row.text("task_result_id")),
                row.text("outcome_id"),
                row.text("description"),
                row.text("url"),
                JsonTrees.object(row.text("tags")),
                row.instant("created_at"),
                row.flag("has_body"));
    }
}
