package io.otfd.task;

import io.otfd.Ids.TaskId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Ids.WorkspaceTaskId;
import io.otfd.Refusal;
import io.otfd.taskstage.Stage;
import java.time.Instant;
import java.util.List;

/** A task that runs of a workspace go through. */
public record WorkspaceTask(
        WorkspaceTaskId id,
        WorkspaceId workspace,
        TaskId task,
        String taskName,
        List<Stage> stages,
        Enforcement enforcement,
        Instant createdAt,
        Instant updatedAt) {

    public WorkspaceTask {
        stages = stages.stream().distinct().toList();
        if (stages.isEmpty()) {
            throw Refusal.Invalid.attribute("stages", "can't be blank");
        }
    }
}
