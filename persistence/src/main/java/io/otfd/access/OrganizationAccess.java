package io.otfd.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a team may do in the whole organization, and in each of its workspaces. Wire names as in {@code
 * organization-access} (cloud-docs/api-docs/teams). Those without permissions stand for what the server does not do yet.
 */
public enum OrganizationAccess {
    ACCESS_SECRET_TEAMS(OrganizationPermission.CAN_VIEW_USERS),
    DELEGATE_POLICY_OVERRIDES,
    MANAGE_AGENT_POOLS(OrganizationPermission.CAN_UPDATE_AGENT_POOLS),
    MANAGE_MEMBERSHIP(OrganizationPermission.CAN_MANAGE_USERS, OrganizationPermission.CAN_VIEW_USERS),
    MANAGE_MODULES(OrganizationPermission.CAN_CREATE_MODULE, OrganizationPermission.CAN_MANAGE_PUBLIC_MODULES),
    MANAGE_ORGANIZATION_ACCESS,
    MANAGE_POLICIES(OrganizationPermission.CAN_READ_POLICIES, OrganizationPermission.CAN_UPDATE_SENTINEL),
    MANAGE_POLICY_OVERRIDES(WorkspaceAccess.POLICY_OVERRIDES, OrganizationPermission.CAN_READ_POLICIES),
    MANAGE_PROJECTS(
            WorkspaceAccess.ADMIN,
            OrganizationPermission.CAN_CREATE_PROJECT,
            OrganizationPermission.CAN_CREATE_WORKSPACE,
            OrganizationPermission.CAN_MANAGE_TAGS,
            OrganizationPermission.CAN_MANAGE_VARSETS,
            OrganizationPermission.CAN_READ_VARSETS),
    MANAGE_PROVIDERS(OrganizationPermission.CAN_CREATE_PROVIDER, OrganizationPermission.CAN_MANAGE_PUBLIC_PROVIDERS),
    MANAGE_RUN_TASKS(OrganizationPermission.CAN_MANAGE_RUN_TASKS, OrganizationPermission.CAN_READ_RUN_TASKS),
    MANAGE_TEAMS(
            OrganizationPermission.CAN_CREATE_TEAM,
            OrganizationPermission.CAN_MANAGE_USERS,
            OrganizationPermission.CAN_VIEW_USERS),
    MANAGE_VCS_SETTINGS(OrganizationPermission.CAN_UPDATE_OAUTH, OrganizationPermission.CAN_UPDATE_SSH_KEYS),
    MANAGE_WORKSPACES(
            WorkspaceAccess.ADMIN,
            OrganizationPermission.CAN_CREATE_WORKSPACE,
            OrganizationPermission.CAN_MANAGE_TAGS,
            OrganizationPermission.CAN_MANAGE_VARSETS,
            OrganizationPermission.CAN_READ_VARSETS),
    READ_PROJECTS(WorkspaceAccess.READ, OrganizationPermission.CAN_READ_VARSETS),
    READ_WORKSPACES(WorkspaceAccess.READ, OrganizationPermission.CAN_READ_VARSETS);

    private final Optional<WorkspaceAccess> inWorkspaces;
    private final Set<OrganizationPermission> permissions;

    OrganizationAccess(OrganizationPermission... permissions) {
        this.inWorkspaces = Optional.empty();
        this.permissions = Set.of(permissions);
    }

    OrganizationAccess(WorkspaceAccess inWorkspaces, OrganizationPermission... permissions) {
        this.inWorkspaces = Optional.of(inWorkspaces);
        this.permissions = Set.of(permissions);
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<OrganizationAccess> of(String wireName) {
        return Arrays.stream(values())
                .filter(access -> access.wireName().equals(wireName))
                .findFirst();
    }

    Set<OrganizationPermission> inOrganization() {
        return permissions;
    }

    Set<WorkspacePermission> inWorkspaces() {
        return inWorkspaces.map(WorkspaceAccess::permissions).orElse(Set.of());
    }
}
