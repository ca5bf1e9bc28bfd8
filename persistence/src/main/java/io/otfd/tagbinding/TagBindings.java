package io.otfd.tagbinding;

import io.otfd.Ids;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.RegistryModuleId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Bindings of projects, workspaces and modules, for the services of these: who calls has checked the caller. */
public final class TagBindings {

    /** Documented: "cannot exceed 10 bindings per resource". */
    private static final int MAX_BINDINGS = 10;

    private TagBindings() {}

    public static List<TagBinding> of(Sql sql, Ids.Id owner) {
        return sql.list(
                "tag_binding.list",
                TagBindings::own,
                "project_id",
                project(owner),
                "workspace_id",
                workspace(owner),
                "registry_module_id",
                registryModule(owner));
    }

    /** A workspace's own and its project's, for many at once. */
    public static Map<WorkspaceId, List<TagBinding>> effective(Sql sql, Collection<WorkspaceId> workspaces) {
        record Bound(WorkspaceId workspace, TagBinding binding) {}
        return sql
                .list(
                        "tag_binding.effective",
                        row -> new Bound(
                                new WorkspaceId(row.text("workspace_id")),
                                binding(row, row.optionalText("inherited_from").map(ProjectId::new))),
                        "workspace_ids",
                        workspaces)
                .stream()
                .collect(Collectors.groupingBy(
                        Bound::workspace, Collectors.mapping(Bound::binding, Collectors.toList())));
    }

    public static Map<ProjectId, List<TagBinding>> ofProjects(Sql sql, Collection<ProjectId> projects) {
        record Bound(ProjectId project, TagBinding binding) {}
        return sql
                .list(
                        "tag_binding.of_projects",
                        row -> new Bound(new ProjectId(row.text("project_id")), own(row)),
                        "project_ids",
                        projects)
                .stream()
                .collect(
                        Collectors.groupingBy(Bound::project, Collectors.mapping(Bound::binding, Collectors.toList())));
    }

    /** Adds them; a key that is there takes the new value. Gives them back in the order of the request. */
    public static List<TagBinding> add(Tx tx, Ids.Id owner, List<TagBinding> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        requireFew(wanted.stream().map(TagBinding::key).distinct().count());
        for (TagBinding binding : wanted) {
            tx.update(
                    "tag_binding.upsert",
                    "id",
                    binding.id(),
                    "project_id",
                    project(owner),
                    "workspace_id",
                    workspace(owner),
                    "registry_module_id",
                    registryModule(owner),
                    "key",
                    binding.key(),
                    "value",
                    binding.value(),
                    "now",
                    binding.createdAt());
        }
        Map<String, TagBinding> all = of(tx, owner).stream().collect(Collectors.toMap(TagBinding::key, it -> it));
        requireFew(all.size());
        return wanted.stream().map(binding -> all.get(binding.key())).distinct().toList();
    }

    private static void requireFew(long count) {
        if (count > MAX_BINDINGS) {
            throw Refusal.Invalid.relationship(
                    "tag-bindings", "Tag bindings cannot exceed " + MAX_BINDINGS + " bindings per resource");
        }
    }

    /** These and no others. */
    public static List<TagBinding> replace(Tx tx, Ids.Id owner, List<TagBinding> wanted) {
        tx.update(
                "tag_binding.delete_others",
                "project_id",
                project(owner),
                "workspace_id",
                workspace(owner),
                "registry_module_id",
                registryModule(owner),
                "keys",
                wanted.stream().map(TagBinding::key).toList());
        return add(tx, owner, wanted);
    }

    private static Ids.Id project(Ids.Id owner) {
        return owner instanceof ProjectId ? owner : null;
    }

    private static Ids.Id workspace(Ids.Id owner) {
        return owner instanceof WorkspaceId ? owner : null;
    }

    private static Ids.Id registryModule(Ids.Id owner) {
        return owner instanceof RegistryModuleId ? owner : null;
    }

    private static TagBinding own(Row row) {
        return binding(row, Optional.empty());
    }

    private static TagBinding binding(Row row, Optional<ProjectId> inheritedFrom) {
        return new TagBinding(
                row.text("id"), row.text("key"), row.text("value"), row.instant("created_at"), inheritedFrom);
    }
}
