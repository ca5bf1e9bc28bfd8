package io.otfd.task;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.TaskId;
import io.otfd.Ids.WorkspaceTaskId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Access;
import io.otfd.access.Caller;
import io.otfd.access.OrganizationPermission;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.notification.Receipt;
import io.otfd.organization.FeatureSet;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.taskstage.Stage;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Run tasks of organizations. A URL is tried before it is stored: a request goes there, outside of any transaction, and has
 * to be accepted. For those who may manage run tasks.
 */
public final class Tasks {

    private static final String GLOBAL = "global-run-tasks";

    private final Database database;
    private final TaskCourier courier;
    private final Clock clock;

    public Tasks(Database database, TaskCourier courier, Clock clock) {
        this.database = database;
        this.courier = courier;
        this.clock = clock;
    }

    /** What a client says of a task. */
    public record Draft(
            String name,
            String url,
            String description,
            Optional<String> hmacKey,
            boolean enabled,
            Optional<Task.Global> global) {

        static final Draft EMPTY = new Draft("", "", "", Optional.empty(), true, Optional.empty());

        static Draft of(Task task) {
            return new Draft(
                    task.name(), task.url(), task.description(), task.hmacKey(), task.enabled(), task.global());
        }

        Draft entitled(FeatureSet set) {
            return new Draft(
                    name,
                    url,
                    description,
                    hmacKey,
                    enabled,
                    Optional.of(Task.Global.NONE).filter(none -> set.entitles(GLOBAL)));
        }

        private Task of(
                TaskId id,
                OrganizationId organization,
                String organizationName,
                List<WorkspaceTaskId> attached,
                Instant created,
                Instant updated) {
            return new Task(
                    id,
                    organization,
                    organizationName,
                    name,
                    url,
                    description,
                    hmacKey.filter(key -> !key.isEmpty()),
                    enabled,
                    global,
                    attached,
                    created,
                    updated);
        }
    }

    /** @param settings fills in a task that is enabled, in no workspace by itself, with what it may say of all workspaces */
    public Task create(Caller caller, String organization, UnaryOperator<Draft> settings) {
        OrganizationView view = database.read(sql -> manageable(sql, caller, organization));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Task made = settings.apply(
                        Draft.EMPTY.entitled(view.organization().plan().featureSet()))
                .of(
                        TaskId.random(),
                        view.organization().id(),
                        view.organization().name(),
                        List.of(),
                        now,
                        now);
        verify(made);
        return database.transact(tx -> {
            manageable(tx, caller, organization);
            write(tx, "task.insert", made, now);
            return made;
        });
    }

    private static OrganizationView manageable(Sql sql, Caller caller, String organization) {
        OrganizationView view = Organizations.view(sql, caller, organization);
        view.grants().require(OrganizationPermission.CAN_MANAGE_RUN_TASKS);
        return view;
    }

    public Page<Task> list(Caller caller, String organization, Page.Request page) {
        return database.read(sql -> {
            OrganizationView view = Organizations.view(sql, caller, organization);
            view.grants().require(OrganizationPermission.CAN_READ_RUN_TASKS);
            OrganizationId id = view.organization().id();
            return new Page<>(
                    sql.list(
                            "task.list",
                            Tasks::task,
                            "organization_id",
                            id,
                            "limit",
                            page.size(),
                            "offset",
                            page.offset()),
                    page,
                    sql.count("task.count", "organization_id", id));
        });
    }

    public Task read(Caller caller, TaskId id) {
        return database.read(sql -> find(sql, caller, id, OrganizationPermission.CAN_READ_RUN_TASKS));
    }

    /** A URL or a key that has changed is tried first. */
    public Task update(Caller caller, TaskId id, UnaryOperator<Draft> change) {
        Task before = database.read(sql -> find(sql, caller, id, OrganizationPermission.CAN_MANAGE_RUN_TASKS));
        Task wanted = changed(before, change);
        if (!wanted.url().equals(before.url()) || !wanted.hmacKey().equals(before.hmacKey())) {
            verify(wanted);
        }
        return database.transact(tx -> {
            tx.one("task.lock_row", row -> true, "id", id).orElseThrow(Refusal.NotFound::new);
            Task after = changed(find(tx, caller, id, OrganizationPermission.CAN_MANAGE_RUN_TASKS), change);
            write(tx, "task.update", after, clock.instant());
            return find(tx, id);
        });
    }

    private static Task changed(Task before, UnaryOperator<Draft> change) {
        return change.apply(Draft.of(before))
                .of(
                        before.id(),
                        before.organization(),
                        before.organizationName(),
                        before.workspaceTasks(),
                        before.createdAt(),
                        before.updatedAt());
    }

    /** Workspaces go on without it, and so do runs that have not come to it yet. */
    public void delete(Caller caller, TaskId id) {
        database.transactVoid(tx -> {
            find(tx, caller, id, OrganizationPermission.CAN_MANAGE_RUN_TASKS);
            tx.update("task.delete", "id", id);
        });
    }

    private void verify(Task task) {
        Receipt receipt = courier.deliver(new TaskRequest(task.url(), task.hmacKey(), Optional.empty()));
        if (!receipt.successful()) {
            throw Refusal.Invalid.attribute("url", "could not be verified: " + receipt.reason());
        }
    }

    private static void write(Tx tx, String statement, Task task, Instant now) {
        Task.Global global = task.global().orElse(Task.Global.NONE);
        tx.update(
                statement,
                "id",
                task.id(),
                "organization_id",
                task.organization(),
                "name",
                task.name(),
                "url",
                task.url(),
                "description",
                task.description(),
                "hmac_key",
                task.hmacKey()
                        .map(key -> tx.vault().seal(task.id().value(), key))
                        .orElse(null),
                "enabled",
                task.enabled(),
                "global_enabled",
                global.enabled(),
                "global_stages",
                global.stages(),
                "global_enforcement",
                global.enforcement(),
                "now",
                now);
    }

    static Optional<String> hmacKey(Row row, TaskId id) {
        return row.bytesOrNull("hmac_key") == null ? Optional.empty() : Optional.of(row.secret("hmac_key", id.value()));
    }

    static Task find(Sql sql, TaskId id) {
        return sql.one("task.by_id", Tasks::task, "id", id).orElseThrow(Refusal.NotFound::new);
    }

    private static Task find(Sql sql, Caller caller, TaskId id, OrganizationPermission permission) {
        Task task = find(sql, id);
        Access.inOrganization(sql, caller, task.organization()).inOrganization().require(permission);
        return task;
    }

    private static Task task(Row row) {
        TaskId id = new TaskId(row.text("id"));
        return new Task(
                id,
                new OrganizationId(row.text("organization_id")),
                row.text("organization_name"),
                row.text("name"),
                row.text("url"),
                row.text("description"),
                hmacKey(row, id),
                row.flag("enabled"),
                Optional.of(FeatureSet.stored(row.text("feature_set")))
                        .filter(set -> set.entitles(GLOBAL))
                        .map(set -> new Task.Global(
                                row.flag("global_enabled"),
                                stages(row, "global_stages"),
                                Enforcement.of("enforcement-level", row.text("global_enforcement")))),
                row.texts("workspace_task_ids").stream()
                        .map(WorkspaceTaskId::new)
                        .toList(),
                row.instant("created_at"),
                row.instant("updated_at"));
    }

    static List<Stage> stages(Row row, String column) {
        return row.texts(column).stream()
                .map(stage -> Stage.of(stage).orElseThrow())
                .toList();
    }
}
