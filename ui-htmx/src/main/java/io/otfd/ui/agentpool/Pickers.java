package io.otfd.ui.agentpool;

import io.otfd.Ids.ProjectId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.access.Caller;
import io.otfd.agentpool.AgentPool;
import io.otfd.project.ProjectFilter;
import io.otfd.project.ProjectView;
import io.otfd.project.Projects;
import io.otfd.ui.Badge;
import io.otfd.ui.Badge.Tone;
import io.otfd.ui.Form;
import io.otfd.ui.Links;
import io.otfd.ui.agentpool.AgentPoolPage.Chosen;
import io.otfd.ui.agentpool.AgentPoolPage.Option;
import io.otfd.ui.agentpool.AgentPoolPage.Picker;
import io.otfd.workspace.WorkspaceFilter;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The lists of a pool's scope, each with the dropdown of what may join it. */
final class Pickers {

    private static final Badge GRANTED = new Badge("granted", Tone.GOOD);
    private static final Badge ASSIGNED = new Badge("assigned", Tone.ACTIVE);
    private static final Badge LOST = new Badge("not granted any more", Tone.ATTENTION);
    private static final Badge EXCLUDED = new Badge("excluded", Tone.BAD);
    private static final Badge UNSAVED = new Badge("not saved yet", Tone.ATTENTION);

    private final Workspaces workspaces;
    private final Projects projects;

    Pickers(Workspaces workspaces, Projects projects) {
        this.workspaces = workspaces;
        this.projects = projects;
    }

    List<Picker> of(Caller caller, AgentPool pool, Form form) {
        String organization = pool.organizationName();
        Page<WorkspaceView> some = workspaces.list(caller, organization, NO_FILTER, "name", Page.Request.LARGEST);
        Page<ProjectView> someProjects =
                projects.list(caller, organization, NO_PROJECT_FILTER, Projects.Sort.NAME, Page.Request.LARGEST);
        List<Option> options = some.items().stream()
                .map(view -> new Option(
                        view.workspace().id().value(), view.workspace().name()))
                .toList();
        List<Option> projectOptions = someProjects.items().stream()
                .map(view ->
                        new Option(view.project().id().value(), view.project().name()))
                .toList();
        Map<String, String> names = names(caller, form, options);
        projectOptions.forEach(option -> names.put(option.id(), option.name()));
        Badges badges = new Badges(pool);
        return List.of(
                picker(
                        new Kind(
                                ScopeForm.ALLOWED,
                                "Granted workspaces",
                                "Grant to workspace",
                                "No workspace is granted access yet.",
                                true),
                        organization,
                        form,
                        options,
                        names,
                        badges,
                        some.totalPages() > 1),
                picker(
                        new Kind(
                                ScopeForm.PROJECTS,
                                "Granted projects",
                                "Grant to project",
                                "No project is granted access.",
                                true),
                        organization,
                        form,
                        projectOptions,
                        names,
                        badges,
                        false),
                picker(
                        new Kind(
                                ScopeForm.EXCLUDED,
                                "Excluded workspaces",
                                "Exclude workspace",
                                "No workspace is excluded.",
                                false),
                        organization,
                        form,
                        options,
                        names,
                        badges,
                        some.totalPages() > 1));
    }

    private static final WorkspaceFilter NO_FILTER = new WorkspaceFilter(
            Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), Optional.empty(), List.of());
    private static final ProjectFilter NO_PROJECT_FILTER =
            new ProjectFilter(List.of(), Optional.empty(), List.of(), false, false);

    private record Kind(String field, String legend, String add, String none, boolean specific) {}

    private static Picker picker(
            Kind kind,
            String organization,
            Form form,
            List<Option> options,
            Map<String, String> names,
            Badges badges,
            boolean more) {
        List<String> ids = form.all(kind.field());
        boolean workspace = !kind.field().equals(ScopeForm.PROJECTS);
        List<Chosen> chosen = ids.stream()
                .map(id -> new Chosen(
                        id,
                        names.getOrDefault(id, id),
                        Optional.ofNullable(names.get(id))
                                .filter(name -> workspace)
                                .map(name -> Links.workspace(organization, name)),
                        badges.of(kind.field(), id)))
                .toList();
        return new Picker(
                kind.field(),
                kind.legend(),
                kind.add(),
                kind.none(),
                kind.specific(),
                chosen,
                options.stream().filter(option -> !ids.contains(option.id())).toList(),
                more);
    }

    /** Of the options, and of those chosen ones that are not among them. */
    private Map<String, String> names(Caller caller, Form form, List<Option> options) {
        Map<String, String> names = new HashMap<>();
        options.forEach(option -> names.put(option.id(), option.name()));
        List<WorkspaceId> missing = new ArrayList<>();
        for (String field : List.of(ScopeForm.ALLOWED, ScopeForm.EXCLUDED)) {
            form.all(field).stream()
                    .filter(id -> !names.containsKey(id))
                    .map(WorkspaceId::new)
                    .forEach(missing::add);
        }
        if (!missing.isEmpty()) {
            workspaces
                    .read(caller, missing)
                    .forEach(view -> names.put(
                            view.workspace().id().value(), view.workspace().name()));
        }
        return names;
    }

    /** Workspaces that use the pool: granted, or not any more. */
    static List<Badge> use(boolean granted) {
        return List.of(granted ? GRANTED : LOST, ASSIGNED);
    }

    /** What is so already, as chips. */
    private static final class Badges {
        private final AgentPool pool;
        private final Set<WorkspaceId> assigned;

        Badges(AgentPool pool) {
            this.pool = pool;
            this.assigned = new HashSet<>(pool.workspaces());
        }

        List<Badge> of(String field, String id) {
            List<Badge> badges = new ArrayList<>();
            switch (field) {
                case ScopeForm.PROJECTS ->
                    badges.add(pool.allowedProjects().contains(new ProjectId(id)) ? GRANTED : UNSAVED);
                case ScopeForm.EXCLUDED ->
                    badges.add(pool.excludedWorkspaces().contains(new WorkspaceId(id)) ? EXCLUDED : UNSAVED);
                default -> badges.add(pool.allowedWorkspaces().contains(new WorkspaceId(id)) ? GRANTED : UNSAVED);
            }
            if (!field.equals(ScopeForm.PROJECTS) && assigned.contains(new WorkspaceId(id))) {
                badges.add(ASSIGNED);
            }
            return badges;
        }
    }
}
