package io.otfd.comment;

import io.otfd.Ids.CommentId;
import io.otfd.Ids.RunEventId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.UserId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.run.RunHistory;
import io.otfd.run.Runs;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Comments on runs. Each is an event of its run, too. */
public final class Comments {

    private final Database database;
    private final Clock clock;

    public Comments(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** For who may queue runs; a finished run takes comments as well. */
    public Comment create(Caller caller, RunId run, String body) {
        return database.transact(tx -> {
            Runs.view(tx, caller, run).workspace().grants().require(WorkspacePermission.CAN_QUEUE_RUN);
            Comment comment =
                    new Comment(CommentId.random(), run, body, caller.userId(), Optional.empty(), clock.instant());
            tx.update(
                    "comment.insert",
                    "id",
                    comment.id(),
                    "run_id",
                    run,
                    "body",
                    body,
                    "created_by",
                    comment.createdBy().orElse(null),
                    "now",
                    comment.createdAt());
            RunHistory.write(tx, run, "commented", comment.createdBy(), Optional.of(comment.id()), comment.createdAt());
            return find(tx, comment.id());
        });
    }

    /** In order of creation. */
    public Page<Comment> list(Caller caller, RunId run, Page.Request page) {
        return database.read(sql -> {
            Runs.view(sql, caller, run);
            return new Page<>(
                    sql.list(
                            "comment.list",
                            Comments::comment,
                            "run_id",
                            run,
                            "limit",
                            page.size(),
                            "offset",
                            page.offset()),
                    page,
                    sql.count("comment.count", "run_id", run));
        });
    }

    public Comment read(Caller caller, CommentId id) {
        return database.read(sql -> {
            Comment comment = find(sql, id);
            Runs.view(sql, caller, comment.run());
            return comment;
        });
    }

    /** Several at once, of runs that the caller has seen. */
    public List<Comment> find(Collection<CommentId> ids) {
        return database.read(sql -> sql.list("comment.by_ids", Comments::comment, "ids", ids));
    }

    private static Comment find(Sql sql, CommentId id) {
        return sql.one("comment.by_id", Comments::comment, "id", id).orElseThrow(Refusal.NotFound::new);
    }

    private static Comment comment(Row row) {
        return new Comment(
                new CommentId(row.text("id")),
                new RunId(row.text("run_id")),
                row.text("body"),
                row.optionalText("created_by").map(UserId::new),
                row.optionalText("event_id").map(RunEventId::new),
                row.instant("created_at"));
    }
}
