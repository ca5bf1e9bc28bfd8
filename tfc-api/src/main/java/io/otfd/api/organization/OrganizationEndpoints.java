package io.otfd.api.organization;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.updates;
import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.NUMBER;
import static io.otfd.api.organization.OrganizationResource.SCHEMA;

import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.Schema;
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

    private static final Schema ENTITLEMENT_SETS =
            Schema.of("entitlement-sets").readOnly(FLAG, FeatureSet.ENTITLEMENTS.toArray(String[]::new));

    private static final Schema CAPACITY = Schema.of("organization-capacity").readOnly(NUMBER, "pending", "running");

    private static final String[] INCLUDES = {"default_project", "entitlement_set", "subscription"};

    private static final Schema[] BESIDE = {ProjectResource.SCHEMA, ENTITLEMENT_SETS, SubscriptionResource.SCHEMA};

    private final Organizations organizations;
    private final Projects projects;

    public OrganizationEndpoints(Organizations organizations, Projects projects) {
        this.organizations = organizations;
        this.projects = projects;
    }

    public void register(RouteTable routes) {
        routes.family(OrganizationEndpoints.class, Route.Audience.TOKEN)
                .get("/api/v2/organizations", this::list, pages(SCHEMA).query("q", "q[name]", "q[email]"))
                .post("/api/v2/organizations", this::create, creates(SCHEMA))
                .get(
                        "/api/v2/organizations/{organization}",
                        this::read,
                        shows(SCHEMA).include(INCLUDES).beside(BESIDE))
                .patch("/api/v2/organizations/{organization}", this::update, updates(SCHEMA))
                .put("/api/v2/organizations/{organization}", this::update, updates(SCHEMA))
                .delete("/api/v2/organizations/{organization}", this::delete, noContent())
                .get(
                        "/api/v2/organizations/{organization}/entitlement-set",
                        this::entitlements,
                        shows(ENTITLEMENT_SETS))
                .get(
                        "/api/v2/organizations/{organization}/subscription",
                        this::subscription,
                        shows(SubscriptionResource.SCHEMA))
                .get("/api/v2/organizations/{organization}/capacity", this::capacity, shows(CAPACITY));
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
        Set<String> include = call.include(INCLUDES);
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
        Resource set = new Resource(ENTITLEMENT_SETS, organization.id().value());
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
        return JsonApi.resource(new Resource(CAPACITY, call.path("organization"))
                .attribute("pending", capacity.pending())
                .attribute("running", capacity.running()));
    }
}
