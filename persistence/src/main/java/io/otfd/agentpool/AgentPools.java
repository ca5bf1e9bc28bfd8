package io.otfd.agentpool;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Access;
import io.otfd.access.Caller;
import io.otfd.access.OrganizationPermission;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.organization.Like;
import io.otfd.organization.Organization;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Agent pools of an organization. */
public final class AgentPools {

    private final Database database;
    private final Clock clock;

    public AgentPools(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** How a list is ordered; a leading dash on the wire turns it round. */
    public enum Sort {
        NAME,
        CREATED_AT,
        NAME_DESCENDING,
        CREATED_AT_DESCENDING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AgentPool create(Caller caller, String organization, String name, UnaryOperator<AgentPool> settings) {
        return database.transact(tx -> {
            OrganizationView view = Organizations.view(tx, caller, organization);
            view.grants().require(OrganizationPermission.CAN_UPDATE_AGENT_POOLS);
            AgentPool pool = settings.apply(new AgentPool(
                    AgentPoolId.random(),
                    view.organization().id(),
                    view.organization().name(),
                    name,
                    true,
                    clock.instant(),
                    0,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of()));
            tx.update(
                    "agent_pool.insert",
                    "id",
                    pool.id(),
                    "organization_id",
                    pool.organization(),
                    "name",
                    pool.name(),
                    "organization_scoped",
                    pool.organizationScoped(),
                    "now",
                    pool.createdAt());
            writeScope(tx, pool);
            return find(tx, pool.id());
        });
    }

    public AgentPool read(Caller caller, AgentPoolId id) {
        return database.read(sql -> {
            AgentPool pool = find(sql, id);
            require(sql, caller, pool, OrganizationPermission.CAN_UPDATE_AGENT_POOLS);
            return pool;
        });
    }

    /** What is asked of these pools now, for who has seen them. */
    public Map<AgentPoolId, PoolDemand> demand(List<AgentPool> seen) {
        List<AgentPoolId> ids = seen.stream().map(AgentPool::id).toList();
        return database.read(sql -> PoolDemand.of(sql, ids)).stream()
                .collect(Collectors.toMap(PoolDemand::pool, Function.identity()));
    }

    /**
     * @param usableByWorkspace name of a workspace that must be able to use the pool
     * @param usableByProject name of a project that the pool must be open to
     */
    public Page<AgentPool> list(
            Caller caller,
            String organization,
            Optional<String> search,
            Optional<String> usableByWorkspace,
            Optional<String> usableByProject,
            Sort sort,
            Page.Request page) {
        return database.read(sql -> {
            Organization owner = Organizations.view(sql, caller, organization).organization();
            String like = search.map(text -> "%" + Like.escape(text) + "%").orElse("%");
            long total = sql.count(
                    "agent_pool.count",
                    "organization_id",
                    owner.id(),
                    "search",
                    like,
                    "workspace_name",
                    usableByWorkspace.orElse(null),
                    "project_name",
                    usableByProject.orElse(null));
            return new Page<>(
                    sql.list(
                            "agent_pool.list",
                            AgentPools::agentPool,
                            "organization_id",
                            owner.id(),
                            "search",
                            like,
                            "workspace_name",
                            usableByWorkspace.orElse(null),
                            "project_name",
                            usableByProject.orElse(null),
                            "sort",
                            sort,
                            "limit",
                            page.size(),
                            "offset",
                            page.offset()),
                    page,
                    total);
        });
    }

    /** Taking a grant away does not evict a workspace that uses the pool (cloud-docs, agent pools). */
    public AgentPool update(Caller caller, AgentPoolId id, UnaryOperator<AgentPool> change) {
        return database.transact(tx -> {
            AgentPool before = lock(tx, id);
            require(tx, caller, before, OrganizationPermission.CAN_UPDATE_AGENT_POOLS);
            AgentPool after = change.apply(before);
            tx.update(
                    "agent_pool.update",
                    "id",
                    id,
                    "name",
                    after.name(),
                    "organization_scoped",
                    after.organizationScoped());
            tx.update("agent_pool.delete_workspaces", "id", id);
            tx.update("agent_pool.delete_projects", "id", id);
            writeScope(tx, after);
            return find(tx, id);
        });
    }

    /** Up to five who name the pool, such as {@code workspace network}: as long as there are any, it stays. */
    public List<String> users(Caller caller, AgentPoolId id) {
        return database.read(sql -> {
            require(sql, caller, find(sql, id), OrganizationPermission.CAN_UPDATE_AGENT_POOLS);
            return users(sql, id);
        });
    }

    private static List<String> users(Sql sql, AgentPoolId id) {
        return sql.list("agent_pool.users", row -> row.text("name"), "id", id);
    }

    /** A pool that a workspace, a project or the organization names stays. */
    public void delete(Caller caller, AgentPoolId id) {
        database.transactVoid(tx -> {
            AgentPool pool = lock(tx, id);
            require(tx, caller, pool, OrganizationPermission.CAN_UPDATE_AGENT_POOLS);
            List<String> users = users(tx, id);
            if (!users.isEmpty()) {
                throw Refusal.Invalid.document("Agent pool is in use by " + String.join(", ", users)
                        + ": change their execution mode or agent pool first.");
            }
            tx.update("agent_pool.delete", "id", id);
        });
    }

    /** For other services: refuses a pool that does not exist or does not let the workspace in. */
    public static void requireUsable(
            Sql sql, AgentPoolId id, OrganizationId organization, WorkspaceId workspace, ProjectId project) {
        if (!scope(sql, id, organization, "agent-pool-id").usableBy(workspace, project)) {
            throw Refusal.Invalid.attribute("agent-pool-id", "is not allowed to be used by this workspace");
        }
    }

    /** For the machinery: whether the workspace may use the pool now. One that is gone serves nobody. */
    public static boolean isUsable(Sql sql, AgentPoolId id, WorkspaceId workspace, ProjectId project) {
        return sql.one("agent_pool.scope", AgentPools::scope, "id", id)
                .filter(scope -> scope.usableBy(workspace, project))
                .isPresent();
    }

    /** For other services: refuses a default pool that does not exist or is not open to the project. */
    public static void requireOpenTo(Sql sql, AgentPoolId id, OrganizationId organization, ProjectId project) {
        if (!scope(sql, id, organization, "default-agent-pool-id").openTo(project)) {
            throw Refusal.Invalid.attribute("default-agent-pool-id", "is not allowed to be used by this project");
        }
    }

    private static AgentPoolScope scope(Sql sql, AgentPoolId id, OrganizationId organization, String attribute) {
        return sql.one(
                        "agent_pool.scope",
                        row -> row.text("organization_id").equals(organization.value())
                                ? Optional.of(scope(row))
                                : Optional.<AgentPoolScope>empty(),
                        "id",
                        id)
                .flatMap(scope -> scope)
                .orElseThrow(() -> Refusal.Invalid.attribute(attribute, "not found in the organization"));
    }

    static AgentPool find(Sql sql, AgentPoolId id) {
        return sql.one("agent_pool.by_id", AgentPools::agentPool, "id", id).orElseThrow(Refusal.NotFound::new);
    }

    private static AgentPool lock(Tx tx, AgentPoolId id) {
        tx.one("agent_pool.lock_row", row -> true, "id", id).orElseThrow(Refusal.NotFound::new);
        return find(tx, id);
    }

    private static void writeScope(Tx tx, AgentPool pool) {
        int position = 0;
        for (WorkspaceId workspace : pool.allowedWorkspaces()) {
            insertWorkspace(tx, pool, workspace, false, position++);
        }
        for (WorkspaceId workspace : pool.excludedWorkspaces()) {
            insertWorkspace(tx, pool, workspace, true, position++);
        }
        for (ProjectId project : pool.allowedProjects()) {
            long inserted = tx.update(
                    "agent_pool.insert_project",
                    "id",
                    pool.id(),
                    "project_id",
                    project,
                    "organization_id",
                    pool.organization(),
                    "position",
                    position++);
            if (inserted == 0) {
                throw Refusal.Invalid.relationship("allowed-projects", "Project " + project.value() + " not found.");
            }
        }
    }

    private static void insertWorkspace(Tx tx, AgentPool pool, WorkspaceId workspace, boolean excluded, int position) {
        long inserted = tx.update(
                "agent_pool.insert_workspace",
                "id",
                pool.id(),
                "workspace_id",
                workspace,
                "organization_id",
                pool.organization(),
                "excluded",
                excluded,
                "position",
                position);
        if (inserted == 0) {
            throw Refusal.Invalid.relationship(
                    excluded ? "excluded-workspaces" : "allowed-workspaces",
                    "Workspace " + workspace.value() + " not found.");
        }
    }

    static void require(Sql sql, Caller caller, AgentPool pool, OrganizationPermission permission) {
        Access.inOrganization(sql, caller, pool.organization()).inOrganization().require(permission);
    }

    private static AgentPool agentPool(Row row) {
        return new AgentPool(
                new AgentPoolId(row.text("id")),
                new OrganizationId(row.text("organization_id")),
                row.text("organization_name"),
                row.text("name"),
                row.flag("organization_scoped"),
                row.instant("created_at"),
                row.integer("agent_count"),
                users(row),
                workspaces(row, "allowed_workspace_ids"),
                row.texts("allowed_project_ids").stream().map(ProjectId::new).toList(),
                workspaces(row, "excluded_workspace_ids"));
    }

    private static AgentPoolScope scope(Row row) {
        return new AgentPoolScope(
                row.flag("organization_scoped"),
                workspaces(row, "allowed_workspace_ids"),
                row.texts("allowed_project_ids").stream().map(ProjectId::new).toList(),
                workspaces(row, "excluded_workspace_ids"));
    }

    private static List<WorkspaceId> workspaces(Row row, String column) {
        return row.texts(column).stream().map(WorkspaceId::new).toList();
    }

    private static List<AgentPool.Using> users(Row row) {
        List<WorkspaceId> workspaces = workspaces(row, "workspace_ids");
        List<String> projects = row.texts("workspace_project_ids");
        List<AgentPool.Using> users = new ArrayList<>();
        for (int i = 0; i < workspaces.size(); i++) {
            users.add(new AgentPool.Using(workspaces.get(i), new ProjectId(projects.get(i))));
        }
        return users;
    }
}
