package io.otfd.ui.variableset;

import io.otfd.Ids.ProjectId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.ui.Badge;
import io.otfd.ui.Badge.Tone;
import io.otfd.ui.Edition;
import io.otfd.ui.Form;
import io.otfd.ui.Pickers;
import io.otfd.variableset.VariableSet;
import io.otfd.variableset.VariableSets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A variable set's name, priority and scope as a form. Fields are named like those of the API. */
final class VariableSetForm {

    private static final String WORKSPACES = "workspaces";
    private static final String PROJECTS = "projects";
    private static final String GLOBAL = "global";
    private static final Badge APPLIED = new Badge("applied", Tone.GOOD);
    private static final Badge UNSAVED = new Badge("not saved yet", Tone.ATTENTION);

    /** Where it applies when it is not global. */
    static final List<Pickers.Kind> PICKERS = List.of(
            new Pickers.Kind(
                    Pickers.Noun.PROJECT,
                    PROJECTS,
                    "Projects",
                    "Apply to project",
                    "It is applied to no project.",
                    true),
            new Pickers.Kind(
                    Pickers.Noun.WORKSPACE,
                    WORKSPACES,
                    "Workspaces",
                    "Apply to workspace",
                    "It is applied to no workspace by name.",
                    true));

    private VariableSetForm() {}

    static Edition edition(VariableSet set) {
        return Edition.of(
                set.name(), set.description(), set.global(), set.priority(), set.workspaces(), set.projects());
    }

    static Form of(VariableSet set) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("name", List.of(set.name()));
        fields.put("description", List.of(set.description().orElse("")));
        fields.put(GLOBAL, List.of(Boolean.toString(set.global())));
        if (set.priority()) {
            fields.put("priority", List.of("true"));
        }
        fields.put(WORKSPACES, set.workspaces().stream().map(WorkspaceId::value).toList());
        fields.put(PROJECTS, set.projects().stream().map(ProjectId::value).toList());
        fields.values().removeIf(List::isEmpty);
        return new Form(fields);
    }

    static List<Badge> badges(VariableSet set, String field, String id) {
        boolean applied = field.equals(PROJECTS)
                ? set.projects().contains(new ProjectId(id))
                : set.workspaces().contains(new WorkspaceId(id));
        return List.of(applied ? APPLIED : UNSAVED);
    }

    /** @throws io.otfd.Refusal.Conflict when somebody else changed the set meanwhile */
    static VariableSet applied(VariableSet before, Form form) {
        edition(before).require(form);
        return before.with(
                form.first("name").orElse(""), form.first("description"), isGlobal(form), form.has("priority"));
    }

    /** What is ticked below "all workspaces" does not count. */
    static VariableSets.Placement placement(Form form) {
        return isGlobal(form)
                ? new VariableSets.Placement(Optional.of(List.of()), Optional.of(List.of()))
                : new VariableSets.Placement(
                        Optional.of(form.all(WORKSPACES).stream()
                                .map(WorkspaceId::new)
                                .toList()),
                        Optional.of(
                                form.all(PROJECTS).stream().map(ProjectId::new).toList()));
    }

    private static boolean isGlobal(Form form) {
        return form.exact(GLOBAL).equals("true");
    }
}
