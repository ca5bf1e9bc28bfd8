package io.otfd.taskresult;

import io.otfd.Ids.RunId;
import io.otfd.Ids.TaskId;
import io.otfd.Ids.TaskResultId;
import io.otfd.Ids.TaskResultOutcomeId;
import io.otfd.Ids.TaskStageId;
import io.otfd.Ids.WorkspaceTaskId;
import io.otfd.task.Enforcement;
import io.otfd.taskstage.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a task says of a run at a stage.
 *
 * @param workspaceTask empty for a global task
 * @param statusTimestamps wire key → instant
 * @param message the task's words, or why there are none
 * @param url where the task says more, or empty
 */
public record TaskResult(
        TaskResultId id,
        TaskStageId taskStage,
        RunId run,
        Stage stage,
        TaskId task,
        Optional<WorkspaceTaskId> workspaceTask,
        String taskName,
        String taskUrl,
        Enforcement enforcement,
        ResultStatus status,
        Map<String, String> statusTimestamps,
        String message,
        String url,
        Instant createdAt,
        Instant updatedAt,
        List<TaskResultOutcomeId> outcomes) {}
