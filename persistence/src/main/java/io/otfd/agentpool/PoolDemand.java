package io.otfd.agentpool;

import io.otfd.Ids.AgentPoolId;
import io.otfd.database.Row;
import io.otfd.database.Sql;
import java.util.Collection;
import java.util.List;

/**
 * What is asked of a pool now, and who is there for it: what an autoscaler goes by. Runs that wait for their workspace or
 * for a person are not in it, since no agent could take them.
 *
 * @param slots jobs that its idle and busy agents can do at once
 */
public record PoolDemand(
        AgentPoolId pool,
        String name,
        String organization,
        long planQueued,
        long planRunning,
        long applyQueued,
        long applyRunning,
        long agentsIdle,
        long agentsBusy,
        long agentsUnknown,
        long slots) {

    /** Of every pool. */
    public static List<PoolDemand> all(Sql sql) {
        return sql.list("agent_pool.demand", PoolDemand::of, "ids", null);
    }

    static List<PoolDemand> of(Sql sql, Collection<AgentPoolId> pools) {
        return pools.isEmpty() ? List.of() : sql.list("agent_pool.demand", PoolDemand::of, "ids", pools);
    }

    private static PoolDemand of(Row row) {
        return new PoolDemand(
                new AgentPoolId(row.text("id")),
                row.text("name"),
                row.text("organization_name"),
                row.number("plan_queued"),
                row.number("plan_running"),
                row.number("apply_queued"),
                row.number("apply_running"),
                row.number("agents_idle"),
                row.number("agents_busy"),
                row.number("agents_unknown"),
                row.number("slots"));
    }
}
