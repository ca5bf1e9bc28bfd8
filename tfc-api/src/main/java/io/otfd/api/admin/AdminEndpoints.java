package io.otfd.api.admin;

import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.updates;

import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.organization.SubscriptionResource;
import io.otfd.organization.FeatureSet;
import io.otfd.organization.Organizations;
import io.otfd.organization.Plan;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a site admin decides for organizations (observed: go-tfe's suite). */
public final class AdminEndpoints {

    private final Organizations organizations;

    public AdminEndpoints(Organizations organizations) {
        this.organizations = organizations;
    }

    public void register(RouteTable routes) {
        routes.family(AdminEndpoints.class, Route.Audience.TOKEN)
                .get(
                        "/api/v2/admin/feature-sets",
                        this::featureSets,
                        pages(SubscriptionResource.FEATURE_SETS).query("q"))
                .post(
                        "/api/v2/admin/organizations/{organization}/subscription",
                        this::subscribe,
                        updates(SubscriptionResource.SCHEMA));
    }

    private Answer featureSets(Call call) {
        Organizations.requireSiteAdmin(call.caller());
        String search = call.query("q").orElse("").toLowerCase(Locale.ROOT);
        List<FeatureSet> found = Arrays.stream(FeatureSet.values())
                .filter(set -> set.title().toLowerCase(Locale.ROOT).contains(search))
                .toList();
        return JsonApi.page(call, new Page<>(found, Page.Request.FIRST, found.size()), SubscriptionResource::of);
    }

    private Answer subscribe(Call call) {
        Organizations.requireSiteAdmin(call.caller());
        Patch patch = call.patch();
        FeatureSet set = patch.reference("feature-set")
                .flatMap(FeatureSet::of)
                .orElseThrow(() -> Refusal.Invalid.relationship("feature-set", "Feature set not found."));
        Plan plan = new Plan(set, patch.optionalTime("end-at", Optional.empty()));
        return JsonApi.resource(SubscriptionResource.of(organizations
                .subscribe(call.caller(), call.path("organization"), plan)
                .organization()));
    }
}
