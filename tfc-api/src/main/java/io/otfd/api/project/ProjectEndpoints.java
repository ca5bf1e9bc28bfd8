package io.otfd.api.project;

import io.otfd.Ids.ProjectId;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.project.Projects;

/** cloud-docs/api-docs/projects. */
public final class ProjectEndpoints {

    private final Projects projects;

    public ProjectEndpoints(Projects projects) {
        this.projects = projects;
    }

    public void register(RouteTable routes) {
        routes.family(ProjectEndpoints.class, Route.Audience.TOKEN)
                .get("/api/v2/organizations/{organization}/projects", this::list)
                .post("/api/v2/organizations/{organization}/projects", this::create)
                .get("/api/v2/projects/{id}", this::read)
                .patch("/api/v2/projects/{id}", this::update)
                .delete("/api/v2/projects/{id}", this::delete);
    }

    private Answer list(Call call) {
        return JsonApi.page(
                call,
                projects.list(
                        call.caller(),
                        call.path("organization"),
                        call.queryList("filter[names]"),
                        call.query("q"),
                        call.page()),
                ProjectResource::of);
    }

    private Answer create(Call call) {
        Patch patch = call.patch();
        return JsonApi.created(ProjectResource.of(projects.create(
                call.caller(),
                call.path("organization"),
                patch.requiredText("name"),
                patch.optionalText("description"))));
    }

    private Answer read(Call call) {
        return JsonApi.resource(ProjectResource.of(projects.read(call.caller(), id(call))));
    }

    private Answer update(Call call) {
        Patch patch = call.patch();
        return JsonApi.resource(ProjectResource.of(
                projects.update(call.caller(), id(call), before -> ProjectResource.change(before, patch))));
    }

    private Answer delete(Call call) {
        projects.delete(call.caller(), id(call));
        return Answer.noContent();
    }

    private static ProjectId id(Call call) {
        return new ProjectId(call.path("id"));
    }
}
