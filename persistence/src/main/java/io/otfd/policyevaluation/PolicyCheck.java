package io.otfd.policyevaluation;

import io.otfd.Ids.PolicyEvaluationId;
import io.otfd.Ids.TaskStageId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.event.Events;
import io.otfd.event.Topics;
import io.otfd.run.Run;
import io.otfd.taskstage.Stage;
import io.otfd.taskstage.StageCheck;
import io.otfd.taskstage.Verdict;
import io.otfd.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Policies, as something that runs wait for behind their plan. */
public final class PolicyCheck implements StageCheck {

    private final Events events;
    private final Clock clock;

    public PolicyCheck(Events events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void prepare(Tx tx, Run run, Map<Stage, TaskStageId> stages) {
        TaskStageId stage = stages.get(Stage.POST_PLAN);
        if (stage != null) {
            tx.update(
                    "policy_evaluation.insert",
                    "id",
                    PolicyEvaluationId.random(),
                    "task_stage_id",
                    stage,
                    "workspace_id",
                    run.workspace(),
                    "now",
                    clock.instant());
        }
    }

    @Override
    public void begin(Tx tx, Run run, Stage stage, TaskStageId id) {
        Instant now = clock.instant();
        if (stage == Stage.POST_PLAN
                && tx.update("policy_evaluation.queue", "task_stage_id", id, "now", now, "now_text", text(now)) > 0) {
            events.publish(tx, Topics.policies());
        }
    }

    @Override
    public Verdict verdict(Sql sql, TaskStageId stage) {
        return sql.one(
                        "policy_evaluation.of_stage",
                        row -> EvaluationStatus.of(row.text("status")).verdict(row.flag("overridable")),
                        "task_stage_id",
                        stage)
                .orElse(Verdict.PASSED);
    }

    @Override
    public boolean canOverride(Sql sql, Caller caller, Run run) {
        return Workspaces.view(sql, caller, run.workspace()).grants().has(WorkspacePermission.CAN_OVERRIDE_POLICY);
    }

    @Override
    public void override(Tx tx, Caller caller, Run run, TaskStageId stage) {
        if (verdict(tx, stage) != Verdict.OVERRIDABLE) {
            return;
        }
        if (!canOverride(tx, caller, run)) {
            throw new Refusal.NotFound();
        }
        Instant now = clock.instant();
        tx.update("policy_evaluation.override", "task_stage_id", stage, "now", now, "now_text", text(now));
    }

    @Override
    public void end(Tx tx, TaskStageId stage) {
        Instant now = clock.instant();
        tx.update("policy_evaluation.abandon", "task_stage_id", stage, "now", now, "now_text", text(now));
    }

    static String text(Instant now) {
        return now.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
