package io.otfd.ui.run;

import io.otfd.run.Phase;
import io.otfd.run.Run;
import io.otfd.run.RunStatus;
import io.otfd.run.RunView;
import io.otfd.run.Waiting;
import io.otfd.task.Task;
import io.otfd.ui.Badge;
import io.otfd.ui.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a run's page that changes with its status.
 *
 * @param hint what it waits for
 * @param url of the run
 */
public record RunSummary(
        Badge status,
        Optional<String> hint,
        List<Part> parts,
        List<Stage> stages,
        List<Step> timeline,
        List<RunAction> actions,
        String url,
        String csrf) {

    public RunSummary {
        parts = List.copyOf(parts);
        stages = List.copyOf(stages);
        timeline = List.copyOf(timeline);
        actions = List.copyOf(actions);
    }

    /** The plan or the apply. */
    public record Part(String label, Badge status, Optional<String> counts, Optional<String> agent) {}

    /** Where the run waits for what others say. */
    public record Stage(String label, Badge status, List<Check> checks) {

        public Stage {
            checks = List.copyOf(checks);
        }
    }

    /**
     * What somebody says of the run.
     *
     * @param level what it counts
     * @param message a stranger's words
     * @param url where to read more; what does not lead to the web is left out
     */
    public record Check(String name, Badge status, String level, String message, Optional<String> url) {

        public Check {
            url = url.filter(Task::isWeb);
        }
    }

    /**
     * Something that happened.
     *
     * @param lasted until the next; empty for the latest
     */
    public record Step(String label, Moment at, Optional<String> lasted, boolean latest) {}

    static RunSummary of(RunView view, List<Stage> stages, String url, String csrf, Instant now) {
        Run run = view.run();
        return new RunSummary(
                RunBadge.of(run.status()),
                hint(view, now),
                List.of(part("Plan", run.plan()), part("Apply", run.apply())),
                stages,
                timeline(run),
                RunAction.allowed(run, view.workspace().grants(), now),
                url,
                csrf);
    }

    /** Two summaries that look the same have the same one, in every process. */
    public String version() {
        return Integer.toHexString(List.of(
                        status.label(),
                        hint.orElse(""),
                        parts.toString(),
                        stages.toString(),
                        timeline.toString(),
                        actions.toString(),
                        url)
                .hashCode());
    }

    private static Part part(String label, Phase phase) {
        return new Part(label, RunBadge.of(phase.status()), PhaseCounts.of(phase), phase.agentName());
    }

    private static Optional<String> hint(RunView view, Instant now) {
        Run run = view.run();
        if (run.cancelRequestedAt().isPresent() && run.status().isRunning()) {
            return Optional.of(
                    run.isForceCancelable(now)
                            ? "Cancel was asked for, and the engine still runs."
                            : "Cancel was asked for; the engine is stopping.");
        }
        return switch (run.status()) {
            case PENDING ->
                waiting(view, "Waits for its turn in the workspace.").map(text -> text + position(run));
            case PLAN_QUEUED, APPLY_QUEUED -> waiting(view, "Waits for an agent.");
            case PLANNED, POST_PLAN_COMPLETED, PLANNED_AND_SAVED ->
                Optional.of("Waits for someone to confirm or discard it.");
            case CONFIRMED -> waiting(view, "The apply is about to be queued.");
            case PRE_PLAN_RUNNING, POST_PLAN_RUNNING, PRE_APPLY_RUNNING, POST_APPLY_RUNNING ->
                Optional.of("Waits for what is checked at this stage.");
            case POST_PLAN_AWAITING_DECISION ->
                Optional.of("Waits for someone to override what has failed, or to discard it.");
            case PRE_PLAN_COMPLETED,
                    PLANNING,
                    PRE_APPLY_COMPLETED,
                    APPLYING,
                    POST_APPLY_COMPLETED,
                    PLANNED_AND_FINISHED,
                    APPLIED,
                    DISCARDED,
                    ERRORED,
                    CANCELED,
                    FORCE_CANCELED -> Optional.empty();
        };
    }

    private static Optional<String> waiting(RunView view, String otherwise) {
        return Optional.of(view.waiting().map(Waiting::message).orElse(otherwise));
    }

    private static String position(Run run) {
        return run.positionInQueue() > 0 ? " Number " + run.positionInQueue() + " in the queue." : "";
    }

    private static List<Step> timeline(Run run) {
        // Equal instants keep the order of the life cycle.
        List<Map.Entry<String, Instant>> entries = run.statusTimestamps().entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), Instant.parse(entry.getValue())))
                .sorted(Map.Entry.<String, Instant>comparingByValue().thenComparing(entry -> order(entry.getKey())))
                .toList();
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Instant at = entries.get(i).getValue();
            boolean latest = i == entries.size() - 1;
            steps.add(new Step(
                    label(entries.get(i).getKey()),
                    Moment.of(at),
                    latest
                            ? Optional.empty()
                            : Optional.of(words(
                                    Duration.between(at, entries.get(i + 1).getValue()))),
                    latest));
        }
        return steps;
    }

    private static String words(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds == 0) {
            return "under 1 s";
        }
        return seconds < 60
                ? seconds + " s"
                : seconds < 3600
                        ? seconds / 60 + " min " + seconds % 60 + " s"
                        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    private static int order(String key) {
        for (RunStatus status : RunStatus.values()) {
            if (status.timestampKey().equals(key)) {
                return status.ordinal();
            }
        }
        return RunStatus.values().length;
    }

    private static String label(String key) {
        for (RunStatus status : RunStatus.values()) {
            if (status.timestampKey().equals(key)) {
                return RunBadge.of(status).label();
            }
        }
        String words = (key.endsWith("-at") ? key.substring(0, key.length() - 3) : key).replace('-', ' ');
        return words.isEmpty() ? key : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
