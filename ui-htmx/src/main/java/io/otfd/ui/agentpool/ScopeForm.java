package io.otfd.ui.agentpool;

import io.otfd.Ids.ProjectId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.agentpool.AgentPool;
import io.otfd.ui.Badge;
import io.otfd.ui.Badge.Tone;
import io.otfd.ui.Edition;
import io.otfd.ui.Form;
import io.otfd.ui.Pickers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Name and scope of a pool as a form. What is chosen in a dropdown joins its list, with or without a click on "Add". */
final class ScopeForm {

    static final String NAME = "name";
    static final String SCOPED = "organization-scoped";
    static final String ALLOWED = "allowed-workspaces";
    static final String PROJECTS = "allowed-projects";
    static final String EXCLUDED = "excluded-workspaces";

    private static final Badge GRANTED = new Badge("granted", Tone.GOOD);
    private static final Badge ASSIGNED = new Badge("assigned", Tone.ACTIVE);
    private static final Badge LOST = new Badge("not granted any more", Tone.ATTENTION);
    private static final Badge EXCLUDED_NOW = new Badge("excluded", Tone.BAD);
    private static final Badge UNSAVED = new Badge("not saved yet", Tone.ATTENTION);

    private ScopeForm() {}

    static Edition edition(AgentPool pool) {
        return Edition.of(pool.name(), pool.scope());
    }

    static Form of(AgentPool pool) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put(NAME, List.of(pool.name()));
        fields.put(SCOPED, List.of(Boolean.toString(pool.organizationScoped())));
        fields.put(ALLOWED, values(pool.allowedWorkspaces()));
        fields.put(
                PROJECTS, pool.allowedProjects().stream().map(ProjectId::value).toList());
        fields.put(EXCLUDED, values(pool.excludedWorkspaces()));
        fields.values().removeIf(List::isEmpty);
        return new Form(fields);
    }

    private static List<String> values(List<WorkspaceId> ids) {
        return ids.stream().map(WorkspaceId::value).toList();
    }

    /** Who may use the pool, and who may not. */
    static final List<Pickers.Kind> PICKERS = List.of(
            new Pickers.Kind(
                    Pickers.Noun.WORKSPACE,
                    ALLOWED,
                    "Granted workspaces",
                    "Grant to workspace",
                    "No workspace is granted access yet.",
                    true),
            new Pickers.Kind(
                    Pickers.Noun.PROJECT,
                    PROJECTS,
                    "Granted projects",
                    "Grant to project",
                    "No project is granted access.",
                    true),
            new Pickers.Kind(
                    Pickers.Noun.WORKSPACE,
                    EXCLUDED,
                    "Excluded workspaces",
                    "Exclude workspace",
                    "No workspace is excluded.",
                    false));

    /** What is so already, as chips. */
    static List<Badge> badges(AgentPool pool, String field, String id) {
        List<Badge> badges = new ArrayList<>();
        switch (field) {
            case PROJECTS -> badges.add(pool.allowedProjects().contains(new ProjectId(id)) ? GRANTED : UNSAVED);
            case EXCLUDED ->
                badges.add(pool.excludedWorkspaces().contains(new WorkspaceId(id)) ? EXCLUDED_NOW : UNSAVED);
            default -> badges.add(pool.allowedWorkspaces().contains(new WorkspaceId(id)) ? GRANTED : UNSAVED);
        }
        if (!field.equals(PROJECTS) && pool.workspaces().contains(new WorkspaceId(id))) {
            badges.add(ASSIGNED);
        }
        return badges;
    }

    /** Of a workspace that uses the pool: granted, or not any more. */
    static List<Badge> use(boolean granted) {
        return List.of(granted ? GRANTED : LOST, ASSIGNED);
    }

    /** @throws io.otfd.Refusal.Conflict when somebody else changed the pool meanwhile */
    static AgentPool applied(AgentPool before, Form form) {
        edition(before).require(form);
        return new AgentPool(
                before.id(),
                before.organization(),
                before.organizationName(),
                form.first(NAME).orElse(""),
                form.exact(SCOPED).equals("true"),
                before.createdAt(),
                before.agentCount(),
                before.users(),
                form.all(ALLOWED).stream().map(WorkspaceId::new).toList(),
                form.all(PROJECTS).stream().map(ProjectId::new).toList(),
                form.all(EXCLUDED).stream().map(WorkspaceId::new).toList());
    }
}
