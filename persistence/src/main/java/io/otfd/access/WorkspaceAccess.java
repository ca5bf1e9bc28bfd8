package io.otfd.access;

import io.otfd.Refusal;
import io.otfd.database.Row;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a team may do with a workspace: a level by name, or every part of {@code custom} (cloud-docs/api-docs/team-access).
 *
 * @param level read, plan, write, admin or custom
 * @param runs read, plan or apply
 * @param variables none, read or write
 * @param stateVersions none, read-outputs, read or write
 * @param sentinelMocks none or read
 */
public record WorkspaceAccess(
        String level,
        String runs,
        String variables,
        String stateVersions,
        String sentinelMocks,
        boolean workspaceLocking,
        boolean runTasks,
        boolean policyOverrides) {

    private static final List<String> RUNS = List.of("read", "plan", "apply");
    private static final List<String> VARIABLES = List.of("none", "read", "write");
    private static final List<String> STATE_VERSIONS = List.of("none", "read-outputs", "read", "write");
    private static final List<String> SENTINEL_MOCKS = List.of("none", "read");

    public static final WorkspaceAccess READ =
            new WorkspaceAccess("read", "read", "read", "read", "none", false, false, false);
    public static final WorkspaceAccess PLAN =
            new WorkspaceAccess("plan", "plan", "read", "read", "none", false, false, false);
    public static final WorkspaceAccess WRITE =
            new WorkspaceAccess("write", "apply", "write", "write", "read", true, false, false);
    public static final WorkspaceAccess ADMIN =
            new WorkspaceAccess("admin", "apply", "write", "write", "read", true, true, false);
    /** What {@code custom} starts with. */
    public static final WorkspaceAccess CUSTOM =
            new WorkspaceAccess("custom", "read", "none", "none", "none", false, false, false);

    /** Sees runs, and decides on what policies have found. */
    static final WorkspaceAccess POLICY_OVERRIDES =
            new WorkspaceAccess("custom", "read", "none", "none", "none", false, false, true);

    public WorkspaceAccess {
        check("access", level, List.of("read", "plan", "write", "admin", "custom"));
        check("runs", runs, RUNS);
        check("variables", variables, VARIABLES);
        check("state-versions", stateVersions, STATE_VERSIONS);
        check("sentinel-mocks", sentinelMocks, SENTINEL_MOCKS);
    }

    private static void check(String attribute, String value, List<String> allowed) {
        if (!allowed.contains(value)) {
            throw Refusal.Invalid.attribute(attribute, "must be one of " + String.join(", ", allowed));
        }
    }

    /** The level of this name, whole. */
    public static WorkspaceAccess of(String level) {
        return switch (level) {
            case "read" -> READ;
            case "plan" -> PLAN;
            case "write" -> WRITE;
            case "admin" -> ADMIN;
            case "custom" -> CUSTOM;
            default -> throw Refusal.Invalid.attribute("access", "must be one of read, plan, write, admin, custom");
        };
    }

    /** From the columns of {@code team_workspace}. */
    public static WorkspaceAccess of(Row row) {
        return new WorkspaceAccess(
                row.text("access"),
                row.text("runs"),
                row.text("variables"),
                row.text("state_versions"),
                row.text("sentinel_mocks"),
                row.flag("workspace_locking"),
                row.flag("run_tasks"),
                row.flag("policy_overrides"));
    }

    public boolean isCustom() {
        return level.equals("custom");
    }

    Set<WorkspacePermission> permissions() {
        if (level.equals("admin")) {
            // Whoever runs a workspace does not decide on the policies that it is held to
            // (cloud-docs/users-teams-organizations).
            EnumSet<WorkspacePermission> all = EnumSet.allOf(WorkspacePermission.class);
            if (!policyOverrides) {
                all.remove(WorkspacePermission.CAN_OVERRIDE_POLICY);
            }
            return all;
        }
        EnumSet<WorkspacePermission> granted = EnumSet.of(
                WorkspacePermission.CAN_READ_SETTINGS,
                WorkspacePermission.CAN_READ_RUN,
                WorkspacePermission.CAN_READ_ASSESSMENT_RESULTS);
        reaches(granted, RUNS, runs, "plan", WorkspacePermission.CAN_QUEUE_RUN);
        reaches(granted, RUNS, runs, "apply", WorkspacePermission.CAN_QUEUE_APPLY);
        reaches(granted, RUNS, runs, "apply", WorkspacePermission.CAN_QUEUE_DESTROY);
        reaches(granted, VARIABLES, variables, "read", WorkspacePermission.CAN_READ_VARIABLE);
        reaches(granted, VARIABLES, variables, "write", WorkspacePermission.CAN_UPDATE_VARIABLE);
        reaches(granted, STATE_VERSIONS, stateVersions, "read-outputs", WorkspacePermission.CAN_READ_STATE_OUTPUTS);
        reaches(granted, STATE_VERSIONS, stateVersions, "read", WorkspacePermission.CAN_READ_STATE_VERSIONS);
        reaches(granted, STATE_VERSIONS, stateVersions, "write", WorkspacePermission.CAN_CREATE_STATE_VERSIONS);
        if (workspaceLocking) {
            granted.add(WorkspacePermission.CAN_LOCK);
            granted.add(WorkspacePermission.CAN_UNLOCK);
        }
        if (policyOverrides) {
            granted.add(WorkspacePermission.CAN_OVERRIDE_POLICY);
        }
        if (runTasks) {
            granted.add(WorkspacePermission.CAN_MANAGE_RUN_TASKS);
        }
        return granted;
    }

    /** Grants the permission where the value is {@code least} or more on its scale. */
    private static void reaches(
            Set<WorkspacePermission> granted,
            List<String> scale,
            String value,
            String least,
            WorkspacePermission permission) {
        if (scale.indexOf(value) >= scale.indexOf(least)) {
            granted.add(permission);
        }
    }
}
