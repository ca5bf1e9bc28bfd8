package io.otfd.organization;

import io.otfd.Ids;
import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.ProjectId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Access;
import io.otfd.access.Caller;
import io.otfd.access.Grants;
import io.otfd.access.OrganizationPermission;
import io.otfd.access.Role;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Organizations, their owners and default projects. */
public final class Organizations {

    private static final String OWNERS = "owners";
    private static final String DEFAULT_PROJECT = "Default Project";

    private final Database database;
    private final Clock clock;

    public Organizations(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A new organization; the caller owns it. */
    public OrganizationView create(Caller caller, String name, String email, UnaryOperator<Organization> settings) {
        Caller.User user = caller.user();
        Organization organization =
                settings.apply(Organization.fresh(name, email, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        if (organization.defaultExecution().agentPool().isPresent()) {
            throw Refusal.Invalid.relationship("default-agent-pool", "A new organization has no agent pools yet.");
        }
        return database.transact(tx -> {
            write(tx, "organization.insert", organization);
            String team = Ids.random("team-");
            tx.update("organization.insert_team", "id", team, "organization_id", organization.id(), "name", OWNERS);
            tx.update("organization.insert_team_member", "team_id", team, "user_id", user.id());
            tx.update(
                    "project.insert_default",
                    "id",
                    ProjectId.random(),
                    "organization_id",
                    organization.id(),
                    "name",
                    DEFAULT_PROJECT,
                    "now",
                    organization.createdAt());
            return view(tx, caller, organization.name());
        });
    }

    /** By name. */
    public OrganizationView read(Caller caller, String name) {
        return database.read(sql -> view(sql, caller, name));
    }

    /** What the caller sees, all in one page when no page is asked for. */
    public Page<OrganizationView> list(Caller caller, Optional<String> search, Optional<Page.Request> page) {
        return database.read(sql -> {
            Caller.User user = caller.user();
            String like = search.map(text -> "%" + Like.escape(text) + "%").orElse("%");
            long total = sql.count(
                    "organization.count", "user_id", user.id(), "site_admin", user.siteAdmin(), "search", like);
            Page.Request request = page.orElse(Page.Request.FIRST);
            return new Page<>(
                    sql.list(
                            "organization.list",
                            row -> new OrganizationView(organization(row), Role.OWNER.inOrganization()),
                            "user_id",
                            user.id(),
                            "site_admin",
                            user.siteAdmin(),
                            "search",
                            like,
                            "limit",
                            page.isPresent() ? request.size() : Integer.MAX_VALUE,
                            "offset",
                            page.isPresent() ? request.offset() : 0),
                    request,
                    total);
        });
    }

    public OrganizationView update(Caller caller, String name, UnaryOperator<Organization> change) {
        return database.transact(tx -> {
            OrganizationView before = view(tx, caller, name);
            before.grants().require(OrganizationPermission.CAN_UPDATE);
            Organization after = change.apply(before.organization());
            if (!after.defaultExecution().equals(before.organization().defaultExecution())) {
                after.defaultExecution().agentPool().ifPresent(pool -> requirePool(tx, after.id(), pool));
            }
            write(tx, "organization.update", after);
            return view(tx, caller, after.name());
        });
    }

    /** With all that belongs to it. */
    public void delete(Caller caller, String name) {
        database.transactVoid(tx -> {
            OrganizationView view = view(tx, caller, name);
            view.grants().require(OrganizationPermission.CAN_DESTROY);
            tx.update(
                    "organization.forget_default_agent_pool",
                    "id",
                    view.organization().id());
            tx.update("organization.delete", "id", view.organization().id());
        });
    }

    /** Runs that wait for an agent, and runs that an agent works on. */
    public record Capacity(long pending, long running) {}

    public Capacity capacity(Caller caller, String name) {
        return database.read(sql -> {
            OrganizationView view = view(sql, caller, name);
            return sql.one(
                            "organization.capacity",
                            row -> new Capacity(row.number("pending"), row.number("running")),
                            "organization_id",
                            view.organization().id())
                    .orElseThrow();
        });
    }

    /** For other services: the organization and the caller's grants, on their connection. */
    public static OrganizationView view(Sql sql, Caller caller, String name) {
        Organization organization = sql.one("organization.by_name", Organizations::organization, "name", name)
                .orElseThrow(Refusal.NotFound::new);
        Grants<OrganizationPermission> grants =
                Access.inOrganization(sql, caller, organization.id()).inOrganization();
        return new OrganizationView(organization, grants.require(OrganizationPermission.CAN_TRAVERSE));
    }

    /** All workspaces may come to use it, so the pool has to be open to all of them. */
    private static void requirePool(Sql sql, OrganizationId organization, AgentPoolId pool) {
        boolean open = sql.one(
                        "agent_pool.organization_scoped",
                        row -> row.flag("organization_scoped"),
                        "id",
                        pool,
                        "organization_id",
                        organization)
                .orElseThrow(() -> Refusal.Invalid.relationship("default-agent-pool", "Agent pool not found."));
        if (!open) {
            throw Refusal.Invalid.relationship(
                    "default-agent-pool",
                    "Agent pool must be organization-scoped to be the default of all the organization's workspaces.");
        }
    }

    private static void write(Tx tx, String statement, Organization organization) {
        tx.update(
                statement,
                "id",
                organization.id(),
                "name",
                organization.name(),
                "email",
                organization.email(),
                "created_at",
                organization.createdAt(),
                "session_timeout",
                organization.sessionTimeout().orElse(null),
                "session_remember",
                organization.sessionRemember().orElse(null),
                "collaborator_auth_policy",
                organization.collaboratorAuthPolicy(),
                "cost_estimation_enabled",
                organization.costEstimationEnabled(),
                "assessments_enforced",
                organization.assessmentsEnforced(),
                "send_passing_statuses",
                organization.sendPassingStatuses(),
                "aggregated_commit_status_enabled",
                organization.aggregatedCommitStatusEnabled(),
                "speculative_plan_management",
                organization.speculativePlanManagement(),
                "allow_force_delete_workspaces",
                organization.allowForceDeleteWorkspaces(),
                "default_execution_mode",
                organization.defaultExecution().wireName(),
                "default_agent_pool_id",
                organization.defaultExecution().agentPool().orElse(null),
                "owners_team_saml_role_id",
                organization.ownersTeamSamlRoleId().orElse(null),
                "user_tokens_enabled",
                organization.userTokensEnabled(),
                "max_ttl_enabled",
                organization.maxTtlEnabled(),
                "enforce_hyok",
                organization.enforceHyok(),
                "stacks_enabled",
                organization.stacksEnabled());
    }

    private static Organization organization(Row row) {
        return new Organization(
                new OrganizationId(row.text("id")),
                row.text("name"),
                row.text("email"),
                row.instant("created_at"),
                row.optionalNumber("session_timeout").map(Math::toIntExact),
                row.optionalNumber("session_remember").map(Math::toIntExact),
                row.text("collaborator_auth_policy"),
                row.flag("cost_estimation_enabled"),
                row.flag("assessments_enforced"),
                row.flag("send_passing_statuses"),
                row.flag("aggregated_commit_status_enabled"),
                row.flag("speculative_plan_management"),
                row.flag("allow_force_delete_workspaces"),
                ExecutionMode.of(
                        row.text("default_execution_mode"),
                        row.optionalText("default_agent_pool_id").map(AgentPoolId::new)),
                row.optionalText("owners_team_saml_role_id"),
                row.flag("user_tokens_enabled"),
                row.flag("max_ttl_enabled"),
                row.flag("enforce_hyok"),
                row.flag("stacks_enabled"),
                row.optionalText("default_project_id").map(ProjectId::new));
    }
}
