package io.otfd.ui.policyset;

import io.otfd.Ids.Id;
import io.otfd.Ids.PolicyId;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.policyset.PolicySet;
import io.otfd.policyset.PolicySetSettings;
import io.otfd.policyset.Target;
import io.otfd.ui.Badge;
import io.otfd.ui.Badge.Tone;
import io.otfd.ui.Edition;
import io.otfd.ui.Form;
import io.otfd.ui.Pickers;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A policy set as a form. Fields are named like those of the API. */
final class PolicySetForm {

    private static final String GLOBAL = "global";
    private static final Badge SAVED = new Badge("in force", Tone.GOOD);
    private static final Badge UNSAVED = new Badge("not saved yet", Tone.ATTENTION);

    static final List<Pickers.Kind> PICKERS = List.of(
            kind(Pickers.Noun.POLICY, Target.POLICIES, "Policies", "Add policy", "There is no policy in it.", false),
            kind(
                    Pickers.Noun.PROJECT,
                    Target.PROJECTS,
                    "Projects",
                    "Apply to project",
                    "It is applied to no project.",
                    true),
            kind(
                    Pickers.Noun.WORKSPACE,
                    Target.WORKSPACES,
                    "Workspaces",
                    "Apply to workspace",
                    "It is applied to no workspace by name.",
                    true),
            kind(
                    Pickers.Noun.PROJECT,
                    Target.PROJECT_EXCLUSIONS,
                    "Excluded projects",
                    "Exclude project",
                    "No project is excluded.",
                    false),
            kind(
                    Pickers.Noun.WORKSPACE,
                    Target.WORKSPACE_EXCLUSIONS,
                    "Excluded workspaces",
                    "Exclude workspace",
                    "No workspace is excluded.",
                    false));

    private PolicySetForm() {}

    private static Pickers.Kind kind(
            Pickers.Noun noun, Target target, String legend, String add, String none, boolean specific) {
        return new Pickers.Kind(noun, target.toString(), legend, add, none, specific);
    }

    static Edition edition(PolicySet set) {
        return Edition.of(
                set.settings(),
                set.policies(),
                set.workspaces(),
                set.excludedWorkspaces(),
                set.projects(),
                set.excludedProjects());
    }

    static Form of(PolicySet set) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("name", List.of(set.settings().name()));
        fields.put("description", List.of(set.settings().description().orElse("")));
        fields.put(GLOBAL, List.of(Boolean.toString(set.settings().global())));
        if (set.settings().overridable()) {
            fields.put("overridable", List.of("true"));
        }
        for (Target target : Target.values()) {
            fields.put(
                    target.toString(),
                    members(set, target).stream().map(Id::value).toList());
        }
        fields.values().removeIf(List::isEmpty);
        return new Form(fields);
    }

    private static List<? extends Id> members(PolicySet set, Target target) {
        return switch (target) {
            case POLICIES -> set.policies();
            case WORKSPACES -> set.workspaces();
            case WORKSPACE_EXCLUSIONS -> set.excludedWorkspaces();
            case PROJECTS -> set.projects();
            case PROJECT_EXCLUSIONS -> set.excludedProjects();
        };
    }

    static List<Badge> badges(PolicySet set, String field, String id) {
        for (Target target : Target.values()) {
            if (target.toString().equals(field)
                    && members(set, target).stream()
                            .anyMatch(member -> member.value().equals(id))) {
                return List.of(SAVED);
            }
        }
        return List.of(UNSAVED);
    }

    /** @throws io.otfd.Refusal.Conflict when somebody else changed the set meanwhile */
    static PolicySetSettings applied(PolicySet before, Form form) {
        edition(before).require(form);
        return settings(before.settings(), form);
    }

    static PolicySetSettings settings(PolicySetSettings before, Form form) {
        return new PolicySetSettings(
                form.first("name").orElse(""),
                form.first("description"),
                isGlobal(form),
                form.has("overridable"),
                before.agentEnabled(),
                before.toolVersion(),
                before.updatePatterns());
    }

    /** What is ticked below "all workspaces" does not count. */
    static Map<Target, List<? extends Id>> placement(Form form) {
        Map<Target, List<? extends Id>> placement = new EnumMap<>(Target.class);
        placement.put(Target.POLICIES, ids(form, Target.POLICIES, PolicyId::new));
        placement.put(Target.WORKSPACE_EXCLUSIONS, ids(form, Target.WORKSPACE_EXCLUSIONS, WorkspaceId::new));
        placement.put(Target.PROJECT_EXCLUSIONS, ids(form, Target.PROJECT_EXCLUSIONS, ProjectId::new));
        placement.put(Target.WORKSPACES, isGlobal(form) ? List.of() : ids(form, Target.WORKSPACES, WorkspaceId::new));
        placement.put(Target.PROJECTS, isGlobal(form) ? List.of() : ids(form, Target.PROJECTS, ProjectId::new));
        return placement;
    }

    private static <T> List<T> ids(Form form, Target target, Function<String, T> type) {
        return form.all(target.toString()).stream().map(type).toList();
    }

    private static boolean isGlobal(Form form) {
        return form.exact(GLOBAL).equals("true");
    }
}
