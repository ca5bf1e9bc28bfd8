package io.otfd.ui.agentpool;

import io.otfd.ui.Frames;
import io.otfd.ui.Pickers;
import io.otfd.ui.Routes;
import io.otfd.ui.Services;
import io.otfd.ui.Templates;

/** Everything about agent pools, their tokens and their agents. */
public final class AgentPoolSite {

    private final AgentPoolPages pools;
    private final AgentPoolTokenPages tokens;
    private final AgentPages agents;

    public AgentPoolSite(Services services, Frames frames, Templates templates) {
        AgentTables tables = new AgentTables(services.agentOverview(), services.workspaces());
        Pickers pickers = new Pickers(services.workspaces(), services.projects(), services.policies());
        AgentPoolView view = new AgentPoolView(
                frames, services.agentPools(), services.authenticationTokens(), services.workspaces(), tables, pickers);
        pools = new AgentPoolPages(
                frames,
                services.organizations(),
                services.agentPools(),
                services.authenticationTokens(),
                pickers,
                tables,
                view,
                templates);
        tokens = new AgentPoolTokenPages(frames, services.agentPools(), services.authenticationTokens(), view);
        agents = new AgentPages(frames, services.agentPools(), services.agents(), tables, templates);
    }

    public void register(Routes routes) {
        tokens.register(routes);
        pools.register(routes);
        agents.register(routes);
    }
}
