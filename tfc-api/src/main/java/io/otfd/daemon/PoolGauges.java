package io.otfd.daemon;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.otfd.agentpool.PoolDemand;
import java.util.List;
import java.util.stream.Stream;

/** What an autoscaler of agents needs, a pool at a time: its jobs by kind and status, and its agents by status. */
final class PoolGauges {

    private final MultiGauge jobs;
    private final MultiGauge agents;
    private final MultiGauge slots;

    PoolGauges(MeterRegistry registry) {
        jobs = MultiGauge.builder("otfd.pool.jobs")
                .description("Plans and applies of a pool that wait for an agent (queued) or are with one (running)")
                .register(registry);
        agents = MultiGauge.builder("otfd.pool.agents")
                .description("Agents registered in a pool")
                .register(registry);
        slots = MultiGauge.builder("otfd.pool.slots")
                .description("Jobs that the idle and busy agents of a pool can do at once")
                .register(registry);
    }

    /** In place of what was shown before: pools come and go. */
    void show(List<PoolDemand> pools) {
        jobs.register(pools.stream().flatMap(PoolGauges::jobs).toList(), true);
        agents.register(pools.stream().flatMap(PoolGauges::agents).toList(), true);
        slots.register(pools.stream().flatMap(PoolGauges::slots).toList(), true);
    }

    private static Stream<Row<?>> jobs(PoolDemand pool) {
        return Stream.of(
                Row.of(tags(pool).and("kind", "plan", "status", "queued"), pool.planQueued()),
                Row.of(tags(pool).and("kind", "plan", "status", "running"), pool.planRunning()),
                Row.of(tags(pool).and("kind", "apply", "status", "queued"), pool.applyQueued()),
                Row.of(tags(pool).and("kind", "apply", "status", "running"), pool.applyRunning()));
    }

    private static Stream<Row<?>> agents(PoolDemand pool) {
        return Stream.of(
                Row.of(tags(pool).and("status", "idle"), pool.agentsIdle()),
                Row.of(tags(pool).and("status", "busy"), pool.agentsBusy()),
                Row.of(tags(pool).and("status", "unknown"), pool.agentsUnknown()));
    }

    private static Stream<Row<?>> slots(PoolDemand pool) {
        return Stream.of(Row.of(tags(pool), pool.slots()));
    }

    private static Tags tags(PoolDemand pool) {
        return Tags.of("pool", pool.name(), "pool_id", pool.pool().value(), "organization", pool.organization());
    }
}
