package io.otfd.project;

import io.otfd.access.Grants;
import io.otfd.access.OrganizationPermission;

/** A project, and what the caller may do in its organization. */
public record ProjectView(Project project, Grants<OrganizationPermission> grants) {

    public boolean canUpdate() {
        return grants.has(OrganizationPermission.CAN_CREATE_PROJECT);
    }

    public boolean canCreateWorkspace() {
        return grants.has(OrganizationPermission.CAN_CREATE_WORKSPACE);
    }

    /** Every organization keeps its default project. */
    public boolean canDestroy() {
        return canUpdate() && !project.isDefault();
    }
}
