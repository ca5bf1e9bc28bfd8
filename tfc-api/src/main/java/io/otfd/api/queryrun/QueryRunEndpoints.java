package io.otfd.api.queryrun;

import static io.otfd.api.Operation.answers;
import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;

import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.QueryRunId;
import io.otfd.Ids.WorkspaceId;
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
import io.otfd.api.Schema;
import io.otfd.api.account.AccountEndpoints;
import io.otfd.api.configuration.ConfigurationVersionResource;
import io.otfd.configuration.ConfigurationVersions;
import io.otfd.run.QueryRun;
import io.otfd.run.QueryRuns;
import io.otfd.run.RunOptions.RunVariable;
import io.otfd.user.Users;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** cloud-docs/api-docs/queries. */
public final class QueryRunEndpoints {

    private static final String[] INCLUDES = {
        "created_by", "configuration_version", "configuration_version.ingress_attributes"
    };

    private static final Schema[] BESIDE = {AccountEndpoints.SCHEMA, ConfigurationVersionResource.SCHEMA};

    private final QueryRuns queries;
    private final ConfigurationVersions configurations;
    private final Users users;
    private final QueryRunResource resources;

    public QueryRunEndpoints(
            QueryRuns queries, ConfigurationVersions configurations, Users users, QueryRunResource resources) {
        this.queries = queries;
        this.configurations = configurations;
        this.users = users;
        this.resources = resources;
    }

    public void register(RouteTable routes) {
        routes.family(QueryRunEndpoints.class, Route.Audience.TOKEN)
                .post("/api/v2/queries", this::create, creates(QueryRunResource.SCHEMA))
                .get(
                        "/api/v2/queries/{id}",
                        this::read,
                        shows(QueryRunResource.SCHEMA).include(INCLUDES).beside(BESIDE))
                .post(
                        "/api/v2/queries/{id}/actions/cancel",
                        call -> act(call, queries::cancel),
                        answers(202).takesJson().bodyIsOptional())
                .post(
                        "/api/v2/queries/{id}/actions/force-cancel",
                        call -> act(call, queries::forceCancel),
                        answers(202).takesJson().bodyIsOptional())
                .get(
                        "/api/v2/workspaces/{workspace}/queries",
                        this::list,
                        pages(QueryRunResource.SCHEMA).include(INCLUDES).beside(BESIDE));
    }

    private Answer create(Call call) {
        Patch patch = call.patch();
        WorkspaceId workspace = patch.reference("workspace", WorkspaceId::new)
                .orElseThrow(() -> Refusal.Invalid.relationship("workspace", "A query run needs a workspace."));
        QueryRun query = queries.create(
                call.caller(),
                new QueryRuns.Request(
                        workspace,
                        patch.reference("configuration-version", ConfigurationVersionId::new),
                        patch.text("source", "tfe-api"),
                        patch.optionalText("terraform-version"),
                        patch.flag("generate-config-out", true),
                        patch.objects("variables").stream()
                                .map(variable ->
                                        new RunVariable(variable.requiredText("key"), variable.requiredText("value")))
                                .toList()));
        return JsonApi.created(resources.of(call, query));
    }

    private Answer read(Call call) {
        QueryRun query = queries.read(call.caller(), id(call));
        return JsonApi.resource(200, resources.of(call, query), included(call, List.of(query)));
    }

    private Answer list(Call call) {
        Page<QueryRun> page = queries.list(call.caller(), new WorkspaceId(call.path("workspace")), call.page());
        return JsonApi.page(call, page, query -> resources.of(call, query), included(call, page.items()));
    }

    /** Each once, whoever shares it. */
    private List<Resource> included(Call call, List<QueryRun> shown) {
        Set<String> wanted = call.include(INCLUDES);
        Stream<Resource> authors = wanted.contains("created_by")
                ? users
                        .find(shown.stream()
                                .flatMap(query -> query.run().createdBy().stream())
                                .distinct()
                                .toList())
                        .stream()
                        .map(AccountEndpoints::of)
                : Stream.empty();
        Stream<Resource> versions = wanted.stream().anyMatch(name -> name.startsWith("configuration_version"))
                ? shown.stream()
                        .map(query -> query.run().configurationVersion())
                        .distinct()
                        .map(id -> ConfigurationVersionResource.of(
                                configurations.read(call.caller(), id), Optional.empty()))
                : Stream.empty();
        return Stream.concat(authors, versions).toList();
    }

    private static Answer act(Call call, BiConsumer<Caller, QueryRunId> action) {
        action.accept(call.caller(), id(call));
        return Answer.empty(202);
    }

    private static QueryRunId id(Call call) {
        return new QueryRunId(call.path("id"));
    }
}
