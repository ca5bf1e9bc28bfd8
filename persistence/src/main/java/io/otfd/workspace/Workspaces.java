package io.otfd.workspace;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Access;
import io.otfd.access.Caller;
import io.otfd.access.Grants;
import io.otfd.access.OrganizationPermission;
import io.otfd.access.Standing;
import io.otfd.access.WorkspacePermission;
import io.otfd.database.Database;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.project.Project;
import io.otfd.project.ProjectView;
import io.otfd.project.Projects;
import io.otfd.tagbinding.TagBinding;
import io.otfd.tagbinding.TagBindings;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Workspaces: create, read, update, delete. Locks and tags have services of their own. */
public final class Workspaces {

    private final Database database;
    private final Clock clock;
    private final String defaultTerraformVersion;

    /** @param defaultTerraformVersion for a workspace that names none: the server's engine */
    public Workspaces(Database database, Clock clock, String defaultTerraformVersion) {
        this.database = database;
        this.clock = clock;
        this.defaultTerraformVersion = defaultTerraformVersion;
    }

    /** Workspaces are held in this order where one transaction holds several. */
    static final Comparator<WorkspaceId> LOCK_ORDER = Comparator.comparing(WorkspaceId::value);

    /** @param project where it comes to be, or the organization's default project */
    public WorkspaceView create(
            Caller caller,
            String organization,
            String name,
            Optional<ProjectId> project,
            UnaryOperator<Workspace> settings,
            Labels labels) {
        return database.transact(tx -> {
            OrganizationView view = Organizations.view(tx, caller, organization);
            view.grants().require(OrganizationPermission.CAN_CREATE_WORKSPACE);
            OrganizationId owner = view.organization().id();
            Project home =
                    project(tx, project.or(view.organization()::defaultProject).orElseThrow(), owner);
            Workspace workspace = settings.apply(fresh(home, name));
            WorkspaceRules.check(tx, Optional.empty(), workspace);
            WorkspaceStore.write(tx, "workspace.insert", workspace, workspace.createdAt());
            Tags.attach(tx, owner, workspace.id(), labels.tags(), workspace.createdAt());
            TagBindings.add(tx, workspace.id(), labels.bindings());
            // No team has been let into it by name yet.
            return new WorkspaceView(WorkspaceStore.find(tx, workspace.id()), view.workspaces());
        });
    }

    /** What a new workspace is labelled with. */
    public record Labels(List<Tag.Reference> tags, List<TagBinding> bindings) {
        public static final Labels NONE = new Labels(List.of(), List.of());
    }

    private Workspace fresh(Project project, String name) {
        Instant now = clock.instant();
        return new Workspace(
                WorkspaceId.random(),
                project.organization(),
                project.organizationName(),
                project.id(),
                now,
                now,
                now,
                Settings.fresh(name, defaultTerraformVersion),
                Optional.empty(),
                project.effectiveExecution(),
                project.autoDestroyActivityDuration(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static Project project(Sql sql, ProjectId id, OrganizationId organization) {
        return Projects.find(sql, id, organization)
                .orElseThrow(() -> Refusal.Invalid.relationship("project", "Project not found."));
    }

    public WorkspaceView read(Caller caller, WorkspaceId id) {
        return database.read(sql -> view(sql, caller, id));
    }

    public WorkspaceView read(Caller caller, String organization, String name) {
        return database.read(sql -> view(sql, caller, organization, name));
    }

    /** How many of those that the caller sees are at a run of each status, by its wire name. Reads them all. */
    public Map<String, Long> runStatuses(Caller caller, String organization) {
        return database.read(sql -> {
            OrganizationView view = Organizations.view(sql, caller, organization);
            boolean every = view.workspaces().has(WorkspacePermission.CAN_READ_SETTINGS);
            return WorkspaceStore.runStatuses(sql, view.organization().id(), new WorkspaceStore.Seen(every, caller));
        });
    }

    /** @param sort {@code created_at}, {@code name}, {@code name_descending}, {@code current_run}, … */
    public Page<WorkspaceView> list(
            Caller caller, String organization, WorkspaceFilter filter, String sort, Page.Request page) {
        return database.read(sql -> {
            OrganizationView view = Organizations.view(sql, caller, organization);
            OrganizationId id = view.organization().id();
            Grants<WorkspacePermission> grants = view.workspaces();
            boolean every = grants.has(WorkspacePermission.CAN_READ_SETTINGS);
            return WorkspaceStore.list(sql, id, new WorkspaceStore.Seen(every, caller), filter, sort, page)
                    .map(workspace -> every
                            ? new WorkspaceView(workspace, grants)
                            : new WorkspaceView(
                                    workspace, view(sql, caller, workspace).grants()));
        });
    }

    /** Several at once, in the given order; what the caller does not see is left out. All of one organization. */
    public List<WorkspaceView> read(Caller caller, List<WorkspaceId> ids) {
        return database.read(sql -> views(sql, caller, ids));
    }

    /** @param bindings all of its tag bindings from now on, or empty to leave them as they are */
    public WorkspaceView update(
            Caller caller, WorkspaceId id, UnaryOperator<Workspace> change, Optional<List<TagBinding>> bindings) {
        return database.transact(tx -> {
            Workspace before = WorkspaceStore.lock(tx, id);
            WorkspaceView view = view(tx, caller, before).require(WorkspacePermission.CAN_UPDATE);
            Workspace after = change.apply(before);
            project(tx, after.project(), after.organization());
            WorkspaceRules.check(tx, Optional.of(before), after);
            WorkspaceStore.write(tx, "workspace.update", after, clock.instant());
            bindings.ifPresent(wanted -> TagBindings.replace(tx, id, wanted));
            return new WorkspaceView(WorkspaceStore.find(tx, id), view.grants());
        });
    }

    /** All of them into the project, or none (cloud-docs/api-docs/projects, Move workspaces into a project). */
    public void move(Caller caller, ProjectId target, List<WorkspaceId> ids) {
        database.transactVoid(tx -> {
            ProjectView project = Projects.view(tx, caller, target);
            List<String> unknown = new ArrayList<>();
            for (WorkspaceId id : ids.stream().distinct().sorted(LOCK_ORDER).toList()) {
                Optional<Workspace> before = movable(tx, caller, project, id);
                if (before.isEmpty()) {
                    unknown.add(id.value());
                    continue;
                }
                Workspace after =
                        before.get().with(before.get().settings(), before.get().executionMode(), target);
                WorkspaceRules.check(tx, before, after);
                tx.update("workspace.move", "id", id, "project_id", target, "now", clock.instant());
            }
            if (!unknown.isEmpty()) {
                throw new Refusal.Denied("Workspace(s) not found, or you are not authorized to move them: "
                        + String.join(", ", unknown));
            }
        });
    }

    private static Optional<Workspace> movable(Tx tx, Caller caller, ProjectView target, WorkspaceId id) {
        try {
            Workspace workspace = WorkspaceStore.lock(tx, id);
            view(tx, caller, workspace).require(WorkspacePermission.CAN_UPDATE);
            return Optional.of(workspace)
                    .filter(it -> it.organization().equals(target.project().organization()));
        } catch (Refusal.NotFound e) {
            return Optional.empty();
        }
    }

    public List<TagBinding> bindings(Caller caller, WorkspaceId id) {
        return database.read(sql -> {
            view(sql, caller, id);
            return TagBindings.of(sql, id);
        });
    }

    /** Its own and its project's, for workspaces that the caller has seen. */
    public Map<WorkspaceId, List<TagBinding>> effectiveBindings(List<WorkspaceView> shown) {
        return database.read(sql -> TagBindings.effective(
                sql, shown.stream().map(view -> view.workspace().id()).toList()));
    }

    public List<TagBinding> addBindings(Caller caller, WorkspaceId id, List<TagBinding> wanted) {
        return database.transact(tx -> {
            lockedView(tx, caller, id).grants().require(WorkspacePermission.CAN_MANAGE_TAGS);
            return TagBindings.add(tx, id, wanted);
        });
    }

    public List<TagBinding> replaceBindings(Caller caller, WorkspaceId id, List<TagBinding> wanted) {
        return database.transact(tx -> {
            lockedView(tx, caller, id).grants().require(WorkspacePermission.CAN_MANAGE_TAGS);
            return TagBindings.replace(tx, id, wanted);
        });
    }

    /** With its runs and states, locked or not, resources or not. */
    public void delete(Caller caller, WorkspaceId id) {
        database.transactVoid(tx -> {
            WorkspaceView view = view(tx, caller, WorkspaceStore.lock(tx, id)).require(WorkspacePermission.CAN_DESTROY);
            if (!view.grants().has(WorkspacePermission.CAN_FORCE_DELETE)) {
                throw new Refusal.Denied("You are not authorized to force-delete this workspace: use safe-delete.");
            }
            tx.update("workspace.delete", "id", id);
        });
    }

    /** Only while nothing is managed (cloud-docs/api-docs/workspaces, Safe Delete). The order of the checks is the documented one. */
    public void safeDelete(Caller caller, WorkspaceId id) {
        database.transactVoid(tx -> {
            Workspace workspace = WorkspaceStore.lock(tx, id);
            view(tx, caller, workspace).require(WorkspacePermission.CAN_DESTROY);
            if (workspace.lock().isPresent()) {
                throw new Refusal.Conflict("Workspace is currently locked. "
                        + "Workspace must be unlocked before it can be safely deleted");
            }
            if (tx.exists("state.pending", "workspace_id", id)) {
                throw new Refusal.Conflict(
                        "Latest workspace state is being processed to discover resources, " + "please try again later");
            }
            if (workspace.resourceCount() > 0) {
                throw new Refusal.Conflict("workspace cannot be safely deleted because it is still managing resources");
            }
            tx.update("workspace.delete", "id", id);
        });
    }

    /** For other services: as {@link #read(Caller, List)}. */
    public static List<WorkspaceView> views(Sql sql, Caller caller, Collection<WorkspaceId> ids) {
        List<Workspace> found = WorkspaceStore.find(sql, ids);
        if (found.isEmpty()) {
            return List.of();
        }
        Grants<WorkspacePermission> everywhere = Access.inOrganization(
                        sql, caller, found.getFirst().organization())
                .inWorkspace();
        if (everywhere.has(WorkspacePermission.CAN_READ_SETTINGS)) {
            return found.stream()
                    .map(workspace -> new WorkspaceView(workspace, everywhere))
                    .toList();
        }
        return found.stream()
                .map(workspace -> view(sql, caller, workspace))
                .filter(view -> view.grants().has(WorkspacePermission.CAN_READ_SETTINGS))
                .map(view -> new WorkspaceView(view.workspace(), view.grants()))
                .toList();
    }

    /** For other services: the workspace and the caller's grants, on their connection. */
    public static WorkspaceView view(Sql sql, Caller caller, WorkspaceId id) {
        return view(sql, caller, WorkspaceStore.find(sql, id)).require(WorkspacePermission.CAN_READ_SETTINGS);
    }

    /** The same, with the workspace's row held until the transaction ends. */
    public static WorkspaceView lockedView(Tx tx, Caller caller, WorkspaceId id) {
        return view(tx, caller, WorkspaceStore.lock(tx, id)).require(WorkspacePermission.CAN_READ_SETTINGS);
    }

    /** For other services, whoever asks. */
    public static Workspace find(Sql sql, WorkspaceId id) {
        return WorkspaceStore.find(sql, id);
    }

    /** For the machinery: no caller, the row held. */
    public static Workspace locked(Tx tx, WorkspaceId id) {
        return WorkspaceStore.lock(tx, id);
    }

    /** The same by name. */
    public static WorkspaceView view(Sql sql, Caller caller, String organization, String name) {
        OrganizationView view = Organizations.view(sql, caller, organization);
        Workspace workspace =
                WorkspaceStore.find(sql, view.organization().id(), name).orElseThrow(Refusal.NotFound::new);
        return view(sql, caller, workspace).require(WorkspacePermission.CAN_READ_SETTINGS);
    }

    private static Authorized view(Sql sql, Caller caller, Workspace workspace) {
        Standing standing = Access.inWorkspace(
                sql, caller, workspace.organization(), workspace.id(), sharesState(sql, caller, workspace));
        return new Authorized(workspace, standing.inWorkspace());
    }

    /** With the workspace whose run asks. */
    private static boolean sharesState(Sql sql, Caller caller, Workspace workspace) {
        return caller instanceof Caller.Run run
                && !run.workspace().equals(workspace.id())
                && sql.exists("workspace.is_consumer", "id", workspace.id(), "consumer_id", run.workspace());
    }

    private record Authorized(Workspace workspace, Grants<WorkspacePermission> grants) {
        WorkspaceView require(WorkspacePermission permission) {
            return new WorkspaceView(workspace, grants.require(permission));
        }
    }

    /** For the machinery, which holds the row: whether nobody has it locked. */
    public static boolean isFree(Tx tx, WorkspaceId id) {
        return tx.exists("workspace.is_free", "id", id);
    }

    /** For the machinery: points the workspace at its newest run and locks it for it. */
    public static void giveTo(Tx tx, WorkspaceId id, RunId run) {
        tx.update("workspace.give_to_run", "id", id, "run_id", run);
    }

    /** For the machinery: points a workspace that people have locked at the run whose turn it is. */
    public static void pointTo(Tx tx, WorkspaceId id, RunId run) {
        tx.update("workspace.point_to_run", "id", id, "run_id", run);
    }

    /** For the machinery: takes the lock back from a run that is over. */
    public static void takeBackFrom(Tx tx, WorkspaceId id, RunId run) {
        tx.update("workspace.take_back_from_run", "id", id, "run_id", run);
    }
}
