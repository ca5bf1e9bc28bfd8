package io.otfd.api.runtrigger;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;

import io.otfd.Ids.RunTriggerId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.Schema;
import io.otfd.api.workspace.WorkspaceResource;
import io.otfd.runtrigger.RunTrigger;
import io.otfd.runtrigger.RunTriggers;
import io.otfd.workspace.Workspaces;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** cloud-docs/api-docs/run-triggers. */
public final class RunTriggerEndpoints {

    private static final Schema SCHEMA = Schema.of("run-triggers")
            .readOnly(TEXT, "workspace-name", "sourceable-name")
            .readOnly(TIME, "created-at")
            .one("workspace", "workspaces")
            .one("sourceable", "workspaces")
            .writableRelationships("sourceable");

    private static final String TYPE = "filter[run-trigger][type]";
    private static final String[] INCLUDES = {"workspace", "sourceable"};

    private final RunTriggers triggers;
    private final Workspaces workspaces;

    public RunTriggerEndpoints(RunTriggers triggers, Workspaces workspaces) {
        this.triggers = triggers;
        this.workspaces = workspaces;
    }

    public void register(RouteTable routes) {
        routes.family(RunTriggerEndpoints.class, Route.Audience.TOKEN)
                .get(
                        "/api/v2/workspaces/{workspace}/run-triggers",
                        this::list,
                        pages(SCHEMA).query(TYPE).include(INCLUDES).beside(WorkspaceResource.SCHEMA))
                .post("/api/v2/workspaces/{workspace}/run-triggers", this::create, creates(SCHEMA))
                .get(
                        "/api/v2/run-triggers/{id}",
                        this::read,
                        shows(SCHEMA).include(INCLUDES).beside(WorkspaceResource.SCHEMA))
                .delete("/api/v2/run-triggers/{id}", this::delete, noContent());
    }

    /** The filter is required. */
    private Answer list(Call call) {
        boolean inbound = switch (call.query(TYPE).orElse("")) {
            case "inbound" -> true;
            case "outbound" -> false;
            default -> throw new Refusal.Malformed(TYPE + " must be inbound or outbound");
        };
        Page<RunTrigger> page = triggers.list(call.caller(), workspace(call), inbound, call.page());
        return JsonApi.page(call, page, RunTriggerEndpoints::of, included(call, page.items()));
    }

    private Answer create(Call call) {
        WorkspaceId sourceable = call.patch()
                .reference("sourceable", WorkspaceId::new)
                .orElseThrow(() -> Refusal.Invalid.relationship("sourceable", "Sourceable can't be blank"));
        return JsonApi.created(of(triggers.create(call.caller(), workspace(call), sourceable)));
    }

    private Answer read(Call call) {
        RunTrigger trigger = triggers.read(call.caller(), id(call));
        return JsonApi.resource(200, of(trigger), included(call, List.of(trigger)));
    }

    private List<Resource> included(Call call, List<RunTrigger> shown) {
        Set<String> wanted = call.include(INCLUDES);
        List<WorkspaceId> ids = Stream.concat(
                        shown.stream()
                                .filter(each -> wanted.contains("workspace"))
                                .map(RunTrigger::workspace),
                        shown.stream()
                                .filter(each -> wanted.contains("sourceable"))
                                .map(RunTrigger::sourceable))
                .distinct()
                .toList();
        return workspaces.read(call.caller(), ids).stream()
                .map(WorkspaceResource::of)
                .toList();
    }

    private Answer delete(Call call) {
        triggers.delete(call.caller(), id(call));
        return Answer.noContent();
    }

    private static Resource of(RunTrigger trigger) {
        return new Resource(SCHEMA, trigger.id().value())
                .attribute("workspace-name", trigger.workspaceName())
                .attribute("sourceable-name", trigger.sourceableName())
                .attribute("created-at", trigger.createdAt())
                .toOne("workspace", "workspaces", trigger.workspace().value())
                .toOne("sourceable", "workspaces", trigger.sourceable().value())
                .link("self", "/api/v2/run-triggers/" + trigger.id().value());
    }

    private static WorkspaceId workspace(Call call) {
        return new WorkspaceId(call.path("workspace"));
    }

    private static RunTriggerId id(Call call) {
        return new RunTriggerId(call.path("id"));
    }
}
