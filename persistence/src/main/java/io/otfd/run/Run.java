package io.otfd.run;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.CommentId;
import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.RunEventId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.TaskStageId;
import io.otfd.Ids.UserId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.job.Jobs;
import io.otfd.organization.ExecutionMode;
import io.otfd.taskstage.Stage;
import io.otfd.workspace.Engine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run.
 *
 * @param source {@code tfe-api}, {@code terraform+cloud}, {@code tfe-ui}, …
 * @param executionMode frozen when the run was made
 * @param statusTimestamps wire key → instant
 * @param positionInQueue 0 unless it waits for its turn
 * @param engine frozen, as is its version
 * @param triggerReason {@code manual}, or what started it
 * @param events what happened to it, in order
 * @param stages where it waits for what others say; made with it
 */
public record Run(
        RunId id,
        WorkspaceId workspace,
        ConfigurationVersionId configurationVersion,
        RunStatus status,
        String message,
        String source,
        Optional<UserId> createdBy,
        Optional<UserId> confirmedBy,
        Instant createdAt,
        Map<String, String> statusTimestamps,
        ExecutionMode executionMode,
        RunOptions options,
        Engine engine,
        String terraformVersion,
        boolean hasChanges,
        Optional<Instant> cancelRequestedAt,
        int positionInQueue,
        Phase plan,
        Phase apply,
        String triggerReason,
        List<RunEventId> events,
        List<CommentId> comments,
        Map<Stage, TaskStageId> stages) {

    public Run {
        stages = Map.copyOf(stages);
        events = List.copyOf(events);
        comments = List.copyOf(comments);
    }

    /** How long the engine has to stop by itself (OTF's figure). */
    static final Duration COOL_OFF = Duration.ofSeconds(10);

    /** The run after a step of its life. Its position in the queue and its events are not read anew. */
    Run entered(RunLifecycle.Transition transition, Instant now) {
        return new Run(
                id,
                workspace,
                configurationVersion,
                transition.to(),
                message,
                source,
                createdBy,
                confirmedBy,
                createdAt,
                Phase.with(statusTimestamps, transition.to().timestampKey(), now),
                executionMode,
                options,
                engine,
                terraformVersion,
                hasChanges,
                cancelRequestedAt,
                positionInQueue,
                plan.entered(transition.plan(), now),
                apply.entered(transition.apply(), now),
                triggerReason,
                events,
                comments,
                stages);
    }

    /** The same with the stages that were made for it. */
    Run with(Map<Stage, TaskStageId> made) {
        return new Run(
                id,
                workspace,
                configurationVersion,
                status,
                message,
                source,
                createdBy,
                confirmedBy,
                createdAt,
                statusTimestamps,
                executionMode,
                options,
                engine,
                terraformVersion,
                hasChanges,
                cancelRequestedAt,
                positionInQueue,
                plan,
                apply,
                triggerReason,
                events,
                comments,
                made);
    }

    public List<TaskStageId> stagesInOrder() {
        return stages.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    /** What its plan leads to. */
    public RunEvent planned() {
        boolean applicable = hasChanges || options.allowEmptyApply();
        if (options.planOnly() || !applicable) {
            return RunEvent.PLAN_NO_CHANGES;
        }
        return options.savePlan() ? RunEvent.PLAN_SAVED : RunEvent.PLAN_CHANGES;
    }

    /** The queue that its jobs go to: the pool's id, or {@code server}. */
    public String queue() {
        return executionMode.agentPool().map(AgentPoolId::value).orElse(Jobs.SERVER_QUEUE);
    }

    public Phase phase(Phase.Kind kind) {
        return kind == Phase.Kind.PLAN ? plan : apply;
    }

    public boolean isConfirmable() {
        return RunLifecycle.allows(status, RunEvent.CONFIRM);
    }

    /** What was checked behind its plan stands against it, and somebody may say that it does not matter. */
    public boolean isOverridable() {
        return RunLifecycle.allows(status, RunEvent.STAGE_OVERRIDDEN);
    }

    public boolean isDiscardable() {
        return RunLifecycle.allows(status, RunEvent.DISCARD);
    }

    public boolean isCancelable() {
        return RunLifecycle.allows(status, RunEvent.CANCEL) || status.isRunning() && cancelRequestedAt.isEmpty();
    }

    /** When a cancel that does not work may be enforced; also shown of one that has worked (observed: go-tfe's suite). */
    public Optional<Instant> forceCancelAvailableAt() {
        return cancelRequestedAt.map(at -> at.plus(COOL_OFF));
    }

    /** It waits for others of its workspace, which can be ended for it. */
    public boolean isForceExecutable() {
        return status == RunStatus.PENDING;
    }

    public boolean isForceCancelable(Instant now) {
        return status.isRunning()
                && forceCancelAvailableAt().filter(at -> !at.isAfter(now)).isPresent();
    }
}
