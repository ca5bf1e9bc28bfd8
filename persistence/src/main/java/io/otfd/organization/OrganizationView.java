package io.otfd.organization;

import io.otfd.access.Grants;
import io.otfd.access.OrganizationPermission;

/** An organization, and what the caller may do in it. */
public record OrganizationView(Organization organization, Grants<OrganizationPermission> grants) {}
