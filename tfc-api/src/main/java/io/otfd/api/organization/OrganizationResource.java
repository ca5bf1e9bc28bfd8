package io.otfd.api.organization;

import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.FLAGS;
import static io.otfd.api.Schema.NUMBER;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;

import io.otfd.api.ExecutionRequest;
import io.otfd.api.Patch;
import io.otfd.api.Permissions;
import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.api.retention.RetentionPolicyResource;
import io.otfd.organization.ExecutionNames;
import io.otfd.organization.Organization;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Plan;
import java.util.Optional;

/** The {@code organizations} document (cloud-docs/api-docs/organizations). Its id is the name. */
public final class OrganizationResource {

    public static final Schema SCHEMA = Schema.of("organizations")
            .writable(TEXT, "name", "email", "collaborator-auth-policy", "default-execution-mode")
            .writable(TEXT.orNull(), "owners-team-saml-role-id")
            .writable(NUMBER.orNull(), "session-timeout", "session-remember")
            .writable(
                    FLAG,
                    "cost-estimation-enabled",
                    "assessments-enforced",
                    "send-passing-statuses-for-untriggered-speculative-plans",
                    "aggregated-commit-status-enabled",
                    "speculative-plan-management-enabled",
                    "allow-force-delete-workspaces",
                    "user-tokens-enabled",
                    "max-ttl-enabled",
                    "enforce-hyok",
                    "stacks-enabled")
            .writeOnly(TEXT.orNull(), "default-agent-pool-id")
            .readOnly(TEXT, "external-id", "plan-identifier")
            .readOnly(TIME, "created-at")
            .readOnly(
                    FLAG,
                    "saml-enabled",
                    "two-factor-conformant",
                    "is-unified",
                    "plan-expired",
                    "plan-is-trial",
                    "plan-is-enterprise",
                    "fair-run-queuing-enabled")
            .readOnly(TIME.orNull(), "trial-expires-at", "plan-expires-at")
            .readOnly(NUMBER, "remaining-testable-count")
            .readOnly(FLAGS, "permissions")
            .one("default-project", "projects")
            .oneOrNone("default-agent-pool", "agent-pools")
            .writableRelationships("default-agent-pool")
            .one("entitlement-set", "entitlement-sets")
            .one("subscription", "subscriptions")
            .oneOrNone("primary-hyok-configuration", "hyok-configurations")
            .oneOrNone("data-retention-policy", RetentionPolicyResource.TYPES)
            .link("oauth-tokens")
            .link("authentication-token")
            .link("module-producers");

    /** More than one: what go-tfe's suite asks of a server without a limit. */
    private static final int REMAINING_TESTABLE = 5;

    private OrganizationResource() {}

    public static Resource of(OrganizationView view) {
        Organization organization = view.organization();
        String self = "/api/v2/organizations/" + organization.name();
        Plan plan = organization.plan();
        Resource resource = new Resource(SCHEMA, organization.name())
                .attribute("name", organization.name())
                .attribute("email", organization.email())
                .attribute("external-id", organization.id().value())
                .attribute("created-at", organization.createdAt())
                .attribute("session-timeout", organization.sessionTimeout())
                .attribute("session-remember", organization.sessionRemember())
                .attribute("collaborator-auth-policy", organization.collaboratorAuthPolicy())
                .attribute("cost-estimation-enabled", organization.costEstimationEnabled())
                .attribute("assessments-enforced", organization.assessmentsEnforced())
                .attribute(
                        "send-passing-statuses-for-untriggered-speculative-plans", organization.sendPassingStatuses())
                .attribute("aggregated-commit-status-enabled", organization.aggregatedCommitStatusEnabled())
                .attribute("speculative-plan-management-enabled", organization.speculativePlanManagement())
                .attribute("allow-force-delete-workspaces", organization.allowForceDeleteWorkspaces())
                .attribute(
                        "default-execution-mode",
                        organization.defaultExecution().wireName())
                .attribute("owners-team-saml-role-id", organization.ownersTeamSamlRoleId())
                .attribute("user-tokens-enabled", organization.userTokensEnabled())
                .attribute("max-ttl-enabled", organization.maxTtlEnabled())
                .attribute("enforce-hyok", organization.enforceHyok())
                .attribute("stacks-enabled", organization.stacksEnabled())
                .attribute("saml-enabled", false)
                .attribute("two-factor-conformant", true)
                .attribute("is-unified", false)
                .attribute("trial-expires-at", plan.isTrial() ? plan.expiresAt() : null)
                .attribute("remaining-testable-count", REMAINING_TESTABLE)
                .attribute("plan-expired", false)
                .attribute("plan-expires-at", plan.expiresAt())
                .attribute("plan-is-trial", plan.isTrial())
                .attribute("plan-is-enterprise", false)
                .attribute("plan-identifier", plan.featureSet())
                .attribute("fair-run-queuing-enabled", true)
                .attribute("permissions", Permissions.organization(view.grants()))
                .toOne("default-project", "projects", organization.defaultProject())
                .toOne(
                        "default-agent-pool",
                        "agent-pools",
                        organization.defaultExecution().agentPool())
                .toOne("entitlement-set", "entitlement-sets", organization.id().value())
                .related("entitlement-set", self + "/entitlement-set")
                .related("oauth-tokens", self + "/oauth-tokens")
                .related("authentication-token", self + "/authentication-token")
                .related("module-producers", self + "/relationships/module-producers")
                .toOne("subscription", "subscriptions", SubscriptionResource.id(organization))
                .related("subscription", self + "/subscription")
                .toOne("primary-hyok-configuration", "hyok-configurations", Optional.empty())
                .link("self", self);
        return RetentionPolicyResource.relate(resource, organization.retention());
    }

    /** What the request mentions, on what is there. The name stays unless it is mentioned. */
    static Organization change(Organization before, Patch patch) {
        return new Organization(
                before.id(),
                patch.text("name", before.name()),
                patch.text("email", before.email()),
                before.createdAt(),
                patch.optionalInteger("session-timeout", before.sessionTimeout()),
                patch.optionalInteger("session-remember", before.sessionRemember()),
                patch.text("collaborator-auth-policy", before.collaboratorAuthPolicy()),
                patch.flag("cost-estimation-enabled", before.costEstimationEnabled()),
                patch.flag("assessments-enforced", before.assessmentsEnforced()),
                patch.flag("send-passing-statuses-for-untriggered-speculative-plans", before.sendPassingStatuses()),
                patch.flag("aggregated-commit-status-enabled", before.aggregatedCommitStatusEnabled()),
                patch.flag("speculative-plan-management-enabled", before.speculativePlanManagement()),
                patch.flag("allow-force-delete-workspaces", before.allowForceDeleteWorkspaces()),
                ExecutionRequest.of(patch, ExecutionNames.DEFAULT)
                        .own(Optional.of(before.defaultExecution()), before.defaultExecution(), false)
                        .orElse(before.defaultExecution()),
                patch.optionalText("owners-team-saml-role-id", before.ownersTeamSamlRoleId()),
                patch.flag("user-tokens-enabled", before.userTokensEnabled()),
                patch.flag("max-ttl-enabled", before.maxTtlEnabled()),
                patch.flag("enforce-hyok", before.enforceHyok()),
                patch.flag("stacks-enabled", before.stacksEnabled()),
                before.defaultProject(),
                before.plan(),
                before.retention());
    }
}
