package io.otfd.ui.workspace;

import io.otfd.ui.Badge;
import io.otfd.ui.Choice;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import java.util.List;
import java.util.Optional;

/**
 * @param query what is asked for
 * @param filtered something is asked for
 * @param projects names that are offered
 * @param form of a new workspace; empty for those who may not make one
 * @param host name and port of this server
 */
public record WorkspaceListPage(
        Frame frame,
        String organization,
        Filled query,
        boolean filtered,
        List<String> projects,
        StatusCounts counts,
        List<Choice> statuses,
        List<Choice> sorts,
        List<Row> rows,
        Paging paging,
        Optional<Filled> form,
        String host) {

    public WorkspaceListPage {
        projects = List.copyOf(projects);
        statuses = List.copyOf(statuses);
        sorts = List.copyOf(sorts);
        rows = List.copyOf(rows);
    }

    public record Row(
            String name,
            String url,
            List<String> tags,
            String mode,
            Optional<Current> run,
            int resourceCount,
            Optional<String> lock,
            Moment changedAt) {}

    /** The run that the workspace is at. */
    public record Current(String url, Badge status) {}
}
