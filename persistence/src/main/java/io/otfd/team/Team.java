package io.otfd.team;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.OrganizationMembershipId;
import io.otfd.Ids.TeamId;
import io.otfd.Ids.UserId;
import io.otfd.Refusal;
import io.otfd.access.Access;
import io.otfd.access.OrganizationAccess;
import io.otfd.organization.Names;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A team of an organization.
 *
 * @param visibility {@code secret} to its members and to who manages teams, or {@code organization}
 * @param allowMemberTokenManagement its members may make and delete its tokens
 * @param memberships the same people as {@code members}, in the same order
 * @param organizationAccess what it may do everywhere; owners may do everything in any case
 */
public record Team(
        TeamId id,
        OrganizationId organization,
        String organizationName,
        String name,
        String visibility,
        Optional<String> ssoTeamId,
        boolean allowMemberTokenManagement,
        Set<OrganizationAccess> organizationAccess,
        Instant createdAt,
        List<UserId> members,
        List<OrganizationMembershipId> memberships) {

    public Team {
        Names.team(name);
        if (!visibility.equals("secret") && !visibility.equals("organization")) {
            throw Refusal.Invalid.attribute("visibility", "must be secret or organization");
        }
        organizationAccess = name.equals(Access.OWNERS)
                ? Set.copyOf(EnumSet.allOf(OrganizationAccess.class))
                : Set.copyOf(organizationAccess);
        members = List.copyOf(members);
        memberships = List.copyOf(memberships);
    }

    public boolean isOwners() {
        return name.equals(Access.OWNERS);
    }
}
