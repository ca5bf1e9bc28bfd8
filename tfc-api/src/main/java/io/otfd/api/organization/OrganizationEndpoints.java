package io.otfd.api.organization;

import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.project.ProjectResource;
import io.otfd.organization.FeatureSet;
import io.otfd.organization.Organization;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.project.Projects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** cloud-docs/api-docs/organizations. */
public final class OrganizationEndpoints {

    private final Organizations organizations;
    private final Projects projects;

    public OrganizationEndpoints(Organizations organizations, Projects projects) {
        this.organizations = organizations;
        this.projects = projects;
    }

    public void register(RouteTable routes) {
        routes.family(OrganizationEndpoints.class, Route.Audience.TOKEN)
                .get("/api/v2/organizations", this::list)
                .post("/api/v2/organizations", this::create)
                .get("/api/v2/organizations/{organization}", this::read)
                .patch("/api/v2/organizations/{organization}", this::update)
                .put("/api/v2/organizations/{organization}", this::update)
                .delete("/api/v2/organizations/{organization}", this::delete)
                .get("/api/v2/organizations/{organization}/entitlement-set", this::entitlements)
                .get("/api/v2/organizations/{organization}/subscription", this::subscription)
                .get("/api/v2/organizations/{organization}/capacity", this::capacity);
    }

    private Answer list(Call call) {
        Organizations.Filter filter =
                new Organizations.Filter(call.query("q"), call.query("q[name]"), call.query("q[email]"));
        // Without a page asked for, all of them (observed: go-tfe's suite).
        return JsonApi.page(
                call,
                organizations.list(
                        call.caller(), filter, call.asksForPage() ? Optional.of(call.page()) : Optional.empty()),
                OrganizationResource::of);
    }

    private Answer create(Call call) {
        Patch patch = call.patch();
        OrganizationView view = organizations.create(
                call.caller(),
                patch.requiredText("name"),
                patch.requiredText("email"),
                fresh -> OrganizationResource.change(fresh, patch));
        return JsonApi.created(OrganizationResource.of(view));
    }

    private Answer read(Call call) {
        Set<String> include = call.include("default_project", "entitlement_set", "subscription");
        OrganizationView view = organizations.read(call.caller(), call.path("organization"));
        List<Resource> included = new ArrayList<>();
        if (include.contains("default_project")) {
            view.organization()
                    .defaultProject()
                    .ifPresent(id -> included.add(ProjectResource.of(projects.read(call.caller(), id))));
        }
        if (include.contains("entitlement_set")) {
            included.add(entitlementSet(view.organization()));
        }
        if (include.contains("subscription")) {
            included.add(SubscriptionResource.of(view.organization()));
        }
        return JsonApi.resource(200, OrganizationResource.of(view), included);
    }

    private Answer update(Call call) {
        Patch patch = call.patch();
        return JsonApi.resource(OrganizationResource.of(organizations.update(
                call.caller(), call.path("organization"), before -> OrganizationResource.change(before, patch))));
    }

    private Answer delete(Call call) {
        organizations.delete(call.caller(), call.path("organization"));
        return Answer.noContent();
    }

    private Answer entitlements(Call call) {
        return JsonApi.resource(entitlementSet(
                organizations.read(call.caller(), call.path("organization")).organization()));
    }

    private static Resource entitlementSet(Organization organization) {
        Resource set = new Resource("entitlement-sets", organization.id().value());
        FeatureSet.ENTITLEMENTS.forEach(
                name -> set.attribute(name, organization.plan().featureSet().entitles(name)));
        return set.link("self", "/api/v2/entitlement-sets/" + organization.id().value());
    }

    private Answer subscription(Call call) {
        return JsonApi.resource(SubscriptionResource.of(
                organizations.read(call.caller(), call.path("organization")).organization()));
    }

    private Answer capacity(Call call) {
        Organizations.Capacity capacity = organizations.capacity(call.caller(), call.path("organization"));
        return JsonApi.resource(new Resource("organization-capacity", call.path("organization"))
                .attribute("pending", capacity.pending())
                .attribute("running", capacity.running()));
    }
}
