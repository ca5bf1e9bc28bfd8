package io.otfd.access;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.database.Sql;

/** What a caller is to the thing it asks for: one query at most. */
public final class Access {

    private Access() {}

    public static Role inOrganization(Sql sql, Caller caller, OrganizationId organization) {
        return switch (caller) {
            case Caller.User user -> ownerOrStranger(sql, user, organization);
            case Caller.Run run -> run.organization().equals(organization) ? Role.RUN : Role.STRANGER;
            case Caller.AgentPool _, Caller.Agent _, Caller.Server _ -> Role.STRANGER;
        };
    }

    /** @param sharesState the workspace lets other workspaces of its organization read its state */
    public static Role inWorkspace(
            Sql sql, Caller caller, OrganizationId organization, WorkspaceId workspace, boolean sharesState) {
        return switch (caller) {
            case Caller.User user -> ownerOrStranger(sql, user, organization);
            case Caller.Run run when run.workspace().equals(workspace) -> Role.RUN;
            case Caller.Run run ->
                run.organization().equals(organization) && sharesState ? Role.STATE_CONSUMER : Role.STRANGER;
            case Caller.AgentPool _, Caller.Agent _, Caller.Server _ -> Role.STRANGER;
        };
    }

    private static Role ownerOrStranger(Sql sql, Caller.User user, OrganizationId organization) {
        if (user.siteAdmin()
                || sql.exists("organization.owner", "user_id", user.id(), "organization_id", organization)) {
            return Role.OWNER;
        }
        return Role.STRANGER;
    }
}
