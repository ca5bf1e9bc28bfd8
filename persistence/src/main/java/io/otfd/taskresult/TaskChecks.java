package io.otfd.taskresult;

import io.otfd.Ids.TaskId;
import io.otfd.Ids.TaskResultId;
import io.otfd.Ids.TaskStageId;
import io.otfd.access.Caller;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.event.Events;
import io.otfd.event.Topics;
import io.otfd.run.Run;
import io.otfd.task.Enforcement;
import io.otfd.taskstage.Stage;
import io.otfd.taskstage.StageCheck;
import io.otfd.taskstage.Verdict;
import io.otfd.token.Tokens;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Stages wait for tasks. One that is mandatory and has not passed ends the run; nothing here can be overridden. */
public final class TaskChecks implements StageCheck {

    private final Events events;
    private final Clock clock;

    public TaskChecks(Events events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    private record Due(TaskId task, String workspaceTask, String enforcement, String name, String url, Stage stage) {}

    @Override
    public void prepare(Tx tx, Run run, Map<Stage, TaskStageId> stages) {
        Instant now = clock.instant();
        List<Due> due = tx.list(
                "task_result.due",
                row -> new Due(
                        new TaskId(row.text("task_id")),
                        row.textOrNull("workspace_task_id"),
                        row.text("enforcement_level"),
                        row.text("name"),
                        row.text("url"),
                        Stage.of(row.text("stage")).orElseThrow()),
                "workspace_id",
                run.workspace());
        for (Due each : due) {
            tx.update(
                    "task_result.insert",
                    "id",
                    TaskResultId.random(),
                    "stage_id",
                    stages.get(each.stage()),
                    "task_id",
                    each.task(),
                    "workspace_task_id",
                    each.workspaceTask(),
                    "task_name",
                    each.name(),
                    "task_url",
                    each.url(),
                    "enforcement_level",
                    each.enforcement(),
                    "now",
                    now);
        }
    }

    @Override
    public void begin(Tx tx, Run run, Stage stage, TaskStageId id) {
        Instant now = clock.instant();
        tx.update("task_result.skip", "stage_id", id, "now", now);
        if (tx.update("task_result.begin", "stage_id", id, "now", now) > 0) {
            events.publish(tx, Topics.tasks());
        }
    }

    @Override
    public Verdict verdict(Sql sql, TaskStageId stage) {
        Verdict verdict = Verdict.PASSED;
        for (Verdict each : sql.list(
                "task_result.verdicts",
                row -> verdict(ResultStatus.of(row.text("status")), row.text("enforcement_level")),
                "stage_id",
                stage)) {
            verdict = each.compareTo(verdict) > 0 ? each : verdict;
        }
        return verdict;
    }

    private static Verdict verdict(ResultStatus status, String enforcement) {
        return switch (status) {
            case PENDING, RUNNING -> Verdict.WAITING;
            case PASSED, UNREACHABLE -> Verdict.PASSED;
            case FAILED, ERRORED, CANCELED ->
                enforcement.equals(Enforcement.MANDATORY.toString()) ? Verdict.FAILED : Verdict.PASSED;
        };
    }

    @Override
    public boolean canOverride(Sql sql, Caller caller, Run run) {
        return false;
    }

    /** A stage that waits for that has no task that stands against the run. */
    @Override
    public void override(Tx tx, Caller caller, Run run, TaskStageId stage) {}

    @Override
    public void end(Tx tx, TaskStageId stage) {
        Instant now = clock.instant();
        tx.update(
                "task_result.end",
                "stage_id",
                stage,
                "now",
                now,
                "now_text",
                now.truncatedTo(ChronoUnit.MILLIS).toString());
        Tokens.endTaskTokens(tx, stage);
    }
}
