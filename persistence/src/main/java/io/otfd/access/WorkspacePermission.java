package io.otfd.access;

import java.util.Locale;

/** What a caller may do with a workspace. Wire names as in the workspaces document (cloud-docs/api-docs/workspaces). */
public enum WorkspacePermission {
    CAN_CREATE_STATE_VERSIONS,
    CAN_DESTROY,
    CAN_FORCE_DELETE,
    CAN_FORCE_UNLOCK,
    CAN_LOCK,
    CAN_MANAGE_ASSESSMENTS,
    CAN_MANAGE_EPHEMERAL_WORKSPACES,
    CAN_MANAGE_HYOK,
    CAN_MANAGE_RUN_TASKS,
    CAN_MANAGE_TAGS,
    /** Of runs, where a policy set allows it. */
    CAN_OVERRIDE_POLICY,
    CAN_QUEUE_APPLY,
    CAN_QUEUE_DESTROY,
    CAN_QUEUE_RUN,
    CAN_READ_ASSESSMENT_RESULTS,
    CAN_READ_RUN,
    CAN_READ_SETTINGS,
    CAN_READ_STATE_OUTPUTS,
    CAN_READ_STATE_VERSIONS,
    CAN_READ_VARIABLE,
    CAN_UNLOCK,
    CAN_UPDATE,
    CAN_UPDATE_VARIABLE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
