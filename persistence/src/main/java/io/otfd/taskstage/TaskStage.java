package io.otfd.taskstage;

import io.otfd.Ids.PolicyEvaluationId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.TaskResultId;
import io.otfd.Ids.TaskStageId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A stage of a run, with what is checked there.
 *
 * @param statusTimestamps wire key → instant
 */
public record TaskStage(
        TaskStageId id,
        RunId run,
        Stage stage,
        StageStatus status,
        Map<String, String> statusTimestamps,
        Instant createdAt,
        Instant updatedAt,
        List<TaskResultId> results,
        List<PolicyEvaluationId> evaluations) {}
