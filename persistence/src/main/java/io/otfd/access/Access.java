package io.otfd.access;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.TeamId;
import io.otfd.Ids.UserId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a caller is to the thing it asks for: one query at most. */
public final class Access {

    /** The team that owns an organization. It is always there. */
    public static final String OWNERS = "owners";

    private Access() {}

    /** In the organization, and in those of its workspaces that no team has been let into by name. */
    public static Standing inOrganization(Sql sql, Caller caller, OrganizationId organization) {
        return switch (caller) {
            case Caller.User user -> user(sql, user, organization, null);
            case Caller.Team team -> team(sql, team, organization, null);
            case Caller.Organization token -> organization(token, organization);
            case Caller.Run run ->
                Standing.of(run.organization().equals(organization) ? Role.RUN : Role.STRANGER)
                        .outsideWorkspaces();
            case Caller.Task _, Caller.AgentPool _, Caller.Agent _, Caller.Server _ -> Standing.of(Role.STRANGER);
        };
    }

    /** The same in several, by one query. */
    public static Map<OrganizationId, Standing> inOrganizations(
            Sql sql, Caller caller, List<OrganizationId> organizations) {
        Map<OrganizationId, List<Membership>> memberships =
                memberships(sql, caller.userId().orElse(null), caller.teamId().orElse(null), organizations, null)
                        .stream()
                        .collect(Collectors.groupingBy(Membership::organization));
        return organizations.stream().collect(Collectors.toMap(id -> id, id -> switch (caller) {
            case Caller.User user -> user(user, memberships.getOrDefault(id, List.of()));
            case Caller.Team team
            when team.organization().equals(id) -> standing(memberships.getOrDefault(id, List.of()));
            case Caller.Team _ -> Standing.of(Role.STRANGER);
            case Caller.Organization token -> organization(token, id);
            case Caller.Run _, Caller.Task _, Caller.AgentPool _, Caller.Agent _, Caller.Server _ ->
                Standing.of(Role.STRANGER);
        }));
    }

    /** @param sharesState the workspace lets other workspaces of its organization read its state */
    public static Standing inWorkspace(
            Sql sql, Caller caller, OrganizationId organization, WorkspaceId workspace, boolean sharesState) {
        return switch (caller) {
            case Caller.User user -> user(sql, user, organization, workspace);
            case Caller.Team team -> team(sql, team, organization, workspace);
            case Caller.Organization token -> organization(token, organization);
            case Caller.Run run when run.workspace().equals(workspace) -> Standing.of(Role.RUN);
            case Caller.Run run ->
                Standing.of(
                        run.organization().equals(organization) && sharesState ? Role.STATE_CONSUMER : Role.STRANGER);
            case Caller.Task _, Caller.AgentPool _, Caller.Agent _, Caller.Server _ -> Standing.of(Role.STRANGER);
        };
    }

    private static Standing user(Sql sql, Caller.User user, OrganizationId organization, WorkspaceId workspace) {
        return user(user, memberships(sql, user.id(), null, List.of(organization), workspace));
    }

    private static Standing user(Caller.User user, List<Membership> teams) {
        Standing standing = user.siteAdmin() && !teams.isEmpty() ? Standing.of(Role.OWNER) : standing(teams);
        if (!standing.organization().isEmpty()
                && !user.session()
                && !teams.getFirst().userTokensEnabled()) {
            throw new Refusal.Unauthenticated();
        }
        return standing;
    }

    private static Standing team(Sql sql, Caller.Team team, OrganizationId organization, WorkspaceId workspace) {
        return team.organization().equals(organization)
                ? standing(memberships(sql, null, team.id(), List.of(organization), workspace))
                : Standing.of(Role.STRANGER);
    }

    private static Standing organization(Caller.Organization token, OrganizationId organization) {
        return Standing.of(token.id().equals(organization) ? Role.ORGANIZATION : Role.STRANGER);
    }

    /** One team that the caller is in, or none of an organization that exists; a member may be in none. */
    private record Membership(
            OrganizationId organization,
            boolean userTokensEnabled,
            boolean member,
            Optional<String> team,
            List<String> organizationAccess,
            Optional<WorkspaceAccess> workspaceAccess) {}

    private static List<Membership> memberships(
            Sql sql, UserId user, TeamId team, List<OrganizationId> organizations, WorkspaceId workspace) {
        return sql.list(
                "team.memberships",
                Access::membership,
                "user_id",
                user,
                "team_id",
                team,
                "organization_ids",
                organizations,
                "workspace_id",
                workspace);
    }

    private static Membership membership(Row row) {
        return new Membership(
                new OrganizationId(row.text("organization_id")),
                row.flag("user_tokens_enabled"),
                row.flag("member"),
                row.optionalText("name"),
                row.texts("organization_access"),
                row.optionalText("access").map(level -> WorkspaceAccess.of(row)));
    }

    private static Standing standing(List<Membership> teams) {
        if (teams.stream()
                .anyMatch(membership -> membership.team().filter(OWNERS::equals).isPresent())) {
            return Standing.of(Role.OWNER);
        }
        Standing standing = Standing.of(
                teams.stream()
                                .anyMatch(membership ->
                                        membership.member() || membership.team().isPresent())
                        ? Role.MEMBER
                        : Role.STRANGER);
        for (Membership membership : teams) {
            for (String name : membership.organizationAccess()) {
                OrganizationAccess access = OrganizationAccess.of(name).orElseThrow();
                standing = standing.and(access.inOrganization(), access.inWorkspaces());
            }
            standing = standing.and(
                    Set.of(),
                    membership
                            .workspaceAccess()
                            .map(WorkspaceAccess::permissions)
                            .orElse(Set.of()));
        }
        return standing;
    }
}
