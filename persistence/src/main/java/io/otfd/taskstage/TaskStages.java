package io.otfd.taskstage;

import io.otfd.Ids.PolicyEvaluationId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.TaskResultId;
import io.otfd.Ids.TaskStageId;
import io.otfd.JsonTrees;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.run.Run;
import io.otfd.run.RunAdvance;
import io.otfd.run.Runs;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Stages of runs: read, override. Their statuses are {@link RunAdvance}'s to write. */
public final class TaskStages {

    private final Database database;
    private final RunAdvance advance;

    public TaskStages(Database database, RunAdvance advance) {
        this.database = database;
        this.advance = advance;
    }

    /** For whoever may read the run. */
    public List<TaskStageView> list(Caller caller, RunId run) {
        return database.read(sql -> {
            Run of = Runs.view(sql, caller, run).run();
            return sql.list("task_stage.list", TaskStages::stage, "run_id", run).stream()
                    .map(stage -> view(sql, caller, of, stage))
                    .toList();
        });
    }

    public TaskStageView read(Caller caller, TaskStageId id) {
        return database.read(sql -> {
            TaskStage stage = find(sql, id);
            return view(sql, caller, Runs.view(sql, caller, stage.run()).run(), stage);
        });
    }

    /**
     * Lets the run go on all the same.
     *
     * @throws Refusal.Conflict when the stage does not wait for that
     */
    public TaskStageView override(Caller caller, TaskStageId id) {
        return database.transact(tx -> {
            TaskStage stage = find(tx, id);
            Runs.view(tx, caller, stage.run());
            RunAdvance.Held held = advance.hold(tx, stage.run());
            if (find(tx, id).status() != StageStatus.AWAITING_OVERRIDE) {
                throw new Refusal.Conflict("transition not allowed");
            }
            advance.override(tx, caller, held);
            return view(tx, caller, Runs.find(tx, stage.run()), find(tx, id));
        });
    }

    private TaskStageView view(Sql sql, Caller caller, Run run, TaskStage stage) {
        return new TaskStageView(
                stage, stage.status() == StageStatus.AWAITING_OVERRIDE, advance.canOverride(sql, caller, run));
    }

    /** For checks: the run that the stage is of. */
    public static RunId runOf(Sql sql, TaskStageId id) {
        return sql.one("task_stage.run", row -> new RunId(row.text("run_id")), "id", id)
                .orElseThrow(Refusal.NotFound::new);
    }

    /** For {@link RunAdvance}: makes those of a new run, and notes them there. */
    public static Map<Stage, TaskStageId> create(Tx tx, Run run, Instant now) {
        Map<Stage, TaskStageId> stages = new EnumMap<>(Stage.class);
        for (Stage stage : tx.list(
                "task_stage.due", row -> Stage.of(row.text("stage")).orElseThrow(), "workspace_id", run.workspace())) {
            TaskStageId id = TaskStageId.random();
            tx.update("task_stage.insert", "id", id, "run_id", run.id(), "stage", stage, "now", now);
            stages.put(stage, id);
        }
        JsonObjectBuilder ids = JsonTrees.JSON.createObjectBuilder();
        stages.forEach((stage, id) -> ids.add(stage.toString(), id.value()));
        tx.update("run.task_stages", "id", run.id(), "task_stages", ids.build().toString());
        return stages;
    }

    /** For {@link RunAdvance}. */
    public static void enter(Tx tx, TaskStageId id, StageStatus status, Instant now) {
        tx.update(
                "task_stage.enter",
                "id",
                id,
                "status",
                status,
                "timestamp_key",
                status.timestampKey(),
                "now_text",
                text(now),
                "now",
                now);
    }

    /** For {@link RunAdvance}: the run is over. */
    public static void abandon(Tx tx, TaskStageId id, Instant now) {
        tx.update("task_stage.abandon", "id", id, "now_text", text(now), "now", now);
    }

    private static String text(Instant now) {
        return now.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static TaskStage find(Sql sql, TaskStageId id) {
        return sql.one("task_stage.by_id", TaskStages::stage, "id", id).orElseThrow(Refusal.NotFound::new);
    }

    private static TaskStage stage(Row row) {
        return new TaskStage(
                new TaskStageId(row.text("id")),
                new RunId(row.text("run_id")),
                Stage.of(row.text("stage")).orElseThrow(),
                StageStatus.of(row.text("status")),
                JsonTrees.texts(row.text("status_timestamps")),
                row.instant("created_at"),
                row.instant("updated_at"),
                row.texts("result_ids").stream().map(TaskResultId::new).toList(),
                row.texts("evaluation_ids").stream()
                        .map(PolicyEvaluationId::new)
                        .toList());
    }
}
