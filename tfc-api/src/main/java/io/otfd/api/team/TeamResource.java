package io.otfd.api.team;

import static io.otfd.api.Schema.FLAG;
import static io.otfd.api.Schema.FLAGS;
import static io.otfd.api.Schema.NUMBER;
import static io.otfd.api.Schema.TEXT;
import static io.otfd.api.Schema.TIME;

import io.otfd.access.OrganizationAccess;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.team.Team;
import io.otfd.team.TeamView;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The {@code teams} document (cloud-docs/api-docs/teams). */
public final class TeamResource {

    public static final Schema SCHEMA = Schema.of("teams")
            .writable(TEXT, "name", "visibility")
            .writable(TEXT.orNull(), "sso-team-id")
            .writable(FLAG, "allow-member-token-management")
            .writable(FLAGS, "organization-access")
            .readOnly(NUMBER, "users-count")
            .readOnly(FLAG, "is-unified")
            .readOnly(TIME, "created-at")
            .readOnly(FLAGS, "permissions")
            .one("organization", "organizations")
            .many("users", "users")
            .many("organization-memberships", "organization-memberships")
            .link("authentication-token");

    private TeamResource() {}

    public static Resource of(TeamView view) {
        Team team = view.team();
        String self = "/api/v2/teams/" + team.id().value();
        return new Resource(SCHEMA, team.id().value())
                .attribute("name", team.name())
                .attribute("visibility", team.visibility())
                .attribute("users-count", team.members().size())
                .attribute("sso-team-id", team.ssoTeamId())
                .attribute("allow-member-token-management", team.allowMemberTokenManagement())
                .attribute("is-unified", false)
                .attribute("created-at", team.createdAt())
                .attribute("organization-access", access(team))
                .attribute("permissions", permissions(view))
                .toOne("organization", "organizations", team.organizationName())
                .toMany("users", "users", team.members())
                .toMany("organization-memberships", "organization-memberships", team.memberships())
                .related("authentication-token", self + "/authentication-token")
                .link("self", self);
    }

    private static Map<String, Boolean> access(Team team) {
        Map<String, Boolean> access = new TreeMap<>();
        for (OrganizationAccess each : OrganizationAccess.values()) {
            access.put(each.wireName(), team.organizationAccess().contains(each));
        }
        return access;
    }

    private static Map<String, Boolean> permissions(TeamView view) {
        boolean changeable = view.mayUpdate() && !view.team().isOwners();
        return new TreeMap<>(Map.of(
                "can-update-membership", view.mayUpdateMembership(),
                "can-destroy", changeable,
                "can-update-organization-access", view.mayUpdateAccess() && changeable,
                "can-update-api-token", view.mayUpdateTokens(),
                "can-update-visibility", view.mayUpdate(),
                "can-update-name", changeable,
                "can-update-sso-team-id", view.mayUpdate(),
                "can-update-member-token-management", view.mayUpdate(),
                "can-view-api-token", view.mayUpdateTokens()));
    }

    /** What the request mentions, on what is there. */
    static Team change(Team before, Patch patch) {
        return new Team(
                before.id(),
                before.organization(),
                before.organizationName(),
                patch.text("name", before.name()),
                patch.text("visibility", before.visibility()),
                patch.optionalText("sso-team-id", before.ssoTeamId()).filter(id -> !id.isEmpty()),
                patch.flag("allow-member-token-management", before.allowMemberTokenManagement()),
                access(before.organizationAccess(), patch),
                before.createdAt(),
                before.members(),
                before.memberships());
    }

    /** Names that we do not know are of other versions of the API. */
    private static Set<OrganizationAccess> access(Set<OrganizationAccess> before, Patch patch) {
        EnumSet<OrganizationAccess> after = EnumSet.noneOf(OrganizationAccess.class);
        after.addAll(before);
        patch.flags("organization-access")
                .forEach((name, granted) -> OrganizationAccess.of(name).ifPresent(access -> {
                    if (granted) {
                        after.add(access);
                    } else {
                        after.remove(access);
                    }
                }));
        return after;
    }
}
