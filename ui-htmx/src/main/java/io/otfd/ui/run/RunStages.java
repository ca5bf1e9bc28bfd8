package io.otfd.ui.run;

import io.otfd.Ids.TaskStageId;
import io.otfd.access.Caller;
import io.otfd.run.Run;
import io.otfd.taskresult.TaskResult;
import io.otfd.taskresult.TaskResults;
import io.otfd.taskstage.Stage;
import io.otfd.taskstage.TaskStage;
import io.otfd.taskstage.TaskStageView;
import io.otfd.taskstage.TaskStages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Stages of a run, and what is said there. */
public final class RunStages {

    private final TaskStages stages;
    private final TaskResults results;

    public RunStages(TaskStages stages, TaskResults results) {
        this.stages = stages;
        this.results = results;
    }

    List<RunSummary.Stage> of(Caller caller, Run run) {
        if (run.stages().isEmpty()) {
            return List.of();
        }
        Map<TaskStageId, List<TaskResult>> said =
                results.of(run.stages().values()).stream().collect(Collectors.groupingBy(TaskResult::taskStage));
        return stages.list(caller, run.id()).stream()
                .map(TaskStageView::stage)
                .map(stage -> row(stage, said.getOrDefault(stage.id(), List.of())))
                .toList();
    }

    private static RunSummary.Stage row(TaskStage stage, List<TaskResult> said) {
        return new RunSummary.Stage(
                label(stage.stage()),
                RunBadge.of(stage.status()),
                said.stream().map(RunStages::check).toList());
    }

    private static String label(Stage stage) {
        return switch (stage) {
            case PRE_PLAN -> "Pre-plan";
            case POST_PLAN -> "Post-plan";
            case PRE_APPLY -> "Pre-apply";
            case POST_APPLY -> "Post-apply";
        };
    }

    private static RunSummary.Check check(TaskResult result) {
        return new RunSummary.Check(
                result.taskName(),
                RunBadge.of(result.status()),
                result.enforcement().toString(),
                result.message(),
                Optional.of(result.url()));
    }
}
