package io.otfd.run;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.access.Caller;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which runs a list shows; what is empty does not narrow it (cloud-docs/api-docs/run, List Runs).
 *
 * @param statuses wire names
 * @param operations {@code plan_and_apply}, {@code plan_only}, {@code refresh_only}, {@code destroy}, {@code empty_apply},
 *     {@code save_plan}
 * @param pools names
 * @param since of creation
 * @param author name of the user who made it
 * @param commit that it was made for
 * @param words the run's id, its author, or a part of its message
 */
public record RunFilter(
        List<String> statuses,
        List<String> sources,
        List<String> operations,
        List<String> pools,
        List<String> workspaces,
        Optional<Instant> since,
        Optional<String> author,
        Optional<String> commit,
        Optional<String> words) {

    public static final RunFilter ALL = ofStatuses(List.of());

    public static RunFilter ofStatuses(List<String> statuses) {
        return new RunFilter(
                statuses,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Where runs are looked for: one of the two.
     *
     * @param every the caller reads the runs of all workspaces of the organization
     * @param query query runs, or those that are none
     */
    record Within(
            Optional<WorkspaceId> workspace,
            Optional<OrganizationId> organization,
            boolean every,
            Caller caller,
            boolean query) {}

    Object[] parameters(Within within) {
        return new Object[] {
            "workspace_id",
            within.workspace().orElse(null),
            "organization_id",
            within.organization().orElse(null),
            "workspace_names",
            workspaces,
            "query",
            within.query(),
            "every",
            within.every(),
            "user_id",
            within.caller().userId().orElse(null),
            "team_id",
            within.caller().teamId().orElse(null),
            "statuses",
            statuses,
            "sources",
            sources,
            "operations",
            operations,
            "pools",
            pools,
            "since",
            since.orElse(null),
            "author",
            author.orElse(null),
            "commit",
            commit.orElse(null),
            "words",
            words.orElse(null)
        };
    }

    static Object[] append(Object[] parameters, Object... more) {
        Object[] all = Arrays.copyOf(parameters, parameters.length + more.length);
        System.arraycopy(more, 0, all, parameters.length, more.length);
        return all;
    }
}
