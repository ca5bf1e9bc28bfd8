package io.otfd.project;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.ProjectId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Access;
import io.otfd.access.Caller;
import io.otfd.access.OrganizationPermission;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.organization.Like;
import io.otfd.organization.Names;
import io.otfd.organization.Organization;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Projects of an organization. */
public final class Projects {

    private final Database database;
    private final Clock clock;

    public Projects(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public Project create(Caller caller, String organization, String name, Optional<String> description) {
        Names.project(name);
        return database.transact(tx -> {
            OrganizationView view = Organizations.view(tx, caller, organization);
            view.grants().require(OrganizationPermission.CAN_CREATE_PROJECT);
            ProjectId id = ProjectId.random();
            tx.update(
                    "project.insert",
                    "id",
                    id,
                    "organization_id",
                    view.organization().id(),
                    "name",
                    name,
                    "description",
                    description.orElse(null),
                    "is_default",
                    false,
                    "now",
                    clock.instant());
            return find(tx, id);
        });
    }

    public Project read(Caller caller, ProjectId id) {
        return database.read(sql -> {
            Project project = find(sql, id);
            require(sql, caller, project, OrganizationPermission.CAN_TRAVERSE);
            return project;
        });
    }

    /** @param names exact names, or none for all; @param search part of the name */
    public Page<Project> list(
            Caller caller, String organization, List<String> names, Optional<String> search, Page.Request page) {
        return database.read(sql -> {
            Organization owner = Organizations.view(sql, caller, organization).organization();
            String like = search.map(text -> "%" + Like.escape(text) + "%").orElse("%");
            long total = sql.count(
                    "project.count",
                    "organization_id",
                    owner.id(),
                    "names",
                    names,
                    "any",
                    names.isEmpty(),
                    "search",
                    like);
            return new Page<>(
                    sql.list(
                            "project.list",
                            Projects::project,
                            "organization_id",
                            owner.id(),
                            "names",
                            names,
                            "any",
                            names.isEmpty(),
                            "search",
                            like,
                            "limit",
                            page.size(),
                            "offset",
                            page.offset()),
                    page,
                    total);
        });
    }

    public Project update(Caller caller, ProjectId id, UnaryOperator<Project> change) {
        return database.transact(tx -> {
            Project before = find(tx, id);
            require(tx, caller, before, OrganizationPermission.CAN_CREATE_PROJECT);
            Project after = change.apply(before);
            tx.update(
                    "project.update",
                    "id",
                    id,
                    "name",
                    after.name(),
                    "description",
                    after.description().orElse(null));
            return find(tx, id);
        });
    }

    /** The default project and projects with workspaces stay. */
    public void delete(Caller caller, ProjectId id) {
        database.transactVoid(tx -> {
            Project project = find(tx, id);
            require(tx, caller, project, OrganizationPermission.CAN_CREATE_PROJECT);
            if (project.isDefault()) {
                throw new Refusal.Conflict("The default project cannot be deleted.");
            }
            if (project.workspaceCount() > 0) {
                throw new Refusal.Conflict("The project still has workspaces.");
            }
            tx.update("project.delete", "id", id);
        });
    }

    /** For other services: whether the project belongs to the organization. */
    public static boolean belongs(Sql sql, ProjectId id, OrganizationId organization) {
        return sql.one("project.by_id", Projects::project, "id", id)
                .filter(project -> project.organization().equals(organization))
                .isPresent();
    }

    private static void require(Sql sql, Caller caller, Project project, OrganizationPermission permission) {
        Access.inOrganization(sql, caller, project.organization())
                .inOrganization()
                .require(permission);
    }

    private static Project find(Sql sql, ProjectId id) {
        return sql.one("project.by_id", Projects::project, "id", id).orElseThrow(Refusal.NotFound::new);
    }

    private static Project project(Row row) {
        return new Project(
                new ProjectId(row.text("id")),
                new OrganizationId(row.text("organization_id")),
                row.text("organization_name"),
                row.text("name"),
                row.optionalText("description"),
                row.flag("is_default"),
                row.instant("created_at"),
                row.integer("workspace_count"),
                new Organization.DefaultExecution(
                        row.text("default_execution_mode"),
                        row.optionalText("default_agent_pool_id").map(AgentPoolId::new)));
    }
}
