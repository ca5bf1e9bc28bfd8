package io.otfd.variableset;

import io.otfd.Ids.Id;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.VariableId;
import io.otfd.Ids.VariableSetId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Access;
import io.otfd.access.Caller;
import io.otfd.access.Grants;
import io.otfd.access.OrganizationPermission;
import io.otfd.access.WorkspacePermission;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.organization.Like;
import io.otfd.organization.Organization;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.project.Project;
import io.otfd.project.Projects;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Sets of variables of an organization, and where they apply. What is in them is {@link io.otfd.variable.Variables}. */
public final class VariableSets {

    private final Database database;
    private final Clock clock;

    public VariableSets(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param search part of the name */
    public record Filter(Optional<String> search, Optional<Boolean> global) {}

    /** Where a set is applied when it is made or changed; empty leaves things as they are. */
    public record Placement(Optional<List<WorkspaceId>> workspaces, Optional<List<ProjectId>> projects) {}

    /** @param project that owns it, or the organization does */
    public VariableSetView create(
            Caller caller,
            String organization,
            String name,
            Optional<ProjectId> project,
            UnaryOperator<VariableSet> settings,
            Placement placement) {
        return database.transact(tx -> {
            OrganizationView view = Organizations.view(tx, caller, organization);
            view.grants().require(OrganizationPermission.CAN_MANAGE_VARSETS);
            Organization owner = view.organization();
            project.ifPresent(id -> Projects.find(tx, id, owner.id())
                    .orElseThrow(() -> Refusal.Invalid.relationship("parent", id.value() + " not found.")));
            VariableSet set = settings.apply(new VariableSet(
                    VariableSetId.random(),
                    owner.id(),
                    owner.name(),
                    project,
                    name,
                    Optional.empty(),
                    false,
                    false,
                    clock.instant(),
                    List.of(),
                    List.of(),
                    List.of()));
            tx.update(
                    "variable_set.insert",
                    "id",
                    set.id(),
                    "organization_id",
                    set.organization(),
                    "project_id",
                    set.project().orElse(null),
                    "name",
                    set.name(),
                    "description",
                    set.description().orElse(null),
                    "global",
                    set.global(),
                    "priority",
                    set.priority(),
                    "now",
                    set.updatedAt());
            place(tx, set, placement);
            return new VariableSetView(find(tx, set.id()), true);
        });
    }

    public Page<VariableSetView> list(Caller caller, String organization, Filter filter, Page.Request page) {
        return database.read(sql -> {
            OrganizationView view = Organizations.view(sql, caller, organization);
            view.grants().require(OrganizationPermission.CAN_READ_VARSETS);
            return list(sql, view.organization().id(), null, filter, page, view.grants());
        });
    }

    /** Applied to the project, or global. */
    public Page<VariableSetView> list(Caller caller, ProjectId id, Filter filter, Page.Request page) {
        return database.read(sql -> {
            Project project = Projects.view(sql, caller, id).project();
            Grants<OrganizationPermission> grants = grants(sql, caller, project.organization());
            grants.require(OrganizationPermission.CAN_READ_VARSETS);
            return list(sql, project.organization(), id, filter, page, grants);
        });
    }

    /** All that count in the workspace. */
    public Page<VariableSetView> list(Caller caller, WorkspaceId id, Filter filter, Page.Request page) {
        return database.read(sql -> {
            WorkspaceView view = Workspaces.view(sql, caller, id);
            view.grants().require(WorkspacePermission.CAN_READ_VARIABLE);
            Workspace workspace = view.workspace();
            Grants<OrganizationPermission> grants = grants(sql, caller, workspace.organization());
            return list(sql, workspace.organization(), id, filter, page, grants);
        });
    }

    private static Page<VariableSetView> list(
            Sql sql,
            OrganizationId organization,
            Id within,
            Filter filter,
            Page.Request page,
            Grants<OrganizationPermission> grants) {
        boolean canUpdate = grants.has(OrganizationPermission.CAN_MANAGE_VARSETS);
        String pattern = "%" + Like.escape(filter.search().orElse("")) + "%";
        String global = filter.global().map(String::valueOf).orElse(null);
        Id project = within instanceof ProjectId ? within : null;
        Id workspace = within instanceof WorkspaceId ? within : null;
        Page<String> found = sql.one(
                        "variable_set.find",
                        row -> new Page<>(row.texts("ids"), page, row.number("total")),
                        "organization_id",
                        organization,
                        "pattern",
                        pattern,
                        "global",
                        global,
                        "project_id",
                        project,
                        "workspace_id",
                        workspace,
                        "limit",
                        page.size(),
                        "offset",
                        page.offset())
                .orElseThrow();
        return new Page<>(
                sql.list("variable_set.by_ids", row -> new VariableSetView(set(row), canUpdate), "ids", found.items()),
                page,
                found.totalCount());
    }

    public VariableSetView read(Caller caller, VariableSetId id) {
        return database.read(sql -> view(sql, caller, id));
    }

    public VariableSetView update(
            Caller caller, VariableSetId id, UnaryOperator<VariableSet> change, Placement placement) {
        return database.transact(tx -> {
            VariableSet after = change.apply(locked(tx, caller, id));
            tx.update(
                    "variable_set.update",
                    "id",
                    id,
                    "name",
                    after.name(),
                    "description",
                    after.description().orElse(null),
                    "global",
                    after.global(),
                    "priority",
                    after.priority(),
                    "now",
                    clock.instant());
            place(tx, after, placement);
            return new VariableSetView(find(tx, id), true);
        });
    }

    public void delete(Caller caller, VariableSetId id) {
        database.transactVoid(tx -> {
            locked(tx, caller, id);
            tx.update("variable_set.delete", "id", id);
        });
    }

    /** One that is there already is fine. */
    public void apply(Caller caller, VariableSetId id, Target target, List<? extends Id> ids) {
        database.transactVoid(tx -> {
            VariableSet set = locked(tx, caller, id);
            if (set.global() && !ids.isEmpty()) {
                throw Refusal.Invalid.document(
                        "A global variable set is in every workspace already: set global to false first.");
            }
            add(tx, set, target, ids);
            tx.update("variable_set.touch", "id", id);
        });
    }

    /** One that is not there is fine. */
    public void remove(Caller caller, VariableSetId id, Target target, List<? extends Id> ids) {
        database.transactVoid(tx -> {
            locked(tx, caller, id);
            tx.update("variable_set.remove_" + target, "id", id, "ids", ids);
            tx.update("variable_set.touch", "id", id);
        });
    }

    /** A set that has become global is no longer applied to anything by name. */
    private static void place(Tx tx, VariableSet set, Placement placement) {
        if (set.global()
                && (placement.workspaces().filter(ids -> !ids.isEmpty()).isPresent()
                        || placement.projects().filter(ids -> !ids.isEmpty()).isPresent())) {
            throw Refusal.Invalid.attribute("global", "must be false to apply the set to workspaces or projects");
        }
        replace(tx, set, Target.WORKSPACES, placement.workspaces());
        replace(tx, set, Target.PROJECTS, placement.projects());
    }

    private static void replace(Tx tx, VariableSet set, Target target, Optional<? extends List<? extends Id>> ids) {
        if (set.global() || ids.isPresent()) {
            tx.update("variable_set.clear_" + target, "id", set.id());
        }
        ids.ifPresent(wanted -> add(tx, set, target, wanted));
    }

    private static void add(Tx tx, VariableSet set, Target target, List<? extends Id> ids) {
        List<String> unknown =
                tx.list("variable_set.unknown_" + target, row -> row.text("id"), "id", set.id(), "ids", ids);
        if (!unknown.isEmpty()) {
            throw Refusal.Invalid.relationship(target.toString(), String.join(", ", unknown) + " not found.");
        }
        tx.update("variable_set.add_" + target, "id", set.id(), "ids", ids);
    }

    /** For other services: the set, if the caller may read it. */
    public static VariableSetView view(Sql sql, Caller caller, VariableSetId id) {
        VariableSet set = find(sql, id);
        Grants<OrganizationPermission> grants = grants(sql, caller, set.organization());
        grants.require(OrganizationPermission.CAN_READ_VARSETS);
        return new VariableSetView(set, grants.has(OrganizationPermission.CAN_MANAGE_VARSETS));
    }

    /** For other services: something in the set changes now, if the caller may do that. */
    public static void touch(Tx tx, Caller caller, VariableSetId id) {
        locked(tx, caller, id);
        tx.update("variable_set.touch", "id", id);
    }

    private static VariableSet locked(Tx tx, Caller caller, VariableSetId id) {
        tx.one("variable_set.lock_row", row -> true, "id", id).orElseThrow(Refusal.NotFound::new);
        VariableSet set = find(tx, id);
        grants(tx, caller, set.organization()).require(OrganizationPermission.CAN_MANAGE_VARSETS);
        return set;
    }

    private static Grants<OrganizationPermission> grants(Sql sql, Caller caller, OrganizationId organization) {
        return Access.inOrganization(sql, caller, organization).inOrganization();
    }

    private static VariableSet find(Sql sql, VariableSetId id) {
        return sql.one("variable_set.by_id", VariableSets::set, "id", id).orElseThrow(Refusal.NotFound::new);
    }

    private static VariableSet set(Row row) {
        return new VariableSet(
                new VariableSetId(row.text("id")),
                new OrganizationId(row.text("organization_id")),
                row.text("organization_name"),
                row.optionalText("project_id").map(ProjectId::new),
                row.text("name"),
                row.optionalText("description"),
                row.flag("global"),
                row.flag("priority"),
                row.instant("updated_at"),
                row.texts("variable_ids").stream().map(VariableId::new).toList(),
                row.texts("workspace_ids").stream().map(WorkspaceId::new).toList(),
                row.texts("project_ids").stream().map(ProjectId::new).toList());
    }
}
