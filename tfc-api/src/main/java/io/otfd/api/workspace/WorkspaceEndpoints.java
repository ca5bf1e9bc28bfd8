package io.otfd.api.workspace;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.updates;
import static io.otfd.api.workspace.WorkspaceResource.SCHEMA;

import io.otfd.Ids.ProjectId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.tagbinding.TagBindingResource;
import io.otfd.workspace.WorkspaceFilter;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.List;
import java.util.Optional;

/** cloud-docs/api-docs/workspaces: the workspace itself. Locks and tags are {@link WorkspaceActionEndpoints}. */
public final class WorkspaceEndpoints {

    private static final String[] FILTERS = {
        "sort",
        "search[name]",
        "search[wildcard-name]",
        "search[tags]",
        "search[exclude-tags]",
        "filter[project][id]",
        "filter[current-run][status]",
        "filter[tagged][0][key]",
        "filter[tagged][0][value]"
    };

    private final Workspaces workspaces;
    private final WorkspaceIncludes includes;

    public WorkspaceEndpoints(Workspaces workspaces, WorkspaceIncludes includes) {
        this.workspaces = workspaces;
        this.includes = includes;
    }

    public void register(RouteTable routes) {
        routes.family(WorkspaceEndpoints.class, Route.Audience.TOKEN)
                .get(
                        "/api/v2/organizations/{organization}/workspaces",
                        this::list,
                        pages(SCHEMA)
                                .query(FILTERS)
                                .include(WorkspaceIncludes.NAMES)
                                .beside(WorkspaceIncludes.TYPES))
                .post("/api/v2/organizations/{organization}/workspaces", this::create, creates(SCHEMA))
                .get(
                        "/api/v2/organizations/{organization}/workspaces/{name}",
                        this::read,
                        shows(SCHEMA).include(WorkspaceIncludes.NAMES).beside(WorkspaceIncludes.TYPES))
                .patch("/api/v2/organizations/{organization}/workspaces/{name}", this::update, updates(SCHEMA))
                .delete(
                        "/api/v2/organizations/{organization}/workspaces/{name}",
                        this::delete,
                        noContent().refuses(403))
                .post(
                        "/api/v2/organizations/{organization}/workspaces/{name}/actions/safe-delete",
                        this::safeDelete,
                        noContent())
                .get(
                        "/api/v2/workspaces/{id}",
                        this::read,
                        shows(SCHEMA).include(WorkspaceIncludes.NAMES).beside(WorkspaceIncludes.TYPES))
                .patch("/api/v2/workspaces/{id}", this::update, updates(SCHEMA))
                .delete("/api/v2/workspaces/{id}", this::delete, noContent().refuses(403))
                .post("/api/v2/workspaces/{id}/actions/safe-delete", this::safeDelete, noContent());
    }

    private Answer list(Call call) {
        call.include(WorkspaceIncludes.NAMES);
        Page<WorkspaceView> page = workspaces.list(
                call.caller(), call.path("organization"), filter(call), sort(call.query("sort")), call.page());
        WorkspaceIncludes.Shown shown = includes.of(call, page.items());
        return JsonApi.page(call, page, shown::document, shown.included());
    }

    private static WorkspaceFilter filter(Call call) {
        return new WorkspaceFilter(
                call.query("search[name]"),
                call.query("search[wildcard-name]"),
                call.queryList("search[tags]"),
                call.queryList("search[exclude-tags]"),
                call.tagged(),
                call.query("filter[project][id]").map(ProjectId::new),
                call.queryList("filter[current-run][status]"));
    }

    private static String sort(Optional<String> wanted) {
        return switch (wanted.orElse("").replace('_', '-')) {
            case "name" -> "name";
            case "-name" -> "name_descending";
            case "current-run.created-at" -> "current_run";
            case "-current-run.created-at" -> "current_run_descending";
            case "latest-change-at" -> "latest_change";
            case "-latest-change-at" -> "latest_change_descending";
            default -> "created_at";
        };
    }

    private Answer create(Call call) {
        Patch patch = call.patch();
        return JsonApi.created(WorkspaceResource.of(workspaces.create(
                call.caller(),
                call.path("organization"),
                patch.requiredText("name"),
                WorkspaceRequest.project(patch),
                fresh -> WorkspaceRequest.change(fresh, patch, true),
                WorkspaceRequest.labels(patch))));
    }

    private Answer read(Call call) {
        call.include(WorkspaceIncludes.NAMES);
        WorkspaceView view = find(call);
        WorkspaceIncludes.Shown shown = includes.of(call, List.of(view));
        return JsonApi.resource(200, shown.document(view), shown.included());
    }

    private Answer update(Call call) {
        Patch patch = call.patch();
        return JsonApi.resource(WorkspaceResource.of(workspaces.update(
                call.caller(),
                id(call),
                before -> WorkspaceRequest.change(before, patch, false),
                TagBindingResource.wanted(patch))));
    }

    private Answer delete(Call call) {
        workspaces.delete(call.caller(), id(call));
        return Answer.noContent();
    }

    private Answer safeDelete(Call call) {
        workspaces.safeDelete(call.caller(), id(call));
        return Answer.noContent();
    }

    /** Both forms of the path lead to the same workspace. */
    private WorkspaceView find(Call call) {
        return call.pathOptional("id")
                .map(id -> workspaces.read(call.caller(), new WorkspaceId(id)))
                .orElseGet(() -> workspaces.read(call.caller(), call.path("organization"), call.path("name")));
    }

    private WorkspaceId id(Call call) {
        return call.pathOptional("id")
                .map(WorkspaceId::new)
                .orElseGet(() -> find(call).workspace().id());
    }
}
