package io.otfd.api.resource;

import static io.otfd.api.Operation.pages;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;

import io.otfd.Ids.WorkspaceId;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.Schema;
import io.otfd.resource.Resource;
import io.otfd.resource.Resources;

/** cloud-docs/api-docs/workspace-resources. */
public final class ResourceEndpoints {

    private static final Schema SCHEMA = Schema.of("resources")
            .readOnly(TEXT, "address", "name", "module", "provider", "provider-type", "modified-by-state-version-id")
            .readOnly(TEXT.orNull(), "name-index")
            .readOnly(TIME, "created-at", "updated-at");

    private final Resources resources;

    public ResourceEndpoints(Resources resources) {
        this.resources = resources;
    }

    public void register(RouteTable routes) {
        routes.family(ResourceEndpoints.class, Route.Audience.TOKEN)
                .get("/api/v2/workspaces/{workspace}/resources", this::list, pages(SCHEMA));
    }

    private Answer list(Call call) {
        WorkspaceId workspace = new WorkspaceId(call.path("workspace"));
        return JsonApi.page(call, resources.list(call.caller(), workspace, call.page()), ResourceEndpoints::of);
    }

    private static io.otfd.api.Resource of(Resource resource) {
        return new io.otfd.api.Resource(SCHEMA, resource.id())
                .attribute("address", resource.address())
                .attribute("name", resource.name())
                .attribute("created-at", resource.createdAt())
                .attribute("updated-at", resource.updatedAt())
                .attribute("module", resource.module())
                .attribute("provider", resource.provider())
                .attribute("provider-type", resource.providerType())
                .attribute(
                        "modified-by-state-version-id", resource.stateVersion().value())
                .attribute("name-index", resource.nameIndex());
    }
}
