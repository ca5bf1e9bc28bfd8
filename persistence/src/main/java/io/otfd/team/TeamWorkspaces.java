package io.otfd.team;

import io.otfd.Ids.TeamId;
import io.otfd.Ids.TeamWorkspaceId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.WorkspaceAccess;
import io.otfd.access.WorkspacePermission;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.time.Clock;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Which team was let into which workspace, and how far. Who may delete a workspace may say so. */
public final class TeamWorkspaces {

    private final Database database;
    private final Clock clock;

    public TeamWorkspaces(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public TeamWorkspace create(Caller caller, WorkspaceId workspace, TeamId team, WorkspaceAccess access) {
        return database.transact(tx -> {
            WorkspaceView view = Workspaces.view(tx, caller, workspace);
            view.grants().require(WorkspacePermission.CAN_DESTROY);
            if (!Teams.belongs(tx, team, view.workspace().organization())) {
                throw Refusal.Invalid.relationship("team", "Team not found.");
            }
            TeamWorkspace added = new TeamWorkspace(TeamWorkspaceId.random(), team, workspace, access);
            write(
                    tx,
                    "team.insert_workspace",
                    added,
                    "team_id",
                    team,
                    "workspace_id",
                    workspace,
                    "now",
                    clock.instant());
            return added;
        });
    }

    public Page<TeamWorkspace> list(Caller caller, WorkspaceId workspace, Page.Request page) {
        return database.read(sql -> {
            Workspaces.view(sql, caller, workspace);
            return new Page<>(
                    sql.list(
                            "team.list_workspace",
                            TeamWorkspaces::teamWorkspace,
                            "workspace_id",
                            workspace,
                            "limit",
                            page.size(),
                            "offset",
                            page.offset()),
                    page,
                    sql.count("team.count_workspace", "workspace_id", workspace));
        });
    }

    public TeamWorkspace read(Caller caller, TeamWorkspaceId id) {
        return database.read(sql -> find(sql, caller, id, WorkspacePermission.CAN_READ_SETTINGS));
    }

    public TeamWorkspace update(Caller caller, TeamWorkspaceId id, UnaryOperator<WorkspaceAccess> change) {
        return database.transact(tx -> {
            TeamWorkspace before = find(tx, caller, id, WorkspacePermission.CAN_DESTROY);
            TeamWorkspace after =
                    new TeamWorkspace(id, before.team(), before.workspace(), change.apply(before.access()));
            write(tx, "team.update_workspace", after);
            return after;
        });
    }

    public void delete(Caller caller, TeamWorkspaceId id) {
        database.transactVoid(tx -> {
            find(tx, caller, id, WorkspacePermission.CAN_DESTROY);
            tx.update("team.delete_workspace", "id", id);
        });
    }

    private static void write(Tx tx, String statement, TeamWorkspace added, Object... more) {
        WorkspaceAccess access = added.access();
        Object[] columns = {
            "id", added.id(),
            "access", access.level(),
            "runs", access.runs(),
            "variables", access.variables(),
            "state_versions", access.stateVersions(),
            "sentinel_mocks", access.sentinelMocks(),
            "workspace_locking", access.workspaceLocking(),
            "run_tasks", access.runTasks(),
            "policy_overrides", access.policyOverrides()
        };
        Object[] all = Arrays.copyOf(columns, columns.length + more.length);
        System.arraycopy(more, 0, all, columns.length, more.length);
        tx.update(statement, all);
    }

    private static TeamWorkspace find(Sql sql, Caller caller, TeamWorkspaceId id, WorkspacePermission permission) {
        TeamWorkspace found = sql.one("team.workspace_by_id", TeamWorkspaces::teamWorkspace, "id", id)
                .orElseThrow(Refusal.NotFound::new);
        Workspaces.view(sql, caller, found.workspace()).grants().require(permission);
        return found;
    }

    private static TeamWorkspace teamWorkspace(Row row) {
        return new TeamWorkspace(
                new TeamWorkspaceId(row.text("id")),
                new TeamId(row.text("team_id")),
                new WorkspaceId(row.text("workspace_id")),
                WorkspaceAccess.of(row));
    }
}
