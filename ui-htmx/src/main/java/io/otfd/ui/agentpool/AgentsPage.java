package io.otfd.ui.agentpool;

import io.otfd.ui.Frame;
import io.otfd.ui.Paging;

/** @param liveUrl event stream of the table */
public record AgentsPage(Frame frame, AgentTable agents, Paging paging, String liveUrl, String poolsUrl) {}
