package io.otfd.api.comment;

import static io.otfd.api.Operation.creates;
import static io.otfd.api.Operation.pages;
import static io.otfd.api.Operation.shows;
import static io.otfd.api.Schema.TEXT;

import io.otfd.Ids.CommentId;
import io.otfd.Ids.RunId;
import io.otfd.api.Answer;
import io.otfd.api.Call;
import io.otfd.api.JsonApi;
import io.otfd.api.Resource;
import io.otfd.api.Route;
import io.otfd.api.RouteTable;
import io.otfd.api.Schema;
import io.otfd.comment.Comment;
import io.otfd.comment.Comments;

/** cloud-docs/api-docs/comments. */
public final class CommentEndpoints {

    public static final Schema SCHEMA =
            Schema.of("comments").writable(TEXT, "body").oneOrNone("run-event", "run-events");

    private final Comments comments;

    public CommentEndpoints(Comments comments) {
        this.comments = comments;
    }

    public void register(RouteTable routes) {
        routes.family(CommentEndpoints.class, Route.Audience.TOKEN)
                .get("/api/v2/runs/{run}/comments", this::list, pages(SCHEMA))
                .post("/api/v2/runs/{run}/comments", this::create, creates(SCHEMA))
                .get("/api/v2/comments/{id}", this::read, shows(SCHEMA));
    }

    private Answer list(Call call) {
        return JsonApi.page(call, comments.list(call.caller(), run(call), call.page()), CommentEndpoints::of);
    }

    private Answer create(Call call) {
        return JsonApi.created(
                of(comments.create(call.caller(), run(call), call.patch().requiredText("body"))));
    }

    private Answer read(Call call) {
        return JsonApi.resource(of(comments.read(call.caller(), new CommentId(call.path("id")))));
    }

    /** The {@code comments} document. */
    public static Resource of(Comment comment) {
        return new Resource(SCHEMA, comment.id().value())
                .attribute("body", comment.body())
                .toOne("run-event", "run-events", comment.event())
                .link("self", "/api/v2/comments/" + comment.id().value());
    }

    private static RunId run(Call call) {
        return new RunId(call.path("run"));
    }
}
