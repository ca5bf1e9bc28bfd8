package io.otfd.policy;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.PolicyId;
import io.otfd.Ids.PolicySetId;
import io.otfd.Refusal;
import io.otfd.organization.Names;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A rule in Rego that plans are held to. Its source is read apart.
 *
 * @param query what Open Policy Agent is asked, such as {@code data.terraform.deny}; an empty array means that nothing is wrong
 * @param uploaded it has a source
 * @param sets that it is in
 */
public record Policy(
        PolicyId id,
        OrganizationId organization,
        String organizationName,
        String name,
        Optional<String> description,
        String query,
        Enforcement enforcement,
        boolean uploaded,
        List<PolicySetId> sets,
        Instant updatedAt) {

    private static final int MAX_DESCRIPTION = 2000;
    private static final int MAX_QUERY = 1000;

    public Policy {
        Names.policy(name);
        if (description.filter(text -> text.length() > MAX_DESCRIPTION).isPresent()) {
            throw Refusal.Invalid.attribute(
                    "description", "is too long (maximum is " + MAX_DESCRIPTION + " characters)");
        }
        if (query.isBlank()) {
            throw Refusal.Invalid.attribute("query", "can't be blank");
        }
        if (query.length() > MAX_QUERY) {
            throw Refusal.Invalid.attribute("query", "is too long (maximum is " + MAX_QUERY + " characters)");
        }
        if (query.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.Invalid.attribute("query", "must be one line");
        }
    }

    /** With these settings in place of its own. */
    public Policy with(Optional<String> newDescription, String newQuery, Enforcement newEnforcement) {
        return new Policy(
                id,
                organization,
                organizationName,
                name,
                newDescription,
                newQuery,
                newEnforcement,
                uploaded,
                sets,
                updatedAt);
    }
}
