package io.otfd.ui.variable;

import io.otfd.Ids.VariableId;
import io.otfd.Refusal;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Edition;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import io.otfd.variable.Variable;
import io.otfd.variable.Variables;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Variables one by one. What is sensitive is written and never shown. */
public final class VariablePages {

    /** Of a new variable. */
    public static final Filled FRESH = Filled.of(Map.of("category", "terraform"));

    private static final String VALUE = "value";

    private final Variables variables;
    private final Function<Visit, VariableHome> homes;

    /** @param homes where the variables of an address are */
    public VariablePages(Variables variables, Function<Visit, VariableHome> homes) {
        this.variables = variables;
        this.homes = homes;
    }

    /** @param path of the variables */
    public void register(Routes routes, String path) {
        String one = path + "/{variable}";
        routes.post(path, this::create);
        routes.get(one, this::show);
        routes.post(one, this::update);
        routes.get(one + "/delete", this::askToDelete);
        routes.post(one + "/delete", this::delete);
    }

    private static String url(VariableHome home, Variable variable) {
        return home.url() + "/" + variable.id().value();
    }

    private Reply create(Visit visit) {
        VariableHome home = homes.apply(visit);
        Form form = visit.form();
        try {
            Variable made = variables.create(
                    visit.caller(),
                    home.owner(),
                    form.first("key").orElse(""),
                    Variable.Category.of(form.exact("category")),
                    fresh -> typed(fresh, form));
            return Reply.Redirect.to(home.listUrl()).saying("Variable " + made.key() + " was added.");
        } catch (Refusal.Invalid | Refusal.Conflict e) {
            return home.list(e instanceof Refusal.Invalid ? 422 : 409, kept(form, e, form.has("sensitive")));
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

    private Variable read(Visit visit, VariableHome home) {
        home.requireWritable();
        return variables.read(visit.caller(), home.owner(), new VariableId(visit.path("variable")));
    }

    private Reply show(Visit visit) {
        VariableHome home = homes.apply(visit);
        Variable variable = read(visit, home);
        return page(home, variable, 200, filled(variable));
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

    private static Reply page(VariableHome home, Variable variable, int status, Filled form) {
        return new Reply.Html(
                status,
                "variable/show",
                new VariablePage(
                        home.frame(variable.key()),
                        url(home, variable),
                        variable.key(),
                        home.listUrl(),
                        variable.sensitive(),
                        form,
                        Edition.of(variable.versionId()).text()));
    }

    private Reply update(Visit visit) {
        VariableHome home = homes.apply(visit);
        Variable variable = read(visit, home);
        Form form = visit.form();
        try {
            variables.update(visit.caller(), home.owner(), variable.id(), before -> {
                Edition.of(before.versionId()).require(form);
                return typed(before, form);
            });
            return Reply.Redirect.to(home.listUrl()).saying("Variable " + variable.key() + " was saved.");
        } catch (Refusal.Invalid e) {
            return page(home, variable, 422, kept(form, e, variable.sensitive() || form.has("sensitive")));
        } catch (Refusal.Conflict e) {
            return page(home, read(visit, home), 409, kept(form, e, variable.sensitive()));
        }
    }

    private Reply askToDelete(Visit visit) {
        VariableHome home = homes.apply(visit);
        Variable variable = read(visit, home);
        return Reply.Html.of(
                "confirm",
                ConfirmPage.of(
                        home.frame("Delete variable " + variable.key()),
                        url(home, variable) + "/delete",
                        "Delete variable",
                        home.listUrl(),
                        "Runs from now on do not have it. This cannot be undone."));
    }

    private Reply delete(Visit visit) {
        VariableHome home = homes.apply(visit);
        Variable variable = read(visit, home);
        variables.delete(visit.caller(), home.owner(), variable.id());
        return Reply.Redirect.to(home.listUrl()).saying("Variable " + variable.key() + " was deleted.");
    }
}
