package io.otfd.runtrigger;

import io.otfd.Ids.RunId;
import io.otfd.Ids.RunTriggerId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.time.Clock;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What starts runs when another workspace has applied. */
public final class RunTriggers {

    private static final Logger LOG = LoggerFactory.getLogger(RunTriggers.class);

    /** Documented: 20 sources a workspace. */
    private static final int MAX_SOURCES = 20;

    private final Database database;
    private final Clock clock;

    public RunTriggers(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Needs admin access to the workspace that will run, and to read the runs of its source. */
    public RunTrigger create(Caller caller, WorkspaceId workspace, WorkspaceId sourceable) {
        return database.transact(tx -> {
            WorkspaceView view = Workspaces.lockedView(tx, caller, workspace);
            view.grants().require(WorkspacePermission.CAN_UPDATE);
            WorkspaceView source = source(tx, caller, sourceable);
            if (workspace.equals(sourceable)
                    || !source.workspace()
                            .organization()
                            .equals(view.workspace().organization())) {
                throw Refusal.Invalid.relationship(
                        "sourceable", "Sourceable must be another workspace of the same organization.");
            }
            if (tx.count("run_trigger.count", "workspace_id", workspace, "inbound", true) >= MAX_SOURCES) {
                throw Refusal.Invalid.document("A workspace can have " + MAX_SOURCES + " source workspaces at most.");
            }
            RunTriggerId id = RunTriggerId.random();
            tx.update(
                    "run_trigger.insert",
                    "id",
                    id,
                    "workspace_id",
                    workspace,
                    "sourceable_id",
                    sourceable,
                    "now",
                    clock.instant());
            return find(tx, id);
        });
    }

    private static WorkspaceView source(Tx tx, Caller caller, WorkspaceId id) {
        try {
            WorkspaceView view = Workspaces.view(tx, caller, id);
            view.grants().require(WorkspacePermission.CAN_READ_RUN);
            return view;
        } catch (Refusal.NotFound e) {
            throw Refusal.Invalid.relationship("sourceable", "Workspace " + id.value() + " not found.");
        }
    }

    /** @param inbound those that start runs in the workspace, or those that it starts elsewhere */
    public Page<RunTrigger> list(Caller caller, WorkspaceId workspace, boolean inbound, Page.Request page) {
        return database.read(sql -> {
            Workspaces.view(sql, caller, workspace);
            return new Page<>(
                    sql.list(
                            "run_trigger.list",
                            RunTriggers::trigger,
                            "workspace_id",
                            workspace,
                            "inbound",
                            inbound,
                            "limit",
                            page.size(),
                            "offset",
                            page.offset()),
                    page,
                    sql.count("run_trigger.count", "workspace_id", workspace, "inbound", inbound));
        });
    }

    public RunTrigger read(Caller caller, RunTriggerId id) {
        return database.read(sql -> {
            RunTrigger trigger = find(sql, id);
            Workspaces.view(sql, caller, trigger.workspace());
            return trigger;
        });
    }

    public void delete(Caller caller, RunTriggerId id) {
        database.transactVoid(tx -> {
            RunTrigger trigger = find(tx, id);
            Workspaces.view(tx, caller, trigger.workspace()).grants().require(WorkspacePermission.CAN_UPDATE);
            tx.update("run_trigger.delete", "id", id);
        });
    }

    /** For the machinery: the workspace has applied. The runs are made later, each in a transaction of its own. */
    public static void fire(Tx tx, WorkspaceId workspace, RunId run) {
        tx.update("run_trigger.fire", "workspace_id", workspace, "run_id", run);
    }

    /** A run that is to be made. */
    public record Due(WorkspaceId workspace, RunId source, String sourceName) {}

    /** Makes what is due, one transaction each. */
    public void makeDue(BiConsumer<Tx, Due> make) {
        while (database.transact(tx -> tx.one(
                        "run_trigger.next_due",
                        row -> new Due(
                                new WorkspaceId(row.text("workspace_id")),
                                new RunId(row.text("source_run_id")),
                                row.text("source_name")))
                .map(due -> {
                    try {
                        make.accept(tx, due);
                    } catch (Refusal e) {
                        LOG.warn(
                                "run trigger made no run workspace={} source={}: {}",
                                due.workspace().value(),
                                due.source().value(),
                                e.getMessage());
                    }
                    return true;
                })
                .orElse(false))) {
            // Until there is none.
        }
    }

    private static RunTrigger find(Sql sql, RunTriggerId id) {
        return sql.one("run_trigger.by_id", RunTriggers::trigger, "id", id).orElseThrow(Refusal.NotFound::new);
    }

    private static RunTrigger trigger(Row row) {
        return new RunTrigger(
                new RunTriggerId(row.text("id")),
                new WorkspaceId(row.text("workspace_id")),
                row.text("workspace_name"),
                new WorkspaceId(row.text("sourceable_id")),
                row.text("sourceable_name"),
                row.instant("created_at"));
    }
}
