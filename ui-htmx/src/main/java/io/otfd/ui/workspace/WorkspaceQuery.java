package io.otfd.ui.workspace;

import io.otfd.Ids.ProjectId;
import io.otfd.ui.Choice;
import io.otfd.ui.Form;
import io.otfd.ui.run.RunStatuses;
import io.otfd.workspace.WorkspaceFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a list of workspaces is asked for, by the fields of its address. */
final class WorkspaceQuery {

    private static final String SEARCH = "search";
    private static final String PROJECT = "project";
    private static final String STATUS = "status";
    private static final String TAG = "tag";
    private static final String SORT = "sort";

    private static final Map<String, String> SORTS = new LinkedHashMap<>();

    static {
        SORTS.put("name", "Name");
        SORTS.put("name_descending", "Name, last first");
        SORTS.put("latest_change_descending", "Latest change");
        SORTS.put("current_run_descending", "Latest run");
    }

    private final Form query;

    WorkspaceQuery(Form query) {
        this.query = query;
    }

    Optional<String> project() {
        return query.first(PROJECT);
    }

    /** @param project that was asked for */
    WorkspaceFilter filter(Optional<ProjectId> project) {
        return new WorkspaceFilter(
                query.first(SEARCH),
                Optional.empty(),
                query.all(TAG),
                List.of(),
                List.of(),
                project,
                RunStatuses.of(query.first(STATUS)));
    }

    String sort() {
        return query.first(SORT).filter(SORTS::containsKey).orElse("name");
    }

    boolean isFiltered() {
        return !kept().keySet().equals(query.first(SORT).isPresent() ? java.util.Set.of(SORT) : java.util.Set.of());
    }

    /** Fields that stay the same from page to page. */
    Map<String, String> kept() {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String field : List.of(SEARCH, PROJECT, STATUS, TAG, SORT)) {
            query.first(field).ifPresent(value -> kept.put(field, value));
        }
        return kept;
    }

    static List<Choice> sortChoices() {
        return SORTS.entrySet().stream()
                .map(sort -> new Choice(sort.getKey(), sort.getValue()))
                .toList();
    }
}
