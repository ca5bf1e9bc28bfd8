package io.otfd.organization;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.OrganizationMembershipId;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.TeamId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Access;
import io.otfd.access.Caller;
import io.otfd.access.OrganizationPermission;
import io.otfd.access.Role;
import io.otfd.access.Standing;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.retention.RetentionPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Organizations, their owners and default projects. */
public final class Organizations {

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
            TeamId team = TeamId.random();
            tx.update(
                    "organization.insert_team",
                    "id",
                    team,
                    "organization_id",
                    organization.id(),
                    "name",
                    Access.OWNERS);
            tx.update(
                    "organization_membership.insert",
                    "id",
                    OrganizationMembershipId.random(),
                    "organization_id",
                    organization.id(),
                    "user_id",
                    user.id(),
                    "now",
                    organization.createdAt());
            tx.update("team.insert_member", "team_id", team, "user_id", user.id());
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

    /**
     * Which organizations a list holds.
     *
     * @param search part of the name or of the email; with it, the other two do not count
     */
    public record Filter(Optional<String> search, Optional<String> name, Optional<String> email) {

        public static Filter by(Optional<String> search) {
            return new Filter(search, Optional.empty(), Optional.empty());
        }

        private static String like(Optional<String> part) {
            return part.map(text -> "%" + Like.escape(text) + "%").orElse("%");
        }
    }

    /** What the caller sees, all in one page when no page is asked for. */
    public Page<OrganizationView> list(Caller caller, Filter filter, Optional<Page.Request> page) {
        Object[] seen = {
            "user_id",
            caller.userId().orElse(null),
            "site_admin",
            caller instanceof Caller.User user && user.siteAdmin(),
            "organization_id",
            ownOrganization(caller),
            "by_user_token",
            caller instanceof Caller.User user && !user.session(),
            "search",
            Filter.like(filter.search()),
            "name",
            Filter.like(filter.search().isPresent() ? Optional.empty() : filter.name()),
            "email",
            Filter.like(filter.search().isPresent() ? Optional.empty() : filter.email()),
        };
        return database.read(sql -> {
            Page.Request request = page.orElse(Page.Request.FIRST);
            List<Object> window = new ArrayList<>(Arrays.asList(seen));
            window.addAll(List.of("limit", page.isPresent() ? request.size() : Integer.MAX_VALUE));
            window.addAll(List.of("offset", page.isPresent() ? request.offset() : 0));
            List<Organization> items = sql.list("organization.list", Organizations::organization, window.toArray());
            return new Page<>(listed(sql, caller, items), request, sql.count("organization.count", seen));
        });
    }

    /** The one that a team or an organization's token belongs to. */
    private static OrganizationId ownOrganization(Caller caller) {
        return switch (caller) {
            case Caller.User _ -> null;
            case Caller.Team team -> team.organization();
            case Caller.Organization token -> token.id();
            case Caller.Run _, Caller.Task _, Caller.AgentPool _, Caller.Agent _, Caller.Server _ ->
                throw new Refusal.NotFound();
        };
    }

    /** One query for all. A site admin sees them all, and needs none. */
    private static List<OrganizationView> listed(Sql sql, Caller caller, List<Organization> items) {
        if (caller instanceof Caller.User user && user.siteAdmin()) {
            return items.stream()
                    .map(organization -> viewed(organization, Standing.of(Role.OWNER)))
                    .toList();
        }
        Map<OrganizationId, Standing> standings = Access.inOrganizations(
                sql, caller, items.stream().map(Organization::id).toList());
        return items.stream()
                .map(organization -> viewed(organization, standings.get(organization.id())))
                .toList();
    }

    private static OrganizationView viewed(Organization organization, Standing standing) {
        return new OrganizationView(
                organization,
                standing.inOrganization()
                        .without(organization.plan().featureSet().withheld()),
                standing.inWorkspace());
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

    /** For site admins: gives the organization another plan. */
    public OrganizationView subscribe(Caller caller, String name, Plan plan) {
        requireSiteAdmin(caller);
        return database.transact(tx -> {
            Organization organization = tx.one("organization.by_name", Organizations::organization, "name", name)
                    .orElseThrow(Refusal.NotFound::new);
            tx.update(
                    "organization.subscribe",
                    "id",
                    organization.id(),
                    "feature_set",
                    plan.featureSet(),
                    "plan_expires_at",
                    plan.expiresAt().orElse(null));
            return view(tx, caller, name);
        });
    }

    /** How long its plans and applies may take; empty where the site's defaults hold. For site admins. */
    public record Timeouts(Optional<Duration> plan, Optional<Duration> apply) {}

    public Timeouts timeouts(Caller caller, String name) {
        requireSiteAdmin(caller);
        return database.read(sql -> timeouts(sql, name));
    }

    /** @param change of what it has */
    public Timeouts changeTimeouts(Caller caller, String name, UnaryOperator<Timeouts> change) {
        requireSiteAdmin(caller);
        return database.transact(tx -> {
            Timeouts after = change.apply(timeouts(tx, name));
            tx.update(
                    "organization.set_timeouts",
                    "name",
                    name,
                    "plan_millis",
                    after.plan().map(Duration::toMillis).orElse(null),
                    "apply_millis",
                    after.apply().map(Duration::toMillis).orElse(null));
            return after;
        });
    }

    private static Timeouts timeouts(Sql sql, String name) {
        return sql.one(
                        "organization.timeouts",
                        row -> new Timeouts(
                                row.optionalNumber("plan_timeout_millis").map(Duration::ofMillis),
                                row.optionalNumber("apply_timeout_millis").map(Duration::ofMillis)),
                        "name",
                        name)
                .orElseThrow(Refusal.NotFound::new);
    }

    /** @throws Refusal.NotFound for everybody else: the admin's routes are not there for them */
    public static void requireSiteAdmin(Caller caller) {
        if (!caller.user().siteAdmin()) {
            throw new Refusal.NotFound();
        }
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
        Standing standing = Access.inOrganization(sql, caller, organization.id());
        standing.inOrganization().require(OrganizationPermission.CAN_TRAVERSE);
        return viewed(organization, standing);
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
                row.optionalText("default_project_id").map(ProjectId::new),
                new Plan(FeatureSet.stored(row.text("feature_set")), row.optionalInstant("plan_expires_at")),
                RetentionPolicy.of(row));
    }
}
