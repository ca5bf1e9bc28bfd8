package io.otfd.api.team;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.updates;
import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.TEXT;

import io.otfd.Ids.TeamId;
import io.otfd.Ids.TeamWorkspaceId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import io.otfd.access.WorkspaceAccess;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.Schema;
import io.otfd.team.TeamWorkspace;
import io.otfd.team.TeamWorkspaces;
import java.util.List;

/** Which team may do what with a workspace (cloud-docs/api-docs/team-access). */
public final class TeamWorkspaceEndpoints {

    private static final Schema SCHEMA = Schema.of("team-workspaces")
            .writable(TEXT, "access", "runs", "variables", "state-versions", "sentinel-mocks")
            .writable(FLAG, "workspace-locking", "run-tasks", "policy-overrides")
            .one("team", "teams")
            .one("workspace", "workspaces")
            .writableRelationships("team", "workspace");

    private static final List<String> PARTS = List.of(
            "runs",
            "variables",
            "state-versions",
            "sentinel-mocks",
            "workspace-locking",
            "run-tasks",
            "policy-overrides");

    private final TeamWorkspaces accesses;

    public TeamWorkspaceEndpoints(TeamWorkspaces accesses) {
        this.accesses = accesses;
    }

    public void register(RouteTable routes) {
        routes.family(TeamWorkspaceEndpoints.class, Route.Audience.TOKEN)
                .get("/api/v2/team-workspaces", this::list, pages(SCHEMA).query("filter[workspace][id]"))
                .post("/api/v2/team-workspaces", this::create, creates(SCHEMA))
                .get("/api/v2/team-workspaces/{id}", this::read, shows(SCHEMA))
                .patch("/api/v2/team-workspaces/{id}", this::update, updates(SCHEMA))
                .delete("/api/v2/team-workspaces/{id}", this::delete, noContent());
    }

    private Answer list(Call call) {
        WorkspaceId workspace = call.query("filter[workspace][id]")
                .map(WorkspaceId::new)
                .orElseThrow(() -> new Refusal.Malformed("filter[workspace][id] must be given"));
        return JsonApi.page(call, accesses.list(call.caller(), workspace, call.page()), TeamWorkspaceEndpoints::of);
    }

    private Answer create(Call call) {
        Patch patch = call.patch();
        WorkspaceId workspace = patch.reference("workspace")
                .map(WorkspaceId::new)
                .orElseThrow(() -> Refusal.Invalid.relationship("workspace", "Workspace must be given."));
        TeamId team = patch.reference("team")
                .map(TeamId::new)
                .orElseThrow(() -> Refusal.Invalid.relationship("team", "Team must be given."));
        WorkspaceAccess access = change(WorkspaceAccess.of(patch.requiredText("access")), patch);
        return JsonApi.created(of(accesses.create(call.caller(), workspace, team, access)));
    }

    private Answer read(Call call) {
        return JsonApi.resource(of(accesses.read(call.caller(), id(call))));
    }

    private Answer update(Call call) {
        Patch patch = call.patch();
        return JsonApi.resource(of(accesses.update(call.caller(), id(call), before -> change(before, patch))));
    }

    private Answer delete(Call call) {
        accesses.delete(call.caller(), id(call));
        return Answer.noContent();
    }

    /** The parts count with {@code custom} alone: every other level says them all. */
    private static WorkspaceAccess change(WorkspaceAccess before, Patch patch) {
        String level = patch.text("access", before.level());
        WorkspaceAccess base = level.equals(before.level()) ? before : WorkspaceAccess.of(level);
        if (!base.isCustom()) {
            refuseParts(level, patch);
            return base;
        }
        return new WorkspaceAccess(
                level,
                patch.text("runs", base.runs()),
                patch.text("variables", base.variables()),
                patch.text("state-versions", base.stateVersions()),
                patch.text("sentinel-mocks", base.sentinelMocks()),
                patch.flag("workspace-locking", base.workspaceLocking()),
                patch.flag("run-tasks", base.runTasks()),
                patch.flag("policy-overrides", base.policyOverrides()));
    }

    private static void refuseParts(String level, Patch patch) {
        PARTS.stream().filter(patch::mentions).findFirst().ifPresent(part -> {
            throw Refusal.Invalid.attribute(
                    part,
                    "is read-only when access level is '" + level
                            + "'; use the 'custom' access level to set this attribute.");
        });
    }

    private static Resource of(TeamWorkspace shown) {
        WorkspaceAccess access = shown.access();
        return new Resource(SCHEMA, shown.id().value())
                .attribute("access", access.level())
                .attribute("runs", access.runs())
                .attribute("variables", access.variables())
                .attribute("state-versions", access.stateVersions())
                .attribute("sentinel-mocks", access.sentinelMocks())
                .attribute("workspace-locking", access.workspaceLocking())
                .attribute("run-tasks", access.runTasks())
                .attribute("policy-overrides", access.policyOverrides())
                .toOne("team", "teams", shown.team().value())
                .toOne("workspace", "workspaces", shown.workspace().value())
                .link("self", "/api/v2/team-workspaces/" + shown.id().value());
    }

    private static TeamWorkspaceId id(Call call) {
        return new TeamWorkspaceId(call.path("id"));
    }
}
