package io.otfd.run;

import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.PhaseId;
import io.otfd.Ids.RunEventId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.UserId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Access;
import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.configuration.ConfigurationVersion;
import io.otfd.configuration.ConfigurationVersions;
import io.otfd.database.Database;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.organization.ExecutionMode;
import io.otfd.organization.Organizations;
import io.otfd.variable.EngineVariables;
import io.otfd.variable.Variables;
import io.otfd.workspace.Engine;
import io.otfd.workspace.Engines;
import io.otfd.workspace.Lock;
import io.otfd.workspace.TerraformVersion;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Runs: create, read, confirm, discard, cancel. */
public final class Runs {

    private static final int LOGGED_AT_ONCE = 100;

    private final Database database;
    private final RunAdvance advance;
    private final Clock clock;
    private final Engines engines;

    public Runs(Database database, RunAdvance advance, Clock clock, Engines engines) {
        this.database = database;
        this.advance = advance;
        this.clock = clock;
        this.engines = engines;
    }

    /**
     * What a client asks for.
     *
     * @param configurationVersion or empty for the newest one that was uploaded
     * @param options made with the workspace's settings at hand
     */
    public record Request(
            WorkspaceId workspace,
            Optional<ConfigurationVersionId> configurationVersion,
            String message,
            String source,
            String triggerReason,
            Function<Workspace, RunOptions> options) {

        /** Of somebody who wants it now. */
        public Request(
                WorkspaceId workspace,
                Optional<ConfigurationVersionId> configurationVersion,
                String message,
                String source,
                Function<Workspace, RunOptions> options) {
            this(workspace, configurationVersion, message, source, "manual", options);
        }
    }

    public RunView create(Caller caller, Request request) {
        learnVersions(request.workspace());
        return database.transact(tx -> {
            WorkspaceView view = Workspaces.lockedView(tx, caller, request.workspace());
            view.grants().require(WorkspacePermission.CAN_QUEUE_RUN);
            RunId id = create(tx, view.workspace(), request, caller.userId());
            return view(tx, RunStore.find(tx, id), view);
        });
    }

    /** Before the transaction, since it may take long. */
    private void learnVersions(WorkspaceId workspace) {
        record Wanted(Engine engine, String version) {}
        database.read(sql -> sql.one(
                        "workspace.engine",
                        row -> new Wanted(Engine.of(row.text("engine")), row.text("terraform_version")),
                        "id",
                        workspace))
                .ifPresent(wanted -> engines.learn(wanted.engine(), wanted.version()));
    }

    /** For an upload that queues a run of its own. */
    public void createForUpload(Tx tx, ConfigurationVersion configuration) {
        Workspace workspace = Workspaces.locked(tx, configuration.workspace());
        Request request = new Request(
                workspace.id(),
                Optional.of(configuration.id()),
                "Queued automatically by an upload",
                "tfe-configuration-version",
                RunRequests::defaults);
        create(tx, workspace, request, Optional.empty());
    }

    /**
     * For a run of another workspace that has applied. A workspace that cannot run now is left alone: it has no
     * configuration yet, or runs nothing here.
     */
    public void createForTrigger(Tx tx, WorkspaceId id, String message) {
        Workspace workspace = Workspaces.locked(tx, id);
        if (workspace.effectiveMode() instanceof ExecutionMode.Local
                || ConfigurationVersions.latestUploaded(tx, id).isEmpty()) {
            return;
        }
        create(
                tx,
                workspace,
                new Request(id, Optional.empty(), message, "tfe-run-trigger", "run-trigger", RunRequests::ofTrigger),
                Optional.empty());
    }

    private RunId create(Tx tx, Workspace workspace, Request request, Optional<UserId> author) {
        ConfigurationVersion configuration = configuration(tx, request);
        RunOptions options = RunRequests.check(request.options().apply(workspace), workspace, configuration);
        EngineVariables variables = EngineVariables.of(Variables.effective(tx, workspace.id()), commandLine(options));
        Engine engine = workspace.settings().engine();
        String wanted = options.terraformVersion().orElse(workspace.settings().terraformVersion());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        RunId id = RunId.random();
        Run run = new Run(
                id,
                workspace.id(),
                configuration.id(),
                RunStatus.PENDING,
                request.message(),
                request.source(),
                author,
                Optional.empty(),
                now,
                // The configuration is here, so nothing but its turn is in the way of its plan.
                Map.of(RunStatus.PENDING.timestampKey(), now.toString(), "plan-queueable-at", now.toString()),
                workspace.effectiveMode(),
                options,
                engine,
                TerraformVersion.resolve(wanted, engines.installed(engine), () -> engines.available(engine)),
                false,
                Optional.empty(),
                0,
                pending(id, Phase.Kind.PLAN),
                pending(id, Phase.Kind.APPLY),
                request.triggerReason(),
                List.of(),
                List.of(),
                Map.of());
        boolean checked = RunStore.insert(tx, run, workspace.settings().workingDirectory(), variables);
        if (checked && !options.query()) {
            run = advance.prepare(tx, run);
        }
        RunHistory.write(tx, id, "queued", author, Optional.empty(), now);
        advance.announce(tx, new RunAdvance.Held(workspace, run), author, now);
        if (options.planOnly() || options.savePlan()) {
            advance.advance(tx, new RunAdvance.Held(workspace, run), RunEvent.ENQUEUE_PLAN, author);
        } else {
            advance.nextTurn(tx, workspace);
        }
        return id;
    }

    private static Phase pending(RunId run, Phase.Kind kind) {
        PhaseId id = kind == Phase.Kind.PLAN ? PhaseId.randomPlan() : PhaseId.randomApply();
        return new Phase(
                id,
                run,
                kind,
                PhaseStatus.PENDING,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                0);
    }

    private static ConfigurationVersion configuration(Sql sql, Request request) {
        ConfigurationVersion configuration = request.configurationVersion()
                .map(id -> ConfigurationVersions.find(sql, id))
                .or(() -> ConfigurationVersions.latestUploaded(sql, request.workspace()))
                .orElseThrow(() -> Refusal.Invalid.relationship(
                        "configuration-version", "The workspace has no configuration: upload one first."));
        if (!configuration.workspace().equals(request.workspace())) {
            throw new Refusal.NotFound();
        }
        if (!configuration.isUploaded()) {
            throw Refusal.Invalid.relationship(
                    "configuration-version", "The configuration is " + configuration.status() + ", not uploaded.");
        }
        return configuration;
    }

    private static Map<String, String> commandLine(RunOptions options) {
        Map<String, String> variables = new LinkedHashMap<>();
        options.variables().forEach(variable -> variables.put(variable.key(), variable.value()));
        return variables;
    }

    public RunView read(Caller caller, RunId id) {
        return database.read(sql -> view(sql, caller, RunStore.find(sql, id)));
    }

    /** The run that a plan or an apply belongs to. */
    public RunView read(Caller caller, PhaseId id) {
        return database.read(sql -> view(sql, caller, RunStore.find(sql, id)));
    }

    /** Current runs of workspaces that the caller has seen, where it may read them. */
    public List<RunView> current(List<WorkspaceView> shown) {
        Map<WorkspaceId, WorkspaceView> views = new LinkedHashMap<>();
        shown.stream()
                .filter(view -> view.grants().has(WorkspacePermission.CAN_READ_RUN))
                .forEach(view -> views.put(view.workspace().id(), view));
        List<RunId> ids = views.values().stream()
                .flatMap(view -> view.workspace().currentRun().stream())
                .toList();
        return database.read(sql -> views(sql, RunStore.find(sql, ids), run -> views.get(run.workspace())));
    }

    /** Newest first. */
    public Page<RunView> list(Caller caller, WorkspaceId workspace, List<String> statuses, Page.Request page) {
        return list(caller, workspace, RunFilter.ofStatuses(statuses), page);
    }

    public Page<RunView> list(Caller caller, WorkspaceId workspace, RunFilter filter, Page.Request page) {
        return database.read(sql -> {
            WorkspaceView view = Workspaces.view(sql, caller, workspace);
            view.grants().require(WorkspacePermission.CAN_READ_RUN);
            RunFilter.Within within =
                    new RunFilter.Within(Optional.of(workspace), Optional.empty(), true, caller, false);
            Page<Run> runs = RunStore.list(sql, within, filter, page);
            return new Page<>(views(sql, runs.items(), run -> view), page, runs.totalCount());
        });
    }

    /**
     * Newest first, in workspaces whose runs the caller may read. They are not counted: there is one more than fits where a
     * next page is.
     */
    public List<RunView> peek(Caller caller, String organization, RunFilter filter, Page.Request page) {
        return database.read(sql -> {
            OrganizationId id =
                    Organizations.view(sql, caller, organization).organization().id();
            boolean every = Access.inOrganization(sql, caller, id).inWorkspace().has(WorkspacePermission.CAN_READ_RUN);
            RunFilter.Within within = new RunFilter.Within(Optional.empty(), Optional.of(id), every, caller, false);
            return views(sql, caller, RunStore.peek(sql, within, filter, page));
        });
    }

    /** Runs of the organization that wait for an agent, first come first. */
    public Page<RunView> queue(Caller caller, String organization, Page.Request page) {
        return database.read(sql -> {
            Page<Run> runs = RunStore.queue(
                    sql,
                    Organizations.view(sql, caller, organization).organization().id(),
                    page);
            return new Page<>(views(sql, caller, runs.items()), page, runs.totalCount());
        });
    }

    /** What happened to a run, in order. */
    public List<RunHistory> events(Caller caller, RunId id) {
        return database.read(sql -> {
            view(sql, caller, RunStore.find(sql, id));
            return sql.list("run.events", RunHistory::of, "run_id", id);
        });
    }

    public RunHistory event(Caller caller, RunEventId id) {
        return database.read(sql -> {
            RunHistory event = sql.one("run.event", RunHistory::of, "id", id).orElseThrow(Refusal.NotFound::new);
            view(sql, caller, RunStore.find(sql, event.run()));
            return event;
        });
    }

    /** For other services: the run, if the caller may read it. */
    public static RunView view(Sql sql, Caller caller, RunId id) {
        return view(sql, caller, RunStore.find(sql, id));
    }

    /** The same by its plan or apply. */
    public static RunView view(Sql sql, Caller caller, PhaseId id) {
        return view(sql, caller, RunStore.find(sql, id));
    }

    /** Lets the plan be applied. */
    public void confirm(Caller caller, RunId id) {
        act(caller, id, WorkspacePermission.CAN_QUEUE_APPLY, (tx, run) -> {
            if (!run.isConfirmable()) {
                throw new Refusal.Conflict("transition not allowed: the run is " + run.status() + ", not confirmable");
            }
            tx.update("run.confirmed_by", "id", id, "user_id", caller.userId().orElse(null));
            advance.advance(tx, id, RunEvent.CONFIRM, caller.userId());
        });
    }

    public void discard(Caller caller, RunId id) {
        act(caller, id, WorkspacePermission.CAN_QUEUE_APPLY, (tx, run) -> {
            if (!run.isDiscardable()) {
                throw new Refusal.Conflict("transition not allowed: the run is " + run.status() + ", not discardable");
            }
            advance.advance(tx, id, RunEvent.DISCARD, caller.userId());
        });
    }

    /** At once where no agent works on it; else the engine is interrupted and the run ends when it has stopped. */
    public void cancel(Caller caller, RunId id) {
        cancel(caller, id, false);
    }

    void cancel(Caller caller, RunId id, boolean query) {
        act(caller, id, query, WorkspacePermission.CAN_QUEUE_RUN, (tx, run) -> {
            if (!run.isCancelable()) {
                throw new Refusal.Conflict("transition not allowed: the run is " + run.status()
                        + (run.status().isRunning() ? " and being canceled" : ", not cancelable"));
            }
            cancel(tx, run, caller.userId());
        });
    }

    private void cancel(Tx tx, Run run, Optional<UserId> actor) {
        if (run.status().isRunning()) {
            advance.requestCancel(tx, run, actor);
        } else {
            tx.update("run.request_cancel", "id", run.id(), "now", clock.instant());
            advance.advance(tx, run.id(), RunEvent.CANCEL, actor);
        }
    }

    /**
     * Ends what is before the run, so that it is next. A run that an agent works on is told to stop, and this one starts when
     * it has.
     */
    public void forceExecute(Caller caller, RunId id) {
        act(caller, id, WorkspacePermission.CAN_FORCE_UNLOCK, (tx, run) -> {
            if (!run.isForceExecutable()) {
                throw new Refusal.Conflict("transition not allowed: the run is " + run.status() + ", not pending");
            }
            Optional<Lock> lock = Workspaces.locked(tx, run.workspace()).lock();
            if (lock.filter(held -> !(held.holder() instanceof Lock.Holder.Run)).isPresent()) {
                throw new Refusal.Conflict("The workspace is locked: unlock it first.");
            }
            // The newest first: whoever has the workspace goes last, and then nobody else is next.
            for (RunId earlier : RunStore.before(tx, run)) {
                Run other = advance.hold(tx, earlier).run();
                if (other.isDiscardable() && other.status() != RunStatus.PENDING) {
                    advance.advance(tx, earlier, RunEvent.DISCARD, caller.userId());
                } else if (other.isCancelable()) {
                    cancel(tx, other, caller.userId());
                }
            }
        });
    }

    /** After a cancel that did not end it: the engine is killed and the workspace free at once. */
    public void forceCancel(Caller caller, RunId id) {
        forceCancel(caller, id, false);
    }

    void forceCancel(Caller caller, RunId id, boolean query) {
        act(caller, id, query, WorkspacePermission.CAN_FORCE_UNLOCK, (tx, run) -> {
            if (!run.isForceCancelable(clock.instant())) {
                throw new Refusal.Conflict("transition not allowed: cancel the run first, and wait 10 seconds");
            }
            advance.forceSignal(tx, run);
            advance.advance(tx, id, RunEvent.FORCE_CANCEL, caller.userId());
        });
    }

    private interface Action {
        void perform(Tx tx, Run run);
    }

    private void act(Caller caller, RunId id, WorkspacePermission permission, Action action) {
        act(caller, id, false, permission, action);
    }

    private void act(Caller caller, RunId id, boolean query, WorkspacePermission permission, Action action) {
        database.transactVoid(tx -> {
            view(tx, caller, RunStore.find(tx, id), query).workspace().grants().require(permission);
            action.perform(tx, advance.hold(tx, id).run());
        });
    }

    /** Query runs are shown as what they are, and nowhere as runs. */
    private static RunView view(Sql sql, Caller caller, Run run) {
        return view(sql, caller, run, false);
    }

    static RunView view(Sql sql, Caller caller, Run run, boolean query) {
        if (run.options().query() != query) {
            throw new Refusal.NotFound();
        }
        WorkspaceView workspace = Workspaces.view(sql, caller, run.workspace());
        workspace.grants().require(WorkspacePermission.CAN_READ_RUN);
        return view(sql, run, workspace);
    }

    private static RunView view(Sql sql, Run run, WorkspaceView workspace) {
        return views(sql, List.of(run), of -> workspace).getFirst();
    }

    /** Of one organization; those in workspaces that the caller does not see are left out. */
    private static List<RunView> views(Sql sql, Caller caller, List<Run> runs) {
        Set<WorkspaceId> workspaces = runs.stream().map(Run::workspace).collect(Collectors.toSet());
        Map<WorkspaceId, WorkspaceView> views = Workspaces.views(sql, caller, workspaces).stream()
                .collect(Collectors.toMap(view -> view.workspace().id(), Function.identity()));
        List<Run> seen =
                runs.stream().filter(run -> views.containsKey(run.workspace())).toList();
        return views(sql, seen, run -> views.get(run.workspace()));
    }

    private static List<RunView> views(Sql sql, List<Run> runs, Function<Run, WorkspaceView> workspaceOf) {
        List<RunId> waiting = runs.stream()
                .filter(run -> run.status().isWaiting())
                .map(Run::id)
                .toList();
        Map<RunId, Waiting> reasons = Waiting.of(sql, waiting);
        return runs.stream()
                .map(run -> new RunView(run, workspaceOf.apply(run), Optional.ofNullable(reasons.get(run.id()))))
                .toList();
    }

    /** For the server's log: runs that have waited for an agent for so long, and why. */
    public Map<RunId, Waiting> waitingFor(Duration time) {
        return database.read(sql -> Waiting.of(sql, Waiting.since(sql, time.toMillis() / 1000.0, LOGGED_AT_ONCE)));
    }

    /** For the dispatch of jobs. */
    public static EngineVariables variables(Sql sql, RunId id) {
        return RunStore.variables(sql, id);
    }

    /** For whoever executes the run. */
    public EngineVariables variables(RunId id) {
        return database.read(sql -> variables(sql, id));
    }

    /** For the dispatch of jobs. */
    public static Run find(Sql sql, RunId id) {
        return RunStore.find(sql, id);
    }

    /** The same by its plan or apply. */
    public static Run find(Sql sql, PhaseId id) {
        return RunStore.find(sql, id);
    }

    /** For signed URLs: the run of a plan or an apply. */
    public Run find(PhaseId id) {
        return database.read(sql -> RunStore.find(sql, id));
    }

    /** For signed URLs. */
    public Run find(RunId id) {
        return database.read(sql -> RunStore.find(sql, id));
    }
}
