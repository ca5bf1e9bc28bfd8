package io.otfd.ui.run;

import io.otfd.ui.Choice;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Paging;
import java.util.List;
import java.util.Optional;

/**
 * Runs of a workspace, or of all workspaces of an organization.
 *
 * @param query what is asked for
 * @param filtered something is asked for
 * @param everywhere of all workspaces: rows say of which, and filters ask for it
 * @param queriesUrl of the workspace's queries; empty for a whole organization
 * @param newRun where one is started; empty for those who may not
 */
public record RunListPage(
        Frame frame,
        String url,
        Filled query,
        boolean filtered,
        List<Choice> statuses,
        List<Choice> operations,
        List<Choice> sources,
        boolean everywhere,
        List<RunRow> rows,
        Optional<String> queriesUrl,
        Optional<String> newRun,
        Paging paging) {

    public RunListPage {
        statuses = List.copyOf(statuses);
        operations = List.copyOf(operations);
        sources = List.copyOf(sources);
        rows = List.copyOf(rows);
    }
}
