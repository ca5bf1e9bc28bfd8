package io.otfd.ui;

import io.otfd.agentpool.AgentOverview;
import io.otfd.agentpool.AgentPools;
import io.otfd.agentpool.Agents;
import io.otfd.blob.Blobs;
import io.otfd.comment.Comments;
import io.otfd.event.Events;
import io.otfd.log.Logs;
import io.otfd.organization.Organizations;
import io.otfd.project.Projects;
import io.otfd.run.Runs;
import io.otfd.runtrigger.RunTriggers;
import io.otfd.sshkey.SshKeys;
import io.otfd.state.StateVersions;
import io.otfd.team.TeamWorkspaces;
import io.otfd.team.Teams;
import io.otfd.token.AuthenticationTokens;
import io.otfd.token.AuthorizationCodes;
import io.otfd.token.Tokens;
import io.otfd.user.Users;
import io.otfd.variable.Variables;
import io.otfd.variableset.VariableSets;
import io.otfd.workspace.WorkspaceLocks;
import io.otfd.workspace.Workspaces;

/** What the pages are made from. They ask these as the API does, with the visitor as caller. */
public record Services(
        AgentOverview agentOverview,
        AgentPools agentPools,
        Agents agents,
        AuthenticationTokens authenticationTokens,
        AuthorizationCodes authorizationCodes,
        Blobs blobs,
        Comments comments,
        Events events,
        Logs logs,
        Organizations organizations,
        Projects projects,
        RunTriggers runTriggers,
        Runs runs,
        SshKeys sshKeys,
        StateVersions states,
        TeamWorkspaces teamWorkspaces,
        Teams teams,
        Tokens tokens,
        Users users,
        VariableSets variableSets,
        Variables variables,
        WorkspaceLocks workspaceLocks,
        Workspaces workspaces) {}
