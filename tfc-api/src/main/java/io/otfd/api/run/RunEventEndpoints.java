package io.otfd.api.run;

import static io.otfd.api.Operation.lists;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.run.RunResource.EVENTS;

import io.otfd.Ids.RunEventId;
import io.otfd.Ids.RunId;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.account.AccountEndpoints;
import io.otfd.api.comment.CommentEndpoints;
import io.otfd.comment.Comments;
import io.otfd.run.RunHistory;
import io.otfd.run.Runs;
import io.otfd.user.Users;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What happened to a run (as go-tfe reads it). */
public final class RunEventEndpoints {

    private static final String[] INCLUDES = {"actor", "comment"};

    private final Runs runs;
    private final Users users;
    private final Comments comments;

    public RunEventEndpoints(Runs runs, Users users, Comments comments) {
        this.runs = runs;
        this.users = users;
        this.comments = comments;
    }

    public void register(RouteTable routes) {
        routes.family(RunEventEndpoints.class, Route.Audience.TOKEN)
                .get(
                        "/api/v2/runs/{run}/run-events",
                        this::list,
                        lists(EVENTS).include(INCLUDES).beside(AccountEndpoints.SCHEMA, CommentEndpoints.SCHEMA))
                .get(
                        "/api/v2/run-events/{id}",
                        this::read,
                        shows(EVENTS).include(INCLUDES).beside(AccountEndpoints.SCHEMA, CommentEndpoints.SCHEMA));
    }

    private Answer list(Call call) {
        List<RunHistory> events = runs.events(call.caller(), new RunId(call.path("run")));
        return JsonApi.list(events.stream().map(RunResource::event).toList(), included(call, events));
    }

    private Answer read(Call call) {
        RunHistory event = runs.event(call.caller(), new RunEventId(call.path("id")));
        return JsonApi.resource(200, RunResource.event(event), included(call, List.of(event)));
    }

    private List<Resource> included(Call call, List<RunHistory> events) {
        Set<String> wanted = call.include(INCLUDES);
        List<Resource> included = new ArrayList<>();
        if (wanted.contains("actor")) {
            users.find(events.stream().flatMap(event -> event.actor().stream()).toList())
                    .forEach(user -> included.add(AccountEndpoints.of(user)));
        }
        if (wanted.contains("comment")) {
            comments.find(events.stream()
                            .flatMap(event -> event.comment().stream())
                            .toList())
                    .forEach(comment -> included.add(CommentEndpoints.of(comment)));
        }
        return included;
    }
}
