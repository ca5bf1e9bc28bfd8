package io.otfd.ui.search;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.OrganizationPermission;
import io.otfd.agentpool.AgentPool;
import io.otfd.agentpool.AgentPools;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.project.Project;
import io.otfd.project.ProjectFilter;
import io.otfd.project.Projects;
import io.otfd.run.RunFilter;
import io.otfd.run.Runs;
import io.otfd.team.Team;
import io.otfd.team.Teams;
import io.otfd.ui.Frame;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Services;
import io.otfd.ui.Visit;
import io.otfd.ui.run.RunRow;
import io.otfd.user.Users;
import io.otfd.variableset.VariableSet;
import io.otfd.variableset.VariableSets;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceFilter;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds things by a part of their name, or by their id: in one organization, or in those that the visitor sees. */
public final class SearchPages {

    private static final Page.Request FEW = new Page.Request(1, 10);

    /** Each is asked by itself. */
    private static final Page.Request ORGANIZATIONS = new Page.Request(1, 20);

    private final Frames frames;
    private final Organizations organizations;
    private final Workspaces workspaces;
    private final Projects projects;
    private final AgentPools pools;
    private final Runs runs;
    private final Teams teams;
    private final Users users;
    private final VariableSets variableSets;

    public SearchPages(Frames frames, Services services) {
        this.frames = frames;
        this.organizations = services.organizations();
        this.workspaces = services.workspaces();
        this.projects = services.projects();
        this.pools = services.agentPools();
        this.runs = services.runs();
        this.teams = services.teams();
        this.users = services.users();
        this.variableSets = services.variableSets();
    }

    public void register(Routes routes) {
        routes.get(Links.search(), this::search);
    }

    private Reply search(Visit visit) {
        String text = visit.query().first("q").orElse("");
        Optional<String> organization = visit.query().first("organization");
        Optional<String> place = byId(visit.caller(), text);
        if (place.isPresent()) {
            return Reply.Redirect.to(place.get());
        }
        return organization.isPresent()
                ? inside(visit, text, organizations.read(visit.caller(), organization.get()))
                : everywhere(visit, text);
    }

    /** Where the thing with this id is; empty for what is no id of anything that the visitor sees. */
    private Optional<String> byId(Caller caller, String text) {
        try {
            return switch (text.substring(0, text.indexOf('-') + 1)) {
                case "run-" -> {
                    Workspace workspace =
                            runs.read(caller, new RunId(text)).workspace().workspace();
                    yield Optional.of(Links.run(workspace.organizationName(), workspace.name(), text));
                }
                case "ws-" -> Optional.of(url(workspaces.read(caller, new WorkspaceId(text))));
                case "apool-" ->
                    Optional.of(Links.agentPool(
                            pools.read(caller, new AgentPoolId(text)).organizationName(), text));
                case "prj-" ->
                    Optional.of(Links.project(
                            projects.read(caller, new ProjectId(text)).project().organizationName(), text));
                default -> Optional.empty();
            };
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    private Reply everywhere(Visit visit, String text) {
        Frame frame = visit.frame("Search", List.of());
        if (text.isEmpty()) {
            return page(frame, text, Optional.empty(), List.of(), Optional.empty());
        }
        Page<OrganizationView> named =
                organizations.list(visit.caller(), Organizations.Filter.by(Optional.of(text)), Optional.of(FEW));
        Page<OrganizationView> all = organizations.list(
                visit.caller(), Organizations.Filter.by(Optional.empty()), Optional.of(ORGANIZATIONS));
        List<SearchPage.Section> sections = new ArrayList<>();
        add(
                sections,
                "Organizations",
                named,
                view -> new SearchPage.Hit(
                        view.organization().name(),
                        Links.workspaces(view.organization().name()),
                        ""),
                Links.organizations() + "?search=" + Links.encode(text));
        for (OrganizationView view : all.items()) {
            String name = view.organization().name();
            add(
                    sections,
                    "Workspaces of " + name,
                    workspaces(visit.caller(), name, text),
                    SearchPages::hit,
                    more(Links.workspaces(name), text));
        }
        return page(
                frame,
                text,
                Optional.empty(),
                sections,
                all.totalPages() > 1
                        ? Optional.of("Workspaces were looked for in "
                                + all.items().size() + " of " + all.totalCount() + " organizations.")
                        : Optional.empty());
    }

    private Reply inside(Visit visit, String text, OrganizationView owner) {
        String organization = owner.organization().name();
        Frame frame = frames.of(visit, "Search", owner);
        List<SearchPage.Section> sections = new ArrayList<>();
        if (!text.isEmpty()) {
            Caller caller = visit.caller();
            add(
                    sections,
                    "Workspaces",
                    workspaces(caller, organization, text),
                    SearchPages::hit,
                    more(Links.workspaces(organization), text));
            add(
                    sections,
                    "Projects",
                    projects.list(
                            caller,
                            organization,
                            new ProjectFilter(List.of(), Optional.of(text), List.of(), false, false),
                            Projects.Sort.NAME,
                            FEW),
                    view -> hit(view.project()),
                    more(Links.projects(organization), text));
            add(
                    sections,
                    "Agent pools",
                    pools.list(
                            caller,
                            organization,
                            Optional.of(text),
                            Optional.empty(),
                            Optional.empty(),
                            AgentPools.Sort.NAME,
                            FEW),
                    SearchPages::hit,
                    more(Links.agentPools(organization), text));
            if (owner.grants().has(OrganizationPermission.CAN_READ_VARSETS)) {
                add(
                        sections,
                        "Variable sets",
                        variableSets.list(
                                caller,
                                organization,
                                new VariableSets.Filter(Optional.of(text), Optional.empty()),
                                FEW),
                        view -> hit(organization, view.set()),
                        more(Links.variableSets(organization), text));
            }
            if (owner.grants().has(OrganizationPermission.CAN_ACCESS_VIA_TEAMS)) {
                add(
                        sections,
                        "Teams",
                        teams.list(caller, organization, List.of(), Optional.of(text), FEW),
                        view -> hit(organization, view.team()),
                        more(Links.teams(organization), text));
            }
            runs(sections, caller, organization, text);
        }
        return page(frame, text, Optional.of(organization), sections, Optional.empty());
    }

    private void runs(List<SearchPage.Section> sections, Caller caller, String organization, String text) {
        RunFilter filter = new RunFilter(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(text));
        List<RunRow> found = RunRow.of(runs.peek(caller, organization, filter, FEW), users);
        if (!found.isEmpty()) {
            sections.add(new SearchPage.Section(
                    "Runs",
                    found.stream()
                            .limit(FEW.size())
                            .map(row -> new SearchPage.Hit(
                                    row.message(), row.url(), row.status().label() + " in " + row.workspace()))
                            .toList(),
                    found.size() > FEW.size() ? Optional.of(more(Links.runs(organization), text)) : Optional.empty()));
        }
    }

    private Page<WorkspaceView> workspaces(Caller caller, String organization, String text) {
        WorkspaceFilter filter = new WorkspaceFilter(
                Optional.of(text), Optional.empty(), List.of(), List.of(), List.of(), Optional.empty(), List.of());
        return workspaces.list(caller, organization, filter, "name", FEW);
    }

    private static SearchPage.Hit hit(WorkspaceView view) {
        return new SearchPage.Hit(
                view.workspace().name(),
                url(view),
                view.workspace().settings().description().orElse(""));
    }

    private static SearchPage.Hit hit(Project project) {
        return new SearchPage.Hit(
                project.name(),
                Links.project(project.organizationName(), project.id().value()),
                project.description().orElse(""));
    }

    private static SearchPage.Hit hit(AgentPool pool) {
        return new SearchPage.Hit(
                pool.name(),
                Links.agentPool(pool.organizationName(), pool.id().value()),
                pool.agentCount() == 1 ? "1 agent" : pool.agentCount() + " agents");
    }

    private static SearchPage.Hit hit(String organization, VariableSet set) {
        return new SearchPage.Hit(
                set.name(),
                Links.variableSet(organization, set.id().value()),
                set.description().orElse(""));
    }

    private static SearchPage.Hit hit(String organization, Team team) {
        return new SearchPage.Hit(
                team.name(), Links.teams(organization) + "/" + team.id().value(), "");
    }

    private static String url(WorkspaceView view) {
        return Links.workspace(
                view.workspace().organizationName(), view.workspace().name());
    }

    private static String more(String list, String text) {
        return list + "?search=" + Links.encode(text);
    }

    private static <T> void add(
            List<SearchPage.Section> sections,
            String title,
            Page<T> found,
            Function<T, SearchPage.Hit> hit,
            String more) {
        if (!found.items().isEmpty()) {
            sections.add(new SearchPage.Section(
                    title, found.map(hit).items(), found.totalPages() > 1 ? Optional.of(more) : Optional.empty()));
        }
    }

    private static Reply page(
            Frame frame,
            String text,
            Optional<String> organization,
            List<SearchPage.Section> sections,
            Optional<String> note) {
        return Reply.Html.of("search/show", new SearchPage(frame, text, organization, sections, note));
    }
}
