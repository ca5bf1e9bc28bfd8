package io.otfd.run;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.TaskStageId;
import io.otfd.Ids.UserId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.agentpool.AgentPools;
import io.otfd.configuration.ConfigurationVersions;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.event.Events;
import io.otfd.event.Topics;
import io.otfd.job.Job;
import io.otfd.job.Jobs;
import io.otfd.log.Logs;
import io.otfd.notification.Notifications;
import io.otfd.organization.ExecutionMode;
import io.otfd.runtrigger.RunTriggers;
import io.otfd.taskstage.Stage;
import io.otfd.taskstage.StageCheck;
import io.otfd.taskstage.StageStatus;
import io.otfd.taskstage.TaskStages;
import io.otfd.taskstage.Verdict;
import io.otfd.token.Tokens;
import io.otfd.workspace.Kpis;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The single writer of a run's status. Locks are taken in this order: workspace, run, job, log.
 */
public final class RunAdvance {

    private static final int APPLY_PRIORITY = 0;
    private static final int PLAN_PRIORITY = 1;
    private static final int SPECULATIVE_PRIORITY = 2;

    private final Events events;
    private final Jobs jobs;
    private final Logs logs;
    private final Tokens tokens;
    private final Notifications notifications;
    private final List<StageCheck> checks;
    private final Clock clock;

    /** @param checks what runs wait for in their stages */
    public RunAdvance(
            Events events,
            Jobs jobs,
            Logs logs,
            Tokens tokens,
            Notifications notifications,
            List<StageCheck> checks,
            Clock clock) {
        this.events = events;
        this.jobs = jobs;
        this.logs = logs;
        this.tokens = tokens;
        this.notifications = notifications;
        this.checks = List.copyOf(checks);
        this.clock = clock;
    }

    /** A run and its workspace, the rows of both held. */
    public record Held(Workspace workspace, Run run) {}

    public Held hold(Tx tx, RunId id) {
        return hold(tx, Workspaces.locked(tx, RunStore.workspaceOf(tx, id)), id);
    }

    private static Held hold(Tx tx, Workspace workspace, RunId id) {
        return new Held(workspace, RunStore.lock(tx, id));
    }

    /**
     * Carries out what happened to the run, and what follows from it.
     *
     * @throws Refusal.Conflict when it cannot happen now
     */
    public void advance(Tx tx, RunId id, RunEvent event, Optional<UserId> actor) {
        advance(tx, hold(tx, id), event, actor);
    }

    /**
     * The same for a run that is held: nothing is read again.
     *
     * @return the run as this event has left it; what followed from it may have gone on
     */
    public Held advance(Tx tx, Held held, RunEvent event, Optional<UserId> actor) {
        Run run = held.run();
        RunId id = run.id();
        boolean checkedBefore = RunLifecycle.before(run.status(), event)
                .filter(run.stages()::containsKey)
                .isPresent();
        RunLifecycle.Transition transition = RunLifecycle.next(
                        run.status(), checkedBefore ? RunEvent.STAGE_STARTED : event)
                .orElseThrow(() -> new Refusal.Conflict("transition not allowed"));
        RunStatus status = transition.to();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        tx.update(
                "run.update_status",
                "id",
                id,
                "status",
                status,
                "timestamp_key",
                status.timestampKey(),
                "now_text",
                now.toString());
        enterPhase(tx, run.plan(), transition.plan(), now);
        enterPhase(tx, run.apply(), transition.apply(), now);
        RunHistory.write(tx, id, status, actor, Optional.empty(), now);
        events.publish(tx, Topics.run(id));
        Held after = new Held(held.workspace(), run.entered(transition, now));
        announce(tx, after, actor, now);
        follow(tx, run, after);
        return after;
    }

    private void enterPhase(Tx tx, Phase phase, PhaseStatus status, Instant now) {
        if (phase.status() == status) {
            return;
        }
        tx.update(
                "run.update_phase_status",
                "id",
                phase.id(),
                "status",
                status,
                "timestamp_key",
                status.timestampKey(),
                "now_text",
                now.toString());
        if (status == PhaseStatus.QUEUED) {
            logs.begin(tx, phase.id());
        } else if (status.isFinal()) {
            logs.end(tx, phase.id());
        }
    }

    /** Tells of the status that the run is in now. */
    void announce(Tx tx, Held held, Optional<UserId> actor, Instant now) {
        Run run = held.run();
        Announcement.of(run)
                .ifPresent(said -> notifications.enqueue(
                        tx,
                        new Notifications.Happening(
                                run.workspace(),
                                held.workspace().project(),
                                run.id(),
                                said.trigger(),
                                said.message(),
                                run.status(),
                                actor,
                                now)));
    }

    /** What follows from entering a status. */
    private void follow(Tx tx, Run run, Held after) {
        switch (after.run().status()) {
            case PLAN_QUEUED -> {
                boolean fresh = run.status() != RunStatus.PLANNING;
                if (fresh && lacksPool(tx, after)) {
                    say(
                            tx,
                            run.plan(),
                            "Error: the workspace inherits the agent pool " + run.queue()
                                    + " and is not allowed to use it."
                                    + " Allow it in the pool, or set the workspace's execution mode or agent pool.");
                    advance(tx, after, RunEvent.PLAN_ERRORED, Optional.empty());
                } else if (fresh) {
                    int priority = run.options().planOnly() ? SPECULATIVE_PRIORITY : PLAN_PRIORITY;
                    jobs.enqueue(tx, run.id(), "plan", run.engine().toString(), run.queue(), priority);
                }
            }
            case PLANNED -> {
                if (run.options().autoApply()) {
                    advance(tx, after, RunEvent.CONFIRM, Optional.empty());
                }
            }
            case PRE_PLAN_RUNNING, POST_PLAN_RUNNING, PRE_APPLY_RUNNING, POST_APPLY_RUNNING -> {
                begin(tx, after.run(), after.run().status().stage().orElseThrow());
                settle(tx, after);
            }
            case PRE_PLAN_COMPLETED -> advance(tx, after, RunEvent.ENQUEUE_PLAN, Optional.empty());
            case POST_PLAN_COMPLETED -> {
                RunEvent planned = run.planned();
                if (planned != RunEvent.PLAN_CHANGES) {
                    advance(tx, after, planned, Optional.empty());
                } else if (run.options().autoApply()) {
                    advance(tx, after, RunEvent.CONFIRM, Optional.empty());
                }
            }
            case PRE_APPLY_COMPLETED -> advance(tx, after, RunEvent.ENQUEUE_APPLY, Optional.empty());
            case POST_APPLY_COMPLETED -> advance(tx, after, RunEvent.APPLY_FINISHED, Optional.empty());
            case CONFIRMED -> {
                // A saved plan waits for its turn; any other run has the workspace already.
                if (run.options().savePlan()) {
                    nextTurn(tx, after.workspace());
                } else {
                    advance(tx, after, RunEvent.ENQUEUE_APPLY, Optional.empty());
                }
            }
            case APPLY_QUEUED -> {
                if (run.status() != RunStatus.APPLYING) {
                    jobs.enqueue(tx, run.id(), "apply", run.engine().toString(), run.queue(), APPLY_PRIORITY);
                }
            }
            case PLANNED_AND_FINISHED, APPLIED, DISCARDED, ERRORED, CANCELED, FORCE_CANCELED -> {
                tokens.endRunTokens(tx, run.id());
                endStages(tx, run);
                for (Phase.Kind kind : Phase.Kind.values()) {
                    Jobs.lock(tx, run.id(), kind.toString())
                            .filter(job -> !job.status().equals("finished"))
                            .ifPresent(job -> jobs.finish(tx, job));
                }
                tx.update("blob.delete", "key", Phase.filesystemKey(run.id()));
                tx.update("blob.delete", "key", Phase.planFileKey(run.id()));
                tx.update("blob.delete", "key", Phase.lockFileKey(run.id()));
                if (after.run().apply().status() == PhaseStatus.FINISHED) {
                    ConfigurationVersions.applied(tx, run.configurationVersion());
                }
                if (after.run().status() == RunStatus.APPLIED) {
                    RunTriggers.fire(tx, run.workspace(), run.id());
                }
                if (!run.options().planOnly()) {
                    Kpis.update(tx, run.workspace());
                }
                Workspaces.takeBackFrom(tx, run.workspace(), run.id());
                nextTurn(tx, after.workspace());
            }
            case PENDING, PLANNING, POST_PLAN_AWAITING_DECISION, PLANNED_AND_SAVED, APPLYING -> {
                // The next step is somebody else's.
            }
        }
    }

    /** Makes the stages of a new run, and what is checked in them. */
    Run prepare(Tx tx, Run run) {
        Run made = run.with(TaskStages.create(tx, run, clock.instant()));
        checks.forEach(check -> check.prepare(tx, made, made.stages()));
        return made;
    }

    private void begin(Tx tx, Run run, Stage stage) {
        TaskStageId id = run.stages().get(stage);
        TaskStages.enter(tx, id, StageStatus.RUNNING, clock.instant());
        checks.forEach(check -> check.begin(tx, run, stage, id));
    }

    /** Goes on with a run that waits in a stage, once nothing there waits any more. Otherwise nothing happens. */
    public void settle(Tx tx, Held held) {
        Optional<Stage> stage = held.run().status().stage();
        if (stage.isEmpty() || held.run().status() == RunStatus.POST_PLAN_AWAITING_DECISION) {
            return;
        }
        TaskStageId id = held.run().stages().get(stage.get());
        Verdict verdict = checks.stream()
                .map(check -> check.verdict(tx, id))
                .max(Comparator.naturalOrder())
                .orElse(Verdict.PASSED);
        switch (verdict) {
            case WAITING -> {}
            case PASSED -> leave(tx, held, id, StageStatus.PASSED, RunEvent.STAGE_PASSED);
            case OVERRIDABLE -> {
                if (stage.get() == Stage.POST_PLAN) {
                    leave(tx, held, id, StageStatus.AWAITING_OVERRIDE, RunEvent.STAGE_UNDECIDED);
                } else {
                    fail(tx, held, stage.get(), id);
                }
            }
            case FAILED -> fail(tx, held, stage.get(), id);
        }
    }

    /** What is applied stays so (cloud-docs/run/states: nothing is mandatory after the apply). */
    private void fail(Tx tx, Held held, Stage stage, TaskStageId id) {
        RunEvent event = stage == Stage.POST_APPLY ? RunEvent.STAGE_PASSED : RunEvent.STAGE_FAILED;
        leave(tx, held, id, StageStatus.FAILED, event);
    }

    private void leave(Tx tx, Held held, TaskStageId id, StageStatus status, RunEvent event) {
        TaskStages.enter(tx, id, status, clock.instant());
        if (event != RunEvent.STAGE_UNDECIDED) {
            checks.forEach(check -> check.end(tx, id));
        }
        advance(tx, held, event, Optional.empty());
    }

    /**
     * Goes on with a run whose checks somebody overrides.
     *
     * @throws Refusal.Conflict when it does not wait for that
     * @throws Refusal when a check says that the caller may not
     */
    public void override(Tx tx, Caller caller, Held held) {
        if (!RunLifecycle.allows(held.run().status(), RunEvent.STAGE_OVERRIDDEN)) {
            throw new Refusal.Conflict("transition not allowed");
        }
        TaskStageId id = held.run().stages().get(Stage.POST_PLAN);
        checks.forEach(check -> check.override(tx, caller, held.run(), id));
        TaskStages.enter(tx, id, StageStatus.PASSED, clock.instant());
        checks.forEach(check -> check.end(tx, id));
        advance(tx, held, RunEvent.STAGE_OVERRIDDEN, caller.userId());
    }

    /** Whether every check that stands against the run could be overridden by the caller. */
    public boolean canOverride(Sql sql, Caller caller, Run run) {
        return checks.stream().anyMatch(check -> check.canOverride(sql, caller, run));
    }

    private void endStages(Tx tx, Run run) {
        run.stages().forEach((stage, id) -> {
            TaskStages.abandon(tx, id, clock.instant());
            checks.forEach(check -> check.end(tx, id));
        });
    }

    /** A pool of the workspace's own was checked when it was set and stays; an inherited one has to let it in now. */
    private static boolean lacksPool(Tx tx, Held held) {
        Optional<AgentPoolId> pool = held.run().executionMode().agentPool();
        if (pool.isEmpty()) {
            return false;
        }
        Workspace workspace = held.workspace();
        boolean own =
                workspace.executionMode().flatMap(ExecutionMode::agentPool).equals(pool);
        return !own && !AgentPools.isUsable(tx, pool.get(), workspace.id(), workspace.project());
    }

    /** Lets the next run that waits have a free workspace. */
    public void nextTurn(Tx tx, WorkspaceId workspace) {
        nextTurn(tx, Workspaces.locked(tx, workspace));
    }

    /** @param workspace its row held; who has locked it is looked up again */
    void nextTurn(Tx tx, Workspace workspace) {
        RunQueue.next(tx, workspace.id()).ifPresent(turn -> {
            RunEvent event = turn.status() == RunStatus.CONFIRMED ? RunEvent.ENQUEUE_APPLY : RunEvent.ENQUEUE_PLAN;
            advance(tx, hold(tx, workspace, turn.run()), event, Optional.empty());
        });
    }

    /** Tells of something about the run that is no step of its life. */
    public void changed(Tx tx, RunId id) {
        events.publish(tx, Topics.run(id));
    }

    /** Puts a line of the server's own into a log. */
    public void say(Tx tx, Phase phase, String line) {
        logs.say(tx, phase.id(), line);
    }

    /** Tells the agent that works on the run to stop, and notes that somebody asked. */
    void requestCancel(Tx tx, Run run, Optional<UserId> actor) {
        Instant now = clock.instant();
        tx.update("run.request_cancel", "id", run.id(), "now", now);
        Jobs.claimed(tx, run.id()).ifPresent(job -> jobs.signal(tx, job, Job.Signal.CANCEL));
        RunHistory.write(tx, run.id(), "cancel_requested", actor, Optional.empty(), now);
        events.publish(tx, Topics.run(run.id()));
    }

    void forceSignal(Tx tx, Run run) {
        Jobs.claimed(tx, run.id()).ifPresent(job -> jobs.signal(tx, job, Job.Signal.FORCE_CANCEL));
    }
}
