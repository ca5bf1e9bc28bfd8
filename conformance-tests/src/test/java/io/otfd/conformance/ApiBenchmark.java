package io.otfd.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Requests of the API under load, each beside what PostgreSQL does with the same statements alone. */
final class ApiBenchmark {

    private static final Duration READING = Duration.ofSeconds(5);
    private static final int PAGE = 100;
    private static final int POOLS = 100;

    private final HttpLoad api;
    private final PostgresLoad database;
    private final Given given;
    private final Organization organization;
    private final String list;
    private final String organizationId;

    ApiBenchmark(RunningOtfd otfd, Given given, Organization organization) {
        this.api = new HttpLoad(otfd.server());
        this.database = new PostgresLoad(otfd);
        this.given = given;
        this.organization = organization;
        this.list = "/api/v2/organizations/" + organization.name() + "/workspaces";
        this.organizationId =
                database.scalar("SELECT id FROM organization WHERE name = '%s'".formatted(organization.name()));
    }

    /** @param counts how many workspaces there are when the lists are read; ascending */
    void measure(List<Integer> counts) {
        Workspace workspace = given.workspace(organization);
        BenchTable.rate("ping", api.reads("/api/v2/ping", READING), "13000-26000 /s (wrk)", ">= 30000 /s", 13_000);
        int there = 0;
        for (int count : counts) {
            Load.Rate creates = create(there, count - there);
            BenchTable.rate(
                    "create workspace, %d more".formatted(count - there), creates, "192-205 /s", ">= 1000 /s", 200);
            there = count;
            byId(workspace);
            lists(count);
        }
        pools();
    }

    /** Last of all: rows that only look like workspaces stay behind. */
    void measureInserts() {
        postgres(
                "a workspace's row inserted",
                database.inserts(READING, given.workspace(organization).id()));
    }

    /** Workspaces with numbers from {@code from} on. */
    Load.Rate create(int from, int count) {
        return api.requests(
                count,
                number -> KeptConnection.Request.post(
                        list, Document.of("workspaces").with("name", "load-%06d".formatted(from + number))));
    }

    private void byId(Workspace workspace) {
        BenchTable.rate(
                "workspace by id",
                api.reads("/api/v2/workspaces/" + workspace.id(), READING),
                "252-329 /s",
                ">= 6000 /s",
                290);
        postgres(
                "workspace.by_id",
                database.reads(READING, new PostgresLoad.Call("workspace.by_id", Map.of("id", workspace.id()))));
    }

    private void lists(int count) {
        int last = count / PAGE;
        list("first", count, 1, ">= 300 /s, p99 <= 50");
        list("middle", count, last / 2, "p99 <= 150");
        list("last", count, last, ">= 250 /s");
        String ids = database.scalar(
                "SELECT array_agg(id)::text FROM (SELECT id FROM workspace WHERE organization_id = '%s' ORDER BY created_at, id LIMIT %d)"
                        .formatted(organizationId, PAGE));
        postgres(
                "a page of workspaces",
                database.reads(
                        READING,
                        new PostgresLoad.Call("workspace.count", Map.of("organization_id", organizationId)),
                        new PostgresLoad.Call(
                                "workspace.page",
                                Map.of("organization_id", organizationId, "limit", PAGE, "offset", 0)),
                        new PostgresLoad.Call("workspace.by_ids", Map.of("ids", ids))));
    }

    private void list(String which, int count, int page, String goal) {
        BenchTable.rate(
                "list 100 of %d workspaces, %s page".formatted(count, which),
                api.reads(list + "?page%5Bsize%5D=" + PAGE + "&page%5Bnumber%5D=" + Math.max(1, page), READING),
                "3.0 /s",
                goal,
                3);
    }

    private void pools() {
        for (int i = 0; i < POOLS; i++) {
            given.pool(organization);
        }
        String path = "/api/v2/organizations/" + organization.name() + "/agent-pools?page%5Bsize%5D=100";
        BenchTable.row("list %d agent pools".formatted(POOLS), BenchTable.text(api.reads(path, READING)), "", "", "");
        postgres(
                "agent_pool.list",
                database.reads(
                        READING,
                        new PostgresLoad.Call(
                                "agent_pool.list",
                                Map.of("organization_id", organizationId, "search", "%", "limit", PAGE, "offset", 0))));
    }

    private static void postgres(String what, Load.Rate rate) {
        BenchTable.row("  PostgreSQL alone: " + what, BenchTable.text(rate), "", "", "");
    }
}
