package io.otfd.api.workspace;

import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;

import io.otfd.Ids.WorkspaceId;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.workspace.RemoteStateConsumers;

/** cloud-docs/api-docs/workspaces, Remote State Consumers. */
public final class RemoteStateConsumerEndpoints {

    private static final String PATH = "/api/v2/workspaces/{id}/relationships/remote-state-consumers";

    private final RemoteStateConsumers consumers;

    public RemoteStateConsumerEndpoints(RemoteStateConsumers consumers) {
        this.consumers = consumers;
    }

    public void register(RouteTable routes) {
        routes.family(RemoteStateConsumerEndpoints.class, Route.Audience.TOKEN)
                .get(PATH, this::list, pages(WorkspaceResource.SCHEMA))
                .post(PATH, this::add, noContent().takesIdentifiers("workspaces"))
                .patch(PATH, this::replace, noContent().takesIdentifiers("workspaces"))
                .delete(PATH, this::remove, noContent().takesIdentifiers("workspaces"));
    }

    private Answer list(Call call) {
        return JsonApi.page(call, consumers.list(call.caller(), id(call), call.page()), WorkspaceResource::of);
    }

    private Answer add(Call call) {
        consumers.add(call.caller(), id(call), call.workspaceIds());
        return Answer.noContent();
    }

    private Answer replace(Call call) {
        consumers.replace(call.caller(), id(call), call.workspaceIds());
        return Answer.noContent();
    }

    private Answer remove(Call call) {
        consumers.remove(call.caller(), id(call), call.workspaceIds());
        return Answer.noContent();
    }

    private static WorkspaceId id(Call call) {
        return new WorkspaceId(call.path("id"));
    }
}
