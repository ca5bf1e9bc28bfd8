package io.otfd.workspace;

import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.SshKeyId;
import io.otfd.Ids.StateVersionId;
import io.otfd.Ids.StateVersionOutputId;
import io.otfd.Ids.TeamId;
import io.otfd.Ids.UserId;
import io.otfd.Ids.VariableId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.organization.ExecutionMode;
import io.otfd.organization.Like;
import io.otfd.retention.RetentionPolicy;
import io.otfd.tagbinding.Tagged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Columns ↔ {@link Workspace}. */
final class WorkspaceStore {

    private WorkspaceStore() {}

    static Workspace find(Sql sql, WorkspaceId id) {
        return sql.one("workspace.by_id", WorkspaceStore::workspace, "id", id).orElseThrow(Refusal.NotFound::new);
    }

    /** Several, in the given order; those that are not there are left out. */
    static List<Workspace> find(Sql sql, Collection<WorkspaceId> ids) {
        Map<WorkspaceId, Workspace> found = sql.list("workspace.by_ids", WorkspaceStore::workspace, "ids", ids).stream()
                .collect(Collectors.toMap(Workspace::id, Function.identity()));
        return ids.stream().filter(found::containsKey).map(found::get).toList();
    }

    /** Holds the row until the transaction ends: the workspace's lock, queue and state change one at a time. */
    static Workspace lock(Tx tx, WorkspaceId id) {
        tx.one("workspace.lock_row", row -> true, "id", id).orElseThrow(Refusal.NotFound::new);
        return find(tx, id);
    }

    static Optional<Workspace> find(Sql sql, OrganizationId organization, String name) {
        return sql.one("workspace.by_name", WorkspaceStore::workspace, "organization_id", organization, "name", name);
    }

    /** Sorts that an index has, and the statements that go along it. */
    private static final Map<String, String> INDEXED =
            Map.of("created_at", "workspace.page", "name", "workspace.page_by_name");

    static Page<Workspace> list(
            Sql sql, OrganizationId organization, Seen seen, WorkspaceFilter filter, String sort, Page.Request page) {
        Optional<String> statement =
                Optional.ofNullable(INDEXED.get(sort)).filter(any -> seen.every() && filter.isEmpty());
        Page<WorkspaceId> found = statement.isPresent()
                ? every(sql, organization, statement.get(), page)
                : matching(sql, filters(organization, seen, filter), sort, page);
        return new Page<>(find(sql, found.items()), page, found.totalCount());
    }

    static Map<String, Long> runStatuses(Sql sql, OrganizationId organization, Seen seen) {
        return sql
                .list(
                        "workspace.run_statuses",
                        row -> Map.entry(row.text("status"), row.number("workspaces")),
                        "organization_id",
                        organization,
                        "every",
                        seen.every(),
                        "user_id",
                        seen.caller().userId().orElse(null),
                        "team_id",
                        seen.caller().teamId().orElse(null))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Page<WorkspaceId> matching(Sql sql, Object[] filters, String sort, Page.Request page) {
        return sql.one(
                        "workspace.find",
                        row -> new Page<>(
                                row.texts("ids").stream().map(WorkspaceId::new).toList(), page, row.number("total")),
                        append(filters, "sort", sort, "limit", page.size(), "offset", page.offset()))
                .orElseThrow();
    }

    /** Most lists are of all of them: two short statements, whose plans are made once and do not grow with the list. */
    private static Page<WorkspaceId> every(Sql sql, OrganizationId organization, String statement, Page.Request page) {
        long total = sql.count("workspace.count", "organization_id", organization);
        // From the far end a reverse scan reaches the last pages without counting through the first.
        boolean reverse = page.offset() > total / 2;
        long remaining = Math.max(0, total - page.offset());
        List<WorkspaceId> ids = sql.list(
                reverse ? statement + "_reverse" : statement,
                row -> new WorkspaceId(row.text("id")),
                "organization_id",
                organization,
                "limit",
                reverse ? Math.min(page.size(), remaining) : page.size(),
                "offset",
                reverse ? Math.max(0, remaining - page.size()) : page.offset());
        return new Page<>(reverse ? ids.reversed() : ids, page, total);
    }

    /** Which workspaces of an organization are there for a caller: every one, or those that its teams were let into. */
    record Seen(boolean every, Caller caller) {}

    private static Object[] filters(OrganizationId organization, Seen seen, WorkspaceFilter filter) {
        return new Object[] {
            "organization_id",
            organization,
            "every",
            seen.every(),
            "user_id",
            seen.caller().userId().orElse(null),
            "team_id",
            seen.caller().teamId().orElse(null),
            "name",
            filter.name().map(text -> "%" + Like.escape(text) + "%").orElse(null),
            "wildcard_name",
            filter.wildcardName()
                    .map(text -> Like.escape(text).replace('*', '%'))
                    .orElse(null),
            "tags",
            lowerCase(filter.tags()),
            "excluded_tags",
            lowerCase(filter.excludedTags()),
            "tagged",
            Tagged.lines(filter.tagged()),
            "project_id",
            filter.project().orElse(null),
            "run_statuses",
            filter.currentRunStatuses(),
        };
    }

    private static List<String> lowerCase(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    static Object[] append(Object[] first, Object... more) {
        List<Object> all = new ArrayList<>(java.util.Arrays.asList(first));
        all.addAll(java.util.Arrays.asList(more));
        return all.toArray();
    }

    static void write(Tx tx, String statement, Workspace workspace, Instant now) {
        Settings settings = workspace.settings();
        tx.update(
                statement,
                "id",
                workspace.id(),
                "organization_id",
                workspace.organization(),
                "project_id",
                workspace.project(),
                "name",
                settings.name(),
                "description",
                settings.description().orElse(null),
                "now",
                now,
                "execution_mode",
                workspace.executionMode().map(ExecutionMode::wireName).orElse(null),
                "agent_pool_id",
                workspace.executionMode().flatMap(ExecutionMode::agentPool).orElse(null),
                "allow_destroy_plan",
                settings.allowDestroyPlan(),
                "assessments_enabled",
                settings.assessmentsEnabled(),
                "auto_apply",
                settings.autoApply(),
                "auto_apply_run_trigger",
                settings.autoApplyRunTrigger(),
                "auto_destroy_at",
                settings.autoDestroy().at().orElse(null),
                "auto_destroy_activity_duration",
                settings.autoDestroy().activityDuration().orElse(null),
                "inherits_project_auto_destroy",
                settings.autoDestroy().inherits(),
                "file_triggers_enabled",
                settings.fileTriggersEnabled(),
                "global_remote_state",
                settings.globalRemoteState(),
                "project_remote_state",
                settings.projectRemoteState(),
                "queue_all_runs",
                settings.queueAllRuns(),
                "source",
                settings.source(),
                "source_name",
                settings.sourceName().orElse(null),
                "source_url",
                settings.sourceUrl().orElse(null),
                "speculative_enabled",
                settings.speculativeEnabled(),
                "structured_run_output_enabled",
                settings.structuredRunOutputEnabled(),
                "engine",
                settings.engine(),
                "terraform_version",
                settings.terraformVersion(),
                "trigger_patterns",
                settings.triggerPatterns(),
                "trigger_prefixes",
                settings.triggerPrefixes(),
                "working_directory",
                settings.workingDirectory().orElse(null));
    }

    static Workspace workspace(Row row) {
        return new Workspace(
                new WorkspaceId(row.text("id")),
                new OrganizationId(row.text("organization_id")),
                row.text("organization_name"),
                new ProjectId(row.text("project_id")),
                row.instant("created_at"),
                row.instant("updated_at"),
                row.instant("latest_change_at"),
                settings(row),
                mode(row, "execution_mode", "agent_pool_id"),
                ExecutionMode.effective(
                        Optional.empty(),
                        mode(row, "project_mode", "project_pool_id"),
                        mode(row, "organization_mode", "organization_pool_id").orElseThrow()),
                row.optionalText("project_auto_destroy"),
                lock(row),
                row.optionalText("current_run_id").map(RunId::new),
                row.optionalText("current_state_version_id").map(StateVersionId::new),
                row.optionalText("current_configuration_version_id").map(ConfigurationVersionId::new),
                row.integer("resource_count"),
                row.texts("tag_names"),
                row.texts("variable_ids").stream().map(VariableId::new).toList(),
                row.texts("output_ids").stream().map(StateVersionOutputId::new).toList(),
                row.optionalText("ssh_key_id").map(SshKeyId::new),
                RetentionPolicy.of(row));
    }

    private static Settings settings(Row row) {
        return new Settings(
                row.text("name"),
                row.optionalText("description"),
                row.flag("allow_destroy_plan"),
                row.flag("assessments_enabled"),
                row.flag("auto_apply"),
                row.flag("auto_apply_run_trigger"),
                new AutoDestroy(
                        row.optionalInstant("auto_destroy_at"),
                        row.optionalText("auto_destroy_activity_duration"),
                        row.flag("inherits_project_auto_destroy")),
                row.flag("file_triggers_enabled"),
                row.flag("global_remote_state"),
                row.flag("project_remote_state"),
                row.flag("queue_all_runs"),
                row.text("source"),
                row.optionalText("source_name"),
                row.optionalText("source_url"),
                row.flag("speculative_enabled"),
                row.flag("structured_run_output_enabled"),
                Engine.of(row.text("engine")),
                row.text("terraform_version"),
                row.texts("trigger_patterns"),
                row.texts("trigger_prefixes"),
                row.optionalText("working_directory"));
    }

    private static Optional<Lock> lock(Row row) {
        Optional<Lock.Holder> user = row.optionalText("lock_user_id")
                .map(id -> new Lock.Holder.User(new UserId(id), row.text("lock_username")));
        Optional<Lock.Holder> team = row.optionalText("lock_team_id")
                .map(id -> new Lock.Holder.Team(new TeamId(id), row.text("lock_team_name")));
        Optional<Lock.Holder> run = row.optionalText("lock_run_id").map(id -> new Lock.Holder.Run(new RunId(id)));
        return user.or(() -> team).or(() -> run).map(holder -> new Lock(holder, row.optionalText("lock_reason")));
    }

    private static Optional<ExecutionMode> mode(Row row, String mode, String pool) {
        return row.optionalText(mode)
                .map(text -> ExecutionMode.of(text, row.optionalText(pool).map(AgentPoolId::new)));
    }
}
