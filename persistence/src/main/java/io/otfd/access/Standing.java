package io.otfd.access;

import java.util.EnumSet;
import java.util.Set;

/**
 * What all that a caller is to an organization comes to.
 *
 * @param owner may do everything, and decides what teams may do
 */
public record Standing(boolean owner, Set<OrganizationPermission> organization, Set<WorkspacePermission> workspace) {

    public Standing {
        organization = Set.copyOf(organization);
        workspace = Set.copyOf(workspace);
    }

    public static Standing of(Role role) {
        return new Standing(
                role == Role.OWNER,
                role.inOrganization().permissions(),
                role.inWorkspace().permissions());
    }

    Standing outsideWorkspaces() {
        return new Standing(owner, organization, Set.of());
    }

    Standing and(Set<OrganizationPermission> more, Set<WorkspacePermission> moreInWorkspace) {
        EnumSet<OrganizationPermission> inOrganization = EnumSet.noneOf(OrganizationPermission.class);
        inOrganization.addAll(organization);
        inOrganization.addAll(more);
        EnumSet<WorkspacePermission> inWorkspace = EnumSet.noneOf(WorkspacePermission.class);
        inWorkspace.addAll(workspace);
        inWorkspace.addAll(moreInWorkspace);
        return new Standing(owner, inOrganization, inWorkspace);
    }

    public Grants<OrganizationPermission> inOrganization() {
        return new Grants<>(organization);
    }

    public Grants<WorkspacePermission> inWorkspace() {
        return new Grants<>(workspace);
    }
}
