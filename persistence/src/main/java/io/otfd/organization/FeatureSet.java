package io.otfd.organization;

import io.otfd.access.OrganizationPermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an organization is entitled to: all that the server does, unless a site admin chooses one of HCP Terraform's plans.
 * An entitlement of those says what the plan lets an organization use, also where the server does not do it yet.
 */
public enum FeatureSet {
    COMPLETE("Complete"),
    FREE("Free"),
    STANDARD("Standard (entitlement)"),
    TRIAL("Trial"),
    BUSINESS("Business");

    /** In the order of the document. */
    public static final List<String> ENTITLEMENTS = List.of(
            "agents",
            "audit-logging",
            "configuration-designer",
            "cost-estimation",
            "global-run-tasks",
            "infragraph",
            "infragraph-with-nrtu",
            "module-tests-generation",
            "operations",
            "policy-enforcement",
            "private-module-registry",
            "private-policy-agents",
            "private-run-tasks",
            "private-vcs",
            "run-tasks",
            "self-serve-billing",
            "sentinel",
            "sso",
            "state-storage",
            "teams",
            "usage-reporting",
            "vcs-integrations",
            "waypoint-actions",
            "waypoint-templates-and-addons");

    private static final Set<String> ALWAYS = Set.of("agents", "operations", "run-tasks", "state-storage", "teams");

    /** What the server does beyond {@link #ALWAYS}. */
    private static final Set<String> SERVED =
            Set.of("global-run-tasks", "policy-enforcement", "private-module-registry");

    private static final Set<String> PAID = Set.of(
            "audit-logging",
            "cost-estimation",
            "infragraph",
            "policy-enforcement",
            "private-module-registry",
            "sentinel",
            "sso",
            "vcs-integrations",
            "waypoint-templates-and-addons");

    private final String title;

    FeatureSet(String title) {
        this.title = title;
    }

    /** As {@code admin/feature-sets} looks for it. */
    public String title() {
        return title;
    }

    public String id() {
        return "fs-" + this;
    }

    public static Optional<FeatureSet> of(String id) {
        return Arrays.stream(values()).filter(set -> set.id().equals(id)).findFirst();
    }

    /** From the column {@code feature_set}. */
    public static FeatureSet stored(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    public boolean entitles(String entitlement) {
        return switch (this) {
            case COMPLETE -> ALWAYS.contains(entitlement) || SERVED.contains(entitlement);
            case FREE -> ALWAYS.contains(entitlement);
            case STANDARD, TRIAL -> ALWAYS.contains(entitlement) || PAID.contains(entitlement);
            case BUSINESS ->
                ALWAYS.contains(entitlement) || PAID.contains(entitlement) || entitlement.equals("global-run-tasks");
        };
    }

    /** What nobody may do in such an organization, its owners included. */
    public Set<OrganizationPermission> withheld() {
        return switch (this) {
            case BUSINESS -> Set.of();
            case COMPLETE, FREE, STANDARD, TRIAL ->
                EnumSet.of(
                        OrganizationPermission.CAN_DEPLOY_NO_CODE_MODULES,
                        OrganizationPermission.CAN_MANAGE_NO_CODE_MODULES);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
