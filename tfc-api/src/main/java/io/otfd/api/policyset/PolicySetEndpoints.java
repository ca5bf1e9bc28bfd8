package io.otfd.api.policyset;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.updates;
import static io.otfd.api.policyset.PolicySetResource.SCHEMA;

import io.otfd.Ids.Id;
import io.otfd.Ids.PolicySetId;
import io.otfd.Page;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.Schema;
import io.otfd.api.policy.PolicyEndpoints;
import io.otfd.api.policy.PolicyResource;
import io.otfd.api.project.ProjectResource;
import io.otfd.api.workspace.WorkspaceResource;
import io.otfd.policy.Policies;
import io.otfd.policy.PolicyKind;
import io.otfd.policyset.PolicySet;
import io.otfd.policyset.PolicySetSettings;
import io.otfd.policyset.PolicySets;
import io.otfd.policyset.Target;
import io.otfd.project.Projects;
import io.otfd.workspace.Workspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** cloud-docs/api-docs/policy-sets. Sets have no versions: their policies are uploaded one by one. */
public final class PolicySetEndpoints {

    private static final String[] INCLUDES = {
        "policies",
        "workspaces",
        "workspace_exclusions",
        "projects",
        "project_exclusions",
        "newest_version",
        "current_version"
    };
    private static final Schema[] BESIDE = {PolicyResource.SCHEMA, WorkspaceResource.SCHEMA, ProjectResource.SCHEMA};

    private final PolicySets sets;
    private final Policies policies;
    private final Workspaces workspaces;
    private final Projects projects;

    public PolicySetEndpoints(PolicySets sets, Policies policies, Workspaces workspaces, Projects projects) {
        this.sets = sets;
        this.policies = policies;
        this.workspaces = workspaces;
        this.projects = projects;
    }

    public void register(RouteTable routes) {
        RouteTable.Family family = routes.family(PolicySetEndpoints.class, Route.Audience.TOKEN)
                .get(
                        "/api/v2/organizations/{organization}/policy-sets",
                        this::list,
                        pages(SCHEMA)
                                .query("search[name]", "filter[kind]", "filter[versioned]")
                                .include(INCLUDES)
                                .beside(BESIDE))
                .post("/api/v2/organizations/{organization}/policy-sets", this::create, creates(SCHEMA))
                .get(
                        "/api/v2/policy-sets/{id}",
                        this::read,
                        shows(SCHEMA).include(INCLUDES).beside(BESIDE))
                .patch("/api/v2/policy-sets/{id}", this::update, updates(SCHEMA))
                .delete("/api/v2/policy-sets/{id}", this::delete, noContent());
        for (Target target : Target.values()) {
            String path = "/api/v2/policy-sets/{id}/relationships/" + target;
            family.post(path, call -> add(call, target), noContent().takesIdentifiers(target.noun()))
                    .delete(path, call -> remove(call, target), noContent().takesIdentifiers(target.noun()));
        }
    }

    private Answer list(Call call) {
        Page<PolicySet> page = PolicyEndpoints.ofKind(
                call, sets.list(call.caller(), call.path("organization"), call.query("search[name]"), call.page()));
        if (call.query("filter[versioned]").filter("true"::equals).isPresent()) {
            page = new Page<>(List.of(), page.request(), 0);
        }
        return JsonApi.page(call, page, PolicySetResource::of, included(call, page.items()));
    }

    private Answer create(Call call) {
        Patch patch = call.patch();
        PolicyKind.require(patch.text("kind", PolicyKind.OPA));
        PolicySetSettings settings =
                PolicySetResource.change(PolicySetSettings.named(patch.requiredText("name")), patch);
        return JsonApi.created(PolicySetResource.of(
                sets.create(call.caller(), call.path("organization"), settings, PolicySetResource.placement(patch))));
    }

    private Answer read(Call call) {
        PolicySet set = sets.read(call.caller(), id(call));
        return JsonApi.resource(200, PolicySetResource.of(set), included(call, List.of(set)));
    }

    private Answer update(Call call) {
        Patch patch = call.patch();
        return JsonApi.resource(PolicySetResource.of(sets.update(
                call.caller(),
                id(call),
                before -> PolicySetResource.change(before.settings(), patch),
                PolicySetResource.placement(patch))));
    }

    private Answer delete(Call call) {
        sets.delete(call.caller(), id(call));
        return Answer.noContent();
    }

    private Answer add(Call call, Target target) {
        sets.add(call.caller(), id(call), target, targets(call, target));
        return Answer.noContent();
    }

    private Answer remove(Call call, Target target) {
        sets.remove(call.caller(), id(call), target, targets(call, target));
        return Answer.noContent();
    }

    private static List<? extends Id> targets(Call call, Target target) {
        String kind = switch (target) {
            case POLICIES -> "Policy";
            case WORKSPACES, WORKSPACE_EXCLUSIONS -> "Workspace";
            case PROJECTS, PROJECT_EXCLUSIONS -> "Project";
        };
        return call.identifiers(kind, PolicySetResource.type(target));
    }

    /** Of what the caller does not see, only the identifier remains. */
    private List<Resource> included(Call call, List<PolicySet> shown) {
        Set<String> wanted = call.include(INCLUDES);
        List<Resource> included = new ArrayList<>();
        if (shown.isEmpty()) {
            return included;
        }
        if (wanted.contains("policies")) {
            policies.read(call.caller(), shown.getFirst().organization(), related(shown, PolicySet::policies))
                    .forEach(policy -> included.add(PolicyResource.of(policy).withoutData("policy-sets")));
        }
        workspaces
                .read(
                        call.caller(),
                        related(
                                shown,
                                set -> chosen(
                                        wanted.contains("workspaces"),
                                        set.workspaces(),
                                        wanted.contains("workspace_exclusions"),
                                        set.excludedWorkspaces())))
                .forEach(view -> included.add(WorkspaceResource.of(view)));
        projects.read(
                        call.caller(),
                        shown.getFirst().organization(),
                        related(
                                shown,
                                set -> chosen(
                                        wanted.contains("projects"),
                                        set.projects(),
                                        wanted.contains("project_exclusions"),
                                        set.excludedProjects())))
                .forEach(view -> included.add(ProjectResource.of(view)));
        return included;
    }

    private static <T> List<T> chosen(boolean first, List<T> those, boolean second, List<T> others) {
        List<T> chosen = new ArrayList<>(first ? those : List.of());
        chosen.addAll(second ? others : List.of());
        return chosen;
    }

    private static <T> List<T> related(List<PolicySet> shown, Function<PolicySet, List<T>> reach) {
        return shown.stream()
                .flatMap(set -> reach.apply(set).stream())
                .distinct()
                .toList();
    }

    private static PolicySetId id(Call call) {
        return new PolicySetId(call.path("id"));
    }
}
