package io.otfd.organization;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.ProjectId;
import io.otfd.Refusal;
import io.otfd.retention.RetentionPolicy;
import java.time.Instant;
import java.util.Optional;

/**
 * An organization.
 *
 * @param id what the API calls {@code external-id}; its JSON:API id is the name
 * @param sessionTimeout minutes
 * @param sessionRemember minutes
 * @param defaultExecution where runs execute when neither their workspace nor its project says otherwise
 * @param defaultProject empty until it is stored
 */
public record Organization(
        OrganizationId id,
        String name,
        String email,
        Instant createdAt,
        Optional<Integer> sessionTimeout,
        Optional<Integer> sessionRemember,
        String collaboratorAuthPolicy,
        boolean costEstimationEnabled,
        boolean assessmentsEnforced,
        boolean sendPassingStatuses,
        boolean aggregatedCommitStatusEnabled,
        boolean speculativePlanManagement,
        boolean allowForceDeleteWorkspaces,
        ExecutionMode defaultExecution,
        Optional<String> ownersTeamSamlRoleId,
        boolean userTokensEnabled,
        boolean maxTtlEnabled,
        boolean enforceHyok,
        boolean stacksEnabled,
        Optional<ProjectId> defaultProject,
        Plan plan,
        Optional<RetentionPolicy> retention) {

    public Organization {
        Names.organization(name);
        if (email.isBlank()) {
            throw Refusal.Invalid.attribute("email", "can't be blank");
        }
        if (!collaboratorAuthPolicy.equals("password") && !collaboratorAuthPolicy.equals("two_factor_mandatory")) {
            throw Refusal.Invalid.attribute("collaborator-auth-policy", "must be password or two_factor_mandatory");
        }
    }

    /** A new one with the documented defaults (cloud-docs/api-docs/organizations). */
    public static Organization fresh(String name, String email, Instant now) {
        return new Organization(
                OrganizationId.random(),
                name,
                email,
                now,
                Optional.empty(),
                Optional.empty(),
                "password",
                false,
                false,
                false,
                true,
                true,
                false,
                ExecutionMode.REMOTE,
                Optional.empty(),
                true,
                false,
                false,
                false,
                Optional.empty(),
                Plan.COMPLETE,
                Optional.empty());
    }
}
