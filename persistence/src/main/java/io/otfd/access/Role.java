package io.otfd.access;

import java.util.EnumSet;
import java.util.Set;

/** What a caller is to an organization or a workspace, and what that lets it do. Printed to golden/permissions.txt. */
public enum Role {
    /** Nothing to it: the thing does not exist for this caller. */
    STRANGER(EnumSet.noneOf(OrganizationPermission.class), EnumSet.noneOf(WorkspacePermission.class)),
    /** Belongs to it. What their teams may do comes on top. */
    MEMBER(
            EnumSet.of(OrganizationPermission.CAN_ACCESS_VIA_TEAMS, OrganizationPermission.CAN_TRAVERSE),
            EnumSet.noneOf(WorkspacePermission.class)),
    /** The engine of a run, in its own workspace. */
    RUN(
            EnumSet.of(OrganizationPermission.CAN_TRAVERSE),
            EnumSet.of(
                    WorkspacePermission.CAN_CREATE_STATE_VERSIONS,
                    WorkspacePermission.CAN_LOCK,
                    WorkspacePermission.CAN_UNLOCK,
                    WorkspacePermission.CAN_READ_RUN,
                    WorkspacePermission.CAN_READ_SETTINGS,
                    WorkspacePermission.CAN_READ_STATE_OUTPUTS,
                    WorkspacePermission.CAN_READ_STATE_VERSIONS,
                    WorkspacePermission.CAN_READ_VARIABLE)),
    /** The engine of a run, in another workspace of its organization that shares its state. */
    STATE_CONSUMER(
            EnumSet.of(OrganizationPermission.CAN_TRAVERSE),
            EnumSet.of(
                    WorkspacePermission.CAN_READ_SETTINGS,
                    WorkspacePermission.CAN_READ_STATE_OUTPUTS,
                    WorkspacePermission.CAN_READ_STATE_VERSIONS)),
    /** The organization's token: manages everything, but starts nothing and holds no locks (cloud-docs, API tokens). */
    ORGANIZATION(
            EnumSet.complementOf(EnumSet.of(
                    OrganizationPermission.CAN_DESTROY,
                    OrganizationPermission.CAN_MANAGE_SUBSCRIPTION,
                    OrganizationPermission.CAN_START_TRIAL)),
            EnumSet.complementOf(EnumSet.of(
                    WorkspacePermission.CAN_CREATE_STATE_VERSIONS,
                    WorkspacePermission.CAN_LOCK,
                    WorkspacePermission.CAN_UNLOCK,
                    WorkspacePermission.CAN_QUEUE_APPLY,
                    WorkspacePermission.CAN_QUEUE_DESTROY,
                    WorkspacePermission.CAN_QUEUE_RUN))),
    /** Member of the team {@code owners}, or its token, or site admin. */
    OWNER(EnumSet.allOf(OrganizationPermission.class), EnumSet.allOf(WorkspacePermission.class));

    private final EnumSet<OrganizationPermission> organization;
    private final EnumSet<WorkspacePermission> workspace;

    Role(EnumSet<OrganizationPermission> organization, EnumSet<WorkspacePermission> workspace) {
        this.organization = organization;
        this.workspace = workspace;
    }

    public Grants<OrganizationPermission> inOrganization() {
        return new Grants<>(Set.copyOf(organization));
    }

    public Grants<WorkspacePermission> inWorkspace() {
        return new Grants<>(Set.copyOf(workspace));
    }
}
