package io.otfd.ui;

import io.otfd.access.Grants;
import io.otfd.access.OrganizationPermission;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Pages of an organization, in the order of its menu. */
public enum MenuItem {
    WORKSPACES("Workspaces"),
    RUNS("Runs"),
    PROJECTS("Projects"),
    VARIABLE_SETS("Variable sets"),
    REGISTRY("Registry"),
    RUN_TASKS("Run tasks"),
    POLICIES("Policies"),
    POLICY_SETS("Policy sets"),
    AGENT_POOLS("Agent pools"),
    AGENTS("Agents"),
    MEMBERS("Members"),
    TEAMS("Teams"),
    TOKENS("Organization token"),
    SSH_KEYS("SSH keys"),
    SETTINGS("Settings");

    private final String label;

    MenuItem(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Of its shortcut, after g; empty when it has none. */
    String key() {
        return switch (this) {
            case WORKSPACES -> "w";
            case RUNS -> "r";
            case PROJECTS -> "p";
            case VARIABLE_SETS -> "v";
            case AGENT_POOLS -> "a";
            case SETTINGS -> "s";
            case REGISTRY, RUN_TASKS, POLICIES, POLICY_SETS, AGENTS, MEMBERS, TEAMS, TOKENS, SSH_KEYS -> "";
        };
    }

    private String url(String organization) {
        return switch (this) {
            case WORKSPACES -> Links.workspaces(organization);
            case RUNS -> Links.runs(organization);
            case PROJECTS -> Links.projects(organization);
            case VARIABLE_SETS -> Links.variableSets(organization);
            case REGISTRY -> Links.registry(organization);
            case RUN_TASKS -> Links.runTasks(organization);
            case POLICIES -> Links.policies(organization);
            case POLICY_SETS -> Links.policySets(organization);
            case AGENT_POOLS -> Links.agentPools(organization);
            case AGENTS -> Links.agents(organization);
            case MEMBERS -> Links.members(organization);
            case TEAMS -> Links.teams(organization);
            case TOKENS -> Links.organizationTokens(organization);
            case SSH_KEYS -> Links.sshKeys(organization);
            case SETTINGS -> Links.organizationSettings(organization);
        };
    }

    private boolean isFor(Grants<OrganizationPermission> grants) {
        return switch (this) {
            case WORKSPACES, RUNS, PROJECTS, REGISTRY, AGENT_POOLS -> true;
            case VARIABLE_SETS -> grants.has(OrganizationPermission.CAN_READ_VARSETS);
            case RUN_TASKS -> grants.has(OrganizationPermission.CAN_READ_RUN_TASKS);
            case POLICIES, POLICY_SETS -> grants.has(OrganizationPermission.CAN_READ_POLICIES);
            case AGENTS -> grants.has(OrganizationPermission.CAN_UPDATE_AGENT_POOLS);
            case MEMBERS -> grants.has(OrganizationPermission.CAN_VIEW_USERS);
            case TEAMS, SSH_KEYS -> grants.has(OrganizationPermission.CAN_ACCESS_VIA_TEAMS);
            case TOKENS -> grants.has(OrganizationPermission.CAN_UPDATE_API_TOKEN);
            case SETTINGS -> grants.has(OrganizationPermission.CAN_UPDATE);
        };
    }

    static List<Frame.Item> menu(
            String organization, Grants<OrganizationPermission> grants, Optional<MenuItem> current) {
        return Arrays.stream(values())
                .filter(item -> item.isFor(grants))
                .map(item -> new Frame.Item(
                        item.label, item.url(organization), current.equals(Optional.of(item)), item.key()))
                .toList();
    }
}
