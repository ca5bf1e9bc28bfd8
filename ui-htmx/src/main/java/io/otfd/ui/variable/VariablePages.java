package io.otfd.ui.variable;

import io.otfd.Ids.VariableId;
import io.otfd.Refusal;
import io.otfd.access.WorkspacePermission;
import io.otfd.ui.Badge;
import io.otfd.ui.Badge.Tone;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Crumb;
import io.otfd.ui.Edition;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import io.otfd.ui.WorkspaceTab;
import io.otfd.variable.Variable;
import io.otfd.variable.Variables;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Variables of a workspace. What is sensitive is written and never shown. */
public final class VariablePages {

    private static final String VARIABLES = "/app/{organization}/workspaces/{workspace}/variables";
    private static final String VARIABLE = VARIABLES + "/{variable}";
    private static final String VALUE = "value";

    private final Frames frames;
    private final Workspaces workspaces;
    private final Variables variables;

    public VariablePages(Frames frames, Workspaces workspaces, Variables variables) {
        this.frames = frames;
        this.workspaces = workspaces;
        this.variables = variables;
    }

    public void register(Routes routes) {
        routes.get(VARIABLES, visit -> list(visit, 200, Filled.of(Map.of("category", "terraform"))));
        routes.post(VARIABLES, this::create);
        routes.get(VARIABLE, this::show);
        routes.post(VARIABLE, this::update);
        routes.get(VARIABLE + "/delete", this::askToDelete);
        routes.post(VARIABLE + "/delete", this::delete);
        // Printed by the CLI for a remote backend (observed: Terraform 1.11).
        routes.get(
                "/app/{organization}/{workspace}/variables",
                visit -> Reply.Redirect.to(Links.variables(visit.path("organization"), visit.path("workspace"))));
    }

    private WorkspaceView workspace(Visit visit) {
        return workspaces.read(visit.caller(), visit.path("organization"), visit.path("workspace"));
    }

    private static String url(WorkspaceView view) {
        return Links.variables(
                view.workspace().organizationName(), view.workspace().name());
    }

    private static String url(WorkspaceView view, Variable variable) {
        return url(view) + "/" + variable.id().value();
    }

    private Reply list(Visit visit, int status, Filled form) {
        WorkspaceView view = workspace(visit);
        boolean writes = view.grants().has(WorkspacePermission.CAN_UPDATE_VARIABLE);
        return new Reply.Html(
                status,
                "variable/list",
                new VariableListPage(
                        frames.of(visit, "Variables", view, WorkspaceTab.VARIABLES),
                        url(view),
                        variables.list(visit.caller(), view.workspace().id()).stream()
                                .map(variable -> row(view, variable))
                                .toList(),
                        writes ? Optional.of(form) : Optional.empty()));
    }

    private static VariableListPage.Row row(WorkspaceView view, Variable variable) {
        List<Badge> badges = new ArrayList<>();
        if (variable.sensitive()) {
            badges.add(new Badge("Sensitive", Tone.ATTENTION));
        }
        if (variable.hcl()) {
            badges.add(new Badge("HCL", Tone.QUIET));
        }
        return new VariableListPage.Row(
                variable.key(),
                variable.sensitive() ? Optional.empty() : Optional.of(variable.value()),
                words(variable.category()),
                badges,
                variable.description().orElse(""),
                url(view, variable));
    }

    private static String words(Variable.Category category) {
        return switch (category) {
            case TERRAFORM -> "Terraform";
            case ENV -> "Environment";
        };
    }

    private Reply create(Visit visit) {
        Form form = visit.form();
        try {
            Workspace workspace = workspace(visit).workspace();
            Variable made = variables.create(
                    visit.caller(),
                    workspace.id(),
                    form.first("key").orElse(""),
                    Variable.Category.of(form.exact("category")),
                    fresh -> typed(fresh, form));
            return Reply.Redirect.to(Links.variables(workspace.organizationName(), workspace.name()))
                    .saying("Variable " + made.key() + " was added.");
        } catch (Refusal.Invalid | Refusal.Conflict e) {
            return list(visit, e instanceof Refusal.Invalid ? 422 : 409, kept(form, e, form.has("sensitive")));
        }
    }

    /** A secret does not travel back into the page. */
    private static Filled kept(Form form, Refusal refusal, boolean sensitive) {
        Filled filled = Filled.refused(form, refusal);
        return sensitive ? filled.without(VALUE) : filled;
    }

    /** @param before keeps its value when it is sensitive and nothing was typed */
    private static Variable typed(Variable before, Form form) {
        String value = form.exact(VALUE);
        return new Variable(
                before.id(),
                before.owner(),
                form.first("key").orElse(""),
                before.sensitive() && value.isEmpty() ? before.value() : value,
                Variable.Category.of(form.exact("category")),
                form.has("hcl"),
                before.sensitive() || form.has("sensitive"),
                form.first("description"),
                before.versionId(),
                before.createdAt());
    }

    private Variable read(Visit visit, WorkspaceView view) {
        view.grants().require(WorkspacePermission.CAN_UPDATE_VARIABLE);
        return variables.read(visit.caller(), view.workspace().id(), new VariableId(visit.path("variable")));
    }

    private Reply show(Visit visit) {
        WorkspaceView view = workspace(visit);
        Variable variable = read(visit, view);
        return page(visit, view, variable, 200, filled(variable));
    }

    private static Filled filled(Variable variable) {
        Map<String, String> fields = new HashMap<>();
        fields.put("key", variable.key());
        fields.put(VALUE, variable.sensitive() ? "" : variable.value());
        fields.put("category", variable.category().toString());
        fields.put("hcl", Boolean.toString(variable.hcl()));
        fields.put("sensitive", Boolean.toString(variable.sensitive()));
        fields.put("description", variable.description().orElse(""));
        return Filled.of(fields);
    }

    private Reply page(Visit visit, WorkspaceView view, Variable variable, int status, Filled form) {
        return new Reply.Html(
                status,
                "variable/show",
                new VariablePage(
                        frames.of(
                                visit, variable.key(), view, WorkspaceTab.VARIABLES, new Crumb("Variables", url(view))),
                        url(view, variable),
                        variable.key(),
                        url(view),
                        variable.sensitive(),
                        form,
                        Edition.of(variable.versionId()).text()));
    }

    private Reply update(Visit visit) {
        WorkspaceView view = workspace(visit);
        Variable variable = read(visit, view);
        Form form = visit.form();
        try {
            variables.update(visit.caller(), view.workspace().id(), variable.id(), before -> {
                Edition.of(before.versionId()).require(form);
                return typed(before, form);
            });
            return Reply.Redirect.to(url(view)).saying("Variable " + variable.key() + " was saved.");
        } catch (Refusal.Invalid e) {
            return page(visit, view, variable, 422, kept(form, e, variable.sensitive() || form.has("sensitive")));
        } catch (Refusal.Conflict e) {
            return page(visit, view, read(visit, view), 409, kept(form, e, variable.sensitive()));
        }
    }

    private Reply askToDelete(Visit visit) {
        WorkspaceView view = workspace(visit);
        Variable variable = read(visit, view);
        return Reply.Html.of(
                "confirm",
                ConfirmPage.of(
                        frames.of(
                                visit,
                                "Delete variable " + variable.key(),
                                view,
                                WorkspaceTab.VARIABLES,
                                new Crumb("Variables", url(view))),
                        url(view, variable) + "/delete",
                        "Delete variable",
                        url(view),
                        "Runs from now on do not have it. This cannot be undone."));
    }

    private Reply delete(Visit visit) {
        WorkspaceView view = workspace(visit);
        Variable variable = read(visit, view);
        variables.delete(visit.caller(), view.workspace().id(), variable.id());
        return Reply.Redirect.to(url(view)).saying("Variable " + variable.key() + " was deleted.");
    }
}
