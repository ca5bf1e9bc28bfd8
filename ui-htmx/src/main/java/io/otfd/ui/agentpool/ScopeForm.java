package io.otfd.ui.agentpool;

import io.otfd.Ids.ProjectId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.agentpool.AgentPool;
import io.otfd.ui.Edition;
import io.otfd.ui.Form;
import io.otfd.workspace.Workspaces;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Name and scope of a pool as a form. What is chosen in a dropdown joins its list, with or without a click on "Add". */
final class ScopeForm {

    static final String NAME = "name";
    static final String SCOPED = "organization-scoped";
    static final String ALLOWED = "allowed-workspaces";
    static final String PROJECTS = "allowed-projects";
    static final String EXCLUDED = "excluded-workspaces";
    private static final String ADD = "add-";

    private final Workspaces workspaces;

    ScopeForm(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

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

    /** The form with what was chosen in the dropdowns in the lists. */
    Form joined(Caller caller, String organization, Form typed) {
        Map<String, List<String>> fields = new LinkedHashMap<>(typed.fields());
        for (String field : List.of(ALLOWED, PROJECTS, EXCLUDED)) {
            Set<String> all = new LinkedHashSet<>(typed.all(field));
            for (String added : typed.all(ADD + field)) {
                all.add(field.equals(PROJECTS) ? added : workspaceId(caller, organization, field, added));
            }
            fields.put(field, List.copyOf(all));
        }
        fields.values().removeIf(List::isEmpty);
        return new Form(fields);
    }

    /** @param text an id from the dropdown, or a name that was typed */
    private String workspaceId(Caller caller, String organization, String field, String text) {
        if (text.startsWith("ws-") && text.length() > 3) {
            try {
                return workspaces
                        .read(caller, new WorkspaceId(text))
                        .workspace()
                        .id()
                        .value();
            } catch (Refusal.NotFound e) {
                // Names may begin like ids.
            }
        }
        try {
            return workspaces.read(caller, organization, text).workspace().id().value();
        } catch (Refusal.NotFound e) {
            throw Refusal.Invalid.relationship(field, "There is no workspace " + text + ".");
        }
    }

    /** @throws Refusal.Conflict when somebody else changed the pool meanwhile */
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
