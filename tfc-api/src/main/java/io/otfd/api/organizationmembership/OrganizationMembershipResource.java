package io.otfd.api.organizationmembership;

import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;

import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.organizationmembership.OrganizationMembership;
import java.util.Locale;

/** The {@code organization-memberships} document (cloud-docs/api-docs/organization-memberships). */
public final class OrganizationMembershipResource {

    public static final Schema SCHEMA = Schema.of("organization-memberships")
            .writable(TEXT, "email")
            .readOnly(TEXT, "status")
            .readOnly(TIME, "created-at")
            .one("organization", "organizations")
            .one("user", "users")
            .many("teams", "teams")
            .writableRelationships("teams");

    private OrganizationMembershipResource() {}

    public static Resource of(OrganizationMembership membership) {
        return new Resource(SCHEMA, membership.id().value())
                .attribute("email", membership.email())
                .attribute("status", wireName(membership.status()))
                .attribute("created-at", membership.createdAt())
                .toOne("organization", "organizations", membership.organizationName())
                .toOne("user", "users", membership.user().value())
                .toMany("teams", "teams", membership.teams())
                .link(
                        "self",
                        "/api/v2/organization-memberships/" + membership.id().value());
    }

    static String wireName(OrganizationMembership.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
