package io.otfd.taskresult;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.Ids.RunId;
import io.otfd.Ids.TaskId;
import io.otfd.Ids.TaskStageId;
import io.otfd.JsonTrees;
import io.otfd.Refusal;
import io.otfd.TestDatabase;
import io.otfd.access.Caller;
import io.otfd.database.Sql;
import io.otfd.database.Tx;
import io.otfd.notification.Receipt;
import io.otfd.run.PlanResult;
import io.otfd.run.Run;
import io.otfd.run.RunHistory;
import io.otfd.run.RunStatus;
import io.otfd.task.Enforcement;
import io.otfd.task.Task;
import io.otfd.task.TaskRequest;
import io.otfd.task.Tasks;
import io.otfd.task.WorkspaceTasks;
import io.otfd.taskstage.Stage;
import io.otfd.taskstage.StageBench;
import io.otfd.taskstage.StageCheck;
import io.otfd.taskstage.StageStatus;
import io.otfd.taskstage.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs that wait for tasks, and what tasks say, on real SQL. */
class TaskResultsTest extends StageBench {

    private static final Receipt DOWN = Receipt.failed("nobody answers", true);

    private final Tasks tasks;
    private final WorkspaceTasks attached;
    private final TaskResults results;
    private final TaskResults hasty;
    private final Opinion opinion;
    private Receipt verification = Receipt.arrived();

    TaskResultsTest(TestDatabase test) {
        Opinion other = new Opinion();
        super(test, events -> List.of(new TaskChecks(events, Clock.systemUTC()), other));
        opinion = other;
        tasks = new Tasks(database, request -> verification, clock);
        attached = new WorkspaceTasks(database, clock);
        results = new TaskResults(database, advance, tokens, TaskResults.Patience.DEFAULT, clock);
        hasty = new TaskResults(
                database, advance, tokens, new TaskResults.Patience(Duration.ZERO, Duration.ZERO), clock);
    }

    /** Another check beside the tasks, that has come to {@code verdict}. */
    private static final class Opinion implements StageCheck {
        private Verdict verdict = Verdict.PASSED;

        @Override
        public void prepare(Tx tx, Run run, Map<Stage, TaskStageId> made) {}

        @Override
        public void begin(Tx tx, Run run, Stage stage, TaskStageId id) {}

        @Override
        public Verdict verdict(Sql sql, TaskStageId stage) {
            return verdict;
        }

        @Override
        public boolean canOverride(Sql sql, Caller caller, Run run) {
            return caller instanceof Caller.User;
        }

        @Override
        public void override(Tx tx, Caller caller, Run run, TaskStageId stage) {}

        @Override
        public void end(Tx tx, TaskStageId stage) {}
    }

    private TaskId task(String name) {
        return tasks.create(
                        admin,
                        organization,
                        draft -> new Tasks.Draft(
                                name, "https://example.com/" + name, "", Optional.of("secret"), true, draft.global()))
                .id();
    }

    private TaskId attach(String name, Enforcement enforcement, Stage... at) {
        TaskId id = task(name);
        attached.create(admin, workspace.id(), id, new WorkspaceTasks.Terms(List.of(at), enforcement));
        return id;
    }

    private TaskResult only(RunId run, Stage stage) {
        List<TaskResult> all = results.of(List.of(stage(run, stage).stage().id()));
        assertThat(all, hasSize(1));
        return all.getFirst();
    }

    /** Asks everybody who is to be asked, and gives who was. */
    private List<TaskResults.Claimed> ask() {
        List<TaskResults.Claimed> claimed = results.claim(10);
        claimed.forEach(each -> results.record(each, Receipt.arrived()));
        return claimed;
    }

    private TaskRequest.About askOne() {
        List<TaskResults.Claimed> claimed = ask();
        assertThat(claimed, hasSize(1));
        return claimed.getFirst().request().about().orElseThrow();
    }

    private void say(TaskRequest.About about, ResultStatus status) {
        results.answer(
                tokens.verify(about.token()),
                about.result(),
                new Answer(status, Optional.of("said " + status), Optional.empty(), Optional.empty()));
    }

    @Test
    void aRunWithoutTasksHasNoStages() {
        task("elsewhere");

        RunId id = run(false, false);

        assertThat(stages.list(admin, id), is(empty()));
        assertThat(status(id), is(RunStatus.PLAN_QUEUED));
    }

    @Test
    void aRunGoesThroughAllItsStages() {
        attach("all", Enforcement.MANDATORY, Stage.values());
        RunId id = run(false, false);
        assertThat(status(id), is(RunStatus.PRE_PLAN_RUNNING));
        assertThat(only(id, Stage.POST_APPLY).status(), is(ResultStatus.PENDING));

        TaskRequest.About first = askOne();
        assertThat(first.stage(), is(Stage.PRE_PLAN));
        assertThat(only(id, Stage.PRE_PLAN).status(), is(ResultStatus.RUNNING));
        say(first, ResultStatus.RUNNING);
        assertThat(status(id), is(RunStatus.PRE_PLAN_RUNNING));
        say(first, ResultStatus.PASSED);
        assertThat(status(id), is(RunStatus.PLAN_QUEUED));
        assertThat(stage(id, Stage.PRE_PLAN).stage().status(), is(StageStatus.PASSED));

        execute(id, CHANGES);
        assertThat(status(id), is(RunStatus.POST_PLAN_RUNNING));
        say(askOne(), ResultStatus.PASSED);
        assertThat(status(id), is(RunStatus.POST_PLAN_COMPLETED));
        assertThat(runs.read(admin, id).run().isConfirmable(), is(true));

        runs.confirm(admin, id);
        assertThat(status(id), is(RunStatus.PRE_APPLY_RUNNING));
        say(askOne(), ResultStatus.PASSED);
        assertThat(status(id), is(RunStatus.APPLY_QUEUED));

        execute(id, PlanResult.NONE);
        assertThat(status(id), is(RunStatus.POST_APPLY_RUNNING));
        say(askOne(), ResultStatus.FAILED);
        assertThat(status(id), is(RunStatus.APPLIED));
        assertThat(stage(id, Stage.POST_APPLY).stage().status(), is(StageStatus.FAILED));
        assertThat(
                runs.events(admin, id).stream().map(RunHistory::action).toList(),
                hasItems("pre_plan_running", "task_passed", "post_plan_completed", "task_failed", "applied"));
    }

    @Test
    void aMandatoryTaskThatFailsEndsTheRun() {
        attach("strict", Enforcement.MANDATORY, Stage.POST_PLAN);
        RunId id = run(false, true);
        execute(id, CHANGES);

        say(askOne(), ResultStatus.FAILED);

        assertThat(status(id), is(RunStatus.ERRORED));
        assertThat(stage(id, Stage.POST_PLAN).stage().status(), is(StageStatus.FAILED));
        assertThat(only(id, Stage.POST_PLAN).message(), is("said failed"));
        assertThat(workspaces.read(admin, workspace.id()).workspace().lock(), is(Optional.empty()));
    }

    @Test
    void anAdvisoryTaskThatFailsStopsNothing() {
        attach("mild", Enforcement.ADVISORY, Stage.POST_PLAN);
        RunId id = run(false, true);
        execute(id, CHANGES);

        say(askOne(), ResultStatus.FAILED);

        assertThat(status(id), is(RunStatus.APPLY_QUEUED));
        assertThat(stage(id, Stage.POST_PLAN).stage().status(), is(StageStatus.PASSED));
    }

    @Test
    void everybodyIsHeardBeforeARunEnds() {
        attach("a-strict", Enforcement.MANDATORY, Stage.POST_PLAN);
        attach("b-mild", Enforcement.ADVISORY, Stage.POST_PLAN);
        RunId id = run(true, false);
        execute(id, CHANGES);
        List<TaskResults.Claimed> asked = ask();

        say(asked.get(0).request().about().orElseThrow(), ResultStatus.FAILED);
        assertThat(status(id), is(RunStatus.POST_PLAN_RUNNING));
        say(asked.get(1).request().about().orElseThrow(), ResultStatus.PASSED);

        assertThat(status(id), is(RunStatus.ERRORED));
    }

    @Test
    void aPlanWithoutChangesIsCheckedAndThenTheEnd() {
        attach("strict", Enforcement.MANDATORY, Stage.POST_PLAN);
        RunId id = run(false, false);
        execute(id, PlanResult.NONE);
        assertThat(status(id), is(RunStatus.POST_PLAN_RUNNING));

        say(askOne(), ResultStatus.PASSED);

        assertThat(status(id), is(RunStatus.PLANNED_AND_FINISHED));
    }

    @Test
    void aTokenSpeaksForItsResultWhileTheStageLasts() {
        attach("one", Enforcement.ADVISORY, Stage.POST_PLAN);
        attach("two", Enforcement.ADVISORY, Stage.POST_PLAN);
        RunId id = run(false, false);
        execute(id, CHANGES);
        List<TaskResults.Claimed> asked = ask();
        TaskRequest.About one = asked.get(0).request().about().orElseThrow();
        TaskRequest.About two = asked.get(1).request().about().orElseThrow();
        Answer passed = new Answer(ResultStatus.PASSED, Optional.empty(), Optional.empty(), Optional.empty());

        assertThrows(
                Refusal.Unauthenticated.class, () -> results.answer(tokens.verify(one.token()), two.result(), passed));
        assertThrows(Refusal.Unauthenticated.class, () -> results.answer(admin, one.result(), passed));
        assertThrows(Refusal.NotFound.class, () -> runs.read(tokens.verify(one.token()), id));
        assertThat(
                configurations.read(tokens.verify(one.token()), configuration).id(), is(configuration));
        say(one, ResultStatus.PASSED);
        assertThrows(Refusal.Conflict.class, () -> results.answer(tokens.verify(one.token()), one.result(), passed));
        say(two, ResultStatus.PASSED);

        assertThrows(Refusal.Unauthenticated.class, () -> tokens.verify(one.token()));
    }

    @Test
    void aTaskThatCannotBeReachedIsAskedAgainAndThenGivenUp() {
        attach("down", Enforcement.MANDATORY, Stage.PRE_PLAN);
        RunId id = run(false, false);
        TaskResults.Claimed claimed = results.claim(10).getFirst();

        results.record(claimed, DOWN);
        assertThat(results.claim(10), is(empty()));
        assertThat(only(id, Stage.PRE_PLAN).status(), is(ResultStatus.PENDING));
        // Of an attempt that was given up meanwhile.
        results.record(new TaskResults.Claimed(claimed.id(), 4, claimed.request()), DOWN);
        assertThat(only(id, Stage.PRE_PLAN).status(), is(ResultStatus.PENDING));
        results.record(claimed, Receipt.failed("the address is not public", false));

        assertThat(only(id, Stage.PRE_PLAN).status(), is(ResultStatus.ERRORED));
        assertThat(only(id, Stage.PRE_PLAN).message(), containsString("the address is not public"));
        assertThat(status(id), is(RunStatus.ERRORED));
    }

    @Test
    void attemptsComeLessAndLessOften() {
        assertThat(
                List.of(TaskResults.pause(1), TaskResults.pause(2), TaskResults.pause(3)),
                is(List.of(Duration.ofSeconds(2), Duration.ofSeconds(8), Duration.ofSeconds(32))));
    }

    @Test
    void silenceIsAnAnswer() {
        attach("silent", Enforcement.MANDATORY, Stage.PRE_PLAN);
        RunId id = run(false, false);
        hasty.record(results.claim(10).getFirst(), Receipt.arrived());

        hasty.timeOut();
        hasty.timeOut();

        assertThat(only(id, Stage.PRE_PLAN).status(), is(ResultStatus.ERRORED));
        assertThat(status(id), is(RunStatus.ERRORED));
    }

    @Test
    void whoAnswersWithinItsTimeIsNotTimedOut() {
        attach("slow", Enforcement.MANDATORY, Stage.PRE_PLAN);
        RunId id = run(false, false);
        ask();

        results.timeOut();

        assertThat(status(id), is(RunStatus.PRE_PLAN_RUNNING));
    }

    @Test
    void aRunThatIsCanceledWaitsForNobody() {
        attach("slow", Enforcement.MANDATORY, Stage.PRE_PLAN, Stage.POST_PLAN);
        RunId id = run(false, false);
        RunId next = run(false, false);
        TaskRequest.About asked = askOne();

        runs.cancel(admin, id);

        assertThat(status(id), is(RunStatus.CANCELED));
        assertThat(only(id, Stage.PRE_PLAN).status(), is(ResultStatus.CANCELED));
        assertThat(only(id, Stage.POST_PLAN).status(), is(ResultStatus.UNREACHABLE));
        assertThat(stage(id, Stage.PRE_PLAN).stage().status(), is(StageStatus.CANCELED));
        assertThat(stage(id, Stage.POST_PLAN).stage().status(), is(StageStatus.UNREACHABLE));
        assertThrows(Refusal.Unauthenticated.class, () -> tokens.verify(asked.token()));
        assertThat(status(next), is(RunStatus.PRE_PLAN_RUNNING));
    }

    @Test
    void aTaskThatIsDisabledOrGoneIsNotAsked() {
        TaskId gone = attach("gone", Enforcement.MANDATORY, Stage.POST_PLAN);
        TaskId disabled = attach("disabled", Enforcement.MANDATORY, Stage.POST_PLAN);
        RunId id = run(false, false);
        tasks.delete(admin, gone);
        tasks.update(
                admin,
                disabled,
                draft -> new Tasks.Draft(
                        draft.name(), draft.url(), draft.description(), draft.hmacKey(), false, draft.global()));

        execute(id, CHANGES);

        assertThat(status(id), is(RunStatus.POST_PLAN_COMPLETED));
        assertThat(results.claim(10), is(empty()));
        runs.discard(admin, id);
        assertThat(stages.list(admin, run(false, false)), is(empty()));
    }

    @Test
    void outcomesTakeThePlaceOfEarlierOnes() {
        attach("wordy", Enforcement.ADVISORY, Stage.PRE_PLAN);
        RunId id = run(false, false);
        TaskRequest.About asked = askOne();
        TaskOutcome.Draft outcome = new TaskOutcome.Draft(
                "PRTNR-CC-TF-127",
                "ST-2942: S3 Bucket will not enforce MFA login on delete requests",
                "# Resolution",
                "https://example.com/127",
                JsonTrees.object("{\"Severity\": [{\"label\": \"High\", \"level\": \"error\"}]}"));
        Caller caller = tokens.verify(asked.token());

        results.answer(
                caller,
                asked.result(),
                new Answer(
                        ResultStatus.RUNNING,
                        Optional.of("4 passed"),
                        Optional.of("https://example.com/details"),
                        Optional.of(List.of(outcome, outcome))));
        results.answer(
                caller,
                asked.result(),
                new Answer(ResultStatus.FAILED, Optional.empty(), Optional.empty(), Optional.of(List.of(outcome))));

        TaskResult result = only(id, Stage.PRE_PLAN);
        assertThat(result.message(), is("4 passed"));
        assertThat(result.url(), is("https://example.com/details"));
        TaskOutcome kept = results.outcomes(admin, result.id()).getFirst();
        assertThat(result.outcomes(), is(List.of(kept.id())));
        assertThat(kept.outcomeId(), is("PRTNR-CC-TF-127"));
        assertThat(kept.tags().toString(), containsString("High"));
        assertThat(results.body(admin, kept.id()), is("# Resolution"));
    }

    @Test
    void whatStandsAgainstARunCanBeOverridden() {
        attach("mild", Enforcement.ADVISORY, Stage.POST_PLAN);
        opinion.verdict = Verdict.OVERRIDABLE;
        RunId id = run(false, false);
        execute(id, CHANGES);
        TaskStageId stage = stage(id, Stage.POST_PLAN).stage().id();
        assertThrows(Refusal.Conflict.class, () -> stages.override(admin, stage));

        say(askOne(), ResultStatus.PASSED);
        assertThat(status(id), is(RunStatus.POST_PLAN_AWAITING_DECISION));
        assertThat(stages.read(admin, stage).overridable(), is(true));
        stages.override(admin, stage);

        assertThat(status(id), is(RunStatus.POST_PLAN_COMPLETED));
        assertThat(stages.read(admin, stage).stage().status(), is(StageStatus.PASSED));
        assertThrows(Refusal.Conflict.class, () -> stages.override(admin, stage));
    }

    @Test
    void aUrlThatDoesNotAnswerIsNotStored() {
        verification = DOWN;

        Refusal.Invalid refusal = assertThrows(Refusal.Invalid.class, () -> task("down"));

        assertThat(refusal.getMessage(), containsString("nobody answers"));
        assertThat(refusal.pointer(), is(Optional.of("/data/attributes/url")));
    }

    @Test
    void aKeyIsSealedAndANameTakenOnce() {
        TaskId id = task("one");

        assertThat(tasks.read(admin, id).hmacKey(), is(Optional.of("secret")));
        assertThrows(Refusal.Invalid.class, () -> task("one"));
        assertThat(
                database.read(sql -> sql.one(
                                "task.by_id",
                                row -> new String(row.bytesOrNull("hmac_key"), StandardCharsets.ISO_8859_1),
                                "id",
                                id))
                        .orElseThrow()
                        .contains("secret"),
                is(false));
    }

    @Test
    void aGlobalTaskIsInEveryWorkspaceThatDoesNotAttachItItself() {
        TaskId id = task("global");
        database.transactVoid(tx -> {
            Task before = tasks.read(admin, id);
            tx.update(
                    "task.update",
                    "id",
                    id,
                    "organization_id",
                    before.organization(),
                    "name",
                    before.name(),
                    "url",
                    before.url(),
                    "description",
                    "",
                    "hmac_key",
                    null,
                    "enabled",
                    true,
                    "global_enabled",
                    true,
                    "global_stages",
                    List.of(Stage.PRE_PLAN),
                    "global_enforcement",
                    Enforcement.MANDATORY,
                    "now",
                    before.updatedAt());
        });

        RunId everywhere = run(true, false);
        attached.create(
                admin, workspace.id(), id, new WorkspaceTasks.Terms(List.of(Stage.POST_PLAN), Enforcement.ADVISORY));
        RunId own = run(true, false);

        assertThat(only(everywhere, Stage.PRE_PLAN).workspaceTask(), is(Optional.empty()));
        assertThat(only(everywhere, Stage.PRE_PLAN).enforcement(), is(Enforcement.MANDATORY));
        assertThat(only(own, Stage.POST_PLAN).enforcement(), is(Enforcement.ADVISORY));
    }
}
