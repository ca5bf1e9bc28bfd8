package io.otfd.ui;

import io.otfd.access.Grants;
import io.otfd.access.WorkspacePermission;
import java.util.Arrays;
import java.util.List;

/** Pages of a workspace. */
public enum WorkspaceTab {
    OVERVIEW("Overview"),
    RUNS("Runs"),
    STATES("States"),
    VARIABLES("Variables"),
    NOTIFICATIONS("Notifications"),
    SETTINGS("Settings");

    private final String label;

    WorkspaceTab(String label) {
        this.label = label;
    }

    private String url(String organization, String workspace) {
        return switch (this) {
            case OVERVIEW -> Links.workspace(organization, workspace);
            case RUNS -> Links.runs(organization, workspace);
            case STATES -> Links.states(organization, workspace);
            case VARIABLES -> Links.variables(organization, workspace);
            case NOTIFICATIONS -> Links.notifications(organization, workspace);
            case SETTINGS -> Links.workspaceSettings(organization, workspace);
        };
    }

    private boolean isFor(Grants<WorkspacePermission> grants) {
        return switch (this) {
            case OVERVIEW -> true;
            case RUNS -> grants.has(WorkspacePermission.CAN_READ_RUN);
            case STATES -> grants.has(WorkspacePermission.CAN_READ_STATE_VERSIONS);
            case VARIABLES -> grants.has(WorkspacePermission.CAN_READ_VARIABLE);
            case NOTIFICATIONS, SETTINGS -> grants.has(WorkspacePermission.CAN_UPDATE);
        };
    }

    static List<Frame.Item> tabs(
            String organization, String workspace, Grants<WorkspacePermission> grants, WorkspaceTab current) {
        return Arrays.stream(values())
                .filter(tab -> tab.isFor(grants))
                .map(tab -> new Frame.Item(tab.label, tab.url(organization, workspace), tab == current, ""))
                .toList();
    }
}
