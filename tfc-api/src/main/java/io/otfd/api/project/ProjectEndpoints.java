package io.otfd.api.project;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.lists;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.updates;
import static io.otfd.api.project.ProjectResource.SCHEMA;

import io.otfd.Ids.ProjectId;
import io.otfd.Page;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.tagbinding.TagBindingResource;
import io.otfd.project.ProjectFilter;
import io.otfd.project.ProjectView;
import io.otfd.project.Projects;
import io.otfd.tagbinding.TagBinding;
import io.otfd.workspace.Workspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** cloud-docs/api-docs/projects. */
public final class ProjectEndpoints {

    private static final String INCLUDE = "effective_tag_bindings";

    private static final String[] FILTERS = {
        "q",
        "sort",
        "filter[names]",
        "filter[permissions][update]",
        "filter[permissions][create-workspace]",
        "filter[tagged][0][key]",
        "filter[tagged][0][value]"
    };

    private final Projects projects;
    private final Workspaces workspaces;

    public ProjectEndpoints(Projects projects, Workspaces workspaces) {
        this.projects = projects;
        this.workspaces = workspaces;
    }

    public void register(RouteTable routes) {
        routes.family(ProjectEndpoints.class, Route.Audience.TOKEN)
                .get(
                        "/api/v2/organizations/{organization}/projects",
                        this::list,
                        pages(SCHEMA).query(FILTERS).include(INCLUDE).beside(TagBindingResource.EFFECTIVE))
                .post("/api/v2/organizations/{organization}/projects", this::create, creates(SCHEMA))
                .get(
                        "/api/v2/projects/{id}",
                        this::read,
                        shows(SCHEMA).include(INCLUDE).beside(TagBindingResource.EFFECTIVE))
                .patch("/api/v2/projects/{id}", this::update, updates(SCHEMA))
                .delete("/api/v2/projects/{id}", this::delete, noContent())
                .get("/api/v2/projects/{id}/tag-bindings", this::bindings, lists(TagBindingResource.SCHEMA))
                .patch(
                        "/api/v2/projects/{id}/tag-bindings",
                        this::addBindings,
                        lists(TagBindingResource.SCHEMA).takesMany(TagBindingResource.SCHEMA))
                .get(
                        "/api/v2/projects/{id}/relationships/tag-bindings",
                        this::bindings,
                        lists(TagBindingResource.SCHEMA))
                .post(
                        "/api/v2/projects/{id}/relationships/tag-bindings",
                        this::addBindings,
                        lists(TagBindingResource.SCHEMA).takesMany(TagBindingResource.SCHEMA))
                .patch(
                        "/api/v2/projects/{id}/relationships/tag-bindings",
                        this::replaceBindings,
                        lists(TagBindingResource.SCHEMA).takesMany(TagBindingResource.SCHEMA))
                .get(
                        "/api/v2/projects/{id}/effective-tag-bindings",
                        this::effectiveBindings,
                        lists(TagBindingResource.EFFECTIVE))
                .post(
                        "/api/v2/projects/{id}/relationships/workspaces",
                        this::moveWorkspaces,
                        noContent().takesIdentifiers("workspaces").refuses(403));
    }

    private Answer list(Call call) {
        boolean include = call.include(INCLUDE).contains(INCLUDE);
        ProjectFilter filter = new ProjectFilter(
                call.queryList("filter[names]"),
                call.query("q"),
                call.tagged(),
                call.query("filter[permissions][update]").filter("true"::equals).isPresent(),
                call.query("filter[permissions][create-workspace]")
                        .filter("true"::equals)
                        .isPresent());
        Page<ProjectView> page =
                projects.list(call.caller(), call.path("organization"), filter, sort(call.query("sort")), call.page());
        if (!include) {
            return JsonApi.page(call, page, ProjectResource::of);
        }
        Map<ProjectId, List<TagBinding>> bindings = projects.bindings(page.items());
        return JsonApi.page(
                call,
                page,
                view -> TagBindingResource.relate(ProjectResource.of(view), of(bindings, view)),
                included(bindings));
    }

    private static List<TagBinding> of(Map<ProjectId, List<TagBinding>> bindings, ProjectView view) {
        return bindings.getOrDefault(view.project().id(), List.of());
    }

    private static List<Resource> included(Map<ProjectId, List<TagBinding>> bindings) {
        List<Resource> included = new ArrayList<>();
        bindings.values().forEach(list -> included.addAll(TagBindingResource.effective(list)));
        return included;
    }

    private static Projects.Sort sort(Optional<String> wanted) {
        return switch (wanted.orElse("")) {
            case "name" -> Projects.Sort.NAME;
            case "-name" -> Projects.Sort.NAME_DESCENDING;
            default -> Projects.Sort.NEWEST;
        };
    }

    private Answer create(Call call) {
        Patch patch = call.patch();
        return JsonApi.created(ProjectResource.of(projects.create(
                call.caller(),
                call.path("organization"),
                patch.requiredText("name"),
                fresh -> ProjectResource.change(fresh, patch, true),
                TagBindingResource.wanted(patch).orElse(List.of()))));
    }

    private Answer read(Call call) {
        boolean include = call.include(INCLUDE).contains(INCLUDE);
        ProjectView view = projects.read(call.caller(), id(call));
        if (!include) {
            return JsonApi.resource(ProjectResource.of(view));
        }
        Map<ProjectId, List<TagBinding>> bindings = projects.bindings(List.of(view));
        return JsonApi.resource(
                200, TagBindingResource.relate(ProjectResource.of(view), of(bindings, view)), included(bindings));
    }

    private Answer update(Call call) {
        Patch patch = call.patch();
        return JsonApi.resource(ProjectResource.of(projects.update(
                call.caller(),
                id(call),
                before -> ProjectResource.change(before, patch, false),
                TagBindingResource.wanted(patch))));
    }

    private Answer delete(Call call) {
        projects.delete(call.caller(), id(call));
        return Answer.noContent();
    }

    private Answer bindings(Call call) {
        return JsonApi.list(TagBindingResource.list(projects.bindings(call.caller(), id(call))));
    }

    private Answer effectiveBindings(Call call) {
        return JsonApi.list(TagBindingResource.effective(projects.bindings(call.caller(), id(call))));
    }

    private Answer addBindings(Call call) {
        return JsonApi.list(TagBindingResource.list(
                projects.addBindings(call.caller(), id(call), TagBindingResource.wanted(call.patches()))));
    }

    private Answer replaceBindings(Call call) {
        return JsonApi.list(TagBindingResource.list(
                projects.replaceBindings(call.caller(), id(call), TagBindingResource.wanted(call.patches()))));
    }

    private Answer moveWorkspaces(Call call) {
        workspaces.move(call.caller(), id(call), call.workspaceIds());
        return Answer.noContent();
    }

    private static ProjectId id(Call call) {
        return new ProjectId(call.path("id"));
    }
}
