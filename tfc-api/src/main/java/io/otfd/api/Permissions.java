package io.otfd.api;

import io.otfd.access.Grants;
import io.otfd.access.OrganizationPermission;
import io.otfd.access.WorkspacePermission;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Grants as the {@code permissions} attribute: what we show is what we enforce. */
public final class Permissions {

    private static final Map<Set<OrganizationPermission>, Map<String, Boolean>> IN_ORGANIZATION =
            new ConcurrentHashMap<>();
    private static final Map<Set<WorkspacePermission>, Map<String, Boolean>> IN_WORKSPACE = new ConcurrentHashMap<>();

    private Permissions() {}

    public static Map<String, Boolean> organization(Grants<OrganizationPermission> grants) {
        return IN_ORGANIZATION.computeIfAbsent(
                grants.permissions(),
                granted -> shown(OrganizationPermission.values(), OrganizationPermission::wireName, granted));
    }

    /** The same value for the same grants, as all rows of a list have them. There are few different ones. */
    public static Map<String, Boolean> workspace(Grants<WorkspacePermission> grants) {
        return IN_WORKSPACE.computeIfAbsent(
                grants.permissions(),
                granted -> shown(WorkspacePermission.values(), WorkspacePermission::wireName, granted));
    }

    private static <P> Map<String, Boolean> shown(P[] all, Function<P, String> wireName, Set<P> granted) {
        Map<String, Boolean> permissions = new TreeMap<>();
        for (P permission : all) {
            permissions.put(wireName.apply(permission), granted.contains(permission));
        }
        return Collections.unmodifiableMap(permissions);
    }
}
