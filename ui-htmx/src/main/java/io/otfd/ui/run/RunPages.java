package io.otfd.ui.run;

import io.otfd.Ids.RunId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.comment.Comments;
import io.otfd.event.Events;
import io.otfd.log.Logs;
import io.otfd.run.Phase;
import io.otfd.run.Run;
import io.otfd.run.RunView;
import io.otfd.run.Runs;
import io.otfd.taskstage.Stage;
import io.otfd.taskstage.TaskStages;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Templates;
import io.otfd.ui.Visit;
import io.otfd.ui.log.LogTail;
import io.otfd.workspace.Workspace;
import java.util.List;
import java.util.Optional;

/** One run with its logs, and what people do to it and say of it. */
public final class RunPages {

    private static final String RUN = "/app/{organization}/workspaces/{workspace}/runs/{run}";

    private final Runs runs;
    private final TaskStages stages;
    private final Comments comments;
    private final Logs logs;
    private final Events events;
    private final RunPageView pages;
    private final Templates templates;

    public RunPages(
            Runs runs,
            TaskStages stages,
            Comments comments,
            Logs logs,
            Events events,
            RunPageView pages,
            Templates templates) {
        this.runs = runs;
        this.stages = stages;
        this.comments = comments;
        this.logs = logs;
        this.events = events;
        this.pages = pages;
        this.templates = templates;
    }

    public void register(Routes routes) {
        routes.get(RUN, this::show);
        routes.get(RUN + "/live", this::live);
        routes.get(RUN + "/log/{phase}", this::log);
        routes.post(RUN + "/comments", this::comment);
        routes.post(RUN + "/{action}", this::act);
        // Printed by the CLI (observed: Terraform 1.11).
        routes.get(
                "/app/{organization}/{workspace}/runs/{run}", visit -> Reply.Redirect.to(RunPageView.url(read(visit))));
    }

    private RunView read(Visit visit) {
        return runs.read(visit.caller(), new RunId(visit.path("run")));
    }

    private Reply show(Visit visit) {
        RunView view = read(visit);
        Workspace workspace = view.workspace().workspace();
        boolean here = visit.path("organization").equals(workspace.organizationName())
                && visit.path("workspace").equals(workspace.name());
        return here
                ? pages.page(visit, view, 200, Optional.empty(), Filled.EMPTY)
                : Reply.Redirect.to(RunPageView.url(view));
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
                now -> pages.summary(caller, now, csrf),
                summary -> templates.text("run/summary", summary),
                logs,
                events);
        return new Reply.Stream("text/event-stream; charset=utf-8", out -> live.write(out, from, seen));
    }

    /** To be read, or to be kept as a file. */
    private Reply log(Visit visit) {
        Run run = read(visit).run();
        Phase.Kind kind = Phase.Kind.of(visit.path("phase")).orElseThrow(Refusal.NotFound::new);
        return new Reply.Stream(
                "text/plain; charset=utf-8",
                visit.query().has("download") ? Optional.of(run.id().value() + "-" + kind + ".log") : Optional.empty(),
                out -> LogTail.copy(logs, run.phase(kind).id(), out));
    }

    private Reply comment(Visit visit) {
        RunView view = read(visit);
        Form form = visit.form();
        try {
            comments.create(visit.caller(), view.run().id(), form.exact("body").strip());
        } catch (Refusal.Invalid e) {
            Filled refused = Filled.refused(form, e);
            return pages.page(visit, view, 422, refused.problem(), refused);
        }
        return Reply.Redirect.to(RunPageView.url(view) + "#comments");
    }

    private Reply act(Visit visit) {
        RunView before = read(visit);
        RunAction action = RunAction.of(visit.path("action")).orElseThrow(Refusal.NotFound::new);
        RunId id = before.run().id();
        try {
            switch (action) {
                case CONFIRM -> runs.confirm(visit.caller(), id);
                case OVERRIDE ->
                    stages.override(
                            visit.caller(),
                            Optional.ofNullable(before.run().stages().get(Stage.POST_PLAN))
                                    .orElseThrow(() -> new Refusal.Conflict("transition not allowed")));
                case DISCARD -> runs.discard(visit.caller(), id);
                case CANCEL -> runs.cancel(visit.caller(), id);
                case FORCE_CANCEL -> runs.forceCancel(visit.caller(), id);
                case FORCE_EXECUTE -> runs.forceExecute(visit.caller(), id);
                case RETRY -> {
                    return Reply.Redirect.of(RunPageView.url(retry(visit.caller(), before.run())), visit.isPartial());
                }
            }
        } catch (Refusal.Conflict | Refusal.Invalid e) {
            if (visit.isPartial()) {
                throw e;
            }
            int status = e instanceof Refusal.Conflict ? 409 : 422;
            return pages.page(visit, read(visit), status, Optional.of(e.getMessage()), Filled.EMPTY);
        }
        if (!visit.isPartial()) {
            return Reply.Redirect.to(RunPageView.url(before));
        }
        return Reply.Html.of(
                "run/summary",
                pages.summary(
                        visit.caller(), read(visit), visit.frame("", List.of()).csrf()));
    }

    /** A new run of the same configuration, asked for in the same words. */
    private RunView retry(Caller caller, Run run) {
        return runs.create(
                caller,
                new Runs.Request(
                        run.workspace(),
                        Optional.of(run.configurationVersion()),
                        run.message(),
                        "tfe-ui",
                        workspace -> run.options()));
    }
}
