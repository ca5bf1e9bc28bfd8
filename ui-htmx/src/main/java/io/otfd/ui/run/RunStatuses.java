package io.otfd.ui.run;

import io.otfd.run.RunStatus;
import io.otfd.ui.Choice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Statuses to choose from in a list: groups, and each of them. */
public final class RunStatuses {

    /** Named as HCP Terraform's lists name them. */
    private static final Map<String, List<RunStatus>> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put(
                "Needs attention",
                List.of(
                        RunStatus.PLANNED,
                        RunStatus.POST_PLAN_AWAITING_DECISION,
                        RunStatus.POST_PLAN_COMPLETED,
                        RunStatus.PLANNED_AND_SAVED));
        GROUPS.put("Errored", List.of(RunStatus.ERRORED, RunStatus.FORCE_CANCELED));
        GROUPS.put(
                "Running",
                List.of(
                        RunStatus.PRE_PLAN_RUNNING,
                        RunStatus.PLANNING,
                        RunStatus.POST_PLAN_RUNNING,
                        RunStatus.CONFIRMED,
                        RunStatus.PRE_APPLY_RUNNING,
                        RunStatus.APPLYING,
                        RunStatus.POST_APPLY_RUNNING));
        GROUPS.put("On hold", List.of(RunStatus.PENDING, RunStatus.PLAN_QUEUED, RunStatus.APPLY_QUEUED));
        GROUPS.put("Applied", List.of(RunStatus.APPLIED, RunStatus.PLANNED_AND_FINISHED));
    }

    private RunStatuses() {}

    public static List<Choice> choices() {
        List<Choice> choices = new ArrayList<>(List.of(new Choice("", "Any status")));
        GROUPS.keySet().forEach(group -> choices.add(new Choice(group, group)));
        for (RunStatus status : RunStatus.values()) {
            choices.add(
                    new Choice(status.toString(), "Run: " + RunBadge.of(status).label()));
        }
        return choices;
    }

    /** How many there are of each group, in its order. */
    public static Map<String, Long> grouped(Map<String, Long> counts) {
        Map<String, Long> grouped = new LinkedHashMap<>();
        GROUPS.forEach((group, statuses) -> grouped.put(
                group,
                statuses.stream()
                        .mapToLong(status -> counts.getOrDefault(status.toString(), 0L))
                        .sum()));
        return grouped;
    }

    /** Wire names of what was chosen; empty, which is any, for what is no choice. */
    public static List<String> of(Optional<String> chosen) {
        return chosen
                .map(GROUPS::get)
                .or(() -> chosen.flatMap(RunStatuses::status).map(List::of))
                .orElse(List.of())
                .stream()
                .map(RunStatus::toString)
                .toList();
    }

    private static Optional<RunStatus> status(String text) {
        return Arrays.stream(RunStatus.values())
                .filter(status -> status.toString().equals(text))
                .findFirst();
    }
}
