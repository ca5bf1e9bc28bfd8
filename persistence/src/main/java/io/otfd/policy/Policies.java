package io.otfd.policy;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.PolicyId;
import io.otfd.Ids.PolicySetId;
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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Policies of an organization, and their sources. */
public final class Policies {

    private final Database database;
    private final Clock clock;

    public Policies(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What a policy is made from. */
    public record Request(
            String name,
            Optional<String> description,
            Enforcement enforcement,
            String query,
            Optional<String> source,
            List<PolicySetId> sets) {}

    public Policy create(Caller caller, String organization, Request request) {
        return database.transact(tx -> {
            OrganizationView view = Organizations.view(tx, caller, organization);
            view.grants().require(OrganizationPermission.CAN_UPDATE_SENTINEL);
            Organization owner = view.organization();
            Policy policy = new Policy(
                    PolicyId.random(),
                    owner.id(),
                    owner.name(),
                    request.name(),
                    request.description(),
                    request.query(),
                    request.enforcement(),
                    false,
                    List.of(),
                    clock.instant());
            tx.update(
                    "policy.insert",
                    "id",
                    policy.id(),
                    "organization_id",
                    policy.organization(),
                    "name",
                    policy.name(),
                    "description",
                    policy.description().orElse(null),
                    "query",
                    policy.query(),
                    "enforcement_level",
                    policy.enforcement(),
                    "now",
                    policy.updatedAt());
            request.source().ifPresent(source -> store(tx, policy.id(), source));
            join(tx, policy.id(), request.sets());
            return find(tx, policy.id());
        });
    }

    private static void join(Tx tx, PolicyId id, List<PolicySetId> sets) {
        if (sets.isEmpty()) {
            return;
        }
        List<String> unknown = tx.list("policy.unknown_sets", row -> row.text("id"), "id", id, "ids", sets);
        if (!unknown.isEmpty()) {
            throw Refusal.Invalid.relationship("policy-sets", String.join(", ", unknown) + " not found.");
        }
        tx.update("policy.add_to_sets", "id", id, "ids", sets);
    }

    /** @param search part of the name */
    public Page<Policy> list(Caller caller, String organization, Optional<String> search, Page.Request page) {
        return database.read(sql -> {
            OrganizationView view = Organizations.view(sql, caller, organization);
            view.grants().require(OrganizationPermission.CAN_READ_POLICIES);
            OrganizationId id = view.organization().id();
            String pattern = "%" + Like.escape(search.orElse("")) + "%";
            return new Page<>(
                    sql.list(
                            "policy.list",
                            Policies::policy,
                            "organization_id",
                            id,
                            "pattern",
                            pattern,
                            "limit",
                            page.size(),
                            "offset",
                            page.offset()),
                    page,
                    sql.count("policy.count", "organization_id", id, "pattern", pattern));
        });
    }

    /** Those of these that are in the organization, by name. */
    public List<Policy> read(Caller caller, OrganizationId organization, Collection<PolicyId> ids) {
        return database.read(sql -> {
            require(sql, caller, organization, OrganizationPermission.CAN_READ_POLICIES);
            return sql.list("policy.by_ids", Policies::policy, "organization_id", organization, "ids", ids);
        });
    }

    public Policy read(Caller caller, PolicyId id) {
        return database.read(sql -> readable(sql, caller, id));
    }

    /** In Rego; empty until it was uploaded. */
    public Optional<String> source(Caller caller, PolicyId id) {
        return database.read(sql -> {
            readable(sql, caller, id);
            return sql.one("policy.source", row -> row.optionalText("source"), "id", id)
                    .flatMap(source -> source);
        });
    }

    public Policy update(Caller caller, PolicyId id, UnaryOperator<Policy> change) {
        return update(caller, id, change, Optional.empty());
    }

    /** @param source in place of the one that is there; empty leaves that */
    public Policy update(Caller caller, PolicyId id, UnaryOperator<Policy> change, Optional<String> source) {
        return database.transact(tx -> {
            Policy after = change.apply(locked(tx, caller, id));
            tx.update(
                    "policy.update",
                    "id",
                    id,
                    "description",
                    after.description().orElse(null),
                    "query",
                    after.query(),
                    "enforcement_level",
                    after.enforcement(),
                    "now",
                    clock.instant());
            source.ifPresent(text -> store(tx, id, text));
            return find(tx, id);
        });
    }

    public void upload(Caller caller, PolicyId id, String source) {
        database.transactVoid(tx -> {
            locked(tx, caller, id);
            store(tx, id, source);
        });
    }

    private void store(Tx tx, PolicyId id, String source) {
        tx.update("policy.upload", "id", id, "source", source, "now", clock.instant());
    }

    /** Sets go on without it. */
    public void delete(Caller caller, PolicyId id) {
        database.transactVoid(tx -> {
            locked(tx, caller, id);
            tx.update("policy.delete", "id", id);
        });
    }

    private static Policy readable(Sql sql, Caller caller, PolicyId id) {
        Policy policy = find(sql, id);
        require(sql, caller, policy.organization(), OrganizationPermission.CAN_READ_POLICIES);
        return policy;
    }

    private static Policy locked(Tx tx, Caller caller, PolicyId id) {
        tx.one("policy.lock_row", row -> true, "id", id).orElseThrow(Refusal.NotFound::new);
        Policy policy = find(tx, id);
        require(tx, caller, policy.organization(), OrganizationPermission.CAN_UPDATE_SENTINEL);
        return policy;
    }

    private static void require(
            Sql sql, Caller caller, OrganizationId organization, OrganizationPermission permission) {
        Access.inOrganization(sql, caller, organization).inOrganization().require(permission);
    }

    private static Policy find(Sql sql, PolicyId id) {
        return sql.one("policy.by_id", Policies::policy, "id", id).orElseThrow(Refusal.NotFound::new);
    }

    private static Policy policy(Row row) {
        return new Policy(
                new PolicyId(row.text("id")),
                new OrganizationId(row.text("organization_id")),
                row.text("organization_name"),
                row.text("name"),
                row.optionalText("description"),
                row.text("query"),
                Enforcement.of(row.text("enforcement_level")),
                row.flag("uploaded"),
                row.texts("policy_set_ids").stream().map(PolicySetId::new).toList(),
                row.instant("updated_at"));
    }
}
