package io.otfd.api.run;

import io.otfd.Refusal;
import io.otfd.api.Call;
import io.otfd.run.RunEvent;
import io.otfd.run.RunFilter;
import io.otfd.run.RunLifecycle;
import io.otfd.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Query parameters of lists of runs (cloud-docs/api-docs/run, List Runs). */
final class RunList {

    static final String[] OF_WORKSPACE = {
        "filter[status]", "filter[source]", "filter[operation]", "search[user]", "search[commit]", "search[basic]"
    };

    static final String[] OF_ORGANIZATION = {
        "filter[status]",
        "filter[status_group]",
        "filter[source]",
        "filter[operation]",
        "filter[agent_pool_names]",
        "filter[workspace_names]",
        "filter[timeframe]",
        "search[user]",
        "search[commit]",
        "search[basic]"
    };

    private RunList() {}

    static RunFilter ofWorkspace(Call call) {
        return filter(call, call.queryList("filter[status]"), List.of(), List.of(), Optional.empty());
    }

    static RunFilter ofOrganization(Call call, Instant now) {
        return filter(
                call,
                statuses(call),
                call.queryList("filter[agent_pool_names]"),
                call.queryList("filter[workspace_names]"),
                call.query("filter[timeframe]").flatMap(text -> since(text, now)));
    }

    private static RunFilter filter(
            Call call, List<String> statuses, List<String> pools, List<String> workspaces, Optional<Instant> since) {
        Optional<String> user = call.query("search[user]");
        Optional<String> commit = call.query("search[commit]");
        return new RunFilter(
                statuses,
                call.queryList("filter[source]"),
                call.queryList("filter[operation]"),
                pools,
                workspaces,
                since,
                user,
                commit,
                user.isPresent() || commit.isPresent() ? Optional.empty() : call.query("search[basic]"));
    }

    /** Statuses that are named, and those of the groups that are named. */
    private static List<String> statuses(Call call) {
        List<String> statuses = new ArrayList<>(call.queryList("filter[status]"));
        for (String group : call.queryList("filter[status_group]")) {
            Arrays.stream(RunStatus.values())
                    .filter(status -> isIn(group, status))
                    .map(RunStatus::toString)
                    .forEach(statuses::add);
        }
        return statuses;
    }

    private static boolean isIn(String group, RunStatus status) {
        return switch (group) {
            case "final" -> status.isFinal();
            case "non_final" -> !status.isFinal();
            case "discardable" -> RunLifecycle.allows(status, RunEvent.DISCARD);
            default -> throw new Refusal.Malformed("filter[status_group] must be non_final, final or discardable");
        };
    }

    /** Documented: the last year. */
    private static Optional<Instant> since(String text, Instant now) {
        if (text.equals("year")) {
            return Optional.of(now.minus(Duration.ofDays(365)));
        }
        throw new Refusal.Malformed("filter[timeframe] must be year");
    }
}
