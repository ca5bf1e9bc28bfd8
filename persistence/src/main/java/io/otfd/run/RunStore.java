package io.otfd.run;

import io.otfd.Ids.AgentId;
import io.otfd.Ids.AgentPoolId;
import io.otfd.Ids.CommentId;
import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.PhaseId;
import io.otfd.Ids.RunEventId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.TaskStageId;
import io.otfd.Ids.UserId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.organization.ExecutionMode;
import io.otfd.taskstage.Stage;
import io.otfd.variable.EngineVariables;
import io.otfd.workspace.Engine;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Columns ↔ {@link Run}. */
final class RunStore {

    private static final Jsonb JSONB = JsonbBuilder.create();
    private static final Type TEXT_BY_NAME =
            new HashMap<String, String>() {}.getClass().getGenericSuperclass();

    private RunStore() {}

    static Run find(Sql sql, RunId id) {
        return sql.one("run.by_id", RunStore::run, "id", id).orElseThrow(Refusal.NotFound::new);
    }

    /** Several, in the given order; those that are not there are left out. */
    static List<Run> find(Sql sql, Collection<RunId> ids) {
        Map<RunId, Run> found = sql.list("run.by_ids", RunStore::run, "ids", ids).stream()
                .collect(Collectors.toMap(Run::id, Function.identity()));
        return ids.stream().filter(found::containsKey).map(found::get).toList();
    }

    /** A run by its plan or apply. */
    static Run find(Sql sql, PhaseId id) {
        return sql.one("run.by_phase", RunStore::run, "phase_id", id).orElseThrow(Refusal.NotFound::new);
    }

    static WorkspaceId workspaceOf(Sql sql, RunId id) {
        return sql.one("run.workspace", row -> new WorkspaceId(row.text("workspace_id")), "id", id)
                .orElseThrow(Refusal.NotFound::new);
    }

    static Run lock(Tx tx, RunId id) {
        tx.one("run.lock_row", row -> true, "id", id).orElseThrow(Refusal.NotFound::new);
        return find(tx, id);
    }

    static EngineVariables variables(Sql sql, RunId id) {
        return sql.one(
                        "run.frozen_variables",
                        row -> JSONB.fromJson(row.secret("frozen_variables", id.value()), EngineVariables.class),
                        "id",
                        id)
                .orElseThrow(Refusal.NotFound::new);
    }

    static Page<Run> list(Sql sql, RunFilter.Within within, RunFilter filter, Page.Request page) {
        Page<RunId> found = matching(sql, within, filter, page, page.size(), null);
        return new Page<>(find(sql, found.items()), page, found.totalCount());
    }

    /** Without a count: one more is read than fits, to know whether there is a next page. */
    static List<Run> peek(Sql sql, RunFilter.Within within, RunFilter filter, Page.Request page) {
        int limit = page.size() + 1;
        return find(
                sql,
                matching(sql, within, filter, page, limit, page.offset() + limit)
                        .items());
    }

    /** @param reach how many are looked for at most, or null to count all */
    private static Page<RunId> matching(
            Sql sql, RunFilter.Within within, RunFilter filter, Page.Request page, int limit, Long reach) {
        return sql.one(
                        "run.find",
                        row -> new Page<>(
                                row.texts("ids").stream().map(RunId::new).toList(), page, row.number("total")),
                        RunFilter.append(
                                filter.parameters(within), "limit", limit, "offset", page.offset(), "reach", reach))
                .orElseThrow();
    }

    /** Runs of its workspace that are to end before it can start, newest first. */
    static List<RunId> before(Sql sql, Run run) {
        return sql.list(
                "run.before", row -> new RunId(row.text("id")), "id", run.id(), "workspace_id", run.workspace());
    }

    static Page<Run> queue(Sql sql, OrganizationId organization, Page.Request page) {
        long total = sql.count("run.count_queue", "organization_id", organization);
        return new Page<>(
                sql.list(
                        "run.list_queue",
                        RunStore::run,
                        "organization_id",
                        organization,
                        "limit",
                        page.size(),
                        "offset",
                        page.offset()),
                page,
                total);
    }

    /** @return whether something is checked in runs of its workspace */
    static boolean insert(Tx tx, Run run, Optional<String> workingDirectory, EngineVariables variables) {
        RunOptions options = run.options();
        boolean checked = tx.one(
                        "run.insert",
                        row -> row.flag("checked"),
                        "id",
                        run.id(),
                        "workspace_id",
                        run.workspace(),
                        "configuration_version_id",
                        run.configurationVersion(),
                        "status",
                        run.status(),
                        "message",
                        run.message(),
                        "source",
                        run.source(),
                        "created_by",
                        run.createdBy().orElse(null),
                        "now",
                        run.createdAt(),
                        "status_timestamps",
                        JSONB.toJson(run.statusTimestamps()),
                        "execution_mode",
                        run.executionMode().wireName(),
                        "agent_pool_id",
                        run.executionMode().agentPool().orElse(null),
                        "query",
                        options.query(),
                        "plan_only",
                        options.planOnly(),
                        "auto_apply",
                        options.autoApply(),
                        "is_destroy",
                        options.destroy(),
                        "refresh",
                        options.refresh(),
                        "refresh_only",
                        options.refreshOnly(),
                        "save_plan",
                        options.savePlan(),
                        "allow_empty_apply",
                        options.allowEmptyApply(),
                        "allow_config_generation",
                        options.allowConfigGeneration(),
                        "structured_output",
                        options.structuredOutput(),
                        "engine",
                        run.engine(),
                        "terraform_version",
                        run.terraformVersion(),
                        "working_directory",
                        workingDirectory.orElse(null),
                        "target_addrs",
                        options.targetAddrs(),
                        "replace_addrs",
                        options.replaceAddrs(),
                        "policy_paths",
                        options.policyPaths(),
                        "invoke_action_addrs",
                        options.invokeActionAddrs(),
                        "trigger_reason",
                        run.triggerReason(),
                        "variables",
                        JSONB.toJson(options.variables()),
                        "frozen_variables",
                        tx.vault().seal(run.id().value(), JSONB.toJson(variables)))
                .orElseThrow();
        for (Phase phase : List.of(run.plan(), run.apply())) {
            tx.update(
                    "run.insert_phase",
                    "id",
                    phase.id(),
                    "run_id",
                    run.id(),
                    "kind",
                    phase.kind(),
                    "status",
                    phase.status());
        }
        return checked;
    }

    static Run run(Row row) {
        RunId id = new RunId(row.text("id"));
        return new Run(
                id,
                new WorkspaceId(row.text("workspace_id")),
                new ConfigurationVersionId(row.text("configuration_version_id")),
                RunStatus.of(row.text("status")),
                row.text("message"),
                row.text("source"),
                row.optionalText("created_by").map(UserId::new),
                row.optionalText("confirmed_by").map(UserId::new),
                row.instant("created_at"),
                timestamps(row.text("status_timestamps")),
                mode(row),
                options(row),
                Engine.of(row.text("engine")),
                row.text("terraform_version"),
                row.flag("has_changes"),
                row.optionalInstant("cancel_requested_at"),
                row.integer("position_in_queue"),
                phase(row, id, Phase.Kind.PLAN, "plan_"),
                phase(row, id, Phase.Kind.APPLY, "apply_"),
                row.text("trigger_reason"),
                row.texts("event_ids").stream().map(RunEventId::new).toList(),
                row.texts("comment_ids").stream().map(CommentId::new).toList(),
                stages(row.text("task_stages")));
    }

    /** A pool that is gone leaves a run that no agent takes. */
    private static ExecutionMode mode(Row row) {
        Optional<AgentPoolId> pool = row.optionalText("agent_pool_id").map(AgentPoolId::new);
        String mode = row.text("execution_mode");
        return ExecutionMode.of(mode, pool);
    }

    private static RunOptions options(Row row) {
        return new RunOptions(
                row.flag("plan_only"),
                row.flag("auto_apply"),
                row.flag("is_destroy"),
                row.flag("refresh"),
                row.flag("refresh_only"),
                row.flag("save_plan"),
                row.flag("allow_empty_apply"),
                row.flag("allow_config_generation"),
                row.flag("structured_output"),
                row.texts("target_addrs"),
                row.texts("replace_addrs"),
                Optional.empty(),
                Arrays.asList(JSONB.fromJson(row.text("variables"), RunOptions.RunVariable[].class)),
                row.texts("policy_paths"),
                row.texts("invoke_action_addrs"),
                row.flag("query"));
    }

    private static Phase phase(Row row, RunId run, Phase.Kind kind, String prefix) {
        return new Phase(
                new PhaseId(row.text(prefix + "id")),
                run,
                kind,
                PhaseStatus.of(row.text(prefix + "status")),
                timestamps(row.text(prefix + "status_timestamps")),
                row.optionalNumber(prefix + "resource_additions").map(Math::toIntExact),
                row.optionalNumber(prefix + "resource_changes").map(Math::toIntExact),
                row.optionalNumber(prefix + "resource_destructions").map(Math::toIntExact),
                row.optionalNumber(prefix + "resource_imports").map(Math::toIntExact),
                row.flag(prefix + "has_changes"),
                row.flag(prefix + "generated_configuration"),
                row.optionalText(prefix + "agent_id").map(AgentId::new),
                row.optionalText(prefix + "agent_name"),
                row.number(prefix + "log_size"));
    }

    private static Map<Stage, TaskStageId> stages(String json) {
        Map<Stage, TaskStageId> stages = new EnumMap<>(Stage.class);
        timestamps(json).forEach((stage, id) -> stages.put(Stage.of(stage).orElseThrow(), new TaskStageId(id)));
        return stages;
    }

    private static Map<String, String> timestamps(String json) {
        if (json.equals("{}")) {
            return Map.of();
        }
        Map<String, String> timestamps = JSONB.fromJson(json, TEXT_BY_NAME);
        return timestamps;
    }
}
