package io.otfd.ui;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Paths of our pages. */
public final class Links {

    private Links() {}

    public static String login() {
        return "/login";
    }

    /** @param wanted where to go after it */
    public static String login(String wanted) {
        return login() + "?return-to=" + encode(wanted);
    }

    public static String authorize() {
        return "/oauth/authorize";
    }

    /** Of a link that lets somebody set a password. */
    public static String welcome(String secret) {
        return "/welcome/" + encode(secret);
    }

    public static String account() {
        return "/app/settings/account";
    }

    public static String users() {
        return "/app/settings/users";
    }

    public static String tokens() {
        return "/app/settings/tokens";
    }

    public static String preferences() {
        return "/app/preferences";
    }

    public static String search() {
        return "/app/search";
    }

    public static String organizations() {
        return "/app/organizations";
    }

    public static String workspaces(String organization) {
        return "/app/" + encode(organization) + "/workspaces";
    }

    public static String workspace(String organization, String name) {
        return workspaces(organization) + "/" + encode(name);
    }

    public static String runs(String organization, String workspace) {
        return workspace(organization, workspace) + "/runs";
    }

    public static String queries(String organization, String workspace) {
        return workspace(organization, workspace) + "/queries";
    }

    /** Of all its workspaces. */
    public static String runs(String organization) {
        return "/app/" + encode(organization) + "/runs";
    }

    public static String run(String organization, String workspace, String run) {
        return runs(organization, workspace) + "/" + encode(run);
    }

    public static String workspaceSettings(String organization, String name) {
        return workspace(organization, name) + "/settings";
    }

    public static String variables(String organization, String workspace) {
        return workspace(organization, workspace) + "/variables";
    }

    public static String variableSets(String organization) {
        return "/app/" + encode(organization) + "/variable-sets";
    }

    public static String variableSet(String organization, String set) {
        return variableSets(organization) + "/" + encode(set);
    }

    public static String runTasks(String organization) {
        return "/app/" + encode(organization) + "/run-tasks";
    }

    public static String policies(String organization) {
        return "/app/" + encode(organization) + "/policies";
    }

    public static String policy(String organization, String id) {
        return policies(organization) + "/" + encode(id);
    }

    public static String policySets(String organization) {
        return "/app/" + encode(organization) + "/policy-sets";
    }

    public static String policySet(String organization, String id) {
        return policySets(organization) + "/" + encode(id);
    }

    public static String notifications(String organization, String workspace) {
        return workspace(organization, workspace) + "/notifications";
    }

    public static String states(String organization, String workspace) {
        return workspace(organization, workspace) + "/states";
    }

    public static String projects(String organization) {
        return "/app/" + encode(organization) + "/projects";
    }

    public static String project(String organization, String id) {
        return projects(organization) + "/" + encode(id);
    }

    public static String registry(String organization) {
        return "/app/" + encode(organization) + "/registry";
    }

    public static String registryModule(String organization, String module) {
        return registry(organization) + "/" + encode(module);
    }

    public static String organizationSettings(String organization) {
        return "/app/" + encode(organization) + "/settings";
    }

    public static String organizationTokens(String organization) {
        return "/app/" + encode(organization) + "/tokens";
    }

    public static String members(String organization) {
        return "/app/" + encode(organization) + "/members";
    }

    public static String teams(String organization) {
        return "/app/" + encode(organization) + "/teams";
    }

    public static String sshKeys(String organization) {
        return "/app/" + encode(organization) + "/ssh-keys";
    }

    public static String agentPools(String organization) {
        return "/app/" + encode(organization) + "/agent-pools";
    }

    public static String agentPool(String organization, String pool) {
        return agentPools(organization) + "/" + encode(pool);
    }

    /** Of the site. */
    public static String agents() {
        return "/app/agents";
    }

    public static String agents(String organization) {
        return "/app/" + encode(organization) + "/agents";
    }

    /** For a part of a path, or a value of a query. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
