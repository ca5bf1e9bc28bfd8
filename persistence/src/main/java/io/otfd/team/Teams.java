package io.otfd.team;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.OrganizationMembershipId;
import io.otfd.Ids.TeamId;
import io.otfd.Ids.UserId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Access;
import io.otfd.access.Caller;
import io.otfd.access.OrganizationAccess;
import io.otfd.access.OrganizationPermission;
import io.otfd.access.Standing;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.organization.Like;
import io.otfd.organization.Organization;
import io.otfd.organization.Organizations;
import io.otfd.workspace.WorkspaceLocks;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Teams of an organization and who is in them. What a team may do, its organization's owners and token decide. */
public final class Teams {

    private final Database database;
    private final WorkspaceLocks locks;
    private final Clock clock;

    public Teams(Database database, WorkspaceLocks locks, Clock clock) {
        this.database = database;
        this.locks = locks;
        this.clock = clock;
    }

    public TeamView create(Caller caller, String organization, String name, UnaryOperator<Team> settings) {
        return database.transact(tx -> {
            Organization owner = Organizations.view(tx, caller, organization).organization();
            Standing standing = Access.inOrganization(tx, caller, owner.id());
            standing.inOrganization().require(OrganizationPermission.CAN_CREATE_TEAM);
            Team team = settings.apply(new Team(
                    TeamId.random(),
                    owner.id(),
                    owner.name(),
                    name,
                    "secret",
                    Optional.empty(),
                    true,
                    Set.of(),
                    clock.instant(),
                    List.of(),
                    List.of()));
            requireAccess(standing, Set.of(), team.organizationAccess());
            tx.update(
                    "team.insert",
                    "id",
                    team.id(),
                    "organization_id",
                    team.organization(),
                    "name",
                    team.name(),
                    "visibility",
                    team.visibility(),
                    "sso_team_id",
                    team.ssoTeamId().orElse(null),
                    "allow_member_token_management",
                    team.allowMemberTokenManagement(),
                    "organization_access",
                    wireNames(team),
                    "now",
                    team.createdAt());
            return view(tx, caller, team.id());
        });
    }

    /** @param names exact ones, or none for all; @param search part of the name */
    public Page<TeamView> list(
            Caller caller, String organization, List<String> names, Optional<String> search, Page.Request page) {
        return database.read(sql -> {
            Organization owner = Organizations.view(sql, caller, organization).organization();
            Standing standing = Access.inOrganization(sql, caller, owner.id());
            standing.inOrganization().require(OrganizationPermission.CAN_ACCESS_VIA_TEAMS);
            Object[] wanted = {
                "organization_id",
                owner.id(),
                "names",
                names,
                "search",
                search.map(text -> "%" + Like.escape(text) + "%").orElse("%"),
                "see_secret",
                seesSecret(standing),
                "user_id",
                caller.userId().orElse(null),
                "team_id",
                caller.teamId().orElse(null)
            };
            List<Object> window = new ArrayList<>(List.of("limit", page.size(), "offset", page.offset()));
            window.addAll(Arrays.asList(wanted));
            return new Page<>(
                    sql.list("team.list", Teams::team, window.toArray()).stream()
                            .map(team -> view(caller, standing, team))
                            .toList(),
                    page,
                    sql.count("team.count", wanted));
        });
    }

    public TeamView read(Caller caller, TeamId id) {
        return database.read(sql -> view(sql, caller, id));
    }

    /** The team {@code owners} keeps its name, and may always do everything. */
    public TeamView update(Caller caller, TeamId id, UnaryOperator<Team> change) {
        return database.transact(tx -> {
            TeamView before = manageable(tx, caller, id);
            Team after = change.apply(before.team());
            if (before.team().isOwners() && !after.isOwners()) {
                throw Refusal.Invalid.attribute("name", "of the team of owners cannot be changed");
            }
            requireAccess(
                    Access.inOrganization(tx, caller, after.organization()),
                    before.team().organizationAccess(),
                    after.organizationAccess());
            tx.update(
                    "team.update",
                    "id",
                    id,
                    "name",
                    after.name(),
                    "visibility",
                    after.visibility(),
                    "sso_team_id",
                    after.ssoTeamId().orElse(null),
                    "allow_member_token_management",
                    after.allowMemberTokenManagement(),
                    "organization_access",
                    wireNames(after));
            return view(tx, caller, id);
        });
    }

    /** Its tokens end, and what it has locked is free again. */
    public void delete(Caller caller, TeamId id) {
        database.transactVoid(tx -> {
            if (manageable(tx, caller, id).team().isOwners()) {
                throw Refusal.Invalid.document("The team of owners cannot be deleted.");
            }
            locks.releaseAll(tx, id);
            tx.update("team.delete", "id", id);
        });
    }

    /** @param usernames of members of the organization; who is in the team already stays */
    public void addMembers(Caller caller, TeamId id, List<String> usernames) {
        database.transactVoid(tx -> {
            Team team = requireMembership(tx, caller, id);
            for (String username : usernames) {
                UserId user = tx.one(
                                "organization_membership.user_of_name",
                                Teams::userId,
                                "organization_id",
                                team.organization(),
                                "username",
                                username)
                        .orElseThrow(
                                () -> Refusal.Invalid.document("User " + username + " not found in the organization."));
                tx.update("team.insert_member", "team_id", id, "user_id", user);
            }
        });
    }

    /** The same by memberships, of people who are invited, too. */
    public void addMemberships(Caller caller, TeamId id, List<OrganizationMembershipId> memberships) {
        database.transactVoid(tx -> {
            Team team = requireMembership(tx, caller, id);
            for (OrganizationMembershipId membership : memberships) {
                UserId user = tx.one(
                                "organization_membership.user",
                                Teams::userId,
                                "id",
                                membership,
                                "organization_id",
                                team.organization())
                        .orElseThrow(() -> Refusal.Invalid.document(
                                "Organization membership " + membership.value() + " not found."));
                tx.update("team.insert_member", "team_id", id, "user_id", user);
            }
        });
    }

    /** @param usernames who is not in it does not matter */
    public void removeMembers(Caller caller, TeamId id, List<String> usernames) {
        List<String> names =
                usernames.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        remove(caller, id, tx -> tx.update("team.delete_members", "team_id", id, "usernames", names));
    }

    /** The same by memberships. */
    public void removeMemberships(Caller caller, TeamId id, List<OrganizationMembershipId> memberships) {
        remove(caller, id, tx -> tx.update("team.delete_memberships", "team_id", id, "ids", memberships));
    }

    private void remove(Caller caller, TeamId id, Consumer<Tx> removal) {
        database.transactVoid(tx -> {
            Team team = requireMembership(tx, caller, id);
            tx.list("team.lock_owners", row -> row.text("id"), "organization_id", team.organization());
            removal.accept(tx);
            if (team.isOwners()) {
                requireActiveOwner(tx, team.organization());
            }
        });
    }

    private static UserId userId(Row row) {
        return new UserId(row.text("user_id"));
    }

    /** For other services: an owner is left who can come in. */
    public static void requireActiveOwner(Tx tx, OrganizationId organization) {
        if (!tx.exists("team.active_owner", "organization_id", organization)) {
            throw Refusal.Invalid.document("An organization needs an owner.");
        }
    }

    /** For other services: the team, when the caller may make and delete its tokens. */
    public static void requireTokens(Sql sql, Caller caller, TeamId id) {
        if (!view(sql, caller, id).mayUpdateTokens()) {
            throw new Refusal.NotFound();
        }
    }

    /** For other services: whether the team belongs to the organization. */
    public static boolean belongs(Sql sql, TeamId id, OrganizationId organization) {
        return sql.one("team.by_id", Teams::team, "id", id)
                .filter(team -> team.organization().equals(organization))
                .isPresent();
    }

    /** Nobody gives a team, and so perhaps themselves, what they could not do themselves. */
    private static void requireAccess(
            Standing standing, Set<OrganizationAccess> before, Set<OrganizationAccess> after) {
        if (!givesAccess(standing) && !before.equals(after)) {
            throw Refusal.Invalid.attribute(
                    "organization-access", "can be changed by owners and the organization's token only");
        }
    }

    /** For other services: the caller may change the team. */
    public static void requireManageable(Sql sql, Caller caller, TeamId id) {
        manageable(sql, caller, id);
    }

    /** For other services: the team, when the caller may say who is in it. */
    public static Team requireMembership(Sql sql, Caller caller, TeamId id) {
        TeamView view = view(sql, caller, id);
        if (!view.mayUpdateMembership()) {
            throw new Refusal.NotFound();
        }
        return view.team();
    }

    private static TeamView manageable(Sql sql, Caller caller, TeamId id) {
        TeamView view = view(sql, caller, id);
        if (!view.mayUpdate()) {
            throw new Refusal.NotFound();
        }
        return view;
    }

    private static TeamView view(Sql sql, Caller caller, TeamId id) {
        Team team = find(sql, id);
        Standing standing = Access.inOrganization(sql, caller, team.organization());
        standing.inOrganization().require(OrganizationPermission.CAN_ACCESS_VIA_TEAMS);
        if (!seesSecret(standing) && team.visibility().equals("secret") && !isIn(caller, team)) {
            throw new Refusal.NotFound();
        }
        return view(caller, standing, team);
    }

    private static TeamView view(Caller caller, Standing standing, Team team) {
        boolean owner = standing.owner();
        boolean manages = owner || managesOthers(standing, OrganizationPermission.CAN_CREATE_TEAM, team);
        return new TeamView(
                team,
                manages,
                owner || managesOthers(standing, OrganizationPermission.CAN_MANAGE_USERS, team),
                givesAccess(standing),
                manages || (isIn(caller, team) && team.allowMemberTokenManagement()));
    }

    private static boolean givesAccess(Standing standing) {
        return standing.inOrganization().has(OrganizationPermission.CAN_UPDATE);
    }

    /** The team of owners is in the owners' hands alone. */
    private static boolean managesOthers(Standing standing, OrganizationPermission permission, Team team) {
        return standing.inOrganization().has(permission) && !team.isOwners();
    }

    private static boolean seesSecret(Standing standing) {
        return standing.inOrganization().has(OrganizationPermission.CAN_VIEW_USERS);
    }

    private static boolean isIn(Caller caller, Team team) {
        return caller.userId().filter(team.members()::contains).isPresent()
                || caller.teamId().filter(team.id()::equals).isPresent();
    }

    private static Team find(Sql sql, TeamId id) {
        return sql.one("team.by_id", Teams::team, "id", id).orElseThrow(Refusal.NotFound::new);
    }

    private static List<String> wireNames(Team team) {
        return team.organizationAccess().stream()
                .map(OrganizationAccess::wireName)
                .sorted()
                .toList();
    }

    private static Team team(Row row) {
        return new Team(
                new TeamId(row.text("id")),
                new OrganizationId(row.text("organization_id")),
                row.text("organization_name"),
                row.text("name"),
                row.text("visibility"),
                row.optionalText("sso_team_id"),
                row.flag("allow_member_token_management"),
                row.texts("organization_access").stream()
                        .map(name -> OrganizationAccess.of(name).orElseThrow())
                        .collect(Collectors.toUnmodifiableSet()),
                row.instant("created_at"),
                row.texts("member_ids").stream().map(UserId::new).toList(),
                row.texts("membership_ids").stream()
                        .map(OrganizationMembershipId::new)
                        .toList());
    }
}
