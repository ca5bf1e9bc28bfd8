package io.otfd.resource;

import io.otfd.Ids.StateVersionId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Tx;
import io.otfd.workspace.Workspaces;
import java.io.InputStream;
import java.time.Instant;

/** Resources that workspaces manage, as their current states say. */
public final class Resources {

    private final Database database;

    public Resources(Database database) {
        this.database = database;
    }

    /** In order of address. */
    public Page<Resource> list(Caller caller, WorkspaceId workspace, Page.Request page) {
        return database.read(sql -> {
            Workspaces.view(sql, caller, workspace).grants().require(WorkspacePermission.CAN_READ_STATE_OUTPUTS);
            return new Page<>(
                    sql.list(
                            "resource.list",
                            Resources::resource,
                            "workspace_id",
                            workspace,
                            "limit",
                            page.size(),
                            "offset",
                            page.offset()),
                    page,
                    sql.count("resource.count", "workspace_id", workspace));
        });
    }

    /** For states: this one is the workspace's current one now. */
    public static void replace(Tx tx, WorkspaceId workspace, StateVersionId version, InputStream state, Instant now) {
        String instances = Instances.of(state);
        tx.update("resource.delete_others", "workspace_id", workspace, "instances", instances);
        tx.update(
                "resource.upsert",
                "workspace_id",
                workspace,
                "state_version_id",
                version,
                "instances",
                instances,
                "now",
                now);
    }

    private static Resource resource(Row row) {
        return new Resource(
                row.text("id"),
                row.text("address"),
                row.text("name"),
                row.text("module"),
                row.text("provider"),
                row.text("provider_type"),
                row.optionalText("name_index"),
                row.instant("created_at"),
                row.instant("updated_at"),
                new StateVersionId(row.text("state_version_id")));
    }
}
