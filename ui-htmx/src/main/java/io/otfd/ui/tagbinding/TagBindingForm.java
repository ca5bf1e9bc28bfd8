package io.otfd.ui.tagbinding;

import io.otfd.Refusal;
import io.otfd.tagbinding.TagBinding;
import io.otfd.ui.Edition;
import io.otfd.ui.Form;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/** Keys with values as text, one a line: {@code key = value}. */
public final class TagBindingForm {

    public static final String FIELD = "tag-bindings";

    private TagBindingForm() {}

    public static String lines(List<TagBinding> bindings) {
        return bindings.stream().map(TagBindingForm::line).collect(Collectors.joining("\n"));
    }

    public static String line(TagBinding binding) {
        return binding.value().isEmpty() ? binding.key() : binding.key() + " = " + binding.value();
    }

    public static Edition edition(List<TagBinding> bindings) {
        return Edition.of(lines(bindings));
    }

    /** @throws Refusal.Invalid at the field, with the line that is not one */
    public static List<TagBinding> wanted(Form form, Clock clock) {
        return form.exact(FIELD)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> binding(line, clock))
                .toList();
    }

    /** Neither keys nor values have blanks in them, but both may have equals signs. */
    private static TagBinding binding(String line, Clock clock) {
        String[] parts = line.contains(" = ") ? line.split(" = ", 2) : line.split("=", 2);
        try {
            return TagBinding.wanted(parts[0].strip(), parts.length < 2 ? "" : parts[1].strip(), clock.instant());
        } catch (Refusal.Invalid e) {
            throw Refusal.Invalid.at("/" + FIELD, line.strip() + ": " + e.getMessage());
        }
    }
}
