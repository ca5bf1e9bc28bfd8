package io.otfd.run;

import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.QueryRunId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.database.Database;
import io.otfd.run.RunOptions.RunVariable;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.List;
import java.util.Optional;

/**
 * Query runs (cloud-docs/api-docs/queries): create, read, cancel. They neither lock their workspace nor wait for it, nothing
 * is told of them or checked in them, and only agents that say so are given one.
 */
public final class QueryRuns {

    private static final String MESSAGE = "Queried by terraform query";

    private final Database database;
    private final Runs runs;

    public QueryRuns(Database database, Runs runs) {
        this.database = database;
        this.runs = runs;
    }

    /**
     * What a client asks for.
     *
     * @param configurationVersion or empty for the newest one that was uploaded
     * @param generate configuration for what is found
     * @param variables of the command line
     */
    public record Request(
            WorkspaceId workspace,
            Optional<ConfigurationVersionId> configurationVersion,
            String source,
            Optional<String> terraformVersion,
            boolean generate,
            List<RunVariable> variables) {}

    public QueryRun create(Caller caller, Request request) {
        return new QueryRun(runs.create(
                caller,
                new Runs.Request(
                        request.workspace(),
                        request.configurationVersion(),
                        MESSAGE,
                        request.source(),
                        workspace -> RunOptions.query(
                                request.generate(), request.terraformVersion(), request.variables()))));
    }

    public QueryRun read(Caller caller, QueryRunId id) {
        return database.read(sql -> new QueryRun(Runs.view(sql, caller, RunStore.find(sql, id.run()), true)));
    }

    /** Newest first. */
    public Page<QueryRun> list(Caller caller, WorkspaceId workspace, Page.Request page) {
        return database.read(sql -> {
            WorkspaceView view = Workspaces.view(sql, caller, workspace);
            view.grants().require(WorkspacePermission.CAN_READ_RUN);
            RunFilter.Within within =
                    new RunFilter.Within(Optional.of(workspace), Optional.empty(), true, caller, true);
            Page<Run> found = RunStore.list(sql, within, RunFilter.ALL, page);
            return new Page<>(
                    found.items().stream()
                            .map(run -> new QueryRun(new RunView(run, view, Optional.empty())))
                            .toList(),
                    page,
                    found.totalCount());
        });
    }

    /** At once where no agent works on it; else the engine is interrupted, and it ends when that has stopped. */
    public void cancel(Caller caller, QueryRunId id) {
        runs.cancel(caller, id.run(), true);
    }

    /** After a cancel that did not end it: the engine is killed. */
    public void forceCancel(Caller caller, QueryRunId id) {
        runs.forceCancel(caller, id.run(), true);
    }
}
