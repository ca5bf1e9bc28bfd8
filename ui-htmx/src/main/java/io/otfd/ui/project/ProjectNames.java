package io.otfd.ui.project;

import io.otfd.Ids.ProjectId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.project.ProjectFilter;
import io.otfd.project.Projects;
import java.util.List;
import java.util.Optional;

/** Projects by what people type: a name, or an id that stood in a link. */
public final class ProjectNames {

    private static final int OFFERED = 20;

    private final Projects projects;

    public ProjectNames(Projects projects) {
        this.projects = projects;
    }

    /** Names like what is typed. */
    public List<String> offered(Caller caller, String organization, Optional<String> typed) {
        return projects
                .list(
                        caller,
                        organization,
                        new ProjectFilter(List.of(), typed, List.of(), false, false),
                        Projects.Sort.NAME,
                        new Page.Request(1, OFFERED))
                .items()
                .stream()
                .map(view -> view.project().name())
                .toList();
    }

    /** Empty where no project is called so. */
    public Optional<ProjectId> find(Caller caller, String organization, String text) {
        return byName(caller, organization, text).or(() -> byId(caller, text));
    }

    /** One that the visitor does not see is called by its id. */
    public String name(Caller caller, ProjectId id) {
        try {
            return projects.read(caller, id).project().name();
        } catch (Refusal.NotFound e) {
            return id.value();
        }
    }

    private Optional<ProjectId> byId(Caller caller, String text) {
        try {
            return Optional.of(
                    projects.read(caller, new ProjectId(text)).project().id());
        } catch (Refusal.NotFound e) {
            return Optional.empty();
        }
    }

    private Optional<ProjectId> byName(Caller caller, String organization, String text) {
        return projects
                .list(
                        caller,
                        organization,
                        new ProjectFilter(List.of(text), Optional.empty(), List.of(), false, false),
                        Projects.Sort.NAME,
                        new Page.Request(1, 1))
                .items()
                .stream()
                .map(view -> view.project().id())
                .findFirst();
    }
}
