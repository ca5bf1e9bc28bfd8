package io.otfd.policyset;

import io.otfd.Ids.Id;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.PolicyId;
import io.otfd.Ids.PolicySetId;
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
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Sets of policies of an organization, and where they apply. */
public final class PolicySets {

    private final Database database;
    private final Clock clock;

    public PolicySets(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param placement what is in the set and where it applies */
    public PolicySet create(
            Caller caller,
            String organization,
            PolicySetSettings settings,
            Map<Target, ? extends List<? extends Id>> placement) {
        return database.transact(tx -> {
            OrganizationView view = Organizations.view(tx, caller, organization);
            view.grants().require(OrganizationPermission.CAN_UPDATE_SENTINEL);
            PolicySetId id = PolicySetId.random();
            tx.update(
                    "policy_set.insert",
                    columns(
                            id,
                            settings,
                            clock.instant(),
                            "organization_id",
                            view.organization().id()));
            place(tx, id, settings, placement);
            return find(tx, id);
        });
    }

    private static Object[] columns(PolicySetId id, PolicySetSettings settings, Instant now, Object... more) {
        List<Object> columns = new ArrayList<>(List.of(
                "id",
                id,
                "name",
                settings.name(),
                "global",
                settings.global(),
                "overridable",
                settings.overridable(),
                "agent_enabled",
                settings.agentEnabled(),
                "policy_tool_version",
                settings.toolVersion(),
                "update_patterns",
                settings.updatePatterns(),
                "now",
                now));
        columns.add("description");
        columns.add(settings.description().orElse(null));
        columns.addAll(List.of(more));
        return columns.toArray();
    }

    /** @param search part of the name */
    public Page<PolicySet> list(Caller caller, String organization, Optional<String> search, Page.Request page) {
        return database.read(sql -> {
            OrganizationView view = Organizations.view(sql, caller, organization);
            view.grants().require(OrganizationPermission.CAN_READ_POLICIES);
            OrganizationId id = view.organization().id();
            String pattern = "%" + Like.escape(search.orElse("")) + "%";
            return new Page<>(
                    sql.list(
                            "policy_set.list",
                            PolicySets::set,
                            "organization_id",
                            id,
                            "pattern",
                            pattern,
                            "limit",
                            page.size(),
                            "offset",
                            page.offset()),
                    page,
                    sql.count("policy_set.count", "organization_id", id, "pattern", pattern));
        });
    }

    public PolicySet read(Caller caller, PolicySetId id) {
        return database.read(sql -> {
            PolicySet set = find(sql, id);
            require(sql, caller, set, OrganizationPermission.CAN_READ_POLICIES);
            return set;
        });
    }

    /** @param placement what is mentioned takes the place of what was there */
    public PolicySet update(
            Caller caller,
            PolicySetId id,
            Function<PolicySet, PolicySetSettings> change,
            Map<Target, ? extends List<? extends Id>> placement) {
        return database.transact(tx -> {
            PolicySetSettings after = change.apply(locked(tx, caller, id));
            tx.update("policy_set.update", columns(id, after, clock.instant()));
            place(tx, id, after, placement);
            return find(tx, id);
        });
    }

    public void delete(Caller caller, PolicySetId id) {
        database.transactVoid(tx -> {
            locked(tx, caller, id);
            tx.update("policy_set.delete", "id", id);
        });
    }

    /** One that is there already is fine. */
    public void add(Caller caller, PolicySetId id, Target target, List<? extends Id> ids) {
        database.transactVoid(tx -> {
            PolicySet set = locked(tx, caller, id);
            requirePlace(set.settings(), target, ids);
            add(tx, id, target, ids);
            tx.update("policy_set.touch", "id", id, "now", clock.instant());
        });
    }

    /** One that is not there is fine. */
    public void remove(Caller caller, PolicySetId id, Target target, List<? extends Id> ids) {
        database.transactVoid(tx -> {
            locked(tx, caller, id);
            update(tx, "remove", target, "id", id, "ids", ids);
            tx.update("policy_set.touch", "id", id, "now", clock.instant());
        });
    }

    /** A set that has become global is attached to nothing by name. */
    private static void place(
            Tx tx, PolicySetId id, PolicySetSettings settings, Map<Target, ? extends List<? extends Id>> placement) {
        for (Target target : Target.values()) {
            List<? extends Id> wanted = placement.get(target);
            if (wanted != null || settings.global() && target.attaches()) {
                update(tx, "clear", target, "id", id);
            }
            if (wanted != null) {
                requirePlace(settings, target, wanted);
                add(tx, id, target, wanted);
            }
        }
    }

    private static void requirePlace(PolicySetSettings settings, Target target, List<? extends Id> ids) {
        if (settings.global() && target.attaches() && !ids.isEmpty()) {
            throw Refusal.Invalid.relationship(
                    target.toString(), "A global policy set is in every workspace already: set global to false first.");
        }
    }

    private static void add(Tx tx, PolicySetId id, Target target, List<? extends Id> ids) {
        List<String> unknown =
                tx.list("policy_set.unknown_" + target.noun(), row -> row.text("id"), "id", id, "ids", ids);
        if (!unknown.isEmpty()) {
            throw Refusal.Invalid.relationship(target.toString(), String.join(", ", unknown) + " not found.");
        }
        update(tx, "add", target, "id", id, "ids", ids);
    }

    private static void update(Tx tx, String verb, Target target, Object... parameters) {
        List<Object> all = new ArrayList<>(List.of(parameters));
        if (target != Target.POLICIES) {
            all.addAll(List.of("excluded", target.excludes()));
        }
        tx.update("policy_set." + verb + "_" + target.noun(), all.toArray());
    }

    private static PolicySet locked(Tx tx, Caller caller, PolicySetId id) {
        tx.one("policy_set.lock_row", row -> true, "id", id).orElseThrow(Refusal.NotFound::new);
        PolicySet set = find(tx, id);
        require(tx, caller, set, OrganizationPermission.CAN_UPDATE_SENTINEL);
        return set;
    }

    private static void require(Sql sql, Caller caller, PolicySet set, OrganizationPermission permission) {
        Access.inOrganization(sql, caller, set.organization()).inOrganization().require(permission);
    }

    private static PolicySet find(Sql sql, PolicySetId id) {
        return sql.one("policy_set.by_id", PolicySets::set, "id", id).orElseThrow(Refusal.NotFound::new);
    }

    private static PolicySet set(Row row) {
        return new PolicySet(
                new PolicySetId(row.text("id")),
                new OrganizationId(row.text("organization_id")),
                row.text("organization_name"),
                new PolicySetSettings(
                        row.text("name"),
                        row.optionalText("description"),
                        row.flag("global"),
                        row.flag("overridable"),
                        row.flag("agent_enabled"),
                        row.text("policy_tool_version"),
                        row.texts("update_patterns")),
                row.texts("policy_ids").stream().map(PolicyId::new).toList(),
                workspaces(row, "workspace_ids"),
                workspaces(row, "excluded_workspace_ids"),
                projects(row, "project_ids"),
                projects(row, "excluded_project_ids"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }

    private static List<WorkspaceId> workspaces(Row row, String column) {
        return row.texts(column).stream().map(WorkspaceId::new).toList();
    }

    private static List<ProjectId> projects(Row row, String column) {
        return row.texts(column).stream().map(ProjectId::new).toList();
    }
}
