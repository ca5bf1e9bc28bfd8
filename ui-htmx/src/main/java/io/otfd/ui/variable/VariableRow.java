package io.otfd.ui.variable;

import io.otfd.ui.Badge;
import io.otfd.ui.Badge.Tone;
import io.otfd.variable.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A variable in a list.
 *
 * @param value empty for one that is sensitive
 * @param badges what it is like, and what beats it
 * @param url of its page
 */
public record VariableRow(
        String key, Optional<String> value, String category, List<Badge> badges, String description, String url) {

    public VariableRow {
        badges = List.copyOf(badges);
    }

    public static VariableRow of(Variable variable, String url, List<Badge> more) {
        List<Badge> badges = new ArrayList<>();
        if (variable.sensitive()) {
            badges.add(new Badge("Sensitive", Tone.ATTENTION));
        }
        if (variable.hcl()) {
            badges.add(new Badge("HCL", Tone.QUIET));
        }
        badges.addAll(more);
        return new VariableRow(
                variable.key(),
                variable.sensitive() ? Optional.empty() : Optional.of(variable.value()),
                words(variable.category()),
                badges,
                variable.description().orElse(""),
                url);
    }

    static String words(Variable.Category category) {
        return switch (category) {
            case TERRAFORM -> "Terraform";
            case ENV -> "Environment";
        };
    }
}
