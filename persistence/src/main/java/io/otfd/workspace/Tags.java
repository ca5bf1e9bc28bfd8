package io.otfd.workspace;

import io.otfd.Ids;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.access.OrganizationPermission;
import io.otfd.access.WorkspacePermission;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Tx;
import io.otfd.organization.Like;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Flat tags: the organization has them, workspaces share them. */
public final class Tags {

    private final Database database;
    private final Clock clock;

    public Tags(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** In order of insertion. */
    public Page<Tag> list(Caller caller, WorkspaceId id, Optional<String> search, Page.Request page) {
        return database.read(sql -> {
            Workspaces.view(sql, caller, id);
            String like = like(search);
            return new Page<>(
                    sql.list(
                            "tag.list_of_workspace",
                            Tags::tag,
                            "workspace_id",
                            id,
                            "search",
                            like,
                            "limit",
                            page.size(),
                            "offset",
                            page.offset()),
                    page,
                    sql.count("tag.count_of_workspace", "workspace_id", id, "search", like));
        });
    }

    /** @param lackedBy only tags that the workspace of this id does not have; an unknown one lacks them all */
    public Page<Tag> list(
            Caller caller, String organization, Optional<String> search, Optional<String> lackedBy, Page.Request page) {
        return database.read(sql -> {
            OrganizationId owner =
                    Organizations.view(sql, caller, organization).organization().id();
            Object[] filters = {
                "organization_id", owner, "search", like(search), "excluded_id", lackedBy.orElse(null),
            };
            return new Page<>(
                    sql.list(
                            "tag.list",
                            Tags::tag,
                            WorkspaceStore.append(filters, "limit", page.size(), "offset", page.offset())),
                    page,
                    sql.count("tag.count", filters));
        });
    }

    public void add(Caller caller, WorkspaceId id, List<Tag.Reference> tags) {
        database.transactVoid(tx -> {
            WorkspaceView view = Workspaces.lockedView(tx, caller, id);
            view.grants().require(WorkspacePermission.CAN_MANAGE_TAGS);
            attach(tx, view.workspace().organization(), id, tags, clock.instant());
        });
    }

    /** Takes tags away; one that is not there is fine. */
    public void remove(Caller caller, WorkspaceId id, List<Tag.Reference> tags) {
        database.transactVoid(tx -> {
            Workspaces.lockedView(tx, caller, id).grants().require(WorkspacePermission.CAN_MANAGE_TAGS);
            tx.update("tag.detach", "workspace_id", id, "ids", ids(tags), "names", names(tags));
        });
    }

    /** From the organization, and so from all of its workspaces. */
    public void delete(Caller caller, String organization, List<String> ids) {
        database.transactVoid(tx -> {
            OrganizationView view = Organizations.view(tx, caller, organization);
            view.grants().require(OrganizationPermission.CAN_MANAGE_TAGS);
            tx.update("tag.delete", "organization_id", view.organization().id(), "ids", ids);
        });
    }

    /** Gives one tag to many workspaces, or to none of them. */
    public void addWorkspaces(Caller caller, String tag, List<WorkspaceId> workspaces) {
        database.transactVoid(tx -> {
            Tag found = tx.one("tag.by_id", Tags::tag, "id", tag).orElseThrow(Refusal.NotFound::new);
            OrganizationId owner = Organizations.view(tx, caller, found.organizationName())
                    .organization()
                    .id();
            for (WorkspaceId id :
                    workspaces.stream().sorted(Workspaces.LOCK_ORDER).toList()) {
                WorkspaceView view = Workspaces.lockedView(tx, caller, id);
                view.grants().require(WorkspacePermission.CAN_MANAGE_TAGS);
                if (!view.workspace().organization().equals(owner)) {
                    throw Refusal.Invalid.document(
                            "Workspace " + id.value() + " is of another organization than the tag.");
                }
                attach(tx, owner, id, List.of(new Tag.Reference.ById(tag)), clock.instant());
            }
        });
    }

    static void attach(Tx tx, OrganizationId organization, WorkspaceId id, List<Tag.Reference> tags, Instant now) {
        for (Tag.Reference reference : tags) {
            switch (reference) {
                case Tag.Reference.ByName(String name) -> {
                    tx.update(
                            "tag.create",
                            "id",
                            Ids.random("tag-"),
                            "organization_id",
                            organization,
                            "name",
                            Tag.check(name),
                            "now",
                            now);
                    tx.update("tag.attach_by_name", "workspace_id", id, "organization_id", organization, "name", name);
                }
                case Tag.Reference.ById(String tag) -> {
                    tx.one("tag.of_organization", row -> true, "id", tag, "organization_id", organization)
                            .orElseThrow(() -> Refusal.Invalid.document("Tag " + tag + " not found."));
                    tx.update("tag.attach", "workspace_id", id, "tag_id", tag);
                }
            }
        }
    }

    private static List<String> ids(List<Tag.Reference> tags) {
        return tags.stream()
                .filter(Tag.Reference.ById.class::isInstance)
                .map(tag -> ((Tag.Reference.ById) tag).id())
                .toList();
    }

    private static List<String> names(List<Tag.Reference> tags) {
        return tags.stream()
                .filter(Tag.Reference.ByName.class::isInstance)
                .map(tag -> ((Tag.Reference.ByName) tag).name())
                .toList();
    }

    private static String like(Optional<String> search) {
        return search.map(text -> "%" + Like.escape(text) + "%").orElse("%");
    }

    private static Tag tag(Row row) {
        return new Tag(
                row.text("id"),
                row.text("name"),
                row.instant("created_at"),
                row.text("organization_name"),
                row.number("instance_count"));
    }
}
