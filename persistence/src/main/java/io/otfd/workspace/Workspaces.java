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
import io.otfd.agentpool.AgentPools;
import io.otfd.database.Database;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.organization.Organization;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.project.Projects;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
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

    public WorkspaceView create(
            Caller caller,
            String organization,
            String name,
            UnaryOperator<Workspace> settings,
            List<Workspace.Tag> tags) {
        return database.transact(tx -> {
            OrganizationView view = Organizations.view(tx, caller, organization);
            view.grants().require(OrganizationPermission.CAN_CREATE_WORKSPACE);
            Workspace workspace = settings.apply(fresh(view.organization(), name));
            check(tx, workspace);
            WorkspaceStore.write(tx, "workspace.insert", workspace, workspace.createdAt());
            Tags.insert(tx, workspace.id(), tags, workspace.createdAt());
            return view(tx, caller, workspace.id());
        });
    }

    private Workspace fresh(Organization organization, String name) {
        Instant now = clock.instant();
        return new Workspace(
                WorkspaceId.random(),
                organization.id(),
                organization.name(),
                organization.defaultProject().orElseThrow(),
                now,
                now,
                now,
                Settings.fresh(name, defaultTerraformVersion),
                Optional.empty(),
                ExecutionMode.of(
                        organization.defaultExecution().mode(),
                        organization.defaultExecution().agentPool()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    public WorkspaceView read(Caller caller, WorkspaceId id) {
        return database.read(sql -> view(sql, caller, id));
    }

    public WorkspaceView read(Caller caller, String organization, String name) {
        return database.read(sql -> view(sql, caller, organization, name));
    }

    /** @param sort {@code created_at}, {@code name}, {@code name_descending}, {@code current_run}, … */
    public Page<WorkspaceView> list(
            Caller caller, String organization, WorkspaceFilter filter, String sort, Page.Request page) {
        return database.read(sql -> {
            OrganizationView view = Organizations.view(sql, caller, organization);
            OrganizationId id = view.organization().id();
            Grants<WorkspacePermission> grants =
                    Access.inOrganization(sql, caller, id).inWorkspace();
            boolean every = grants.has(WorkspacePermission.CAN_READ_SETTINGS);
            return WorkspaceStore.list(sql, id, new WorkspaceStore.Seen(every, caller), filter, sort, page)
                    .map(workspace -> every
                            ? new WorkspaceView(workspace, grants)
                            : new WorkspaceView(
                                    workspace, view(sql, caller, workspace).grants()));
        });
    }

    public WorkspaceView update(Caller caller, WorkspaceId id, UnaryOperator<Workspace> change) {
        return database.transact(tx -> {
            Workspace before = WorkspaceStore.lock(tx, id);
            WorkspaceView view = view(tx, caller, before).require(WorkspacePermission.CAN_UPDATE);
            Workspace after = change.apply(before);
            check(tx, after);
            WorkspaceStore.write(tx, "workspace.update", after, clock.instant());
            return new WorkspaceView(WorkspaceStore.find(tx, id), view.grants());
        });
    }

    /** With its runs and states, resources or not. */
    public void delete(Caller caller, WorkspaceId id) {
        database.transactVoid(tx -> {
            view(tx, caller, WorkspaceStore.lock(tx, id)).require(WorkspacePermission.CAN_DESTROY);
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

    /** For other services: the workspace and the caller's grants, on their connection. */
    public static WorkspaceView view(Sql sql, Caller caller, WorkspaceId id) {
        return view(sql, caller, WorkspaceStore.find(sql, id)).require(WorkspacePermission.CAN_READ_SETTINGS);
    }

    /** The same, with the workspace's row held until the transaction ends. */
    public static WorkspaceView lockedView(Tx tx, Caller caller, WorkspaceId id) {
        return view(tx, caller, WorkspaceStore.lock(tx, id)).require(WorkspacePermission.CAN_READ_SETTINGS);
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
                sql,
                caller,
                workspace.organization(),
                workspace.id(),
                workspace.settings().globalRemoteState());
        return new Authorized(workspace, standing.inWorkspace());
    }

    private record Authorized(Workspace workspace, Grants<WorkspacePermission> grants) {
        WorkspaceView require(WorkspacePermission permission) {
            return new WorkspaceView(workspace, grants.require(permission));
        }
    }

    private static void check(Sql sql, Workspace workspace) {
        ProjectId project = workspace.project();
        OrganizationId organization = workspace.organization();
        if (!Projects.belongs(sql, project, organization)) {
            throw Refusal.Invalid.relationship("project", "Project not found.");
        }
        workspace
                .executionMode()
                .flatMap(ExecutionMode::agentPool)
                .ifPresent(pool -> AgentPools.requireUsable(sql, pool, organization, workspace.id(), project));
    }

    /** For the machinery: points the workspace at its newest run and locks it for it. */
    public static void giveTo(Tx tx, WorkspaceId id, RunId run) {
        tx.update("workspace.give_to_run", "id", id, "run_id", run);
    }

    /** For the machinery: takes the lock back from a run that is over. */
    public static void takeBackFrom(Tx tx, WorkspaceId id, RunId run) {
        tx.update("workspace.take_back_from_run", "id", id, "run_id", run);
    }
}
