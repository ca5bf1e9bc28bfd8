package io.otfd.api.admin;

import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.updates;
import static io.otfd.api.Schema.TEXT;

import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.Schema;
import io.otfd.api.organization.SubscriptionResource;
import io.otfd.organization.FeatureSet;
import io.otfd.organization.Organizations;
import io.otfd.organization.Plan;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a site admin decides for organizations (observed: go-tfe's suite). */
public final class AdminEndpoints {

    /** As HCP Terraform's admin API names them, which has them on the organization itself. */
    private static final String PLAN_TIMEOUT = "terraform-build-worker-plan-timeout";

    private static final String APPLY_TIMEOUT = "terraform-build-worker-apply-timeout";
    private static final Schema TIMEOUTS =
            Schema.of("otf-timeouts").writable(TEXT.orNull(), PLAN_TIMEOUT, APPLY_TIMEOUT);

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
                .get("/api/v2/admin/organizations/{organization}/timeouts", this::timeouts, shows(TIMEOUTS))
                .patch("/api/v2/admin/organizations/{organization}/timeouts", this::changeTimeouts, updates(TIMEOUTS))
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

    private Answer timeouts(Call call) {
        return document(call, organizations.timeouts(call.caller(), call.path("organization")));
    }

    private Answer changeTimeouts(Call call) {
        Patch patch = call.patch();
        return document(
                call,
                organizations.changeTimeouts(
                        call.caller(),
                        call.path("organization"),
                        before -> new Organizations.Timeouts(
                                timeout(patch, PLAN_TIMEOUT, before.plan()),
                                timeout(patch, APPLY_TIMEOUT, before.apply()))));
    }

    private static Optional<Duration> timeout(Patch patch, String name, Optional<Duration> before) {
        return patch.mentions(name)
                ? patch.optionalText(name).map(text -> {
                    if (!text.matches("([0-9]{1,4}h)?([0-9]{1,4}m)?([0-9]{1,6}s)?") || !text.matches(".*[1-9].*")) {
                        throw Refusal.Invalid.attribute(name, "must be a time such as 90m or 2h30m, or null");
                    }
                    return Duration.parse("PT" + text);
                })
                : before;
    }

    private static Answer document(Call call, Organizations.Timeouts timeouts) {
        return JsonApi.resource(new Resource(TIMEOUTS, call.path("organization"))
                .attribute(PLAN_TIMEOUT, timeouts.plan().map(AdminEndpoints::text))
                .attribute(APPLY_TIMEOUT, timeouts.apply().map(AdminEndpoints::text)));
    }

    private static String text(Duration duration) {
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
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
