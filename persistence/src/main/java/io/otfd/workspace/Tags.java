package io.otfd.workspace;

import io.otfd.Ids;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.WorkspacePermission;
import io.otfd.database.Database;
import io.otfd.database.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** Tags of workspaces, plain and with values. */
public final class Tags {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.=+\\-@:]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_.=+\\-@: ]{0,256}");

    private final Database database;
    private final Clock clock;

    public Tags(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A tag as a client names it; checks the alphabet. */
    public static Workspace.Tag tag(String key, String value, Instant now) {
        if (!KEY.matcher(key).matches()) {
            throw Refusal.Invalid.attribute("key", "may only contain letters, numbers and _.=+-@: and 128 characters");
        }
        if (!VALUE.matcher(value).matches()) {
            throw Refusal.Invalid.attribute(
                    "value", "may only contain letters, numbers and _.=+-@: and 256 characters");
        }
        return new Workspace.Tag(Ids.random("tb-"), key, value, now);
    }

    public List<Workspace.Tag> list(Caller caller, WorkspaceId id) {
        return database.read(sql -> Workspaces.view(sql, caller, id).workspace().tags());
    }

    /** Adds the tags; a key that is there takes the new value. */
    public List<Workspace.Tag> add(Caller caller, WorkspaceId id, List<Workspace.Tag> tags) {
        return database.transact(tx -> {
            Workspaces.lockedView(tx, caller, id).grants().require(WorkspacePermission.CAN_MANAGE_TAGS);
            insert(tx, id, tags, clock.instant());
            List<Workspace.Tag> all =
                    Workspaces.view(tx, caller, id).workspace().tags();
            return tags.stream()
                    .map(given -> all.stream()
                            .filter(tag -> tag.key().equals(given.key()))
                            .findFirst()
                            .orElse(given))
                    .toList();
        });
    }

    /** A tag and how many workspaces of the organization have it. */
    public record Counted(Workspace.Tag tag, long instances) {}

    public List<Counted> listCounted(Caller caller, WorkspaceId id) {
        return database.read(sql -> {
            Workspace workspace = Workspaces.view(sql, caller, id).workspace();
            return workspace.tags().stream()
                    .map(tag -> new Counted(
                            tag,
                            sql.count(
                                    "workspace.tag_count",
                                    "organization_id",
                                    workspace.organization(),
                                    "key",
                                    tag.key())))
                    .toList();
        });
    }

    /** Takes tags away; one that is not there is fine. */
    public void remove(Caller caller, WorkspaceId id, List<String> keys) {
        database.transactVoid(tx -> {
            Workspaces.lockedView(tx, caller, id).grants().require(WorkspacePermission.CAN_MANAGE_TAGS);
            keys.forEach(key -> tx.update("workspace.delete_tag", "workspace_id", id, "key", key));
        });
    }

    static void insert(Tx tx, WorkspaceId id, List<Workspace.Tag> tags, Instant now) {
        for (Workspace.Tag tag : tags) {
            tx.update(
                    "workspace.insert_tag",
                    "workspace_id",
                    id,
                    "key",
                    tag.key(),
                    "value",
                    tag.value(),
                    "id",
                    tag.id(),
                    "now",
                    now);
        }
    }
}
