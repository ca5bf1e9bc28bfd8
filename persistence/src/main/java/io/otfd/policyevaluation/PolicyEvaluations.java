package io.otfd.policyevaluation;

import io.otfd.Ids.PolicyEvaluationId;
import io.otfd.Ids.PolicySetOutcomeId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.TaskStageId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.JsonTrees;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.database.Database;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.policy.Enforcement;
import io.otfd.run.Phase;
import io.otfd.run.Run;
import io.otfd.run.RunAdvance;
import io.otfd.run.RunEvent;
import io.otfd.run.Runs;
import io.otfd.taskstage.TaskStages;
import io.otfd.variable.Variable;
import io.otfd.variable.Variables;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Evaluations of policies: read, and given to servers that make them. Rows are claimed with {@code SKIP LOCKED}: each is made
 * by one server, and by another one when that has gone silent.
 */
public final class PolicyEvaluations {

    /** Without a word from who has it. Longer than a single policy may take. */
    public static final Duration LEASE = Duration.ofSeconds(90);

    private final Database database;
    private final RunAdvance advance;
    private final Clock clock;

    public PolicyEvaluations(Database database, RunAdvance advance, Clock clock) {
        this.database = database;
        this.advance = advance;
        this.clock = clock;
    }

    /** Of a stage, for whoever may read the run: one or none. */
    public List<PolicyEvaluation> list(Caller caller, TaskStageId stage) {
        return database.read(sql -> {
            Runs.view(sql, caller, TaskStages.runOf(sql, stage));
            return sql
                    .one("policy_evaluation.of_stage", PolicyEvaluations::evaluation, "task_stage_id", stage)
                    .map(evaluation -> with(sql, evaluation))
                    .stream()
                    .toList();
        });
    }

    public PolicyEvaluation read(Caller caller, PolicyEvaluationId id) {
        return database.read(sql -> visible(sql, caller, id));
    }

    /** One set of an evaluation. */
    public PolicySetOutcome outcome(Caller caller, PolicySetOutcomeId id) {
        return database.read(sql -> {
            PolicyEvaluationId owner = sql.one(
                            "policy_evaluation.outcome",
                            row -> new PolicyEvaluationId(row.text("policy_evaluation_id")),
                            "id",
                            id)
                    .orElseThrow(Refusal.NotFound::new);
            return visible(sql, caller, owner).sets().stream()
                    .filter(set -> set.id().equals(id))
                    .findFirst()
                    .orElseThrow(Refusal.NotFound::new);
        });
    }

    private static PolicyEvaluation visible(Sql sql, Caller caller, PolicyEvaluationId id) {
        PolicyEvaluation evaluation = sql.one("policy_evaluation.by_id", PolicyEvaluations::evaluation, "id", id)
                .orElseThrow(Refusal.NotFound::new);
        Runs.view(sql, caller, TaskStages.runOf(sql, evaluation.stage()));
        return with(sql, evaluation);
    }

    private static PolicyEvaluation with(Sql sql, PolicyEvaluation evaluation) {
        return new PolicyEvaluation(
                evaluation.id(),
                evaluation.stage(),
                evaluation.status(),
                evaluation.statusTimestamps(),
                evaluation.toolVersion(),
                evaluation.createdAt(),
                evaluation.updatedAt(),
                sql.list(
                        "policy_evaluation.outcomes",
                        row -> outcome(row, evaluation.toolVersion()),
                        "ids",
                        List.of(evaluation.id())));
    }

    /** Who claims, and which try this is. */
    private record Claim(PolicyEvaluationId id, int attempt, RunId run) {}

    /**
     * One that is due, with everything that it needs.
     *
     * @param patience how long it has to have waited
     */
    public Optional<Assignment> claim(Duration patience) {
        return database.transact(tx -> tx.one(
                        "policy_evaluation.claim",
                        row -> new Claim(
                                new PolicyEvaluationId(row.text("id")),
                                row.integer("attempts"),
                                new RunId(row.text("run_id"))),
                        "patience",
                        patience.toSeconds(),
                        "lease",
                        LEASE.toSeconds(),
                        "now_text",
                        PolicyCheck.text(clock.instant()))
                .map(claim -> assignment(tx, claim)));
    }

    private static Assignment assignment(Tx tx, Claim claim) {
        Run run = Runs.find(tx, claim.run());
        return new Assignment(
                claim.id(),
                claim.attempt(),
                run.id(),
                runInput(tx, run),
                Phase.jsonKey(run.plan().id()),
                sets(tx, run.workspace()));
    }

    private static List<Assignment.Set> sets(Sql sql, WorkspaceId workspace) {
        Map<String, Assignment.Set> sets = new LinkedHashMap<>();
        sql.list(
                        "policy_evaluation.sets",
                        row -> Map.entry(
                                row.text("id"),
                                new Assignment.Set(
                                        row.text("name"),
                                        row.optionalText("description"),
                                        row.flag("overridable"),
                                        List.of())),
                        "workspace_id",
                        workspace)
                .forEach(entry -> sets.put(entry.getKey(), entry.getValue()));
        List<Assignment.Set> filled = new ArrayList<>();
        sets.forEach((id, set) -> filled.add(new Assignment.Set(
                set.name(),
                set.description(),
                set.overridable(),
                sql.list("policy_evaluation.policies", PolicyEvaluations::rule, "policy_set_id", id))));
        return filled;
    }

    private static Assignment.Rule rule(Row row) {
        return new Assignment.Rule(
                row.text("name"),
                row.optionalText("description"),
                row.text("query"),
                Enforcement.of(row.text("enforcement_level")),
                row.optionalText("source"));
    }

    private static String runInput(Sql sql, Run run) {
        JsonObject known = sql.one(
                        "policy_evaluation.run_input", row -> JsonTrees.object(row.text("run")), "run_id", run.id())
                .orElseThrow(Refusal.NotFound::new);
        JsonObjectBuilder variables = JsonTrees.JSON.createObjectBuilder();
        Variables.effective(sql, run.workspace())
                .forEach(each -> variables.add(each.variable().key(), variable(each.variable())));
        run.options().variables().forEach(variable -> variables.add(variable.key(), variable("input", false)));
        return JsonTrees.JSON
                .createObjectBuilder(known)
                .add("variables", variables)
                .build()
                .toString();
    }

    private static JsonObjectBuilder variable(Variable variable) {
        String category = switch (variable.category()) {
            case TERRAFORM -> "input";
            case ENV -> "environment";
        };
        return variable(category, variable.sensitive());
    }

    private static JsonObjectBuilder variable(String category, boolean sensitive) {
        return JsonTrees.JSON.createObjectBuilder().add("category", category).add("sensitive", sensitive);
    }

    /**
     * Still at it.
     *
     * @return whether it is still this server's to make
     */
    public boolean renew(Assignment assignment) {
        return lease(assignment, LEASE);
    }

    /** Another server may have it at once. */
    public void release(Assignment assignment) {
        lease(assignment, Duration.ZERO);
    }

    private boolean lease(Assignment assignment, Duration lease) {
        return database.transact(tx -> tx.update(
                        "policy_evaluation.renew",
                        "id",
                        assignment.id(),
                        "attempt",
                        assignment.attempt(),
                        "lease",
                        lease.toSeconds()))
                > 0;
    }

    /** What came of it; the run goes on, ends, or waits for somebody to decide. */
    public void finish(Assignment assignment, String toolVersion, List<Assignment.Result> results) {
        database.transactVoid(tx -> {
            RunAdvance.Held held = advance.hold(tx, assignment.runId());
            EvaluationStatus status = status(results);
            Instant now = clock.instant();
            boolean counts = tx.update(
                            "policy_evaluation.finish",
                            "id",
                            assignment.id(),
                            "attempt",
                            assignment.attempt(),
                            "status",
                            status,
                            "timestamp_key",
                            status + "-at",
                            "version",
                            toolVersion,
                            "overridable",
                            status == EvaluationStatus.FAILED && overridable(held.run(), results),
                            "now",
                            now,
                            "now_text",
                            PolicyCheck.text(now))
                    > 0;
            if (counts) {
                for (int i = 0; i < results.size(); i++) {
                    insert(tx, assignment.id(), i, results.get(i));
                }
                advance.settle(tx, held);
            }
        });
    }

    private static EvaluationStatus status(List<Assignment.Result> results) {
        if (results.stream().anyMatch(Assignment.Result::errs)) {
            return EvaluationStatus.ERRORED;
        }
        return results.stream().anyMatch(Assignment.Result::stops) ? EvaluationStatus.FAILED : EvaluationStatus.PASSED;
    }

    /** Where there is nothing to go on to, there is nothing to override (cloud-docs/policy-enforcement/view-results). */
    private static boolean overridable(Run run, List<Assignment.Result> results) {
        return run.planned() != RunEvent.PLAN_NO_CHANGES
                && results.stream()
                        .filter(Assignment.Result::stops)
                        .allMatch(result -> result.set().overridable());
    }

    private static void insert(Tx tx, PolicyEvaluationId id, int position, Assignment.Result result) {
        tx.update(
                "policy_evaluation.insert_outcome",
                "id",
                PolicySetOutcomeId.random(),
                "policy_evaluation_id",
                id,
                "position",
                position,
                "name",
                result.set().name(),
                "description",
                result.set().description().orElse(null),
                "overridable",
                result.set().overridable(),
                "error",
                result.error(),
                "outcomes",
                json(result.outcomes()));
    }

    private static String json(Collection<PolicyOutcome> outcomes) {
        JsonArrayBuilder all = JsonTrees.JSON.createArrayBuilder();
        for (PolicyOutcome outcome : outcomes) {
            JsonArrayBuilder output = JsonTrees.JSON.createArrayBuilder();
            outcome.messages()
                    .forEach(message ->
                            output.add(JsonTrees.JSON.createObjectBuilder().add("print", message)));
            all.add(JsonTrees.JSON
                    .createObjectBuilder()
                    .add("policy_name", outcome.policy())
                    .add("enforcement_level", outcome.enforcement().toString())
                    .add("query", outcome.query())
                    .add("status", outcome.status().toString())
                    .add("description", outcome.description())
                    .add("output", output));
        }
        return all.build().toString();
    }

    private static PolicyEvaluation evaluation(Row row) {
        return new PolicyEvaluation(
                new PolicyEvaluationId(row.text("id")),
                new TaskStageId(row.text("task_stage_id")),
                EvaluationStatus.of(row.text("status")),
                JsonTrees.texts(row.text("status_timestamps")),
                row.text("policy_tool_version"),
                row.instant("created_at"),
                row.instant("updated_at"),
                List.of());
    }

    private static PolicySetOutcome outcome(Row row, String toolVersion) {
        return new PolicySetOutcome(
                new PolicySetOutcomeId(row.text("id")),
                new PolicyEvaluationId(row.text("policy_evaluation_id")),
                row.text("policy_set_name"),
                row.optionalText("policy_set_description"),
                row.flag("overridable"),
                row.text("error"),
                toolVersion,
                outcomes(row.text("outcomes")));
    }

    private static List<PolicyOutcome> outcomes(String json) {
        return JsonTrees.object("{\"outcomes\":" + json + "}").getJsonArray("outcomes").stream()
                .map(JsonValue::asJsonObject)
                .map(outcome -> new PolicyOutcome(
                        outcome.getString("policy_name"),
                        Enforcement.of(outcome.getString("enforcement_level")),
                        outcome.getString("query"),
                        PolicyOutcome.Status.of(outcome.getString("status")),
                        outcome.getString("description"),
                        outcome.getJsonArray("output").stream()
                                .map(line -> line.asJsonObject().getString("print"))
                                .toList()))
                .toList();
    }
}
