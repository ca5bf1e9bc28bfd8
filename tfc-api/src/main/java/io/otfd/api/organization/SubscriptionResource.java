package io.otfd.api.organization;

import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;

import io.otfd.Ids.OrganizationId;
import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.organization.FeatureSet;
import io.otfd.organization.Organization;

/** The {@code subscriptions} document of an organization, and the {@code feature-sets} to choose from. */
public final class SubscriptionResource {

    public static final Schema SCHEMA = Schema.of("subscriptions")
            .readOnly(FLAG, "is-active", "is-public-free-tier", "is-self-serve-trial")
            .writable(TIME.orNull(), "end-at")
            .one("organization", "organizations")
            .one("feature-set", "feature-sets")
            .writableRelationships("feature-set");

    public static final Schema FEATURE_SETS = Schema.of("feature-sets")
            .readOnly(TEXT, "name")
            .readOnly(FLAG, FeatureSet.ENTITLEMENTS.toArray(String[]::new));

    private SubscriptionResource() {}

    public static Resource of(Organization organization) {
        FeatureSet set = organization.plan().featureSet();
        return new Resource(SCHEMA, id(organization))
                .attribute("is-active", true)
                .attribute("is-public-free-tier", set == FeatureSet.FREE)
                .attribute("is-self-serve-trial", organization.plan().isTrial())
                .attribute("end-at", organization.plan().expiresAt())
                .toOne("organization", "organizations", organization.name())
                .toOne("feature-set", "feature-sets", set.id());
    }

    public static Resource of(FeatureSet set) {
        Resource resource = new Resource(FEATURE_SETS, set.id()).attribute("name", set.title());
        FeatureSet.ENTITLEMENTS.forEach(name -> resource.attribute(name, set.entitles(name)));
        return resource;
    }

    /** An organization has one subscription, which goes by the organization's own id. */
    static String id(Organization organization) {
        OrganizationId id = organization.id();
        return "sub-" + id.value().substring("org-".length());
    }
}
