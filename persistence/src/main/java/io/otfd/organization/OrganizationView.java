package io.otfd.organization;

import io.otfd.access.Grants;
import io.otfd.access.OrganizationPermission;
import io.otfd.access.WorkspacePermission;

/**
 * An organization, and what the caller may do in it.
 *
 * @param workspaces in those of its workspaces that no team has been let into by name
 */
public record OrganizationView(
        Organization organization, Grants<OrganizationPermission> grants, Grants<WorkspacePermission> workspaces) {}
