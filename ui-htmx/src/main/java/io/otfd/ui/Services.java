package io.otfd.ui;

import io.otfd.agentpool.AgentOverview;
import io.otfd.agentpool.AgentPools;
import io.otfd.agentpool.Agents;
import io.otfd.blob.Blobs;
import io.otfd.event.Events;
import io.otfd.log.Logs;
import io.otfd.organization.Organizations;
import io.otfd.project.Projects;
import io.otfd.run.Runs;
import io.otfd.sshkey.SshKeys;
import io.otfd.state.StateVersions;
import io.otfd.team.Teams;
import io.otfd.token.AuthenticationTokens;
import io.otfd.token.AuthorizationCodes;
import io.otfd.token.Tokens;
import io.otfd.token.UserSessions;
import io.otfd.user.Accounts;
import io.otfd.user.AdminUsers;
import io.otfd.user.PasswordLinks;
import io.otfd.user.SignIns;
import io.otfd.user.Users;
import io.otfd.variable.Variables;
import io.otfd.workspace.WorkspaceLocks;
import io.otfd.workspace.Workspaces;

/** What the pages are made from. They ask these as the API does, with the visitor as caller. */
public record Services(
        Accounts accounts,
        AdminUsers adminUsers,
        AgentOverview agentOverview,
        AgentPools agentPools,
        Agents agents,
        AuthenticationTokens authenticationTokens,
        AuthorizationCodes authorizationCodes,
        Blobs blobs,
        Events events,
        Logs logs,
        Organizations organizations,
        PasswordLinks passwordLinks,
        Projects projects,
        Runs runs,
        SignIns signIns,
        SshKeys sshKeys,
        StateVersions states,
        Teams teams,
        Tokens tokens,
        UserSessions userSessions,
        Users users,
        Variables variables,
        WorkspaceLocks workspaceLocks,
        Workspaces workspaces) {}
