package io.otfd.run;

import io.otfd.Ids.AgentId;
import io.otfd.Ids.PhaseId;
import io.otfd.Ids.RunId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The plan or the apply of a run.
 *
 * @param statusTimestamps wire key → instant
 * @param agent who works or worked on it
 * @param logSize bytes of its log, markers included
 */
public record Phase(
        PhaseId id,
        RunId run,
        Kind kind,
        PhaseStatus status,
        Map<String, String> statusTimestamps,
        Optional<Integer> resourceAdditions,
        Optional<Integer> resourceChanges,
        Optional<Integer> resourceDestructions,
        Optional<Integer> resourceImports,
        boolean hasChanges,
        boolean generatedConfiguration,
        Optional<AgentId> agent,
        Optional<String> agentName,
        long logSize) {

    /** Which of the two. */
    public enum Kind {
        PLAN,
        APPLY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Kind> of(String text) {
            return switch (text) {
                case "plan" -> Optional.of(PLAN);
                case "apply" -> Optional.of(APPLY);
                default -> Optional.empty();
            };
        }
    }

    /** The phase in that status; itself when it is in it already. */
    Phase entered(PhaseStatus next, Instant now) {
        return next == status
                ? this
                : new Phase(
                        id,
                        run,
                        kind,
                        next,
                        with(statusTimestamps, next.timestampKey(), now),
                        resourceAdditions,
                        resourceChanges,
                        resourceDestructions,
                        resourceImports,
                        hasChanges,
                        generatedConfiguration,
                        agent,
                        agentName,
                        logSize);
    }

    static Map<String, String> with(Map<String, String> timestamps, String key, Instant now) {
        Map<String, String> more = new HashMap<>(timestamps);
        more.put(key, now.toString());
        return more;
    }

    /** {@code terraform show -json} of the plan. */
    public static String jsonKey(PhaseId plan) {
        return "plan-json/" + plan.value();
    }

    /** The same without secrets, with the schemas that it needs. */
    public static String redactedKey(PhaseId plan) {
        return "plan-redacted/" + plan.value();
    }

    public static String schemasKey(PhaseId plan) {
        return "provider-schemas/" + plan.value();
    }

    /** The plan as its engine wrote it: what an apply in OTF's dialect goes on from. */
    public static String planFileKey(RunId run) {
        return "plan-file/" + run.value();
    }

    /** The providers that the plan chose, for the same apply. */
    public static String lockFileKey(RunId run) {
        return "lock-file/" + run.value();
    }

    /** What an apply has left that could not become the workspace's state. */
    public static String erroredStateKey(PhaseId apply) {
        return "errored-state/" + apply.value();
    }

    /** The working directory that an apply goes on from. */
    public static String filesystemKey(RunId run) {
        return "filesystem/" + run.value();
    }
}
