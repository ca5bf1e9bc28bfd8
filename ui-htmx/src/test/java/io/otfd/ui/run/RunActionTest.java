package io.otfd.ui.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.PhaseId;
import io.otfd.Ids.RunId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.access.Grants;
import io.otfd.access.Role;
import io.otfd.access.WorkspacePermission;
import io.otfd.organization.ExecutionMode;
import io.otfd.run.Phase;
import io.otfd.run.PhaseStatus;
import io.otfd.run.Run;
import io.otfd.run.RunOptions;
import io.otfd.run.RunStatus;
import io.otfd.workspace.Engine;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunActionTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Grants<WorkspacePermission> ALL = Role.OWNER.inWorkspace();

    private static Run run(RunStatus status, Optional<Instant> cancelRequestedAt) {
        RunId id = RunId.random();
        RunOptions options = new RunOptions(
                false,
                false,
                false,
                true,
                false,
                false,
                false,
                false,
                true,
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
        return new Run(
                id,
                WorkspaceId.random(),
                ConfigurationVersionId.random(),
                status,
                "message",
                "tfe-api",
                Optional.empty(),
                Optional.empty(),
                NOW,
                Map.of(),
                new ExecutionMode.Remote(),
                options,
                Engine.TERRAFORM,
                "1.11.4",
                true,
                cancelRequestedAt,
                0,
                phase(id, Phase.Kind.PLAN, PhaseId.randomPlan()),
                phase(id, Phase.Kind.APPLY, PhaseId.randomApply()),
                "manual",
                List.of(),
                List.of(),
                Map.of());
    }

    private static Phase phase(RunId run, Phase.Kind kind, PhaseId id) {
        return new Phase(
                id,
                run,
                kind,
                PhaseStatus.PENDING,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                false,
                Optional.empty(),
                Optional.empty(),
                0);
    }

    @Test
    void buttonsFollowTheLifeCycle() {
        Map<RunStatus, List<RunAction>> shown = new EnumMap<>(RunStatus.class);
        for (RunStatus status : RunStatus.values()) {
            List<RunAction> actions = RunAction.allowed(run(status, Optional.empty()), ALL, NOW);
            if (!actions.isEmpty()) {
                shown.put(status, actions);
            }
        }

        assertThat(
                shown,
                is(Map.ofEntries(
                        Map.entry(
                                RunStatus.PENDING,
                                List.of(RunAction.DISCARD, RunAction.CANCEL, RunAction.FORCE_EXECUTE)),
                        Map.entry(RunStatus.PRE_PLAN_RUNNING, List.of(RunAction.CANCEL)),
                        Map.entry(RunStatus.POST_PLAN_RUNNING, List.of(RunAction.CANCEL)),
                        Map.entry(
                                RunStatus.POST_PLAN_AWAITING_DECISION, List.of(RunAction.OVERRIDE, RunAction.DISCARD)),
                        Map.entry(RunStatus.POST_PLAN_COMPLETED, List.of(RunAction.CONFIRM, RunAction.DISCARD)),
                        Map.entry(RunStatus.PRE_APPLY_RUNNING, List.of(RunAction.CANCEL)),
                        Map.entry(RunStatus.POST_APPLY_RUNNING, List.of(RunAction.CANCEL)),
                        Map.entry(RunStatus.PLAN_QUEUED, List.of(RunAction.CANCEL)),
                        Map.entry(RunStatus.PLANNING, List.of(RunAction.CANCEL)),
                        Map.entry(RunStatus.PLANNED, List.of(RunAction.CONFIRM, RunAction.DISCARD)),
                        Map.entry(RunStatus.PLANNED_AND_SAVED, List.of(RunAction.CONFIRM, RunAction.DISCARD)),
                        Map.entry(RunStatus.CONFIRMED, List.of(RunAction.CANCEL)),
                        Map.entry(RunStatus.APPLY_QUEUED, List.of(RunAction.CANCEL)),
                        Map.entry(RunStatus.APPLYING, List.of(RunAction.CANCEL)),
                        Map.entry(RunStatus.DISCARDED, List.of(RunAction.RETRY)),
                        Map.entry(RunStatus.ERRORED, List.of(RunAction.RETRY)),
                        Map.entry(RunStatus.CANCELED, List.of(RunAction.RETRY)),
                        Map.entry(RunStatus.FORCE_CANCELED, List.of(RunAction.RETRY)))));
    }

    @Test
    void buttonsFollowTheGrants() {
        Grants<WorkspacePermission> planner = new Grants<>(Set.of(WorkspacePermission.CAN_QUEUE_RUN));

        assertThat(RunAction.allowed(run(RunStatus.PLANNED, Optional.empty()), planner, NOW), is(List.of()));
        assertThat(
                RunAction.allowed(run(RunStatus.PLANNING, Optional.empty()), planner, NOW),
                is(List.of(RunAction.CANCEL)));
    }

    @Test
    void forceCancelComesAfterACancelAndAWait() {
        Run canceled = run(RunStatus.APPLYING, Optional.of(NOW));

        assertThat(RunAction.allowed(canceled, ALL, NOW.plusSeconds(9)), is(List.of()));
        assertThat(RunAction.allowed(canceled, ALL, NOW.plusSeconds(10)), is(List.of(RunAction.FORCE_CANCEL)));
    }
}
