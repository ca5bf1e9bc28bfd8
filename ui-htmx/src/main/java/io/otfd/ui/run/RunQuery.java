package io.otfd.ui.run;

import io.otfd.run.RunFilter;
import io.otfd.ui.Choice;
import io.otfd.ui.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a list of runs is asked for, by the fields of its address. */
final class RunQuery {

    private static final String SEARCH = "search";
    private static final String STATUS = "status";
    private static final String OPERATION = "operation";
    private static final String SOURCE = "source";
    private static final String WORKSPACE = "workspace";
    private static final String POOL = "pool";
    private static final List<String> FIELDS = List.of(SEARCH, STATUS, OPERATION, SOURCE, WORKSPACE, POOL);

    private final Form query;

    RunQuery(Form query) {
        this.query = query;
    }

    RunFilter filter() {
        return new RunFilter(
                RunStatuses.of(query.first(STATUS)),
                query.all(SOURCE),
                query.all(OPERATION),
                query.all(POOL),
                query.all(WORKSPACE),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                query.first(SEARCH));
    }

    boolean isFiltered() {
        return !kept().isEmpty();
    }

    /** Fields that stay the same from page to page. */
    Map<String, String> kept() {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String field : FIELDS) {
            query.first(field).ifPresent(value -> kept.put(field, value));
        }
        return kept;
    }

    static List<Choice> operations() {
        return List.of(
                new Choice("", "Any operation"),
                new Choice("plan_and_apply", "Plan and apply"),
                new Choice("plan_only", "Plan only"),
                new Choice("save_plan", "Saved plan"),
                new Choice("refresh_only", "Refresh state"),
                new Choice("destroy", "Destroy"),
                new Choice("empty_apply", "Empty apply"));
    }

    static List<Choice> sources() {
        return List.of(
                new Choice("", "Any source"),
                new Choice("tfe-ui", "Browser"),
                new Choice("tfe-api", "API and CLI"),
                new Choice("tfe-configuration-version", "Upload"),
                new Choice("tfe-run-trigger", "Run trigger"));
    }
}
