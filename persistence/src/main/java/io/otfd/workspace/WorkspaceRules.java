package io.otfd.workspace;

import io.otfd.Refusal;
import io.otfd.agentpool.AgentPools;
import io.otfd.database.Sql;
import io.otfd.organization.ExecutionMode;
import java.util.Optional;

/** What holds between a workspace's settings and the things around it, at the moment when they are set. */
final class WorkspaceRules {

    private WorkspaceRules() {}

    /**
     * A pool is checked where it is assigned or where the workspace moves: a lost grant does not evict, and so must not
     * refuse a change of something else. An inherited pool is checked when a run is queued.
     */
    static void check(Sql sql, Optional<Workspace> before, Workspace after) {
        Optional<Workspace> same = before.filter(it ->
                it.executionMode().equals(after.executionMode()) && it.project().equals(after.project()));
        if (same.isEmpty()) {
            after.executionMode()
                    .flatMap(ExecutionMode::agentPool)
                    .ifPresent(pool ->
                            AgentPools.requireUsable(sql, pool, after.organization(), after.id(), after.project()));
        }
        Settings settings = after.settings();
        boolean changed = before.filter(it -> it.settings().triggerPatterns().equals(settings.triggerPatterns())
                        && it.settings().fileTriggersEnabled() == settings.fileTriggersEnabled())
                .isEmpty();
        if (changed && !settings.triggerPatterns().isEmpty() && !settings.fileTriggersEnabled()) {
            // The very words are what the provider's suite looks for.
            throw Refusal.Invalid.at(
                    "/data/attributes/trigger-patterns",
                    "'trigger_patterns' cannot be populated when 'file_triggers_enabled' is set to false.");
        }
    }
}
