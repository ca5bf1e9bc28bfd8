package io.otfd.ui.variableset;

import io.otfd.ui.Fact;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.Picker;
import io.otfd.ui.variable.VariableRow;
import java.util.List;
import java.util.Optional;

/**
 * @param writes the visitor may change it
 * @param form name and scope
 * @param edition what the form was filled from
 * @param ownable it may be global: no project owns it
 * @param variableForm of a new variable
 */
public record VariableSetPage(
        Frame frame,
        String url,
        String name,
        String id,
        Optional<String> description,
        boolean writes,
        Filled form,
        String edition,
        boolean ownable,
        List<Picker> pickers,
        List<Fact> facts,
        List<VariableRow> variables,
        Filled variableForm) {

    public VariableSetPage {
        pickers = List.copyOf(pickers);
        facts = List.copyOf(facts);
        variables = List.copyOf(variables);
    }
}
