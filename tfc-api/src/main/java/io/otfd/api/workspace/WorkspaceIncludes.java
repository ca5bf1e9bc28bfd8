package io.otfd.api.workspace;

import io.otfd.Ids.ConfigurationVersionId;
import io.otfd.Ids.ProjectId;
import io.otfd.Ids.UserId;
import io.otfd.Ids.WorkspaceId;
import io.otfd.access.WorkspacePermission;
import io.otfd.api.Call;
import io.otfd.api.Resource;
import io.otfd.api.Schema;
import io.otfd.api.account.AccountEndpoints;
import io.otfd.api.configuration.ConfigurationVersionResource;
import io.otfd.api.organization.OrganizationResource;
import io.otfd.api.project.ProjectResource;
import io.otfd.api.run.PhaseResource;
import io.otfd.api.run.RunResource;
import io.otfd.api.state.StateVersionResource;
import io.otfd.api.tagbinding.TagBindingResource;
import io.otfd.configuration.ConfigurationVersions;
import io.otfd.organization.Organizations;
import io.otfd.project.Projects;
import io.otfd.run.Phase;
import io.otfd.run.RunView;
import io.otfd.run.Runs;
import io.otfd.state.StateVersions;
import io.otfd.tagbinding.TagBinding;
import io.otfd.user.Users;
import io.otfd.workspace.Lock;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stands beside workspaces on demand: one query a kind, however many workspaces are shown. */
public final class WorkspaceIncludes {

    static final String[] NAMES = {
        "organization",
        "project",
        "current_run",
        "current_run.plan",
        "current_run.configuration_version",
        "current_run.configuration_version.ingress_attributes",
        "current_configuration_version",
        "current_configuration_version.ingress_attributes",
        "current_state_version",
        "locked_by",
        "outputs",
        "readme",
        "effective_tag_bindings"
    };

    static final Schema[] TYPES = {
        OrganizationResource.SCHEMA,
        ProjectResource.SCHEMA,
        RunResource.SCHEMA,
        PhaseResource.PLANS,
        ConfigurationVersionResource.SCHEMA,
        StateVersionResource.SCHEMA,
        StateVersionResource.WORKSPACE_OUTPUTS,
        WorkspaceResource.README,
        TagBindingResource.EFFECTIVE,
        AccountEndpoints.SCHEMA
    };

    private final Workspaces workspaces;
    private final Organizations organizations;
    private final Projects projects;
    private final Runs runs;
    private final PhaseResource phases;
    private final ConfigurationVersions configurations;
    private final StateVersions states;
    private final StateVersionResource stateVersions;
    private final Users users;

    public WorkspaceIncludes(
            Workspaces workspaces,
            Organizations organizations,
            Projects projects,
            Runs runs,
            PhaseResource phases,
            ConfigurationVersions configurations,
            StateVersions states,
            StateVersionResource stateVersions,
            Users users) {
        this.workspaces = workspaces;
        this.organizations = organizations;
        this.projects = projects;
        this.runs = runs;
        this.phases = phases;
        this.configurations = configurations;
        this.states = states;
        this.stateVersions = stateVersions;
        this.users = users;
    }

    /** @param bindings of each workspace, where they are asked for */
    record Shown(List<Resource> included, Optional<Map<WorkspaceId, List<TagBinding>>> bindings) {

        Resource document(WorkspaceView view) {
            Resource resource = WorkspaceResource.of(view);
            bindings.ifPresent(all -> TagBindingResource.relate(
                    resource, all.getOrDefault(view.workspace().id(), List.of())));
            return resource;
        }
    }

    /** @param shown all of one organization */
    Shown of(Call call, List<WorkspaceView> shown) {
        Set<String> include = call.include(NAMES);
        List<Resource> included = new ArrayList<>();
        if (shown.isEmpty() || include.isEmpty()) {
            return new Shown(included, Optional.empty());
        }
        if (include.contains("organization")) {
            included.add(OrganizationResource.of(organizations.read(
                    call.caller(), shown.getFirst().workspace().organizationName())));
        }
        if (include.contains("project")) {
            projects(call, shown).forEach(included::add);
        }
        runs(call, shown, include, included);
        if (include.contains("current_state_version")) {
            states.current(shown).forEach(state -> included.add(stateVersions.of(call, state)));
        }
        if (include.contains("outputs")) {
            states.currentOutputs(shown).forEach(output -> included.add(StateVersionResource.workspaceOutput(output)));
        }
        if (include.contains("readme")) {
            configurations
                    .readmes(current(shown.stream()
                            .filter(view -> view.grants().has(WorkspacePermission.CAN_READ_RUN))
                            .toList()))
                    .forEach((configuration, markdown) ->
                            included.add(WorkspaceResource.readme(configuration, markdown)));
        }
        if (!include.contains("effective_tag_bindings")) {
            return new Shown(included, Optional.empty());
        }
        Map<WorkspaceId, List<TagBinding>> bindings = workspaces.effectiveBindings(shown);
        bindings.values().forEach(list -> included.addAll(TagBindingResource.effective(list)));
        return new Shown(included, Optional.of(bindings));
    }

    /** The organization refers to its default project, so a project must not refer back. */
    private List<Resource> projects(Call call, List<WorkspaceView> shown) {
        Set<ProjectId> ids = new LinkedHashSet<>();
        shown.forEach(view -> ids.add(view.workspace().project()));
        return projects.read(call.caller(), shown.getFirst().workspace().organization(), ids).stream()
                .map(view -> ProjectResource.of(view).withoutData("organization"))
                .toList();
    }

    /** Runs, who else holds a lock, and the configurations of both run and workspace. */
    private void runs(Call call, List<WorkspaceView> shown, Set<String> include, List<Resource> included) {
        boolean lockedBy = include.contains("locked_by");
        boolean ofRuns = include.stream().anyMatch(name -> name.startsWith("current_run"));
        List<RunView> current = ofRuns || lockedBy ? runs.current(shown) : List.of();
        Set<ConfigurationVersionId> wanted = new LinkedHashSet<>();
        for (RunView view : current) {
            if (ofRuns || view.workspace().workspace().lock().isPresent()) {
                included.add(RunResource.of(view));
            }
            if (include.contains("current_run.plan")) {
                included.add(phases.of(call, view, Phase.Kind.PLAN));
            }
            if (include.stream().anyMatch(name -> name.startsWith("current_run.configuration_version"))) {
                wanted.add(view.run().configurationVersion());
            }
        }
        if (include.stream().anyMatch(name -> name.startsWith("current_configuration_version"))) {
            wanted.addAll(current(shown));
        }
        if (!wanted.isEmpty()) {
            configurations
                    .read(wanted)
                    .forEach(version -> included.add(ConfigurationVersionResource.of(version, Optional.empty())));
        }
        if (lockedBy) {
            users.find(lockers(shown)).forEach(user -> included.add(AccountEndpoints.of(user)));
        }
    }

    private static Set<ConfigurationVersionId> current(List<WorkspaceView> shown) {
        Set<ConfigurationVersionId> ids = new LinkedHashSet<>();
        shown.forEach(view -> view.workspace().currentConfigurationVersion().ifPresent(ids::add));
        return ids;
    }

    private static Set<UserId> lockers(List<WorkspaceView> shown) {
        Set<UserId> ids = new LinkedHashSet<>();
        for (WorkspaceView view : shown) {
            if (view.workspace().lock().map(Lock::holder).orElse(null) instanceof Lock.Holder.User user) {
                ids.add(user.id());
            }
        }
        return ids;
    }
}
