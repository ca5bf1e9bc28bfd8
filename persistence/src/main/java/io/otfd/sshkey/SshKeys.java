package io.otfd.sshkey;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.SshKeyId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Access;
import io.otfd.access.Caller;
import io.otfd.access.OrganizationPermission;
import io.otfd.access.WorkspacePermission;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.time.Clock;
import java.util.Optional;

/** SSH keys of an organization, and which workspace uses which. */
public final class SshKeys {

    private final Database database;
    private final Clock clock;

    public SshKeys(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public SshKey create(Caller caller, String organization, String name, String value) {
        if (value.isBlank()) {
            throw Refusal.Invalid.attribute("value", "can't be blank");
        }
        return database.transact(tx -> {
            OrganizationView view = Organizations.view(tx, caller, organization);
            view.grants().require(OrganizationPermission.CAN_UPDATE_SSH_KEYS);
            SshKey key = new SshKey(SshKeyId.random(), view.organization().id(), name);
            tx.update(
                    "ssh_key.insert",
                    "id",
                    key.id(),
                    "organization_id",
                    key.organization(),
                    "name",
                    key.name(),
                    "value",
                    tx.vault().seal(key.id().value(), value),
                    "now",
                    clock.instant());
            return key;
        });
    }

    /** Names are no secret to members: they choose one for their workspace. */
    public Page<SshKey> list(Caller caller, String organization, Page.Request page) {
        return database.read(sql -> {
            OrganizationView view = Organizations.view(sql, caller, organization);
            view.grants().require(OrganizationPermission.CAN_ACCESS_VIA_TEAMS);
            OrganizationId id = view.organization().id();
            return new Page<>(
                    sql.list(
                            "ssh_key.list",
                            SshKeys::sshKey,
                            "organization_id",
                            id,
                            "limit",
                            page.size(),
                            "offset",
                            page.offset()),
                    page,
                    sql.count("ssh_key.count", "organization_id", id));
        });
    }

    public SshKey read(Caller caller, SshKeyId id) {
        return database.read(sql -> find(sql, caller, id, OrganizationPermission.CAN_ACCESS_VIA_TEAMS));
    }

    public SshKey rename(Caller caller, SshKeyId id, Optional<String> name) {
        return database.transact(tx -> {
            SshKey before = find(tx, caller, id, OrganizationPermission.CAN_UPDATE_SSH_KEYS);
            SshKey after = new SshKey(id, before.organization(), name.orElse(before.name()));
            tx.update("ssh_key.update", "id", id, "name", after.name());
            return after;
        });
    }

    /** Workspaces that use it go on without. */
    public void delete(Caller caller, SshKeyId id) {
        database.transactVoid(tx -> {
            find(tx, caller, id, OrganizationPermission.CAN_UPDATE_SSH_KEYS);
            tx.update("ssh_key.delete", "id", id);
        });
    }

    /** @param key empty takes the present one away */
    public WorkspaceView assign(Caller caller, WorkspaceId workspace, Optional<SshKeyId> key) {
        return database.transact(tx -> {
            WorkspaceView view = Workspaces.lockedView(tx, caller, workspace);
            view.grants().require(WorkspacePermission.CAN_UPDATE);
            key.ifPresent(id -> requireOwn(tx, id, view.workspace().organization()));
            tx.update("ssh_key.assign", "workspace_id", workspace, "id", key.orElse(null), "now", clock.instant());
            return Workspaces.view(tx, caller, workspace);
        });
    }

    /** The private key itself, for a run of a workspace that uses it. */
    public String value(Caller.Run run, SshKeyId id) {
        return database.read(sql -> sql.one(
                        "ssh_key.value",
                        row -> row.secret("value", id.value()),
                        "id",
                        id,
                        "workspace_id",
                        run.workspace()))
                .orElseThrow(Refusal.NotFound::new);
    }

    /** For the machinery: the private key that runs of the workspace use. */
    public static Optional<String> of(Sql sql, Workspace workspace) {
        return workspace
                .sshKey()
                .flatMap(id -> sql.one(
                        "ssh_key.value",
                        row -> row.secret("value", id.value()),
                        "id",
                        id,
                        "workspace_id",
                        workspace.id()));
    }

    private static void requireOwn(Sql sql, SshKeyId id, OrganizationId organization) {
        sql.one("ssh_key.by_id", SshKeys::sshKey, "id", id)
                .filter(key -> key.organization().equals(organization))
                .orElseThrow(Refusal.NotFound::new);
    }

    private static SshKey find(Sql sql, Caller caller, SshKeyId id, OrganizationPermission permission) {
        SshKey key = sql.one("ssh_key.by_id", SshKeys::sshKey, "id", id).orElseThrow(Refusal.NotFound::new);
        Access.inOrganization(sql, caller, key.organization()).inOrganization().require(permission);
        return key;
    }

    private static SshKey sshKey(Row row) {
        return new SshKey(
                new SshKeyId(row.text("id")), new OrganizationId(row.text("organization_id")), row.text("name"));
    }
}
