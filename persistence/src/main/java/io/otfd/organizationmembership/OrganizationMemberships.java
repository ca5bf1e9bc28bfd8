package io.otfd.organizationmembership;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.OrganizationMembershipId;
import io.otfd.Ids.TeamId;
import io.otfd.Ids.UserId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Access;
import io.otfd.access.Caller;
import io.otfd.access.OrganizationPermission;
import io.otfd.access.Standing;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.organization.Like;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.organizationmembership.OrganizationMembership.Status;
import io.otfd.team.Teams;
import io.otfd.user.User;
import io.otfd.user.Users;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who belongs to an organization. What members may do, their teams say. */
public final class OrganizationMemberships {

    private final Database database;
    private final Clock clock;

    public OrganizationMemberships(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Which are listed.
     *
     * @param search part of the name or the address
     * @param emails exact ones, or none for all
     */
    public record Filter(Optional<String> search, List<String> emails, Optional<Status> status) {

        public static final Filter ALL = new Filter(Optional.empty(), List.of(), Optional.empty());
    }

    /** For those who may see the organization's users. */
    public Page<OrganizationMembership> list(Caller caller, String organization, Filter filter, Page.Request page) {
        return database.read(sql -> {
            OrganizationView view = Organizations.view(sql, caller, organization);
            view.grants().require(OrganizationPermission.CAN_VIEW_USERS);
            return list(sql, caller, view.organization().id(), null, true, filter, page);
        });
    }

    /** The caller's own, in every organization. */
    public Page<OrganizationMembership> listOwn(Caller caller, Page.Request page) {
        UserId user = caller.user().id();
        return database.read(sql -> list(sql, caller, null, user, false, Filter.ALL, page));
    }

    private static Page<OrganizationMembership> list(
            Sql sql,
            Caller caller,
            OrganizationId organization,
            UserId user,
            boolean seeSecret,
            Filter filter,
            Page.Request page) {
        Object[] wanted = {
            "organization_id",
            organization,
            "user_id",
            user,
            "search",
            filter.search().map(text -> "%" + Like.escape(text) + "%").orElse("%"),
            "emails",
            filter.emails().stream()
                    .map(email -> email.toLowerCase(Locale.ROOT))
                    .toList(),
            "status",
            filter.status().map(OrganizationMemberships::stored).orElse(null)
        };
        List<Object> shown = new ArrayList<>(
                List.of("limit", page.size(), "offset", page.offset(), "see_secret", seeSecret, "viewer_id"));
        shown.add(caller.userId().orElse(null));
        shown.addAll(Arrays.asList(wanted));
        return new Page<>(
                sql.list("organization_membership.list", OrganizationMemberships::membership, shown.toArray()),
                page,
                sql.count("organization_membership.count", wanted));
    }

    private static String stored(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    /** By those who may see the organization's users, and by the member. */
    public OrganizationMembership read(Caller caller, OrganizationMembershipId id) {
        return database.read(sql -> visible(sql, caller, id));
    }

    /** Several at once, of an organization whose users the caller may see. */
    public List<OrganizationMembership> read(
            Caller caller, OrganizationId organization, Collection<OrganizationMembershipId> ids) {
        return database.read(sql -> {
            if (!Access.inOrganization(sql, caller, organization)
                    .inOrganization()
                    .has(OrganizationPermission.CAN_VIEW_USERS)) {
                return List.of();
            }
            return sql.list("organization_membership.by_ids", OrganizationMemberships::membership, "ids", ids).stream()
                    .filter(membership -> membership.organization().equals(organization))
                    .toList();
        });
    }

    /**
     * Makes the person of this address a member. One whom nobody has invited before becomes a user, who is let in when a
     * site admin has handed a {@linkplain io.otfd.user.PasswordLinks link} on.
     *
     * @param teams that the person is put into at once
     */
    public OrganizationMembership create(Caller caller, String organization, String email, List<TeamId> teams) {
        return database.transact(tx -> {
            OrganizationView view = Organizations.view(tx, caller, organization);
            view.grants().require(OrganizationPermission.CAN_MANAGE_USERS);
            OrganizationId owner = view.organization().id();
            User user = Users.invite(tx, email);
            OrganizationMembershipId id = OrganizationMembershipId.random();
            tx.update(
                    "organization_membership.insert",
                    "id",
                    id,
                    "organization_id",
                    owner,
                    "user_id",
                    user.id(),
                    "now",
                    clock.instant());
            for (TeamId team : teams) {
                join(tx, caller, owner, team, user.id());
            }
            return find(tx, id);
        });
    }

    private static void join(Tx tx, Caller caller, OrganizationId organization, TeamId team, UserId user) {
        try {
            if (!Teams.requireMembership(tx, caller, team).organization().equals(organization)) {
                throw new Refusal.NotFound();
            }
        } catch (Refusal.NotFound e) {
            throw Refusal.Invalid.relationship("teams", "Team " + team.value() + " not found.");
        }
        tx.update("team.insert_member", "team_id", team, "user_id", user);
    }

    /** Out of the organization and all its teams. Members may go of themselves; owners are removed by other owners. */
    public void delete(Caller caller, OrganizationMembershipId id) {
        database.transactVoid(tx -> {
            OrganizationMembership membership = visible(tx, caller, id);
            OrganizationId organization = membership.organization();
            Standing standing = Access.inOrganization(tx, caller, organization);
            boolean own = isOwn(caller, membership);
            if (!own) {
                standing.inOrganization().require(OrganizationPermission.CAN_MANAGE_USERS);
            }
            tx.list("team.lock_owners", row -> row.text("id"), "organization_id", organization);
            if (tx.exists("team.is_owner", "organization_id", organization, "user_id", membership.user())) {
                requireOwner(own, standing);
            }
            tx.update("organization_membership.delete", "id", id);
            Teams.requireActiveOwner(tx, organization);
        });
    }

    private static void requireOwner(boolean own, Standing standing) {
        if (own) {
            throw new Refusal.Denied("You cannot remove yourself from organizations which you own.");
        }
        if (!standing.owner()) {
            throw new Refusal.Denied("Owners are removed by owners alone.");
        }
    }

    private static boolean isOwn(Caller caller, OrganizationMembership membership) {
        return caller.userId().filter(membership.user()::equals).isPresent();
    }

    private static OrganizationMembership visible(Sql sql, Caller caller, OrganizationMembershipId id) {
        OrganizationMembership membership = find(sql, id);
        Standing standing = Access.inOrganization(sql, caller, membership.organization());
        if (!isOwn(caller, membership)) {
            standing.inOrganization().require(OrganizationPermission.CAN_VIEW_USERS);
        }
        return membership;
    }

    private static OrganizationMembership find(Sql sql, OrganizationMembershipId id) {
        return sql.one("organization_membership.by_ids", OrganizationMemberships::membership, "ids", List.of(id))
                .orElseThrow(Refusal.NotFound::new);
    }

    private static OrganizationMembership membership(Row row) {
        return new OrganizationMembership(
                new OrganizationMembershipId(row.text("id")),
                new OrganizationId(row.text("organization_id")),
                row.text("organization_name"),
                new UserId(row.text("user_id")),
                row.text("username"),
                row.text("email"),
                row.flag("suspended") ? Status.INACTIVE : row.flag("pending") ? Status.INVITED : Status.ACTIVE,
                row.texts("team_ids").stream().map(TeamId::new).toList(),
                row.instant("created_at"));
    }
}
