package io.otfd.ui.run;

import io.otfd.Ids.RunId;
import io.otfd.Ids.UserId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.event.Events;
import io.otfd.log.Logs;
import io.otfd.run.Phase;
import io.otfd.run.Run;
import io.otfd.run.RunView;
import io.otfd.run.Runs;
import io.otfd.ui.Crumb;
import io.otfd.ui.Fact;
import io.otfd.ui.Form;
import io.otfd.ui.Frame;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Templates;
import io.otfd.ui.Visit;
import io.otfd.ui.WorkspaceTab;
import io.otfd.ui.log.LogTail;
import io.otfd.ui.log.LogText;
import io.otfd.ui.plan.Plans;
import io.otfd.user.User;
import io.otfd.user.Users;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs of a workspace, one run with its logs, and what people do to it. */
public final class RunPages {

    private static final String RUNS = "/app/{organization}/workspaces/{workspace}/runs";
    private static final String RUN = RUNS + "/{run}";

    private final Frames frames;
    private final Workspaces workspaces;
    private final Runs runs;
    private final Users users;
    private final Logs logs;
    private final Events events;
    private final Plans plans;
    private final Templates templates;
    private final Clock clock;

    public RunPages(
            Frames frames,
            Workspaces workspaces,
            Runs runs,
            Users users,
            Logs logs,
            Events events,
            Plans plans,
            Templates templates,
            Clock clock) {
        this.frames = frames;
        this.workspaces = workspaces;
        this.runs = runs;
        this.users = users;
        this.logs = logs;
        this.events = events;
        this.plans = plans;
        this.templates = templates;
        this.clock = clock;
    }

    public void register(Routes routes) {
        routes.get(RUNS, this::list);
        routes.get(RUN, this::show);
        routes.get(RUN + "/live", this::live);
        routes.get(RUN + "/log/{phase}", this::log);
        routes.post(RUN + "/{action}", this::act);
        // Printed by the CLI (observed: Terraform 1.11).
        routes.get("/app/{organization}/{workspace}/runs/{run}", visit -> Reply.Redirect.to(url(read(visit))));
    }

    private RunView read(Visit visit) {
        return runs.read(visit.caller(), new RunId(visit.path("run")));
    }

    private static String url(RunView view) {
        Workspace workspace = view.workspace().workspace();
        return Links.run(
                workspace.organizationName(), workspace.name(), view.run().id().value());
    }

    private Reply list(Visit visit) {
        WorkspaceView view = workspaces.read(visit.caller(), visit.path("organization"), visit.path("workspace"));
        Workspace workspace = view.workspace();
        String organization = workspace.organizationName();
        String name = workspace.name();
        Page<RunView> page = runs.list(visit.caller(), workspace.id(), List.of(), Paging.request(visit.query()));
        return Reply.Html.of(
                "run/list",
                new RunListPage(
                        frames.of(visit, "Runs", view, WorkspaceTab.RUNS),
                        RunRow.of(page.items(), users),
                        view.grants().has(WorkspacePermission.CAN_QUEUE_RUN)
                                ? Optional.of(Links.runs(organization, name) + "/new")
                                : Optional.empty(),
                        Paging.of(page, Links.runs(organization, name), Map.of())));
    }

    private Reply show(Visit visit) {
        RunView view = read(visit);
        Workspace workspace = view.workspace().workspace();
        boolean here = visit.path("organization").equals(workspace.organizationName())
                && visit.path("workspace").equals(workspace.name());
        return here ? page(visit, view, 200, Optional.empty()) : Reply.Redirect.to(url(view));
    }

    private Reply page(Visit visit, RunView view, int status, Optional<String> problem) {
        Run run = view.run();
        Workspace workspace = view.workspace().workspace();
        boolean over = run.status().isFinal();
        LogTail plan = LogTail.end(logs, run.plan());
        LogTail apply = LogTail.end(logs, run.apply());
        String planText = plan.all(over);
        String applyText = apply.all(over);
        Crumb above = new Crumb("Runs", Links.runs(workspace.organizationName(), workspace.name()));
        Frame frame = frames.of(visit, RunRow.headline(run.message()), view.workspace(), WorkspaceTab.RUNS, above)
                .changing(!over);
        RunSummary summary = RunSummary.of(view, url(view), frame.csrf(), clock.instant());
        String live =
                url(view) + "/live?seen=" + summary.version() + "&at=" + new LiveCursor(plan.cursor(), apply.cursor());
        return new Reply.Html(
                status,
                "run/show",
                new RunPage(
                        frame,
                        run.message(),
                        facts(run),
                        summary,
                        plans.part(run, url(view) + "/plan", Form.EMPTY),
                        panel(view, Phase.Kind.PLAN, planText, plan.isCut(), applyText.isEmpty()),
                        panel(view, Phase.Kind.APPLY, applyText, apply.isCut(), !applyText.isEmpty()),
                        problem,
                        over ? Optional.empty() : Optional.of(live)));
    }

    private static RunPage.Panel panel(RunView view, Phase.Kind kind, String log, boolean cut, boolean open) {
        String label = kind == Phase.Kind.PLAN ? "Plan log" : "Apply log";
        return new RunPage.Panel(kind.toString(), label, new LogText(log), cut, url(view) + "/log/" + kind, open);
    }

    private List<Fact> facts(Run run) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Run", run.id().value()));
        facts.add(new Fact("Created", Moment.of(run.createdAt()).text()));
        facts.add(new Fact("By", run.createdBy().flatMap(this::name).orElse("no user") + ", " + run.source()));
        run.confirmedBy().flatMap(this::name).ifPresent(name -> facts.add(new Fact("Confirmed by", name)));
        facts.add(new Fact("Kind", kind(run)));
        facts.add(new Fact("Execution mode", run.executionMode().wireName()));
        facts.add(new Fact(run.engine().title() + " version", run.terraformVersion()));
        if (!run.options().targetAddrs().isEmpty()) {
            facts.add(new Fact("Targets", String.join(", ", run.options().targetAddrs())));
        }
        if (!run.options().replaceAddrs().isEmpty()) {
            facts.add(new Fact("Replaces", String.join(", ", run.options().replaceAddrs())));
        }
        return facts;
    }

    private static String kind(Run run) {
        String what = run.options().destroy()
                ? "Destroy everything"
                : run.options().refreshOnly() ? "Refresh state only" : "Plan and apply";
        return what + (run.options().planOnly() ? ", plan only" : run.options().autoApply() ? ", auto-apply" : "");
    }

    private Optional<String> name(UserId id) {
        return users.find(id).map(User::username);
    }

    private Reply live(Visit visit) {
        RunView view = read(visit);
        LiveCursor from = LiveCursor.parse(
                visit.lastEventId().or(() -> visit.query().first("at")).orElse(""));
        String seen = visit.query().first("seen").orElse("");
        Caller caller = visit.caller();
        String csrf = visit.frame("", List.of()).csrf();
        RunLive live = new RunLive(
                () -> runs.read(caller, view.run().id()),
                now -> RunSummary.of(now, url(now), csrf, clock.instant()),
                summary -> templates.text("run/summary", summary),
                logs,
                events);
        return new Reply.Stream("text/event-stream; charset=utf-8", out -> live.write(out, from, seen));
    }

    private Reply log(Visit visit) {
        Run run = read(visit).run();
        Phase.Kind kind = Phase.Kind.of(visit.path("phase")).orElseThrow(Refusal.NotFound::new);
        return new Reply.Stream(
                "text/plain; charset=utf-8",
                out -> LogTail.copy(logs, run.phase(kind).id(), out));
    }

    private Reply act(Visit visit) {
        RunView before = read(visit);
        RunAction action = RunAction.of(visit.path("action")).orElseThrow(Refusal.NotFound::new);
        RunId id = before.run().id();
        try {
            switch (action) {
                case CONFIRM -> runs.confirm(visit.caller(), id);
                case DISCARD -> runs.discard(visit.caller(), id);
                case CANCEL -> runs.cancel(visit.caller(), id);
                case FORCE_CANCEL -> runs.forceCancel(visit.caller(), id);
            }
        } catch (Refusal.Conflict e) {
            if (visit.isPartial()) {
                throw e;
            }
            return page(visit, read(visit), 409, Optional.of(e.getMessage()));
        }
        if (!visit.isPartial()) {
            return Reply.Redirect.to(url(before));
        }
        String csrf = visit.frame("", List.of()).csrf();
        return Reply.Html.of("run/summary", RunSummary.of(read(visit), url(before), csrf, clock.instant()));
    }
}
