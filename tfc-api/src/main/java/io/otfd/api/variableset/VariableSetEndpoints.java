package io.otfd.api.variableset;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.updates;
import static io.otfd.api.variableset.VariableSetResource.SCHEMA;

import io.otfd.Ids.Id;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.VariableSetId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.Schema;
import io.otfd.api.project.ProjectResource;
import io.otfd.api.variable.VariableResource;
import io.otfd.api.workspace.WorkspaceResource;
import io.otfd.project.Projects;
import io.otfd.variable.Variables;
import io.otfd.variableset.Target;
import io.otfd.variableset.VariableSet;
import io.otfd.variableset.VariableSetView;
import io.otfd.variableset.VariableSets;
import io.otfd.workspace.Workspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** cloud-docs/api-docs/variable-sets. What is in a set is {@link io.otfd.api.variable.VariableEndpoints}. */
public final class VariableSetEndpoints {

    private static final String[] INCLUDES = {"workspaces", "projects", "vars", "stacks"};
    private static final Schema[] BESIDE = {WorkspaceResource.SCHEMA, ProjectResource.SCHEMA, VariableResource.SCHEMA};
    private static final String[] FILTERS = {"q", "filter[global]"};

    private final VariableSets sets;
    private final Variables variables;
    private final Workspaces workspaces;
    private final Projects projects;

    public VariableSetEndpoints(VariableSets sets, Variables variables, Workspaces workspaces, Projects projects) {
        this.sets = sets;
        this.variables = variables;
        this.workspaces = workspaces;
        this.projects = projects;
    }

    public void register(RouteTable routes) {
        routes.family(VariableSetEndpoints.class, Route.Audience.TOKEN)
                .get(
                        "/api/v2/organizations/{organization}/varsets",
                        this::listOfOrganization,
                        pages(SCHEMA).query(FILTERS).include(INCLUDES).beside(BESIDE))
                .get(
                        "/api/v2/projects/{project}/varsets",
                        this::listOfProject,
                        pages(SCHEMA).query(FILTERS).include(INCLUDES).beside(BESIDE))
                .get(
                        "/api/v2/workspaces/{workspace}/varsets",
                        this::listOfWorkspace,
                        pages(SCHEMA).query(FILTERS).include(INCLUDES).beside(BESIDE))
                .post("/api/v2/organizations/{organization}/varsets", this::create, creates(SCHEMA))
                .get(
                        "/api/v2/varsets/{id}",
                        this::read,
                        shows(SCHEMA).include(INCLUDES).beside(BESIDE))
                .patch(
                        "/api/v2/varsets/{id}",
                        this::update,
                        updates(SCHEMA).include(INCLUDES).beside(BESIDE))
                .delete("/api/v2/varsets/{id}", this::delete, noContent())
                .post(
                        "/api/v2/varsets/{id}/relationships/workspaces",
                        call -> apply(call, Target.WORKSPACES),
                        noContent().takesIdentifiers("workspaces"))
                .delete(
                        "/api/v2/varsets/{id}/relationships/workspaces",
                        call -> remove(call, Target.WORKSPACES),
                        noContent().takesIdentifiers("workspaces"))
                .post(
                        "/api/v2/varsets/{id}/relationships/projects",
                        call -> apply(call, Target.PROJECTS),
                        noContent().takesIdentifiers("projects"))
                .delete(
                        "/api/v2/varsets/{id}/relationships/projects",
                        call -> remove(call, Target.PROJECTS),
                        noContent().takesIdentifiers("projects"));
    }

    private Answer listOfOrganization(Call call) {
        return page(call, sets.list(call.caller(), call.path("organization"), filter(call), call.page()));
    }

    private Answer listOfProject(Call call) {
        return page(call, sets.list(call.caller(), new ProjectId(call.path("project")), filter(call), call.page()));
    }

    private Answer listOfWorkspace(Call call) {
        return page(call, sets.list(call.caller(), new WorkspaceId(call.path("workspace")), filter(call), call.page()));
    }

    private static VariableSets.Filter filter(Call call) {
        return new VariableSets.Filter(
                call.query("q"), call.query("filter[global]").map("true"::equals));
    }

    private Answer page(Call call, Page<VariableSetView> page) {
        return JsonApi.page(call, page, VariableSetResource::of, included(call, page.items()));
    }

    private Answer create(Call call) {
        Patch patch = call.patch();
        return JsonApi.created(VariableSetResource.of(sets.create(
                call.caller(),
                call.path("organization"),
                patch.requiredText("name"),
                project(call, patch),
                fresh -> VariableSetResource.change(fresh, patch),
                VariableSetResource.placement(patch))));
    }

    /** The owner: a project, or the organization of the path. */
    private static Optional<ProjectId> project(Call call, Patch patch) {
        return patch.reference("parent")
                .filter(parent -> !parent.equals(call.path("organization")))
                .map(parent -> {
                    try {
                        return new ProjectId(parent);
                    } catch (Refusal.NotFound e) {
                        throw Refusal.Invalid.relationship("parent", parent + " not found.");
                    }
                });
    }

    private Answer read(Call call) {
        return show(call, sets.read(call.caller(), id(call)));
    }

    private Answer update(Call call) {
        Patch patch = call.patch();
        return show(
                call,
                sets.update(
                        call.caller(),
                        id(call),
                        before -> VariableSetResource.change(before, patch),
                        VariableSetResource.placement(patch)));
    }

    private Answer show(Call call, VariableSetView view) {
        return JsonApi.resource(200, VariableSetResource.of(view), included(call, List.of(view)));
    }

    private Answer delete(Call call) {
        sets.delete(call.caller(), id(call));
        return Answer.noContent();
    }

    private Answer apply(Call call, Target target) {
        sets.apply(call.caller(), id(call), target, targets(call, target));
        return Answer.noContent();
    }

    private Answer remove(Call call, Target target) {
        sets.remove(call.caller(), id(call), target, targets(call, target));
        return Answer.noContent();
    }

    private static List<? extends Id> targets(Call call, Target target) {
        return switch (target) {
            case WORKSPACES -> call.workspaceIds();
            case PROJECTS -> call.identifiers("Project", ProjectId::new);
        };
    }

    /** Of what the caller does not see, only the identifier remains. */
    private List<Resource> included(Call call, List<VariableSetView> views) {
        Set<String> wanted = call.include(INCLUDES);
        List<Resource> included = new ArrayList<>();
        if (wanted.contains("workspaces")) {
            workspaces
                    .read(call.caller(), related(views, VariableSet::workspaces))
                    .forEach(view -> included.add(WorkspaceResource.of(view)));
        }
        if (wanted.contains("projects") && !views.isEmpty()) {
            projects.read(call.caller(), views.getFirst().set().organization(), related(views, VariableSet::projects))
                    .forEach(view -> included.add(ProjectResource.of(view)));
        }
        if (wanted.contains("vars")) {
            for (VariableSetView view : views) {
                variables
                        .list(call.caller(), view.set().id())
                        .forEach(variable ->
                                included.add(VariableResource.of(variable).withoutData("varset")));
            }
        }
        return included;
    }

    private static <T> List<T> related(List<VariableSetView> views, Function<VariableSet, List<T>> reach) {
        return views.stream()
                .flatMap(view -> reach.apply(view.set()).stream())
                .distinct()
                .toList();
    }

    private static VariableSetId id(Call call) {
        return new VariableSetId(call.path("id"));
    }
}
