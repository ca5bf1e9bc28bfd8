package io.otfd.api.workspace;

import io.otfd.Ids.WorkspaceId;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.workspace.Tags;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceLocks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Locks and tags of a workspace (cloud-docs/api-docs/workspaces). */
public final class WorkspaceActionEndpoints {

    private final WorkspaceLocks locks;
    private final Tags tags;

    public WorkspaceActionEndpoints(WorkspaceLocks locks, Tags tags) {
        this.locks = locks;
        this.tags = tags;
    }

    public void register(RouteTable routes) {
        routes.family(WorkspaceActionEndpoints.class, Route.Audience.TOKEN)
                .post("/api/v2/workspaces/{id}/actions/lock", this::lock)
                .post("/api/v2/workspaces/{id}/actions/unlock", this::unlock)
                .post("/api/v2/workspaces/{id}/actions/force-unlock", this::forceUnlock)
                .get("/api/v2/workspaces/{id}/tag-bindings", this::listTags)
                .patch("/api/v2/workspaces/{id}/tag-bindings", this::addTags)
                .get("/api/v2/workspaces/{id}/effective-tag-bindings", this::effectiveTags)
                .get("/api/v2/workspaces/{id}/relationships/tags", this::listPlainTags)
                .post("/api/v2/workspaces/{id}/relationships/tags", this::addPlainTags)
                .delete("/api/v2/workspaces/{id}/relationships/tags", this::removePlainTags);
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

    private Answer listTags(Call call) {
        return JsonApi.list(WorkspaceResource.tags(tags.list(call.caller(), id(call))));
    }

    private Answer effectiveTags(Call call) {
        return JsonApi.list(tags.list(call.caller(), id(call)).stream()
                .map(WorkspaceResource::effectiveTag)
                .toList());
    }

    private Answer addTags(Call call) {
        List<Workspace.Tag> wanted =
                call.patches().stream().map(WorkspaceActionEndpoints::binding).toList();
        return JsonApi.list(WorkspaceResource.tags(tags.add(call.caller(), id(call), wanted)));
    }

    private Answer addPlainTags(Call call) {
        List<Workspace.Tag> wanted =
                call.patches().stream().map(WorkspaceActionEndpoints::plain).toList();
        tags.add(call.caller(), id(call), wanted);
        return Answer.noContent();
    }

    private Answer listPlainTags(Call call) {
        return JsonApi.list(tags.listCounted(call.caller(), id(call)).stream()
                .map(WorkspaceResource::plainTag)
                .toList());
    }

    private Answer removePlainTags(Call call) {
        tags.remove(
                call.caller(),
                id(call),
                call.patches().stream().map(tag -> tag.requiredText("name")).toList());
        return Answer.noContent();
    }

    /** Tags that come with a new workspace. */
    static List<Workspace.Tag> tags(Patch patch) {
        List<Workspace.Tag> tags = new ArrayList<>();
        patch.related("tags").orElse(List.of()).forEach(tag -> tags.add(plain(tag)));
        patch.related("tag-bindings").orElse(List.of()).forEach(tag -> tags.add(binding(tag)));
        return tags;
    }

    private static Workspace.Tag plain(Patch patch) {
        return Tags.tag(patch.requiredText("name"), "", Instant.now());
    }

    private static Workspace.Tag binding(Patch patch) {
        return Tags.tag(patch.requiredText("key"), patch.text("value", ""), Instant.now());
    }

    private static WorkspaceId id(Call call) {
        return new WorkspaceId(call.path("id"));
    }
}
