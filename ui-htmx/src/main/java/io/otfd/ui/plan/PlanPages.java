package io.otfd.ui.plan;

import io.otfd.Ids.RunId;
import io.otfd.Refusal;
import io.otfd.run.Run;
import io.otfd.run.RunView;
import io.otfd.run.Runs;
import io.otfd.ui.Crumb;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import io.otfd.ui.WorkspaceTab;
import io.otfd.workspace.Workspace;
import jakarta.json.JsonObject;
import java.util.regex.Pattern;

/** The changes of a plan, page by page, and the attributes of one of them. */
public final class PlanPages {

    private static final String PLAN = "/app/{organization}/workspaces/{workspace}/runs/{run}/plan";
    private static final String DRIFT = "drift-";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private final Frames frames;
    private final Runs runs;
    private final Plans plans;

    public PlanPages(Frames frames, Runs runs, Plans plans) {
        this.frames = frames;
        this.runs = runs;
        this.plans = plans;
    }

    public void register(Routes routes) {
        routes.get(PLAN, this::list);
        routes.get(PLAN + "/{change}", this::show);
    }

    private RunView read(Visit visit) {
        RunView view = runs.read(visit.caller(), new RunId(visit.path("run")));
        Workspace workspace = view.workspace().workspace();
        if (!workspace.organizationName().equals(visit.path("organization"))
                || !workspace.name().equals(visit.path("workspace"))) {
            throw new Refusal.NotFound();
        }
        return view;
    }

    private static String url(RunView view) {
        Workspace workspace = view.workspace().workspace();
        return Links.run(
                workspace.organizationName(), workspace.name(), view.run().id().value());
    }

    private static Crumb[] crumbs(RunView view) {
        Workspace workspace = view.workspace().workspace();
        return new Crumb[] {
            new Crumb("Runs", Links.runs(workspace.organizationName(), workspace.name())),
            new Crumb(view.run().id().value(), url(view))
        };
    }

    private Reply list(Visit visit) {
        RunView view = read(visit);
        PlanPart part =
                plans.part(view.run(), url(view) + "/plan", visit.query()).orElseThrow(Refusal.NotFound::new);
        return Reply.Html.of(
                "plan/list",
                new PlanPage(
                        frames.of(visit, "Planned changes", view.workspace(), WorkspaceTab.RUNS, crumbs(view)), part));
    }

    private Reply show(Visit visit) {
        RunView view = read(visit);
        JsonObject resource = find(view.run(), visit.path("change"));
        PlannedChange change = PlannedChange.of(0, resource).orElseThrow(Refusal.NotFound::new);
        return Reply.Html.of(
                "plan/show",
                new ChangePage(
                        frames.of(visit, change.address(), view.workspace(), WorkspaceTab.RUNS, crumbs(view)),
                        change.address(),
                        change.action().badge(),
                        Plans.note(change),
                        AttributeDiff.of(resource.getJsonObject("change"))));
    }

    private JsonObject find(Run run, String wanted) {
        boolean drifted = wanted.startsWith(DRIFT);
        String number = drifted ? wanted.substring(DRIFT.length()) : wanted;
        if (!NUMBER.matcher(number).matches()) {
            throw new Refusal.NotFound();
        }
        return plans.resource(run, drifted, Integer.parseInt(number)).orElseThrow(Refusal.NotFound::new);
    }
}
