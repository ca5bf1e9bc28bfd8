package io.otfd.api.tag;

import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.tag.TagResource.SCHEMA;

import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.workspace.Tag;
import io.otfd.workspace.Tags;
import java.util.List;

/** Flat tags of organizations and workspaces (cloud-docs/api-docs/organization-tags, workspaces). */
public final class TagEndpoints {

    private final Tags tags;

    public TagEndpoints(Tags tags) {
        this.tags = tags;
    }

    public void register(RouteTable routes) {
        routes.family(TagEndpoints.class, Route.Audience.TOKEN)
                .get(
                        "/api/v2/organizations/{organization}/tags",
                        this::listOfOrganization,
                        pages(SCHEMA).query("q", "filter[exclude][taggable][id]"))
                .delete(
                        "/api/v2/organizations/{organization}/tags",
                        this::delete,
                        noContent().takesIdentifiers("tags"))
                .post(
                        "/api/v2/tags/{id}/relationships/workspaces",
                        this::addWorkspaces,
                        noContent().takesIdentifiers("workspaces"))
                .get(
                        "/api/v2/workspaces/{id}/relationships/tags",
                        this::list,
                        pages(SCHEMA).query("name"))
                .post(
                        "/api/v2/workspaces/{id}/relationships/tags",
                        this::add,
                        noContent().takesMany(SCHEMA))
                .delete(
                        "/api/v2/workspaces/{id}/relationships/tags",
                        this::remove,
                        noContent().takesMany(SCHEMA));
    }

    private Answer listOfOrganization(Call call) {
        return JsonApi.page(
                call,
                tags.list(
                        call.caller(),
                        call.path("organization"),
                        call.query("q"),
                        call.query("filter[exclude][taggable][id]"),
                        call.page()),
                TagResource::of);
    }

    private Answer delete(Call call) {
        List<String> ids = call.patches().stream()
                .map(patch ->
                        patch.id().orElseThrow(() -> Refusal.Invalid.document("A tag to delete must have an 'id'.")))
                .toList();
        tags.delete(call.caller(), call.path("organization"), ids);
        return Answer.noContent();
    }

    private Answer addWorkspaces(Call call) {
        tags.addWorkspaces(call.caller(), call.path("id"), call.workspaceIds());
        return Answer.noContent();
    }

    private Answer list(Call call) {
        return JsonApi.page(
                call, tags.list(call.caller(), workspace(call), call.query("name"), call.page()), TagResource::of);
    }

    private Answer add(Call call) {
        tags.add(call.caller(), workspace(call), references(call.patches()));
        return Answer.noContent();
    }

    private Answer remove(Call call) {
        tags.remove(call.caller(), workspace(call), references(call.patches()));
        return Answer.noContent();
    }

    private static List<Tag.Reference> references(List<Patch> patches) {
        return TagResource.references(patches);
    }

    private static WorkspaceId workspace(Call call) {
        return new WorkspaceId(call.path("id"));
    }
}
