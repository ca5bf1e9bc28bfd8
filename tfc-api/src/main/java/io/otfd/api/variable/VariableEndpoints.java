package io.otfd.api.variable;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.lists;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.updates;
import static io.otfd.api.variable.VariableResource.SCHEMA;

import io.otfd.Ids.VariableId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.variable.Variable;
import io.otfd.variable.Variables;

/** Variables of a workspace (cloud-docs/api-docs/workspace-variables). */
public final class VariableEndpoints {

    private final Variables variables;

    public VariableEndpoints(Variables variables) {
        this.variables = variables;
    }

    public void register(RouteTable routes) {
        routes.family(VariableEndpoints.class, Route.Audience.TOKEN)
                .get("/api/v2/workspaces/{workspace}/vars", this::list, lists(SCHEMA))
                // With sets, these will be more than the workspace's own (asked for since Terraform 1.14).
                .get("/api/v2/workspaces/{workspace}/all-vars", this::list, lists(SCHEMA))
                .post("/api/v2/workspaces/{workspace}/vars", this::create, creates(SCHEMA))
                .get("/api/v2/workspaces/{workspace}/vars/{id}", this::read, shows(SCHEMA))
                .patch("/api/v2/workspaces/{workspace}/vars/{id}", this::update, updates(SCHEMA))
                .delete("/api/v2/workspaces/{workspace}/vars/{id}", this::delete, noContent());
    }

    private Answer list(Call call) {
        return JsonApi.list(variables.list(call.caller(), workspace(call)).stream()
                .map(VariableResource::of)
                .toList());
    }

    private Answer create(Call call) {
        Patch patch = call.patch();
        return JsonApi.created(VariableResource.of(variables.create(
                call.caller(),
                workspace(call),
                patch.requiredText("key"),
                Variable.Category.of(patch.requiredText("category")),
                fresh -> VariableResource.change(fresh, patch))));
    }

    private Answer read(Call call) {
        return JsonApi.resource(VariableResource.of(variables.read(call.caller(), workspace(call), id(call))));
    }

    private Answer update(Call call) {
        Patch patch = call.patch();
        return JsonApi.resource(VariableResource.of(variables.update(
                call.caller(), workspace(call), id(call), before -> VariableResource.change(before, patch))));
    }

    private Answer delete(Call call) {
        variables.delete(call.caller(), workspace(call), id(call));
        return Answer.noContent();
    }

    private static WorkspaceId workspace(Call call) {
        return new WorkspaceId(call.path("workspace"));
    }

    private static VariableId id(Call call) {
        return new VariableId(call.path("id"));
    }
}
