package io.otfd.ui.workspace;

import io.otfd.Ids.ProjectId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.OrganizationPermission;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.project.Projects;
import io.otfd.run.Run;
import io.otfd.run.Runs;
import io.otfd.ui.Filled;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.MenuItem;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import io.otfd.ui.project.ProjectNames;
import io.otfd.ui.run.RunBadge;
import io.otfd.ui.run.RunStatuses;
import io.otfd.workspace.Settings;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Workspaces of an organization, and a new one. */
public final class WorkspacePages {

    private final Frames frames;
    private final Organizations organizations;
    private final ProjectNames projects;
    private final Workspaces workspaces;
    private final Runs runs;

    public WorkspacePages(
            Frames frames, Organizations organizations, Projects projects, Workspaces workspaces, Runs runs) {
        this.frames = frames;
        this.organizations = organizations;
        this.projects = new ProjectNames(projects);
        this.workspaces = workspaces;
        this.runs = runs;
    }

    public void register(Routes routes) {
        routes.get("/app/{organization}", visit -> Reply.Redirect.to(Links.workspaces(visit.path("organization"))));
        routes.get("/app/{organization}/workspaces", visit -> list(visit, 200, Filled.EMPTY));
        routes.post("/app/{organization}/workspaces", this::create);
        routes.get("/app/{organization}/workspace-statuses", this::counts);
    }

    private Reply list(Visit visit, int status, Filled form) {
        OrganizationView owner = organizations.read(visit.caller(), visit.path("organization"));
        String organization = owner.organization().name();
        WorkspaceQuery query = new WorkspaceQuery(visit.query());
        Page<WorkspaceView> page = find(visit, organization, query);
        Map<WorkspaceId, Run> current = runs.current(page.items()).stream()
                .collect(Collectors.toMap(view -> view.run().workspace(), view -> view.run()));
        boolean creates = owner.grants().has(OrganizationPermission.CAN_CREATE_WORKSPACE);
        return new Reply.Html(
                status,
                "workspace/list",
                new WorkspaceListPage(
                        frames.of(visit, "Workspaces", owner, MenuItem.WORKSPACES),
                        organization,
                        Filled.of(visit.query()),
                        query.isFiltered(),
                        projects.offered(visit.caller(), organization, query.project()),
                        statuses(organization, visit.query().first("status"), Map.of()),
                        RunStatuses.choices(),
                        WorkspaceQuery.sortChoices(),
                        page.map(view -> row(
                                        view.workspace(),
                                        Optional.ofNullable(
                                                current.get(view.workspace().id()))))
                                .items(),
                        Paging.of(page, Links.workspaces(organization), query.kept()),
                        creates ? Optional.of(form) : Optional.empty(),
                        visit.host()));
    }

    /** In a project that is not there are none. */
    private Page<WorkspaceView> find(Visit visit, String organization, WorkspaceQuery query) {
        Page.Request request = Paging.request(visit.query());
        Optional<ProjectId> project =
                query.project().flatMap(text -> projects.find(visit.caller(), organization, text));
        return query.project().isPresent() && project.isEmpty()
                ? new Page<>(List.of(), request, 0)
                : workspaces.list(visit.caller(), organization, query.filter(project), query.sort(), request);
    }

    /** @param counts by group, or none before they are counted */
    private static StatusCounts statuses(String organization, Optional<String> chosen, Map<String, Long> counts) {
        String list = Links.workspaces(organization);
        return new StatusCounts(
                "/app/" + Links.encode(organization) + "/workspace-statuses"
                        + chosen.map(group -> "?status=" + Links.encode(group)).orElse(""),
                RunStatuses.grouped(Map.of()).keySet().stream()
                        .map(group -> new StatusCounts.Count(
                                group,
                                list + "?status=" + Links.encode(group),
                                Optional.ofNullable(counts.get(group))
                                        .map(Object::toString)
                                        .orElse(""),
                                chosen.equals(Optional.of(group))))
                        .toList());
    }

    private Reply counts(Visit visit) {
        String organization = visit.path("organization");
        return Reply.Html.of(
                "workspace/statuses",
                statuses(
                        organization,
                        visit.query().first("status"),
                        RunStatuses.grouped(workspaces.runStatuses(visit.caller(), organization))));
    }

    private static WorkspaceListPage.Row row(Workspace workspace, Optional<Run> current) {
        String organization = workspace.organizationName();
        return new WorkspaceListPage.Row(
                workspace.name(),
                Links.workspace(organization, workspace.name()),
                workspace.tagNames(),
                workspace.effectiveMode().wireName(),
                current.map(run -> new WorkspaceListPage.Current(
                        Links.run(organization, workspace.name(), run.id().value()), RunBadge.of(run.status()))),
                workspace.resourceCount(),
                workspace.lock().map(LockText::of),
                Moment.of(workspace.latestChangeAt()));
    }

    private Reply create(Visit visit) {
        try {
            Workspace made = workspaces
                    .create(
                            visit.caller(),
                            visit.path("organization"),
                            visit.form().first("name").orElse(""),
                            visit.form().first("project").map(text -> chosen(visit, text)),
                            fresh -> fresh.with(
                                    settings(fresh.settings(), visit.form().first("description"))),
                            Workspaces.Labels.NONE)
                    .workspace();
            return Reply.Redirect.to(Links.workspace(made.organizationName(), made.name()))
                    .saying("Workspace " + made.name() + " was created.");
        } catch (Refusal.Invalid e) {
            return list(visit, 422, Filled.refused(visit.form(), e));
        }
    }

    private ProjectId chosen(Visit visit, String text) {
        return projects.find(visit.caller(), visit.path("organization"), text)
                .orElseThrow(() -> Refusal.Invalid.relationship("project", "There is no project " + text + "."));
    }

    /** A workspace that people make shares its state with nobody until they say so. */
    private static Settings settings(Settings fresh, Optional<String> description) {
        return new Settings(
                fresh.name(),
                description,
                fresh.allowDestroyPlan(),
                fresh.assessmentsEnabled(),
                fresh.autoApply(),
                fresh.autoApplyRunTrigger(),
                fresh.autoDestroy(),
                fresh.fileTriggersEnabled(),
                false,
                fresh.projectRemoteState(),
                fresh.queueAllRuns(),
                "tfe-ui",
                fresh.sourceName(),
                fresh.sourceUrl(),
                fresh.speculativeEnabled(),
                fresh.structuredRunOutputEnabled(),
                fresh.engine(),
                fresh.terraformVersion(),
                fresh.triggerPatterns(),
                fresh.triggerPrefixes(),
                fresh.workingDirectory());
    }
}
