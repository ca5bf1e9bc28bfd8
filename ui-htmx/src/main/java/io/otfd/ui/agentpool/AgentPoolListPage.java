package io.otfd.ui.agentpool;

import io.otfd.ui.Badge;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import java.util.List;
import java.util.Optional;

/**
 * @param url of the list; the form for a new pool goes there
 * @param form of a new pool; empty for those who may not make one
 */
public record AgentPoolListPage(
        Frame frame, String url, String search, List<Row> rows, Paging paging, Optional<Filled> form) {

    public AgentPoolListPage {
        rows = List.copyOf(rows);
    }

    /** @param url empty for those who may not look into it */
    public record Row(String name, Optional<String> url, Badge scope, int agents, int workspaces, Moment createdAt) {}
}
