package io.otfd.api;

import io.otfd.access.Grants;
import io.otfd.access.OrganizationPermission;
import io.otfd.access.WorkspacePermission;
import java.util.Map;
import java.util.TreeMap;

/** Grants as the {@code permissions} attribute: what we show is what we enforce. */
public final class Permissions {

    private Permissions() {}

    public static Map<String, Boolean> organization(Grants<OrganizationPermission> grants) {
        Map<String, Boolean> permissions = new TreeMap<>();
        for (OrganizationPermission permission : OrganizationPermission.values()) {
            permissions.put(permission.wireName(), grants.has(permission));
        }
        return permissions;
    }

    public static Map<String, Boolean> workspace(Grants<WorkspacePermission> grants) {
        Map<String, Boolean> permissions = new TreeMap<>();
        for (WorkspacePermission permission : WorkspacePermission.values()) {
            permissions.put(permission.wireName(), grants.has(permission));
        }
        return permissions;
    }
}
