package io.otfd.project;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.ProjectId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.organization.ExecutionMode;
import io.otfd.organization.Like;
import io.otfd.tagbinding.Tagged;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Columns ↔ {@link Project}. */
final class ProjectStore {

    private ProjectStore() {}

    static Project find(Sql sql, ProjectId id) {
        return find(sql, List.of(id)).stream().findFirst().orElseThrow(Refusal.NotFound::new);
    }

    static List<Project> find(Sql sql, Collection<ProjectId> ids) {
        return sql.list("project.by_ids", ProjectStore::project, "ids", ids);
    }

    static Optional<Project> findUncounted(Sql sql, ProjectId id) {
        return sql.one("project.uncounted", ProjectStore::project, "id", id);
    }

    /** Holds the row until the transaction ends. */
    static Project lock(Tx tx, ProjectId id) {
        tx.one("project.lock_row", row -> true, "id", id).orElseThrow(Refusal.NotFound::new);
        return find(tx, id);
    }

    static Page<Project> list(
            Sql sql, OrganizationId organization, ProjectFilter filter, Projects.Sort sort, Page.Request page) {
        List<String> names = filter.names().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        String search = filter.search()
                .filter(text -> names.isEmpty())
                .map(text -> "%" + Like.escape(text) + "%")
                .orElse("%");
        List<String> tagged = Tagged.lines(filter.tagged());
        long total = sql.count(
                "project.count", "organization_id", organization, "names", names, "search", search, "tagged", tagged);
        List<Project> items = sql.list(
                "project.list",
                ProjectStore::project,
                "organization_id",
                organization,
                "names",
                names,
                "search",
                search,
                "tagged",
                tagged,
                "sort",
                sort,
                "limit",
                page.size(),
                "offset",
                page.offset());
        return new Page<>(items, page, total);
    }

    static void insert(Tx tx, Project project) {
        tx.update(
                "project.insert",
                "id",
                project.id(),
                "organization_id",
                project.organization(),
                "name",
                project.name(),
                "description",
                project.description().orElse(null),
                "is_default",
                project.isDefault(),
                "default_execution_mode",
                project.execution().map(ExecutionMode::wireName).orElse(null),
                "default_agent_pool_id",
                project.execution().flatMap(ExecutionMode::agentPool).orElse(null),
                "auto_destroy_activity_duration",
                project.autoDestroyActivityDuration().orElse(null),
                "now",
                project.createdAt());
    }

    static void update(Tx tx, Project project) {
        tx.update(
                "project.update",
                "id",
                project.id(),
                "name",
                project.name(),
                "description",
                project.description().orElse(null),
                "default_execution_mode",
                project.execution().map(ExecutionMode::wireName).orElse(null),
                "default_agent_pool_id",
                project.execution().flatMap(ExecutionMode::agentPool).orElse(null),
                "auto_destroy_activity_duration",
                project.autoDestroyActivityDuration().orElse(null));
    }

    private static Project project(Row row) {
        return new Project(
                new ProjectId(row.text("id")),
                new OrganizationId(row.text("organization_id")),
                row.text("organization_name"),
                row.text("name"),
                row.optionalText("description"),
                row.flag("is_default"),
                row.instant("created_at"),
                row.optionalNumber("workspace_count").map(Math::toIntExact),
                row.optionalText("default_execution_mode")
                        .map(mode -> ExecutionMode.of(
                                mode, row.optionalText("default_agent_pool_id").map(AgentPoolId::new))),
                ExecutionMode.of(
                        row.text("organization_mode"),
                        row.optionalText("organization_pool_id").map(AgentPoolId::new)),
                row.optionalText("auto_destroy_activity_duration"));
    }
}
