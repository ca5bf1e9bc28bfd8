package io.otfd.api.workspace;

import io.otfd.Ids.ProjectId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.organization.OrganizationResource;
import io.otfd.api.project.ProjectResource;
import io.otfd.api.run.RunResource;
import io.otfd.organization.Organizations;
import io.otfd.project.Projects;
import io.otfd.run.Runs;
import io.otfd.workspace.WorkspaceFilter;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** cloud-docs/api-docs/workspaces: the workspace itself. Locks and tags are {@link WorkspaceActionEndpoints}. */
public final class WorkspaceEndpoints {

    private static final String[] INCLUDES = {
        "organization",
        "project",
        "current_run",
        "current_run.plan",
        "current_run.configuration_version",
        "current_run.configuration_version.ingress_attributes",
        "current_configuration_version",
        "current_configuration_version.ingress_attributes",
        "current_state_version",
        "locked_by",
        "outputs",
        "readme",
        "effective_tag_bindings"
    };

    private final Workspaces workspaces;
    private final Organizations organizations;
    private final Projects projects;
    private final Runs runs;

    public WorkspaceEndpoints(Workspaces workspaces, Organizations organizations, Projects projects, Runs runs) {
        this.workspaces = workspaces;
        this.organizations = organizations;
        this.projects = projects;
        this.runs = runs;
    }

    public void register(RouteTable routes) {
        routes.family(WorkspaceEndpoints.class, Route.Audience.TOKEN)
                .get("/api/v2/organizations/{organization}/workspaces", this::list)
                .post("/api/v2/organizations/{organization}/workspaces", this::create)
                .get("/api/v2/organizations/{organization}/workspaces/{name}", this::read)
                .patch("/api/v2/organizations/{organization}/workspaces/{name}", this::update)
                .delete("/api/v2/organizations/{organization}/workspaces/{name}", this::delete)
                .post("/api/v2/organizations/{organization}/workspaces/{name}/actions/safe-delete", this::safeDelete)
                .get("/api/v2/workspaces/{id}", this::read)
                .patch("/api/v2/workspaces/{id}", this::update)
                .delete("/api/v2/workspaces/{id}", this::delete)
                .post("/api/v2/workspaces/{id}/actions/safe-delete", this::safeDelete);
    }

    private Answer list(Call call) {
        Set<String> include = call.include(INCLUDES);
        Page<WorkspaceView> page = workspaces.list(
                call.caller(), call.path("organization"), filter(call), sort(call.query("sort")), call.page());
        List<Resource> included = new ArrayList<>();
        page.items().forEach(view -> included.addAll(included(call, view, include)));
        return JsonApi.page(call, page, WorkspaceResource::of, included);
    }

    private static WorkspaceFilter filter(Call call) {
        List<WorkspaceFilter.Tagged> tagged = new ArrayList<>();
        for (int i = 0; call.query("filter[tagged][" + i + "][key]").isPresent(); i++) {
            tagged.add(new WorkspaceFilter.Tagged(
                    call.query("filter[tagged][" + i + "][key]").orElseThrow(),
                    call.query("filter[tagged][" + i + "][value]").orElse("")));
        }
        return new WorkspaceFilter(
                call.query("search[name]"),
                call.query("search[wildcard-name]"),
                call.queryList("search[tags]"),
                call.queryList("search[exclude-tags]"),
                tagged,
                call.query("filter[project][id]").map(ProjectId::new),
                call.queryList("filter[current-run][status]"));
    }

    private static String sort(Optional<String> wanted) {
        return switch (wanted.orElse("")) {
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
                fresh -> WorkspaceResource.change(fresh, patch),
                WorkspaceActionEndpoints.tags(patch))));
    }

    private Answer read(Call call) {
        Set<String> include = call.include(INCLUDES);
        WorkspaceView view = find(call);
        return JsonApi.resource(200, WorkspaceResource.of(view), included(call, view, include));
    }

    private List<Resource> included(Call call, WorkspaceView view, Set<String> include) {
        List<Resource> included = new ArrayList<>();
        if (include.contains("organization")) {
            included.add(OrganizationResource.of(
                    organizations.read(call.caller(), view.workspace().organizationName())));
        }
        if (include.contains("project")) {
            included.add(ProjectResource.of(
                    projects.read(call.caller(), view.workspace().project())));
        }
        if (include.stream().anyMatch(name -> name.startsWith("current_run"))) {
            view.workspace().currentRun().ifPresent(id -> included.add(RunResource.of(runs.read(call.caller(), id))));
        }
        return included;
    }

    private Answer update(Call call) {
        Patch patch = call.patch();
        return JsonApi.resource(WorkspaceResource.of(
                workspaces.update(call.caller(), id(call), before -> WorkspaceResource.change(before, patch))));
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
