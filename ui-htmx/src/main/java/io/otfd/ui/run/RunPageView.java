package io.otfd.ui.run;

import io.otfd.Ids.UserId;
import io.otfd.Page;
import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.comment.Comment;
import io.otfd.comment.Comments;
import io.otfd.log.Logs;
import io.otfd.run.Phase;
import io.otfd.run.Run;
import io.otfd.run.RunView;
import io.otfd.ui.Crumb;
import io.otfd.ui.Fact;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.ui.Frame;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.Moment;
import io.otfd.ui.Reply;
import io.otfd.ui.Visit;
import io.otfd.ui.WorkspaceTab;
import io.otfd.ui.log.LogTail;
import io.otfd.ui.log.LogText;
import io.otfd.ui.plan.Plans;
import io.otfd.user.User;
import io.otfd.user.Users;
import io.otfd.workspace.Workspace;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws the page of a run. */
public final class RunPageView {

    private final Frames frames;
    private final Users users;
    private final Logs logs;
    private final Comments comments;
    private final Plans plans;
    private final RunStages stages;
    private final Clock clock;

    public RunPageView(
            Frames frames, Users users, Logs logs, Comments comments, Plans plans, RunStages stages, Clock clock) {
        this.stages = stages;
        this.frames = frames;
        this.users = users;
        this.logs = logs;
        this.comments = comments;
        this.plans = plans;
        this.clock = clock;
    }

    static String url(RunView view) {
        Workspace workspace = view.workspace().workspace();
        return Links.run(
                workspace.organizationName(), workspace.name(), view.run().id().value());
    }

    /** The part that changes with the status. */
    RunSummary summary(Caller caller, RunView view, String csrf) {
        return RunSummary.of(view, stages.of(caller, view.run()), url(view), csrf, clock.instant());
    }

    /**
     * @param problem why what the visitor asked for was not done
     * @param comment that was not accepted, or nothing
     */
    Reply page(Visit visit, RunView view, int status, Optional<String> problem, Filled comment) {
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
        RunSummary summary = summary(visit.caller(), view, frame.csrf());
        String live =
                url(view) + "/live?seen=" + summary.version() + "&at=" + new LiveCursor(plan.cursor(), apply.cursor());
        return new Reply.Html(
                status,
                "run/show",
                new RunPage(
                        frame,
                        run.message(),
                        facts(run),
                        Links.workspace(workspace.organizationName(), workspace.name()),
                        workspace.lock().isPresent() ? "locked" : "unlocked",
                        summary,
                        plans.part(run, url(view) + "/plan", Form.EMPTY),
                        panel(view, Phase.Kind.PLAN, planText, plan.isCut(), applyText.isEmpty()),
                        panel(view, Phase.Kind.APPLY, applyText, apply.isCut(), !applyText.isEmpty()),
                        comments(visit, view),
                        view.workspace().grants().has(WorkspacePermission.CAN_QUEUE_RUN)
                                ? Optional.of(comment)
                                : Optional.empty(),
                        problem,
                        over ? Optional.empty() : Optional.of(live)));
    }

    /** The last hundred, in order. */
    private List<RunPage.CommentRow> comments(Visit visit, RunView view) {
        Page<Comment> first = comments.list(visit.caller(), view.run().id(), Page.Request.LARGEST);
        int last = (int) first.totalPages();
        List<Comment> shown = new ArrayList<>(first.items());
        if (last > 1) {
            shown.addAll(comments.list(visit.caller(), view.run().id(), new Page.Request(last, Page.Request.MAX_SIZE))
                    .items());
        }
        return shown.stream()
                .skip(Math.max(0, shown.size() - Page.Request.MAX_SIZE))
                .map(comment -> new RunPage.CommentRow(
                        comment.createdBy().flatMap(this::name).orElse("no user"),
                        Moment.of(comment.createdAt()),
                        comment.body()))
                .toList();
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
}
