package io.otfd.ui.queryrun;

import io.otfd.Ids.QueryRunId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.log.Logs;
import io.otfd.run.QueryRun;
import io.otfd.run.QueryRuns;
import io.otfd.run.Run;
import io.otfd.ui.Crumb;
import io.otfd.ui.Fact;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.LiveParts;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Services;
import io.otfd.ui.Templates;
import io.otfd.ui.Visit;
import io.otfd.ui.WorkspaceTab;
import io.otfd.ui.log.LogTail;
import io.otfd.ui.log.LogText;
import io.otfd.ui.run.RunBadge;
import io.otfd.user.User;
import io.otfd.user.Users;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Query runs of a workspace, and one of them. */
public final class QueryRunPages {

    private static final String QUERIES = "/app/{organization}/workspaces/{workspace}/queries";
    private static final String QUERY = QUERIES + "/{query}";

    private final Frames frames;
    private final Workspaces workspaces;
    private final QueryRuns queries;
    private final Users users;
    private final Logs logs;
    private final Templates templates;

    public QueryRunPages(Frames frames, Services services, Templates templates) {
        this.frames = frames;
        this.workspaces = services.workspaces();
        this.queries = services.queryRuns();
        this.users = services.users();
        this.logs = services.logs();
        this.templates = templates;
    }

    public void register(Routes routes) {
        routes.get(QUERIES, this::list);
        routes.get(QUERY, this::show);
        routes.get(QUERY + "/live", this::live);
        routes.get(QUERY + "/log", this::log);
        routes.post(QUERY + "/cancel", this::cancel);
        // Printed by the CLI (observed: Terraform 1.14).
        routes.get("/app/{organization}/{workspace}/search/{query}", visit -> Reply.Redirect.to(url(find(visit))));
    }

    private QueryRun find(Visit visit) {
        return queries.read(visit.caller(), new QueryRunId(visit.path("query")));
    }

    /** Of the address; one of another workspace is not there. */
    private QueryRun read(Visit visit) {
        QueryRun query = find(visit);
        Workspace workspace = query.view().workspace().workspace();
        if (!visit.path("organization").equals(workspace.organizationName())
                || !visit.path("workspace").equals(workspace.name())) {
            throw new Refusal.NotFound();
        }
        return query;
    }

    private static String url(QueryRun query) {
        Workspace workspace = query.view().workspace().workspace();
        return Links.queries(workspace.organizationName(), workspace.name()) + "/"
                + query.id().value();
    }

    private Reply list(Visit visit) {
        WorkspaceView view = workspaces.read(visit.caller(), visit.path("organization"), visit.path("workspace"));
        Workspace workspace = view.workspace();
        Page<QueryRun> page = queries.list(visit.caller(), workspace.id(), Paging.request(visit.query()));
        return Reply.Html.of(
                "queryrun/list",
                new QueryRunsPage(
                        frames.of(visit, "Queries", view, WorkspaceTab.RUNS, runs(workspace)),
                        page.map(query -> new QueryRunsPage.Row(
                                        query.id().value(),
                                        url(query),
                                        RunBadge.of(query),
                                        author(query.run()),
                                        Moment.of(query.run().createdAt())))
                                .items(),
                        Paging.of(page, Links.queries(workspace.organizationName(), workspace.name()), Map.of())));
    }

    private static Crumb runs(Workspace workspace) {
        return new Crumb("Runs", Links.runs(workspace.organizationName(), workspace.name()));
    }

    private String author(Run run) {
        return run.createdBy().flatMap(users::find).map(User::username).orElse("no user");
    }

    private Reply show(Visit visit) {
        return page(visit, read(visit), 200, Optional.empty());
    }

    private Reply page(Visit visit, QueryRun query, int status, Optional<String> problem) {
        Run run = query.run();
        Workspace workspace = query.view().workspace().workspace();
        boolean over = run.status().isFinal();
        String url = url(query);
        boolean cancels =
                run.isCancelable() && query.view().workspace().grants().has(WorkspacePermission.CAN_QUEUE_RUN);
        return new Reply.Html(
                status,
                "queryrun/show",
                new QueryRunPage(
                        frames.of(
                                        visit,
                                        "Query of " + workspace.name(),
                                        query.view().workspace(),
                                        WorkspaceTab.RUNS,
                                        runs(workspace),
                                        new Crumb(
                                                "Queries",
                                                Links.queries(workspace.organizationName(), workspace.name())))
                                .changing(!over),
                        problem,
                        facts(query),
                        progress(query),
                        url + "/log",
                        cancels ? Optional.of(url + "/cancel") : Optional.empty(),
                        over ? Optional.empty() : Optional.of(url + "/live")));
    }

    private List<Fact> facts(QueryRun query) {
        Run run = query.run();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Query", query.id().value()));
        facts.add(new Fact("Created", Moment.of(run.createdAt()).text()));
        facts.add(new Fact("By", author(run) + ", " + run.source()));
        facts.add(new Fact(run.engine().title() + " version", run.terraformVersion()));
        facts.add(new Fact("Configuration for what is found", run.options().allowConfigGeneration() ? "yes" : "no"));
        return facts;
    }

    private QueryRunPage.Progress progress(QueryRun query) {
        LogTail tail = LogTail.end(logs, query.run().plan());
        String html = tail.all(query.run().status().isFinal());
        return new QueryRunPage.Progress(RunBadge.of(query), new LogText(html), tail.isCut());
    }

    private Reply live(Visit visit) {
        QueryRun query = read(visit);
        Caller caller = visit.caller();
        return LiveParts.stream(() ->
                List.of(templates.text("queryrun/progress", progress(queries.read(caller, query.id())))));
    }

    private Reply log(Visit visit) {
        QueryRun query = read(visit);
        return new Reply.Stream(
                "text/plain; charset=utf-8",
                visit.query().has("download") ? Optional.of(query.id().value() + ".log") : Optional.empty(),
                out -> LogTail.copy(logs, query.run().plan().id(), out));
    }

    private Reply cancel(Visit visit) {
        QueryRun query = read(visit);
        try {
            queries.cancel(visit.caller(), query.id());
        } catch (Refusal.Conflict e) {
            return page(visit, read(visit), 409, Optional.of(e.getMessage()));
        }
        return Reply.Redirect.to(url(query));
    }
}
