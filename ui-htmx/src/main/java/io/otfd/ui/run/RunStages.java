package io.otfd.ui.run;

import io.otfd.Ids.TaskStageId;
import io.otfd.access.Caller;
import io.otfd.policyevaluation.PolicyEvaluation;
import io.otfd.policyevaluation.PolicyEvaluations;
import io.otfd.policyevaluation.PolicyOutcome;
import io.otfd.policyevaluation.PolicySetOutcome;
import io.otfd.policyevaluation.ResultCount;
import io.otfd.run.Run;
import io.otfd.taskresult.TaskResult;
import io.otfd.taskresult.TaskResults;
import io.otfd.taskstage.Stage;
import io.otfd.taskstage.TaskStage;
import io.otfd.taskstage.TaskStageView;
import io.otfd.taskstage.TaskStages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Stages of a run, and what is said there. */
public final class RunStages {

    private final TaskStages stages;
    private final TaskResults results;
    private final PolicyEvaluations evaluations;

    public RunStages(TaskStages stages, TaskResults results, PolicyEvaluations evaluations) {
        this.stages = stages;
        this.results = results;
        this.evaluations = evaluations;
    }

    List<RunSummary.Stage> of(Caller caller, Run run) {
        if (run.stages().isEmpty()) {
            return List.of();
        }
        Map<TaskStageId, List<TaskResult>> said =
                results.of(run.stages().values()).stream().collect(Collectors.groupingBy(TaskResult::taskStage));
        return stages.list(caller, run.id()).stream()
                .map(TaskStageView::stage)
                .map(stage -> row(stage, checks(caller, stage, said.getOrDefault(stage.id(), List.of()))))
                .toList();
    }

    private List<RunSummary.Check> checks(Caller caller, TaskStage stage, List<TaskResult> said) {
        List<RunSummary.Check> checks =
                new ArrayList<>(said.stream().map(RunStages::check).toList());
        if (!stage.evaluations().isEmpty()) {
            evaluations.list(caller, stage.id()).forEach(evaluation -> checks.addAll(checks(evaluation)));
        }
        return checks;
    }

    /** The evaluation, and once it is over each policy. */
    private static List<RunSummary.Check> checks(PolicyEvaluation evaluation) {
        List<RunSummary.Check> checks = new ArrayList<>();
        checks.add(new RunSummary.Check(
                "Policies", RunBadge.of(evaluation.status()), words(evaluation.count()), "", Optional.empty()));
        for (PolicySetOutcome set : evaluation.sets()) {
            for (PolicyOutcome outcome : set.outcomes()) {
                checks.add(new RunSummary.Check(
                        set.set() + " / " + outcome.policy(),
                        RunBadge.of(outcome.status()),
                        outcome.enforcement().toString(),
                        outcome.messages().isEmpty() ? outcome.description() : String.join("; ", outcome.messages()),
                        Optional.empty()));
            }
        }
        return checks;
    }

    private static String words(ResultCount count) {
        int all = count.passed() + count.advisoryFailed() + count.mandatoryFailed() + count.errored();
        return all == 0 ? "" : count.passed() + " of " + all + " passed";
    }

    private static RunSummary.Stage row(TaskStage stage, List<RunSummary.Check> checks) {
        return new RunSummary.Stage(label(stage.stage()), RunBadge.of(stage.status()), checks);
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
