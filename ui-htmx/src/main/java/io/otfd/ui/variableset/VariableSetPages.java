package io.otfd.ui.variableset;

import io.otfd.Ids.ProjectId;
import io.otfd.Ids.VariableOwnerId;
import io.otfd.Ids.VariableSetId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.OrganizationPermission;
import io.otfd.organization.OrganizationView;
import io.otfd.organization.Organizations;
import io.otfd.ui.Badge;
import io.otfd.ui.Badge.Tone;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Crumb;
import io.otfd.ui.Edition;
import io.otfd.ui.Fact;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.ui.Frame;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.MenuItem;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import io.otfd.ui.Pickers;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Services;
import io.otfd.ui.Visit;
import io.otfd.ui.project.ProjectNames;
import io.otfd.ui.variable.VariableHome;
import io.otfd.ui.variable.VariablePages;
import io.otfd.ui.variable.VariableRow;
import io.otfd.variable.Variables;
import io.otfd.variableset.VariableSet;
import io.otfd.variableset.VariableSetView;
import io.otfd.variableset.VariableSets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Variable sets of an organization, and one of them: where it applies, and what is in it. */
public final class VariableSetPages {

    private static final String SETS = "/app/{organization}/variable-sets";
    private static final String SET = SETS + "/{set}";
    private static final String PROJECT = "project";

    private final Frames frames;
    private final Organizations organizations;
    private final ProjectNames projects;
    private final VariableSets sets;
    private final Variables variables;
    private final Pickers pickers;
    private final VariablePages pages;

    public VariableSetPages(Frames frames, Services services, Pickers pickers) {
        this.frames = frames;
        this.organizations = services.organizations();
        this.projects = new ProjectNames(services.projects());
        this.sets = services.variableSets();
        this.variables = services.variables();
        this.pickers = pickers;
        this.pages = new VariablePages(variables, visit -> new Home(visit, read(visit)));
    }

    public void register(Routes routes) {
        routes.get(SETS, visit -> list(visit, 200, Filled.EMPTY));
        routes.post(SETS, this::create);
        routes.get(SET, visit -> page(visit, read(visit), 200));
        routes.post(SET, this::update);
        routes.post(SET + "/draft", this::draft);
        routes.get(SET + "/delete", this::askToDelete);
        routes.post(SET + "/delete", this::delete);
        pages.register(routes, SET + "/variables");
    }

    /** The set of the address; one of another organization is not there. */
    private VariableSetView read(Visit visit) {
        VariableSetView view = sets.read(visit.caller(), new VariableSetId(visit.path("set")));
        if (!view.set().organizationName().equals(visit.path("organization"))) {
            throw new Refusal.NotFound();
        }
        return view;
    }

    private static String url(VariableSet set) {
        return Links.variableSet(set.organizationName(), set.id().value());
    }

    private Reply list(Visit visit, int status, Filled form) {
        OrganizationView owner = organizations.read(visit.caller(), visit.path("organization"));
        String organization = owner.organization().name();
        Optional<String> search = visit.query().first("search");
        Optional<String> project =
                visit.query().first(PROJECT).or(() -> form.values().first(PROJECT));
        VariableSets.Filter filter = new VariableSets.Filter(search, Optional.empty());
        Page.Request request = Paging.request(visit.query());
        Page<VariableSetView> page = project.isPresent()
                ? sets.list(visit.caller(), new ProjectId(project.get()), filter, request)
                : sets.list(visit.caller(), organization, filter, request);
        String url = Links.variableSets(organization);
        Map<String, String> kept = new HashMap<>();
        search.ifPresent(text -> kept.put("search", text));
        project.ifPresent(id -> kept.put(PROJECT, id));
        return new Reply.Html(
                status,
                "variableset/list",
                new VariableSetListPage(
                        frames.of(visit, "Variable sets", owner, MenuItem.VARIABLE_SETS),
                        url,
                        search.orElse(""),
                        project.map(id -> projects.name(visit.caller(), new ProjectId(id))),
                        project.orElse(""),
                        page.map(view -> row(view.set())).items(),
                        Paging.of(page, url, kept),
                        owner.grants().has(OrganizationPermission.CAN_MANAGE_VARSETS)
                                ? Optional.of(form)
                                : Optional.empty()));
    }

    private static VariableSetListPage.Row row(VariableSet set) {
        List<Badge> badges = new ArrayList<>();
        if (set.priority()) {
            badges.add(new Badge("Priority", Tone.ATTENTION));
        }
        if (set.project().isPresent()) {
            badges.add(new Badge("Of a project", Tone.QUIET));
        }
        return new VariableSetListPage.Row(
                set.name(),
                url(set),
                set.description().orElse(""),
                badges,
                scope(set),
                set.variables().size());
    }

    private static String scope(VariableSet set) {
        if (set.global()) {
            return "All workspaces";
        }
        List<String> parts = new ArrayList<>();
        if (!set.projects().isEmpty()) {
            parts.add(counted(set.projects().size(), "project"));
        }
        if (!set.workspaces().isEmpty()) {
            parts.add(counted(set.workspaces().size(), "workspace"));
        }
        return parts.isEmpty() ? "Nowhere yet" : String.join(", ", parts);
    }

    private static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private Reply create(Visit visit) {
        Form form = visit.form();
        try {
            VariableSet made = sets.create(
                            visit.caller(),
                            visit.path("organization"),
                            form.first("name").orElse(""),
                            form.first(PROJECT).map(ProjectId::new),
                            fresh -> fresh.with(fresh.name(), form.first("description"), false, false),
                            new VariableSets.Placement(Optional.empty(), Optional.empty()))
                    .set();
            return Reply.Redirect.to(url(made)).saying("Variable set " + made.name() + " was created.");
        } catch (Refusal.Invalid e) {
            return list(visit, 422, Filled.refused(form, e));
        }
    }

    private Reply page(Visit visit, VariableSetView view, int status) {
        return page(visit, view, status, Filled.of(VariableSetForm.of(view.set())), VariablePages.FRESH);
    }

    private Reply page(Visit visit, VariableSetView view, int status, Filled form, Filled variableForm) {
        VariableSet set = view.set();
        return new Reply.Html(
                status,
                "variableset/show",
                new VariableSetPage(
                        frame(visit, set, set.name(), new Crumb[] {crumb(set)}),
                        url(set),
                        set.name(),
                        set.id().value(),
                        set.description(),
                        view.canUpdate(),
                        form,
                        Edition.carried(form, VariableSetForm.edition(set)),
                        set.project().isEmpty(),
                        view.canUpdate()
                                ? pickers.of(
                                        visit.caller(),
                                        set.organizationName(),
                                        form.values(),
                                        VariableSetForm.PICKERS,
                                        (field, id) -> VariableSetForm.badges(set, field, id))
                                : List.of(),
                        facts(visit, set),
                        variables.list(visit.caller(), set.id()).stream()
                                .map(variable -> VariableRow.of(
                                        variable,
                                        url(set) + "/variables/" + variable.id().value(),
                                        List.of()))
                                .toList(),
                        variableForm));
    }

    private List<Fact> facts(Visit visit, VariableSet set) {
        return List.of(
                new Fact("Applies to", scope(set)),
                new Fact(
                        "Owner",
                        set.project()
                                .map(id -> "Project " + projects.name(visit.caller(), id))
                                .orElse("The organization")),
                new Fact("Priority", set.priority() ? "Beats the workspace's own" : "Yields to the workspace's own"),
                new Fact("Last change", Moment.of(set.updatedAt()).text()));
    }

    private static Crumb crumb(VariableSet set) {
        return new Crumb("Variable sets", Links.variableSets(set.organizationName()));
    }

    private Frame frame(Visit visit, VariableSet set, String title, Crumb... crumbs) {
        return frames.of(visit, title, set.organizationName(), MenuItem.VARIABLE_SETS, crumbs);
    }

    private Frame below(Visit visit, VariableSet set, String title) {
        return frame(visit, set, title, crumb(set), new Crumb(set.name(), url(set)));
    }

    private Form joined(Visit visit, VariableSet set) {
        return pickers.joined(visit.caller(), set.organizationName(), visit.form(), VariableSetForm.PICKERS);
    }

    private Reply update(Visit visit) {
        VariableSetView before = read(visit);
        try {
            Form form = joined(visit, before.set());
            VariableSet after = sets.update(
                            visit.caller(),
                            before.set().id(),
                            now -> VariableSetForm.applied(now, form),
                            VariableSetForm.placement(form))
                    .set();
            return Reply.Redirect.to(url(after)).saying("Changes were saved.");
        } catch (Refusal.Invalid e) {
            return refused(visit, before, 422, e);
        } catch (Refusal.Conflict e) {
            return refused(visit, read(visit), 409, e);
        }
    }

    private Reply refused(Visit visit, VariableSetView view, int status, Refusal refusal) {
        return page(visit, view, status, Filled.refused(visit.form(), refusal), VariablePages.FRESH);
    }

    /** Puts what was chosen in a dropdown into its list, and finds what may be chosen. Nothing is saved. */
    private Reply draft(Visit visit) {
        VariableSetView view = read(visit);
        try {
            return page(visit, view, 200, Filled.of(joined(visit, view.set())), VariablePages.FRESH);
        } catch (Refusal.Invalid e) {
            return refused(visit, view, visit.isPartial() ? 200 : 422, e);
        }
    }

    private Reply askToDelete(Visit visit) {
        VariableSetView view = read(visit);
        requireWritable(view);
        VariableSet set = view.set();
        return Reply.Html.of(
                "confirm",
                ConfirmPage.of(
                        below(visit, set, "Delete variable set " + set.name()),
                        url(set) + "/delete",
                        "Delete variable set",
                        url(set),
                        "Its " + counted(set.variables().size(), "variable")
                                + " go with it: runs from now on do not have them.",
                        "This cannot be undone."));
    }

    private static void requireWritable(VariableSetView view) {
        if (!view.canUpdate()) {
            throw new Refusal.NotFound();
        }
    }

    private Reply delete(Visit visit) {
        VariableSet set = read(visit).set();
        sets.delete(visit.caller(), set.id());
        return Reply.Redirect.to(Links.variableSets(set.organizationName()))
                .saying("Variable set " + set.name() + " was deleted.");
    }

    private final class Home implements VariableHome {
        private final Visit visit;
        private final VariableSetView view;

        Home(Visit visit, VariableSetView view) {
            this.visit = visit;
            this.view = view;
        }

        @Override
        public VariableOwnerId owner() {
            return view.set().id();
        }

        @Override
        public String url() {
            return listUrl() + "/variables";
        }

        @Override
        public String listUrl() {
            return VariableSetPages.url(view.set());
        }

        @Override
        public void requireWritable() {
            VariableSetPages.requireWritable(view);
        }

        @Override
        public Frame frame(String title) {
            return below(visit, view.set(), title);
        }

        @Override
        public Reply list(int status, Filled form) {
            return page(visit, view, status, Filled.of(VariableSetForm.of(view.set())), form);
        }
    }
}
