package io.otfd.api.variable;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.lists;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.updates;
import static io.otfd.api.variable.VariableResource.SCHEMA;

import io.otfd.Ids.VariableId;
import io.otfd.Ids.VariableOwnerId;
import io.otfd.Ids.VariableSetId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.variable.EffectiveVariable;
import io.otfd.variable.Variable;
import io.otfd.variable.Variables;

/** Variables of a workspace or of a set (cloud-docs/api-docs/workspace-variables and variable-sets). */
public final class VariableEndpoints {

    private final Variables variables;

    public VariableEndpoints(Variables variables) {
        this.variables = variables;
    }

    public void register(RouteTable routes) {
        RouteTable.Family family = routes.family(VariableEndpoints.class, Route.Audience.TOKEN)
                .get("/api/v2/workspaces/{workspace}/all-vars", this::effective, lists(SCHEMA));
        register(family, "/api/v2/workspaces/{workspace}/vars");
        register(family, "/api/v2/varsets/{set}/relationships/vars");
    }

    private void register(RouteTable.Family family, String path) {
        family.get(path, this::list, lists(SCHEMA))
                .post(path, this::create, creates(SCHEMA))
                .get(path + "/{id}", this::read, shows(SCHEMA))
                .patch(path + "/{id}", this::update, updates(SCHEMA))
                .delete(path + "/{id}", this::delete, noContent());
    }

    private Answer list(Call call) {
        return JsonApi.list(variables.list(call.caller(), owner(call)).stream()
                .map(VariableResource::of)
                .toList());
    }

    /** Asked for since Terraform 1.14: what its plan will see. */
    private Answer effective(Call call) {
        return JsonApi.list(variables.effective(call.caller(), new WorkspaceId(call.path("workspace"))).stream()
                .map(EffectiveVariable::variable)
                .map(VariableResource::of)
                .toList());
    }

    private Answer create(Call call) {
        Patch patch = call.patch();
        return JsonApi.created(VariableResource.of(variables.create(
                call.caller(),
                owner(call),
                patch.requiredText("key"),
                Variable.Category.of(patch.requiredText("category")),
                fresh -> VariableResource.change(fresh, patch))));
    }

    private Answer read(Call call) {
        return JsonApi.resource(VariableResource.of(variables.read(call.caller(), owner(call), id(call))));
    }

    private Answer update(Call call) {
        Patch patch = call.patch();
        return JsonApi.resource(VariableResource.of(variables.update(
                call.caller(), owner(call), id(call), before -> VariableResource.change(before, patch))));
    }

    private Answer delete(Call call) {
        variables.delete(call.caller(), owner(call), id(call));
        return Answer.noContent();
    }

    private static VariableOwnerId owner(Call call) {
        return call.pathOptional("set")
                .<VariableOwnerId>map(VariableSetId::new)
                .orElseGet(() -> new WorkspaceId(call.path("workspace")));
    }

    private static VariableId id(Call call) {
        return new VariableId(call.path("id"));
    }
}
