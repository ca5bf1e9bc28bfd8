package io.otfd.ui.run;

import io.otfd.Refusal;
import io.otfd.access.WorkspacePermission;
import io.otfd.organization.ExecutionMode;
import io.otfd.run.Run;
import io.otfd.run.RunOptions;
import io.otfd.run.Runs;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Crumb;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import io.otfd.ui.WorkspaceTab;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts a run of the newest configuration. */
public final class NewRunPages {

    private static final String RUNS = "/app/{organization}/workspaces/{workspace}/runs";
    private static final String KIND = "kind";
    private static final String DESTROY = "destroy";

    private final Frames frames;
    private final Workspaces workspaces;
    private final Runs runs;

    public NewRunPages(Frames frames, Workspaces workspaces, Runs runs) {
        this.frames = frames;
        this.workspaces = workspaces;
        this.runs = runs;
    }

    public void register(Routes routes) {
        routes.get(RUNS + "/new", visit -> page(visit, 200, Filled.of(Map.of(KIND, "apply"))));
        routes.post(RUNS, this::create);
    }

    private WorkspaceView read(Visit visit) {
        WorkspaceView view = workspaces.read(visit.caller(), visit.path("organization"), visit.path("workspace"));
        view.grants().require(WorkspacePermission.CAN_QUEUE_RUN);
        return view;
    }

    private Reply page(Visit visit, int status, Filled form) {
        WorkspaceView view = read(visit);
        Workspace workspace = view.workspace();
        String url = Links.runs(workspace.organizationName(), workspace.name());
        Optional<String> obstacle = workspace.effectiveMode() instanceof ExecutionMode.Local
                ? Optional.of("The execution mode is local: runs execute where Terraform is called.")
                : workspace.currentConfigurationVersion().isEmpty()
                        ? Optional.of(
                                "There is no configuration yet: upload one with terraform plan or terraform apply.")
                        : Optional.empty();
        return new Reply.Html(
                status,
                "run/new",
                new NewRunPage(
                        frames.of(visit, "New run", view, WorkspaceTab.RUNS, new Crumb("Runs", url)),
                        url,
                        workspace.name(),
                        workspace.settings().allowDestroyPlan(),
                        form,
                        obstacle));
    }

    private Reply create(Visit visit) {
        Workspace workspace = read(visit).workspace();
        Form form = visit.form();
        try {
            if (form.exact(KIND).equals(DESTROY)) {
                ConfirmPage.requireTyped(form, workspace.name());
            }
            Run run = runs.create(
                            visit.caller(),
                            new Runs.Request(
                                    workspace.id(),
                                    Optional.empty(),
                                    form.first("message").orElse("Triggered in the browser"),
                                    "tfe-ui",
                                    owner -> options(owner, form)))
                    .run();
            return Reply.Redirect.to(Links.run(
                    workspace.organizationName(), workspace.name(), run.id().value()));
        } catch (Refusal.Invalid e) {
            return page(visit, 422, Filled.refused(form, e));
        }
    }

    private static RunOptions options(Workspace workspace, Form form) {
        String kind = form.exact(KIND);
        return new RunOptions(
                kind.equals("plan"),
                workspace.settings().autoApply() && !kind.equals(DESTROY),
                kind.equals(DESTROY),
                true,
                kind.equals("refresh"),
                false,
                form.has("allow-empty-apply"),
                false,
                workspace.settings().structuredRunOutputEnabled(),
                addresses(form, "target-addrs"),
                addresses(form, "replace-addrs"),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }

    /** One address a line. */
    private static List<String> addresses(Form form, String field) {
        return form.exact(field)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .distinct()
                .toList();
    }
}
