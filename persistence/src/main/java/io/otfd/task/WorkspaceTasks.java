package io.otfd.task;

import io.otfd.Ids.TaskId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Ids.WorkspaceTaskId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.taskstage.Stage;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Which tasks a workspace's runs go through. For those who may manage them there. */
public final class WorkspaceTasks {

    private static final int MAX_NAMES = 1000;

    private final Database database;
    private final Clock clock;

    public WorkspaceTasks(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** When a task is asked, and what its answer counts. */
    public record Terms(List<Stage> stages, Enforcement enforcement) {}

    public WorkspaceTask create(Caller caller, WorkspaceId workspace, TaskId task, Terms terms) {
        return database.transact(tx -> {
            WorkspaceView view = manageable(tx, caller, workspace);
            Task of = own(tx, view, task);
            Instant now = clock.instant();
            WorkspaceTask made = new WorkspaceTask(
                    WorkspaceTaskId.random(),
                    workspace,
                    task,
                    of.name(),
                    terms.stages(),
                    terms.enforcement(),
                    now,
                    now);
            tx.update(
                    "workspace_task.insert",
                    "id",
                    made.id(),
                    "workspace_id",
                    workspace,
                    "task_id",
                    task,
                    "stages",
                    made.stages(),
                    "enforcement_level",
                    made.enforcement(),
                    "now",
                    now);
            return find(tx, workspace, made.id());
        });
    }

    private static Task own(Sql sql, WorkspaceView view, TaskId id) {
        try {
            Task task = Tasks.find(sql, id);
            if (task.organization().equals(view.workspace().organization())) {
                return task;
            }
        } catch (Refusal.NotFound e) {
            // Said below.
        }
        throw Refusal.Invalid.relationship("task", "Task " + id.value() + " not found.");
    }

    private static WorkspaceView manageable(Sql sql, Caller caller, WorkspaceId workspace) {
        WorkspaceView view = Workspaces.view(sql, caller, workspace);
        view.grants().require(WorkspacePermission.CAN_MANAGE_RUN_TASKS);
        return view;
    }

    public Page<WorkspaceTask> list(Caller caller, WorkspaceId workspace, Page.Request page) {
        return database.read(sql -> {
            Workspaces.view(sql, caller, workspace);
            return new Page<>(
                    sql.list(
                            "workspace_task.list",
                            WorkspaceTasks::workspaceTask,
                            "workspace_id",
                            workspace,
                            "limit",
                            page.size(),
                            "offset",
                            page.offset()),
                    page,
                    sql.count("workspace_task.count", "workspace_id", workspace));
        });
    }

    /** Where tasks that the caller has seen are attached, in workspaces that it sees. */
    public List<WorkspaceTask> of(Caller caller, Collection<TaskId> tasks) {
        return database.read(sql -> {
            List<WorkspaceTask> all =
                    sql.list("workspace_task.of_tasks", WorkspaceTasks::workspaceTask, "task_ids", tasks);
            List<WorkspaceId> seen =
                    Workspaces.views(
                                    sql,
                                    caller,
                                    all.stream()
                                            .map(WorkspaceTask::workspace)
                                            .distinct()
                                            .toList())
                            .stream()
                            .map(view -> view.workspace().id())
                            .toList();
            return all.stream().filter(each -> seen.contains(each.workspace())).toList();
        });
    }

    /** Names of what could be attached, for who may attach it. */
    public Map<TaskId, String> attachable(Caller caller, WorkspaceId workspace) {
        return database.read(sql -> {
            WorkspaceView view = manageable(sql, caller, workspace);
            Map<TaskId, String> names = new LinkedHashMap<>();
            sql.list(
                            "task.names",
                            row -> Map.entry(new TaskId(row.text("id")), row.text("name")),
                            "organization_id",
                            view.workspace().organization(),
                            "limit",
                            MAX_NAMES)
                    .forEach(each -> names.put(each.getKey(), each.getValue()));
            return names;
        });
    }

    public WorkspaceTask read(Caller caller, WorkspaceId workspace, WorkspaceTaskId id) {
        return database.read(sql -> {
            Workspaces.view(sql, caller, workspace);
            return find(sql, workspace, id);
        });
    }

    public WorkspaceTask update(Caller caller, WorkspaceId workspace, WorkspaceTaskId id, UnaryOperator<Terms> change) {
        return database.transact(tx -> {
            manageable(tx, caller, workspace);
            WorkspaceTask before = find(tx, workspace, id);
            Terms terms = change.apply(new Terms(before.stages(), before.enforcement()));
            WorkspaceTask after = new WorkspaceTask(
                    id,
                    workspace,
                    before.task(),
                    before.taskName(),
                    terms.stages(),
                    terms.enforcement(),
                    before.createdAt(),
                    clock.instant());
            tx.update(
                    "workspace_task.update",
                    "id",
                    id,
                    "stages",
                    after.stages(),
                    "enforcement_level",
                    after.enforcement(),
                    "now",
                    after.updatedAt());
            return find(tx, workspace, id);
        });
    }

    /** Runs that were made before go through it all the same. */
    public void delete(Caller caller, WorkspaceId workspace, WorkspaceTaskId id) {
        database.transactVoid(tx -> {
            manageable(tx, caller, workspace);
            find(tx, workspace, id);
            tx.update("workspace_task.delete", "id", id);
        });
    }

    private static WorkspaceTask find(Sql sql, WorkspaceId workspace, WorkspaceTaskId id) {
        return sql.one("workspace_task.by_id", WorkspaceTasks::workspaceTask, "id", id, "workspace_id", workspace)
                .orElseThrow(Refusal.NotFound::new);
    }

    private static WorkspaceTask workspaceTask(Row row) {
        return new WorkspaceTask(
                new WorkspaceTaskId(row.text("id")),
                new WorkspaceId(row.text("workspace_id")),
                new TaskId(row.text("task_id")),
                row.text("task_name"),
                Tasks.stages(row, "stages"),
                Enforcement.of("enforcement-level", row.text("enforcement_level")),
                row.instant("created_at"),
                row.instant("updated_at"));
    }
}
