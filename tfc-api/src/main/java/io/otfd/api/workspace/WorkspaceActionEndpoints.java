package io.otfd.api.workspace;

import static io.otfd.api.Operation.lists;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.workspace.WorkspaceResource.SCHEMA;

import io.otfd.Ids.WorkspaceId;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.tagbinding.TagBindingResource;
import io.otfd.workspace.WorkspaceLocks;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.List;
import java.util.Optional;

/** Locks and tag bindings of a workspace (cloud-docs/api-docs/workspaces). */
public final class WorkspaceActionEndpoints {

    private final WorkspaceLocks locks;
    private final Workspaces workspaces;

    public WorkspaceActionEndpoints(WorkspaceLocks locks, Workspaces workspaces) {
        this.locks = locks;
        this.workspaces = workspaces;
    }

    public void register(RouteTable routes) {
        routes.family(WorkspaceActionEndpoints.class, Route.Audience.TOKEN)
                .post(
                        "/api/v2/workspaces/{id}/actions/lock",
                        this::lock,
                        shows(SCHEMA).takesJson().bodyIsOptional())
                .post("/api/v2/workspaces/{id}/actions/unlock", this::unlock, shows(SCHEMA))
                .post("/api/v2/workspaces/{id}/actions/force-unlock", this::forceUnlock, shows(SCHEMA))
                .get("/api/v2/workspaces/{id}/tag-bindings", this::bindings, lists(TagBindingResource.SCHEMA))
                .patch(
                        "/api/v2/workspaces/{id}/tag-bindings",
                        this::addBindings,
                        lists(TagBindingResource.SCHEMA).takesMany(TagBindingResource.SCHEMA))
                .get(
                        "/api/v2/workspaces/{id}/relationships/tag-bindings",
                        this::bindings,
                        lists(TagBindingResource.SCHEMA))
                .post(
                        "/api/v2/workspaces/{id}/relationships/tag-bindings",
                        this::addBindings,
                        lists(TagBindingResource.SCHEMA).takesMany(TagBindingResource.SCHEMA))
                .patch(
                        "/api/v2/workspaces/{id}/relationships/tag-bindings",
                        this::replaceBindings,
                        lists(TagBindingResource.SCHEMA).takesMany(TagBindingResource.SCHEMA))
                .get(
                        "/api/v2/workspaces/{id}/effective-tag-bindings",
                        this::effectiveBindings,
                        lists(TagBindingResource.EFFECTIVE));
    }

    private Answer lock(Call call) {
        return JsonApi.resource(WorkspaceResource.of(locks.lock(call.caller(), id(call), reason(call))));
    }

    /** {@code {"reason":…}} as documented, a resource as the CLI sends it (observed: Terraform 1.11), or nothing. */
    private static Optional<String> reason(Call call) {
        byte[] body = call.body();
        return body.length == 0 ? Optional.empty() : Patch.reason(body);
    }

    private Answer unlock(Call call) {
        return JsonApi.resource(WorkspaceResource.of(locks.unlock(call.caller(), id(call))));
    }

    private Answer forceUnlock(Call call) {
        return JsonApi.resource(WorkspaceResource.of(locks.forceUnlock(call.caller(), id(call))));
    }

    private Answer bindings(Call call) {
        return JsonApi.list(TagBindingResource.list(workspaces.bindings(call.caller(), id(call))));
    }

    private Answer effectiveBindings(Call call) {
        WorkspaceView view = workspaces.read(call.caller(), id(call));
        return JsonApi.list(TagBindingResource.effective(
                workspaces.effectiveBindings(List.of(view)).getOrDefault(id(call), List.of())));
    }

    private Answer addBindings(Call call) {
        return JsonApi.list(TagBindingResource.list(
                workspaces.addBindings(call.caller(), id(call), TagBindingResource.wanted(call.patches()))));
    }

    private Answer replaceBindings(Call call) {
        return JsonApi.list(TagBindingResource.list(
                workspaces.replaceBindings(call.caller(), id(call), TagBindingResource.wanted(call.patches()))));
    }

    private static WorkspaceId id(Call call) {
        return new WorkspaceId(call.path("id"));
    }
}
