package io.otfd.ui;

import io.otfd.Ids.PolicyId;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.Caller;
import io.otfd.policy.Policies;
import io.otfd.project.ProjectFilter;
import io.otfd.project.Projects;
import io.otfd.workspace.WorkspaceFilter;
import io.otfd.workspace.Workspaces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Fills {@link Picker}s: names of what was chosen, and what may join it, searched for on the server. */
public final class Pickers {

    private static final String ADD = "add-";
    private static final String FIND = "find-";

    private final Workspaces workspaces;
    private final Projects projects;
    private final Policies policies;

    public Pickers(Workspaces workspaces, Projects projects, Policies policies) {
        this.workspaces = workspaces;
        this.projects = projects;
        this.policies = policies;
    }

    /** What a picker is about, as in {@link Picker}. */
    public record Kind(Noun noun, String field, String legend, String add, String none, boolean specific) {}

    public enum Noun {
        WORKSPACE,
        PROJECT,
        POLICY
    }

    /** What is so already, as chips. */
    public interface Badges {
        List<Badge> of(String field, String id);
    }

    public List<Picker> of(Caller caller, String organization, Form form, List<Kind> kinds, Badges badges) {
        Map<Noun, Map<String, String>> names = new HashMap<>();
        for (Noun noun : Noun.values()) {
            Set<String> ids = kinds.stream()
                    .filter(kind -> kind.noun() == noun)
                    .flatMap(kind -> form.all(kind.field()).stream())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            names.put(noun, names(caller, noun, ids));
        }
        return kinds.stream()
                .map(kind -> picker(caller, organization, form, kind, names.get(kind.noun()), badges))
                .toList();
    }

    private Picker picker(
            Caller caller, String organization, Form form, Kind kind, Map<String, String> names, Badges badges) {
        List<String> ids = form.all(kind.field());
        List<Picker.Chosen> chosen = ids.stream()
                .map(id -> new Picker.Chosen(
                        id,
                        names.getOrDefault(id, id),
                        Optional.ofNullable(names.get(id)).map(name -> url(kind.noun(), organization, id, name)),
                        badges.of(kind.field(), id)))
                .toList();
        String find = form.first(FIND + kind.field()).orElse("");
        Page<Choice> found =
                candidates(caller, kind.noun(), organization, Optional.of(find).filter(text -> !text.isEmpty()));
        return new Picker(
                kind.field(),
                kind.legend(),
                kind.add(),
                kind.none(),
                kind.specific(),
                chosen,
                find,
                found.items().stream()
                        .filter(option -> !ids.contains(option.value()))
                        .toList(),
                found.totalPages() > 1);
    }

    private static String url(Noun noun, String organization, String id, String name) {
        return switch (noun) {
            case WORKSPACE -> Links.workspace(organization, name);
            case PROJECT -> Links.project(organization, id);
            case POLICY -> Links.policy(organization, id);
        };
    }

    private Page<Choice> candidates(Caller caller, Noun noun, String organization, Optional<String> find) {
        return switch (noun) {
            case WORKSPACE ->
                workspaces
                        .list(
                                caller,
                                organization,
                                new WorkspaceFilter(
                                        find,
                                        Optional.empty(),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        Optional.empty(),
                                        List.of()),
                                "name",
                                Page.Request.LARGEST)
                        .map(view -> new Choice(
                                view.workspace().id().value(), view.workspace().name()));
            case PROJECT ->
                projects.list(
                                caller,
                                organization,
                                new ProjectFilter(List.of(), find, List.of(), false, false),
                                Projects.Sort.NAME,
                                Page.Request.LARGEST)
                        .map(view -> new Choice(
                                view.project().id().value(), view.project().name()));
            case POLICY ->
                policies.list(caller, organization, find, Page.Request.LARGEST)
                        .map(policy -> new Choice(policy.id().value(), policy.name()));
        };
    }

    /** Those that the caller does not see have none. */
    private Map<String, String> names(Caller caller, Noun noun, Set<String> ids) {
        Map<String, String> names = new HashMap<>();
        switch (noun) {
            case WORKSPACE -> {
                if (!ids.isEmpty()) {
                    workspaces
                            .read(caller, ids.stream().map(WorkspaceId::new).toList())
                            .forEach(view -> names.put(
                                    view.workspace().id().value(),
                                    view.workspace().name()));
                }
            }
            case PROJECT -> {
                for (String id : ids) {
                    try {
                        names.put(
                                id,
                                projects.read(caller, new ProjectId(id))
                                        .project()
                                        .name());
                    } catch (Refusal.NotFound e) {
                        // Gone, or not for this caller: its id stands for it.
                    }
                }
            }
            case POLICY -> {
                for (String id : ids) {
                    try {
                        names.put(id, policies.read(caller, new PolicyId(id)).name());
                    } catch (Refusal.NotFound e) {
                        // Gone: its id stands for it.
                    }
                }
            }
        }
        return names;
    }

    /**
     * The form with what was chosen in the dropdowns in the lists.
     *
     * @throws Refusal.Invalid for one that is not there
     */
    public Form joined(Caller caller, String organization, Form typed, List<Kind> kinds) {
        Map<String, List<String>> fields = new LinkedHashMap<>(typed.fields());
        for (Kind kind : kinds) {
            List<String> all = new ArrayList<>(typed.all(kind.field()));
            for (String added : typed.all(ADD + kind.field())) {
                String id = kind.noun() == Noun.WORKSPACE ? workspace(caller, organization, kind, added) : added;
                if (!all.contains(id)) {
                    all.add(id);
                }
            }
            fields.put(kind.field(), all);
        }
        fields.values().removeIf(List::isEmpty);
        return new Form(fields);
    }

    /** @param text an id, or a name */
    private String workspace(Caller caller, String organization, Kind kind, String text) {
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
            throw Refusal.Invalid.relationship(kind.field(), "There is no workspace " + text + ".");
        }
    }
}
