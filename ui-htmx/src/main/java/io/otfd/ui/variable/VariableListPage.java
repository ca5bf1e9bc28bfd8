package io.otfd.ui.variable;

import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import java.util.List;
import java.util.Optional;

/**
 * @param form of a new variable; empty for those who may not change variables
 * @param inherited of variable sets
 */
public record VariableListPage(
        Frame frame, String url, List<VariableRow> rows, Optional<Filled> form, List<Inherited> inherited) {

    public VariableListPage {
        rows = List.copyOf(rows);
        inherited = List.copyOf(inherited);
    }

    /** @param setUrl empty for those who may not see the set */
    public record Inherited(VariableRow row, String set, Optional<String> setUrl) {}
}
