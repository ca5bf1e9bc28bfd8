package io.otfd.project;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.ProjectId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Access;
import io.otfd.access.Caller;
import io.otfd.access.Grants;
import io.otfd.access.OrganizationPermission;
import io.otfd.agentpool.AgentPools;
import io.otfd.database.Database;
import io.otfd.database.Sql;
import io.otfd.organization.ExecutionMode;
import io.otfd.organization.Organization;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.tagbinding.TagBinding;
import io.otfd.tagbinding.TagBindings;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Projects of an organization, and their tag bindings. */
public final class Projects {

    private final Database database;
    private final Clock clock;

    public Projects(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** How a list is ordered. */
    public enum Sort {
        NEWEST,
        NAME,
        NAME_DESCENDING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ProjectView create(
            Caller caller,
            String organization,
            String name,
            UnaryOperator<Project> settings,
            List<TagBinding> bindings) {
        return database.transact(tx -> {
            OrganizationView view = Organizations.view(tx, caller, organization);
            view.grants().require(OrganizationPermission.CAN_CREATE_PROJECT);
            Project project = settings.apply(fresh(view.organization(), name));
            project.execution()
                    .flatMap(ExecutionMode::agentPool)
                    .ifPresent(pool -> AgentPools.requireOpenTo(tx, pool, project.organization(), project.id()));
            ProjectStore.insert(tx, project);
            TagBindings.replace(tx, project.id(), bindings);
            return new ProjectView(ProjectStore.find(tx, project.id()), view.grants());
        });
    }

    private Project fresh(Organization organization, String name) {
        return new Project(
                ProjectId.random(),
                organization.id(),
                organization.name(),
                name,
                Optional.empty(),
                false,
                clock.instant(),
                Optional.of(0),
                Optional.empty(),
                organization.defaultExecution(),
                Optional.empty());
    }

    public ProjectView read(Caller caller, ProjectId id) {
        return database.read(sql -> view(sql, caller, ProjectStore.find(sql, id)));
    }

    /** Several at once, such as those of a page of workspaces; what the caller does not see is left out. */
    public List<ProjectView> read(Caller caller, OrganizationId organization, Collection<ProjectId> ids) {
        return database.read(sql -> {
            Grants<OrganizationPermission> grants = grants(sql, caller, organization);
            return ProjectStore.find(sql, ids).stream()
                    .filter(project -> project.organization().equals(organization))
                    .map(project -> new ProjectView(project, grants))
                    .toList();
        });
    }

    public Page<ProjectView> list(
            Caller caller, String organization, ProjectFilter filter, Sort sort, Page.Request page) {
        return database.read(sql -> {
            OrganizationView owner = Organizations.view(sql, caller, organization);
            boolean none = filter.updatable() && !owner.grants().has(OrganizationPermission.CAN_CREATE_PROJECT)
                    || filter.open() && !owner.grants().has(OrganizationPermission.CAN_CREATE_WORKSPACE);
            if (none) {
                return new Page<>(List.of(), page, 0);
            }
            return ProjectStore.list(sql, owner.organization().id(), filter, sort, page)
                    .map(project -> new ProjectView(project, owner.grants()));
        });
    }

    /** @param bindings all of them from now on, or empty to leave them as they are */
    public ProjectView update(
            Caller caller, ProjectId id, UnaryOperator<Project> change, Optional<List<TagBinding>> bindings) {
        return database.transact(tx -> {
            Project before = ProjectStore.lock(tx, id);
            ProjectView view = updatable(tx, caller, before);
            Project after = change.apply(before);
            if (!after.execution().equals(before.execution())) {
                after.execution()
                        .flatMap(ExecutionMode::agentPool)
                        .ifPresent(pool -> AgentPools.requireOpenTo(tx, pool, after.organization(), id));
            }
            ProjectStore.update(tx, after);
            bindings.ifPresent(wanted -> TagBindings.replace(tx, id, wanted));
            return new ProjectView(ProjectStore.find(tx, id), view.grants());
        });
    }

    /** The default project and projects with workspaces stay. */
    public void delete(Caller caller, ProjectId id) {
        database.transactVoid(tx -> {
            Project project = ProjectStore.lock(tx, id);
            updatable(tx, caller, project);
            if (project.isDefault()) {
                throw Refusal.Invalid.document("The default project cannot be deleted.");
            }
            project.workspaceCount().filter(count -> count > 0).ifPresent(count -> {
                throw Refusal.Invalid.document("Project cannot be deleted because it still has " + count
                        + " workspaces: move or delete them first.");
            });
            tx.update("project.delete", "id", id);
        });
    }

    public List<TagBinding> bindings(Caller caller, ProjectId id) {
        return database.read(sql -> {
            view(sql, caller, ProjectStore.find(sql, id));
            return TagBindings.of(sql, id);
        });
    }

    /** Of many projects that the caller has seen. */
    public Map<ProjectId, List<TagBinding>> bindings(List<ProjectView> shown) {
        return database.read(sql -> TagBindings.ofProjects(
                sql, shown.stream().map(view -> view.project().id()).toList()));
    }

    public List<TagBinding> addBindings(Caller caller, ProjectId id, List<TagBinding> wanted) {
        return database.transact(tx -> {
            updatable(tx, caller, ProjectStore.lock(tx, id));
            return TagBindings.add(tx, id, wanted);
        });
    }

    public List<TagBinding> replaceBindings(Caller caller, ProjectId id, List<TagBinding> wanted) {
        return database.transact(tx -> {
            updatable(tx, caller, ProjectStore.lock(tx, id));
            return TagBindings.replace(tx, id, wanted);
        });
    }

    /** For other services: the project and the caller's grants, on their connection. */
    public static ProjectView view(Sql sql, Caller caller, ProjectId id) {
        return view(sql, caller, ProjectStore.find(sql, id));
    }

    /** For other services: a project of the organization, its workspaces not counted, or empty. */
    public static Optional<Project> find(Sql sql, ProjectId id, OrganizationId organization) {
        return ProjectStore.findUncounted(sql, id)
                .filter(project -> project.organization().equals(organization));
    }

    private static ProjectView view(Sql sql, Caller caller, Project project) {
        return new ProjectView(project, grants(sql, caller, project.organization()));
    }

    private static ProjectView updatable(Sql sql, Caller caller, Project project) {
        ProjectView view = view(sql, caller, project);
        view.grants().require(OrganizationPermission.CAN_CREATE_PROJECT);
        return view;
    }

    private static Grants<OrganizationPermission> grants(Sql sql, Caller caller, OrganizationId organization) {
        return Access.inOrganization(sql, caller, organization)
                .inOrganization()
                .require(OrganizationPermission.CAN_TRAVERSE);
    }
}
