package io.otfd.access;

import io.otfd.Ids.AgentId;
import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.TaskResultId;
import io.otfd.Ids.TeamId;
import io.otfd.Ids.TokenId;
import io.otfd.Ids.UserId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import java.util.Optional;

/** Who is asking, as the token says. */
public sealed interface Caller {

    /**
     * A person.
     *
     * @param siteAdmin owns every organization
     * @param session in a browser; an organization can refuse API tokens of users, but not these
     */
    record User(UserId id, String username, boolean siteAdmin, boolean session) implements Caller {

        /** By an API token. */
        public User(UserId id, String username, boolean siteAdmin) {
            this(id, username, siteAdmin, false);
        }
    }

    /** Acts as the team, whoever holds the token. */
    record Team(TeamId id, OrganizationId organization) implements Caller {}

    /** Manages the organization's teams and workspaces, and starts no runs. */
    record Organization(OrganizationId id) implements Caller {}

    /** The engine of a run that an agent executes now. */
    record Run(RunId id, WorkspaceId workspace, OrganizationId organization) implements Caller {}

    /** A run task while its stage lasts: reads the plan and the configuration of the run, and says what it has come to. */
    record Task(TaskResultId result, RunId run, WorkspaceId workspace) implements Caller {}

    /** Holder of a pool's token: may register agents in it, and nothing else. */
    record AgentPool(AgentPoolId id, TokenId token) implements Caller {}

    /** The agent that lives in a server, before it registers. */
    record Server(TokenId token) implements Caller {}

    /**
     * A registered agent; one without a pool is a server's.
     *
     * @param session that its registration opened; empty for one that speaks with its pool's token
     */
    record Agent(AgentId id, Optional<AgentPoolId> pool, Optional<TokenId> session) implements Caller {}

    /** The user, where the documented route is for people. Others see nothing there. */
    default User user() {
        if (this instanceof User user) {
            return user;
        }
        throw new Refusal.NotFound();
    }

    /** The user behind the call, to be recorded as author; empty when a machine acts. */
    default Optional<UserId> userId() {
        return this instanceof User user ? Optional.of(user.id()) : Optional.empty();
    }

    /** The team behind the call. */
    default Optional<TeamId> teamId() {
        return this instanceof Team team ? Optional.of(team.id()) : Optional.empty();
    }
}
