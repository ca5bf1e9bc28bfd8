package io.otfd.api.team;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Operation.updates;
import static io.otfd.api.team.TeamResource.SCHEMA;

import io.otfd.Ids.OrganizationMembershipId;
import io.otfd.Ids.TeamId;
import io.otfd.Page;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.account.AccountEndpoints;
import io.otfd.api.organizationmembership.OrganizationMembershipResource;
import io.otfd.organizationmembership.OrganizationMemberships;
import io.otfd.team.TeamView;
import io.otfd.team.Teams;
import io.otfd.user.Users;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Teams and who is in them (cloud-docs/api-docs/teams and team-members). */
public final class TeamEndpoints {

    private static final String[] INCLUDES = {"users", "organization_memberships"};

    private final Teams teams;
    private final Users users;
    private final OrganizationMemberships memberships;

    public TeamEndpoints(Teams teams, Users users, OrganizationMemberships memberships) {
        this.teams = teams;
        this.users = users;
        this.memberships = memberships;
    }

    public void register(RouteTable routes) {
        routes.family(TeamEndpoints.class, Route.Audience.TOKEN)
                .get(
                        "/api/v2/organizations/{organization}/teams",
                        this::list,
                        pages(SCHEMA)
                                .query("q", "filter[names]")
                                .include(INCLUDES)
                                .beside(AccountEndpoints.SCHEMA, OrganizationMembershipResource.SCHEMA))
                .post("/api/v2/organizations/{organization}/teams", this::create, creates(SCHEMA))
                .get(
                        "/api/v2/teams/{id}",
                        this::read,
                        shows(SCHEMA)
                                .include(INCLUDES)
                                .beside(AccountEndpoints.SCHEMA, OrganizationMembershipResource.SCHEMA))
                .patch("/api/v2/teams/{id}", this::update, updates(SCHEMA))
                .delete("/api/v2/teams/{id}", this::delete, noContent())
                .post(
                        "/api/v2/teams/{id}/relationships/users",
                        this::addMembers,
                        noContent().takesIdentifiers("users"))
                .delete(
                        "/api/v2/teams/{id}/relationships/users",
                        this::removeMembers,
                        noContent().takesIdentifiers("users"))
                .post(
                        "/api/v2/teams/{id}/relationships/organization-memberships",
                        this::addMemberships,
                        noContent().takesIdentifiers("organization-memberships"))
                .delete(
                        "/api/v2/teams/{id}/relationships/organization-memberships",
                        this::removeMemberships,
                        noContent().takesIdentifiers("organization-memberships"));
    }

    private Answer list(Call call) {
        Set<String> include = call.include(INCLUDES);
        Page<TeamView> page = teams.list(
                call.caller(),
                call.path("organization"),
                call.queryList("filter[names]"),
                call.query("q"),
                call.page());
        return JsonApi.page(call, page, TeamResource::of, included(call, page.items(), include));
    }

    private List<Resource> included(Call call, List<TeamView> shown, Set<String> include) {
        Stream<Resource> people = include.contains("users")
                ? users
                        .find(shown.stream()
                                .flatMap(view -> view.team().members().stream())
                                .distinct()
                                .toList())
                        .stream()
                        .map(AccountEndpoints::of)
                : Stream.empty();
        return Stream.concat(
                        people, include.contains("organization_memberships") ? members(call, shown) : Stream.empty())
                .toList();
    }

    private Stream<Resource> members(Call call, List<TeamView> shown) {
        return shown.stream()
                .collect(Collectors.groupingBy(
                        view -> view.team().organization(),
                        Collectors.flatMapping(view -> view.team().memberships().stream(), Collectors.toSet())))
                .entrySet()
                .stream()
                .flatMap(each -> memberships.read(call.caller(), each.getKey(), each.getValue()).stream())
                .map(membership -> OrganizationMembershipResource.of(membership).withoutData("teams"));
    }

    private Answer create(Call call) {
        Patch patch = call.patch();
        return JsonApi.created(TeamResource.of(teams.create(
                call.caller(),
                call.path("organization"),
                patch.requiredText("name"),
                fresh -> TeamResource.change(fresh, patch))));
    }

    private Answer read(Call call) {
        Set<String> include = call.include(INCLUDES);
        TeamView view = teams.read(call.caller(), id(call));
        return JsonApi.resource(200, TeamResource.of(view), included(call, List.of(view), include));
    }

    private Answer update(Call call) {
        Patch patch = call.patch();
        return JsonApi.resource(
                TeamResource.of(teams.update(call.caller(), id(call), before -> TeamResource.change(before, patch))));
    }

    private Answer delete(Call call) {
        teams.delete(call.caller(), id(call));
        return Answer.noContent();
    }

    /** Users go by their names here, not by their ids. */
    private Answer addMembers(Call call) {
        teams.addMembers(call.caller(), id(call), call.identifiers());
        return Answer.noContent();
    }

    private Answer removeMembers(Call call) {
        teams.removeMembers(call.caller(), id(call), call.identifiers());
        return Answer.noContent();
    }

    private Answer addMemberships(Call call) {
        teams.addMemberships(call.caller(), id(call), membershipIds(call));
        return Answer.noContent();
    }

    private Answer removeMemberships(Call call) {
        teams.removeMemberships(call.caller(), id(call), membershipIds(call));
        return Answer.noContent();
    }

    private static List<OrganizationMembershipId> membershipIds(Call call) {
        return call.identifiers("Organization membership", OrganizationMembershipId::new);
    }

    private static TeamId id(Call call) {
        return new TeamId(call.path("id"));
    }
}
