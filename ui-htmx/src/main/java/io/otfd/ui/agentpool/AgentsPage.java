package io.otfd.ui.agentpool;

import io.otfd.ui.Frame;
import io.otfd.ui.Paging;
import java.util.Optional;

/**
 * @param liveUrl event stream of the table
 * @param poolsUrl of the organization; empty on the page of the whole site
 */
public record AgentsPage(Frame frame, AgentTable agents, Paging paging, String liveUrl, Optional<String> poolsUrl) {}
