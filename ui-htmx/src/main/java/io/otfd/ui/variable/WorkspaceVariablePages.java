package io.otfd.ui.variable;

import io.otfd.Ids.VariableId;
import io.otfd.Ids.VariableOwnerId;
import io.otfd.Ids.VariableSetId;
import io.otfd.access.OrganizationPermission;
import io.otfd.access.WorkspacePermission;
import io.otfd.organization.Organizations;
import io.otfd.ui.Badge;
import io.otfd.ui.Badge.Tone;
import io.otfd.ui.Crumb;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import io.otfd.ui.WorkspaceTab;
import io.otfd.variable.EffectiveVariable;
import io.otfd.variable.InheritedVariable;
import io.otfd.variable.Variable;
import io.otfd.variable.Variables;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Variables of a workspace: its own, those of sets, and which of them count. */
public final class WorkspaceVariablePages {

    private static final String VARIABLES = "/app/{organization}/workspaces/{workspace}/variables";

    private final Frames frames;
    private final Organizations organizations;
    private final Workspaces workspaces;
    private final Variables variables;
    private final VariablePages pages;

    public WorkspaceVariablePages(
            Frames frames, Organizations organizations, Workspaces workspaces, Variables variables) {
        this.frames = frames;
        this.organizations = organizations;
        this.workspaces = workspaces;
        this.variables = variables;
        this.pages = new VariablePages(variables, this::home);
    }

    public void register(Routes routes) {
        routes.get(VARIABLES, visit -> home(visit).list(200, VariablePages.FRESH));
        pages.register(routes, VARIABLES);
        // Printed by the CLI for a remote backend (observed: Terraform 1.11).
        routes.get(
                "/app/{organization}/{workspace}/variables",
                visit -> Reply.Redirect.to(Links.variables(visit.path("organization"), visit.path("workspace"))));
    }

    private Home home(Visit visit) {
        return new Home(visit, workspaces.read(visit.caller(), visit.path("organization"), visit.path("workspace")));
    }

    private final class Home implements VariableHome {
        private final Visit visit;
        private final WorkspaceView view;

        Home(Visit visit, WorkspaceView view) {
            this.visit = visit;
            this.view = view;
        }

        @Override
        public VariableOwnerId owner() {
            return view.workspace().id();
        }

        @Override
        public String url() {
            return Links.variables(
                    view.workspace().organizationName(), view.workspace().name());
        }

        @Override
        public String listUrl() {
            return url();
        }

        @Override
        public void requireWritable() {
            view.grants().require(WorkspacePermission.CAN_UPDATE_VARIABLE);
        }

        @Override
        public Frame frame(String title) {
            return frames.of(visit, title, view, WorkspaceTab.VARIABLES, new Crumb("Variables", url()));
        }

        @Override
        public Reply list(int status, Filled form) {
            List<InheritedVariable> inherited =
                    variables.inherited(visit.caller(), view.workspace().id());
            Strongest strongest = new Strongest(
                    variables.effective(visit.caller(), view.workspace().id()), inherited);
            boolean writes = view.grants().has(WorkspacePermission.CAN_UPDATE_VARIABLE);
            return new Reply.Html(
                    status,
                    "variable/list",
                    new VariableListPage(
                            frames.of(visit, "Variables", view, WorkspaceTab.VARIABLES),
                            url(),
                            variables.list(visit.caller(), view.workspace().id()).stream()
                                    .map(variable -> VariableRow.of(
                                            variable,
                                            url() + "/" + variable.id().value(),
                                            strongest.over(variable)))
                                    .toList(),
                            writes ? Optional.of(form) : Optional.empty(),
                            rows(inherited, strongest)));
        }

        private List<VariableListPage.Inherited> rows(List<InheritedVariable> inherited, Strongest strongest) {
            String organization = view.workspace().organizationName();
            boolean sees = !inherited.isEmpty()
                    && organizations
                            .read(visit.caller(), organization)
                            .grants()
                            .has(OrganizationPermission.CAN_READ_VARSETS);
            return inherited.stream()
                    .map(each -> new VariableListPage.Inherited(
                            VariableRow.of(each.variable(), "", strongest.over(each.variable())),
                            each.setName(),
                            sees
                                    ? Optional.of(Links.variableSet(
                                            organization,
                                            each.variable().owner().value()))
                                    : Optional.empty()))
                    .toList();
        }
    }

    /** What counts of each key and category, and from where it is. */
    private static final class Strongest {
        private final Map<String, Variable> effective = new HashMap<>();
        private final Map<VariableId, String> sets = new HashMap<>();
        private final Map<String, Integer> rivals = new HashMap<>();

        Strongest(List<EffectiveVariable> effective, List<InheritedVariable> inherited) {
            effective.forEach(each -> this.effective.put(place(each.variable()), each.variable()));
            inherited.forEach(each -> {
                sets.put(each.variable().id(), each.setName());
                rivals.merge(place(each.variable()), 1, Integer::sum);
            });
        }

        private static String place(Variable variable) {
            return variable.category() + " " + variable.key();
        }

        /** Which variable beats this one, or that it beats others. */
        List<Badge> over(Variable variable) {
            Variable winner = effective.get(place(variable));
            if (winner == null || winner.id().equals(variable.id())) {
                int others =
                        rivals.getOrDefault(place(variable), 0) - (variable.owner() instanceof VariableSetId ? 1 : 0);
                return others > 0 ? List.of(new Badge("Overrides " + others, Tone.ACTIVE)) : List.of();
            }
            String by = winner.owner() instanceof VariableSetId ? "set " + sets.get(winner.id()) : "the workspace";
            return List.of(new Badge("Overridden by " + by, Tone.ATTENTION));
        }
    }
}
