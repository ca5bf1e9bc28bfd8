package io.otfd.ui.run;

import io.otfd.Page;
import io.otfd.access.WorkspacePermission;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.run.RunView;
import io.otfd.run.Runs;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.MenuItem;
import io.otfd.ui.Paging;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import io.otfd.ui.WorkspaceTab;
import io.otfd.user.Users;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.List;
import java.util.Optional;

/** Runs of a workspace, and of all workspaces of an organization. */
public final class RunListPages {

    private final Frames frames;
    private final Organizations organizations;
    private final Workspaces workspaces;
    private final Runs runs;
    private final Users users;

    public RunListPages(Frames frames, Organizations organizations, Workspaces workspaces, Runs runs, Users users) {
        this.frames = frames;
        this.organizations = organizations;
        this.workspaces = workspaces;
        this.runs = runs;
        this.users = users;
    }

    public void register(Routes routes) {
        routes.get("/app/{organization}/runs", this::ofOrganization);
        routes.get("/app/{organization}/workspaces/{workspace}/runs", this::ofWorkspace);
    }

    private Reply ofWorkspace(Visit visit) {
        WorkspaceView view = workspaces.read(visit.caller(), visit.path("organization"), visit.path("workspace"));
        String url =
                Links.runs(view.workspace().organizationName(), view.workspace().name());
        RunQuery query = new RunQuery(visit.query());
        Page<RunView> page =
                runs.list(visit.caller(), view.workspace().id(), query.filter(), Paging.request(visit.query()));
        return page(
                visit,
                frames.of(visit, "Runs", view, WorkspaceTab.RUNS),
                url,
                false,
                page.items(),
                Optional.of(Links.queries(
                        view.workspace().organizationName(), view.workspace().name())),
                view.grants().has(WorkspacePermission.CAN_QUEUE_RUN) ? Optional.of(url + "/new") : Optional.empty(),
                Paging.of(page, url, query.kept()));
    }

    /** Not counted: with filters that would read every run that there is. */
    private Reply ofOrganization(Visit visit) {
        OrganizationView owner = organizations.read(visit.caller(), visit.path("organization"));
        String organization = owner.organization().name();
        String url = Links.runs(organization);
        RunQuery query = new RunQuery(visit.query());
        Page.Request request = Paging.request(visit.query());
        List<RunView> peeked = runs.peek(visit.caller(), organization, query.filter(), request);
        boolean more = peeked.size() > request.size();
        return page(
                visit,
                frames.of(visit, "Runs", owner, MenuItem.RUNS),
                url,
                true,
                more ? peeked.subList(0, request.size()) : peeked,
                Optional.empty(),
                Optional.empty(),
                Paging.open(request, more, url, query.kept()));
    }

    private Reply page(
            Visit visit,
            Frame frame,
            String url,
            boolean everywhere,
            List<RunView> shown,
            Optional<String> queriesUrl,
            Optional<String> newRun,
            Paging paging) {
        return Reply.Html.of(
                "run/list",
                new RunListPage(
                        frame,
                        url,
                        Filled.of(visit.query()),
                        new RunQuery(visit.query()).isFiltered(),
                        RunStatuses.choices(),
                        RunQuery.operations(),
                        RunQuery.sources(),
                        everywhere,
                        RunRow.of(shown, users),
                        queriesUrl,
                        newRun,
                        paging));
    }
}
