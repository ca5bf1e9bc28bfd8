package io.otfd.api.organizationmembership;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.noContent;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.organizationmembership.OrganizationMembershipResource.SCHEMA;

import io.otfd.Ids.OrganizationMembershipId;
import io.otfd.Ids.TeamId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Patch;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.account.AccountEndpoints;
import io.otfd.api.team.TeamResource;
import io.otfd.organizationmembership.OrganizationMembership;
import io.otfd.organizationmembership.OrganizationMemberships;
import io.otfd.team.Teams;
import io.otfd.user.Users;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Who belongs to organizations (cloud-docs/api-docs/organization-memberships). */
public final class OrganizationMembershipEndpoints {

    private static final String OF_ORGANIZATION = "/api/v2/organizations/{organization}/organization-memberships";
    private static final String[] INCLUDES = {"user", "teams"};

    private final OrganizationMemberships memberships;
    private final Users users;
    private final Teams teams;

    public OrganizationMembershipEndpoints(OrganizationMemberships memberships, Users users, Teams teams) {
        this.memberships = memberships;
        this.users = users;
        this.teams = teams;
    }

    public void register(RouteTable routes) {
        routes.family(OrganizationMembershipEndpoints.class, Route.Audience.TOKEN)
                .get(
                        OF_ORGANIZATION,
                        this::list,
                        pages(SCHEMA)
                                .query("q", "filter[status]", "filter[email]")
                                .include(INCLUDES)
                                .beside(AccountEndpoints.SCHEMA, TeamResource.SCHEMA))
                .post(OF_ORGANIZATION, this::create, creates(SCHEMA).beside(AccountEndpoints.SCHEMA))
                .get(
                        "/api/v2/organization-memberships",
                        this::listOwn,
                        pages(SCHEMA).include(INCLUDES).beside(AccountEndpoints.SCHEMA, TeamResource.SCHEMA))
                .get(
                        "/api/v2/organization-memberships/{id}",
                        this::read,
                        shows(SCHEMA).include(INCLUDES).beside(AccountEndpoints.SCHEMA, TeamResource.SCHEMA))
                .delete("/api/v2/organization-memberships/{id}", this::delete, noContent());
    }

    private Answer list(Call call) {
        OrganizationMemberships.Filter filter = new OrganizationMemberships.Filter(
                call.query("q"),
                call.queryList("filter[email]"),
                call.query("filter[status]").map(OrganizationMembershipEndpoints::status));
        return page(call, memberships.list(call.caller(), call.path("organization"), filter, call.page()));
    }

    private static OrganizationMembership.Status status(String wireName) {
        return Arrays.stream(OrganizationMembership.Status.values())
                .filter(status ->
                        OrganizationMembershipResource.wireName(status).equals(wireName))
                .findFirst()
                .orElseThrow(() -> new Refusal.Malformed("filter[status] must be active, invited or inactive"));
    }

    private Answer listOwn(Call call) {
        return page(call, memberships.listOwn(call.caller(), call.page()));
    }

    private Answer page(Call call, Page<OrganizationMembership> page) {
        return JsonApi.page(
                call,
                page,
                OrganizationMembershipResource::of,
                included(call.caller(), page.items(), call.include(INCLUDES)));
    }

    private List<Resource> included(Caller caller, List<OrganizationMembership> shown, Set<String> wanted) {
        Stream<Resource> people = wanted.contains("user")
                ? users.find(shown.stream().map(OrganizationMembership::user).toList()).stream()
                        .map(AccountEndpoints::of)
                : Stream.empty();
        Stream<Resource> theirs = wanted.contains("teams")
                ? shown.stream()
                        .flatMap(membership -> membership.teams().stream())
                        .distinct()
                        .map(team -> TeamResource.of(teams.read(caller, team))
                                .withoutData("users")
                                .withoutData("organization-memberships"))
                : Stream.empty();
        return Stream.concat(people, theirs).toList();
    }

    /** The user stands beside the answer (observed: go-tfe's suite). */
    private Answer create(Call call) {
        Patch patch = call.patch();
        OrganizationMembership created = memberships.create(
                call.caller(),
                call.path("organization"),
                patch.requiredText("email"),
                patch.references("teams", TeamId::new).orElse(List.of()));
        return JsonApi.resource(
                201,
                OrganizationMembershipResource.of(created),
                included(call.caller(), List.of(created), Set.of("user")));
    }

    private Answer read(Call call) {
        OrganizationMembership membership = memberships.read(call.caller(), id(call));
        return JsonApi.resource(
                200,
                OrganizationMembershipResource.of(membership),
                included(call.caller(), List.of(membership), call.include(INCLUDES)));
    }

    private Answer delete(Call call) {
        memberships.delete(call.caller(), id(call));
        return Answer.noContent();
    }

    private static OrganizationMembershipId id(Call call) {
        return new OrganizationMembershipId(call.path("id"));
    }
}
