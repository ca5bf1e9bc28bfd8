package io.otfd.ui.project;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.ProjectId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.OrganizationPermission;
import io.otfd.agentpool.AgentPools;
import io.otfd.organization.ExecutionMode;
import io.otfd.organization.ExecutionNames;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.project.Project;
import io.otfd.project.ProjectFilter;
import io.otfd.project.ProjectView;
import io.otfd.project.Projects;
import io.otfd.tagbinding.TagBinding;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Crumb;
import io.otfd.ui.Edition;
import io.otfd.ui.Fact;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.ui.Frame;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.MenuItem;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import io.otfd.ui.agentpool.PoolChoices;
import io.otfd.ui.tagbinding.TagBindingForm;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Projects of an organization, and one of them. */
public final class ProjectPages {

    private static final String PROJECTS = "/app/{organization}/projects";
    private static final String PROJECT = PROJECTS + "/{project}";

    /** Takes the organization's mode. */
    private static final String DEFAULT = "default";

    private final Frames frames;
    private final Organizations organizations;
    private final Projects projects;
    private final PoolChoices pools;
    private final Clock clock;

    public ProjectPages(Frames frames, Organizations organizations, Projects projects, AgentPools pools, Clock clock) {
        this.frames = frames;
        this.organizations = organizations;
        this.projects = projects;
        this.pools = new PoolChoices(pools);
        this.clock = clock;
    }

    public void register(Routes routes) {
        routes.get(PROJECTS, visit -> list(visit, 200, Filled.EMPTY));
        routes.post(PROJECTS, this::create);
        routes.get(PROJECT, this::show);
        routes.post(PROJECT, this::update);
        // Finds pools; nothing is saved.
        routes.post(PROJECT + "/draft", visit -> page(visit, read(visit), 200, Filled.of(visit.form())));
        routes.get(PROJECT + "/delete", visit -> confirmation(visit, read(visit), 200, Optional.empty()));
        routes.post(PROJECT + "/delete", this::delete);
    }

    private Reply list(Visit visit, int status, Filled form) {
        OrganizationView owner = organizations.read(visit.caller(), visit.path("organization"));
        String organization = owner.organization().name();
        Optional<String> search = visit.query().first("search");
        Page<ProjectView> page = projects.list(
                visit.caller(),
                organization,
                new ProjectFilter(List.of(), search, List.of(), false, false),
                Projects.Sort.NAME,
                Paging.request(visit.query()));
        String url = Links.projects(organization);
        String text = search.orElse("");
        return new Reply.Html(
                status,
                "project/list",
                new ProjectListPage(
                        frames.of(visit, "Projects", owner, MenuItem.PROJECTS),
                        url,
                        text,
                        page.map(view -> row(view.project())).items(),
                        Paging.of(page, url, Map.of("search", text)),
                        owner.grants().has(OrganizationPermission.CAN_CREATE_PROJECT)
                                ? Optional.of(form)
                                : Optional.empty()));
    }

    private static ProjectListPage.Row row(Project project) {
        return new ProjectListPage.Row(
                project.name(),
                url(project),
                project.description().orElse(""),
                project.workspaceCount().map(count -> Integer.toString(count)).orElse(""),
                workspaces(project),
                project.effectiveExecution().wireName());
    }

    private static String url(Project project) {
        return Links.project(project.organizationName(), project.id().value());
    }

    private static String workspaces(Project project) {
        return Links.workspaces(project.organizationName()) + "?project="
                + project.id().value();
    }

    private Reply create(Visit visit) {
        try {
            Project project = projects.create(
                            visit.caller(),
                            visit.path("organization"),
                            visit.form().first("name").orElse(""),
                            UnaryOperator.identity(),
                            List.of())
                    .project();
            return Reply.Redirect.to(url(project)).saying("Project " + project.name() + " was created.");
        } catch (Refusal.Invalid e) {
            return list(visit, 422, Filled.refused(visit.form(), e));
        }
    }

    private ProjectView read(Visit visit) {
        ProjectView view = projects.read(visit.caller(), new ProjectId(visit.path("project")));
        if (!view.project().organizationName().equals(visit.path("organization"))) {
            throw new Refusal.NotFound();
        }
        return view;
    }

    private Reply show(Visit visit) {
        ProjectView view = read(visit);
        return page(visit, view, 200, filled(view.project(), bindings(visit, view)));
    }

    private List<TagBinding> bindings(Visit visit, ProjectView view) {
        return projects.bindings(visit.caller(), view.project().id());
    }

    private Frame frame(Visit visit, String title, Project project, Crumb... below) {
        List<Crumb> path = new ArrayList<>();
        path.add(new Crumb("Projects", Links.projects(project.organizationName())));
        path.addAll(List.of(below));
        return frames.of(visit, title, project.organizationName(), MenuItem.PROJECTS, path.toArray(Crumb[]::new));
    }

    private Reply page(Visit visit, ProjectView view, int status, Filled form) {
        Project project = view.project();
        boolean manages = view.canUpdate();
        List<TagBinding> bindings = bindings(visit, view);
        return new Reply.Html(
                status,
                "project/show",
                new ProjectPage(
                        frame(visit, project.name(), project),
                        url(project),
                        project.name(),
                        project.id().value(),
                        List.of(
                                new Fact(
                                        "Execution mode",
                                        project.effectiveExecution().wireName()),
                                new Fact(
                                        "Workspaces",
                                        project.workspaceCount()
                                                .map(Object::toString)
                                                .orElse("")),
                                new Fact(
                                        "Created",
                                        Moment.of(project.createdAt()).text())),
                        workspaces(project),
                        organizations
                                        .read(visit.caller(), project.organizationName())
                                        .grants()
                                        .has(OrganizationPermission.CAN_READ_VARSETS)
                                ? Optional.of(Links.variableSets(project.organizationName()) + "?project="
                                        + project.id().value())
                                : Optional.empty(),
                        manages ? Optional.of(form) : Optional.empty(),
                        bindings.stream().map(TagBindingForm::line).toList(),
                        Edition.carried(form, edition(project, bindings)),
                        pools.of(
                                visit.caller(),
                                project.organizationName(),
                                PoolChoices.Usable.inProject(project.name()),
                                form.values(),
                                project.execution().flatMap(ExecutionMode::agentPool)),
                        view.canDestroy()));
    }

    private static Edition edition(Project project, List<TagBinding> bindings) {
        return Edition.of(project.name(), project.description(), project.execution(), TagBindingForm.lines(bindings));
    }

    private static Filled filled(Project project, List<TagBinding> bindings) {
        Map<String, String> fields = new HashMap<>();
        fields.put("name", project.name());
        fields.put("description", project.description().orElse(""));
        fields.put(TagBindingForm.FIELD, TagBindingForm.lines(bindings));
        fields.put(
                "default-execution-mode",
                project.execution().map(ExecutionMode::wireName).orElse(DEFAULT));
        project.execution()
                .flatMap(ExecutionMode::agentPool)
                .ifPresent(pool -> fields.put("default-agent-pool-id", pool.value()));
        return Filled.of(fields);
    }

    private static Project applied(Project before, List<TagBinding> bindings, Form form) {
        edition(before, bindings).require(form);
        String mode = form.exact("default-execution-mode");
        Optional<ExecutionMode> execution = mode.equals(DEFAULT)
                ? Optional.empty()
                : Optional.of(ExecutionMode.of(
                        ExecutionNames.DEFAULT,
                        mode,
                        form.first("default-agent-pool-id")
                                .filter(id -> mode.equals("agent"))
                                .map(AgentPoolId::new)));
        return new Project(
                before.id(),
                before.organization(),
                before.organizationName(),
                form.first("name").orElse(""),
                form.first("description"),
                before.isDefault(),
                before.createdAt(),
                before.workspaceCount(),
                execution,
                before.organizationExecution(),
                before.autoDestroyActivityDuration());
    }

    private Reply update(Visit visit) {
        ProjectView view = read(visit);
        try {
            projects.update(
                    visit.caller(),
                    view.project().id(),
                    before -> applied(before, bindings(visit, view), visit.form()),
                    Optional.of(TagBindingForm.wanted(visit.form(), clock)));
            return Reply.Redirect.to(url(view.project())).saying("Changes were saved.");
        } catch (Refusal.Invalid e) {
            return page(visit, view, 422, Filled.refused(visit.form(), e));
        } catch (Refusal.Conflict e) {
            return page(visit, read(visit), 409, Filled.refused(visit.form(), e));
        }
    }

    private Reply confirmation(Visit visit, ProjectView view, int status, Optional<String> obstacle) {
        Project project = view.project();
        return new Reply.Html(
                status,
                "confirm",
                ConfirmPage.of(
                                frame(
                                        visit,
                                        "Delete project " + project.name(),
                                        project,
                                        new Crumb(project.name(), url(project))),
                                url(project) + "/delete",
                                "Delete project",
                                url(project),
                                "Only a project without workspaces can be deleted.",
                                "This cannot be undone.")
                        .hinderedBy(obstacle));
    }

    private Reply delete(Visit visit) {
        ProjectView view = read(visit);
        try {
            projects.delete(visit.caller(), view.project().id());
        } catch (Refusal.Invalid e) {
            return confirmation(visit, view, 422, Optional.of(e.getMessage()));
        }
        return Reply.Redirect.to(Links.projects(view.project().organizationName()))
                .saying("Project " + view.project().name() + " was deleted.");
    }
}
