package io.otfd.retention;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.RetentionPolicyId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.OrganizationPermission;
import io.otfd.access.WorkspacePermission;
import io.otfd.database.Database;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.Optional;

/** Data retention policies of organizations and workspaces: set and shown. {@link Expiry} acts on them. */
public final class RetentionPolicies {

    private final Database database;

    public RetentionPolicies(Database database) {
        this.database = database;
    }

    public RetentionPolicy readOfOrganization(Caller caller, String organization) {
        return database.read(sql -> present(
                Organizations.view(sql, caller, organization).organization().retention()));
    }

    public RetentionPolicy readOfWorkspace(Caller caller, WorkspaceId workspace) {
        return database.read(sql ->
                present(Workspaces.view(sql, caller, workspace).workspace().retention()));
    }

    /** In place of what is there, if anything. */
    public RetentionPolicy setOfOrganization(Caller caller, String organization, Optional<Integer> days) {
        RetentionPolicy policy = new RetentionPolicy(RetentionPolicyId.random(), days);
        return database.transact(tx -> {
            OrganizationView view = Organizations.view(tx, caller, organization);
            view.grants().require(OrganizationPermission.CAN_UPDATE);
            OrganizationId id = view.organization().id();
            tx.update("retention.set_organization", "id", id, "policy_id", policy.id(), "days", days.orElse(null));
            return policy;
        });
    }

    /** In place of what is there, if anything. */
    public RetentionPolicy setOfWorkspace(Caller caller, WorkspaceId workspace, Optional<Integer> days) {
        RetentionPolicy policy = new RetentionPolicy(RetentionPolicyId.random(), days);
        return database.transact(tx -> {
            WorkspaceView view = Workspaces.lockedView(tx, caller, workspace);
            view.grants().require(WorkspacePermission.CAN_UPDATE);
            tx.update("retention.set_workspace", "id", workspace, "policy_id", policy.id(), "days", days.orElse(null));
            return policy;
        });
    }

    public void deleteOfOrganization(Caller caller, String organization) {
        database.transactVoid(tx -> {
            OrganizationView view = Organizations.view(tx, caller, organization);
            view.grants().require(OrganizationPermission.CAN_UPDATE);
            present(view.organization().retention());
            OrganizationId id = view.organization().id();
            tx.update("retention.set_organization", "id", id, "policy_id", null, "days", null);
        });
    }

    public void deleteOfWorkspace(Caller caller, WorkspaceId workspace) {
        database.transactVoid(tx -> {
            WorkspaceView view = Workspaces.lockedView(tx, caller, workspace);
            view.grants().require(WorkspacePermission.CAN_UPDATE);
            present(view.workspace().retention());
            tx.update("retention.set_workspace", "id", workspace, "policy_id", null, "days", null);
        });
    }

    private static RetentionPolicy present(Optional<RetentionPolicy> policy) {
        return policy.orElseThrow(Refusal.NotFound::new);
    }
}
