package io.otfd.organizationmembership;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.OrganizationMembershipId;
import io.otfd.Ids.TeamId;
import io.otfd.Ids.UserId;
import java.time.Instant;
import java.util.List;

/**
 * A person in an organization.
 *
 * @param teams of the organization that the person is in, and the viewer may see
 */
public record OrganizationMembership(
        OrganizationMembershipId id,
        OrganizationId organization,
        String organizationName,
        UserId user,
        String username,
        String email,
        Status status,
        List<TeamId> teams,
        Instant createdAt) {

    public OrganizationMembership {
        teams = List.copyOf(teams);
    }

    /** Follows from the user: whoever has a password is in, and needs no further consent. */
    public enum Status {
        ACTIVE,
        /** Has not set a password yet. */
        INVITED,
        /** Suspended on this site. */
        INACTIVE
    }
}
