package io.otfd.access;

import java.util.Locale;

/** What a caller may do in an organization. Wire names as in the organizations document (cloud-docs/api-docs/organizations). */
public enum OrganizationPermission {
    CAN_ACCESS_VIA_TEAMS,
    CAN_CREATE_MODULE,
    CAN_CREATE_PROJECT,
    CAN_CREATE_PROVIDER,
    CAN_CREATE_TEAM,
    CAN_CREATE_WORKSPACE,
    CAN_CREATE_WORKSPACE_MIGRATION,
    CAN_DEPLOY_NO_CODE_MODULES,
    CAN_DESTROY,
    CAN_ENABLE_STACKS,
    CAN_MANAGE_AUDITING,
    CAN_MANAGE_CUSTOM_PROVIDERS,
    CAN_MANAGE_NO_CODE_MODULES,
    CAN_MANAGE_PUBLIC_MODULES,
    CAN_MANAGE_PUBLIC_PROVIDERS,
    CAN_MANAGE_RUN_TASKS,
    CAN_MANAGE_SSO,
    CAN_MANAGE_SUBSCRIPTION,
    CAN_MANAGE_TAGS,
    CAN_MANAGE_USERS,
    CAN_MANAGE_VARSETS,
    CAN_READ_RUN_TASKS,
    CAN_READ_VARSETS,
    CAN_START_TRIAL,
    CAN_TRAVERSE,
    CAN_UPDATE,
    CAN_UPDATE_AGENT_POOLS,
    CAN_UPDATE_API_TOKEN,
    CAN_UPDATE_HYOK_CONFIGURATION,
    CAN_UPDATE_OAUTH,
    CAN_UPDATE_SENTINEL,
    CAN_UPDATE_SSH_KEYS,
    CAN_VIEW_HYOK_FEATURE_INFO,
    CAN_VIEW_USERS;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
