package io.otfd.ui;

import java.util.List;
import java.util.Optional;

/**
 * A list of workspaces or projects in a form, and what may join it.
 *
 * @param field of the chosen ones; {@code add-} before it is the field of those that join, {@code find-} that of what they
 *     are looked for by
 * @param specific counts only where the form says that not all are meant
 * @param options that are called like what is looked for
 * @param more there are more than the options
 */
public record Picker(
        String field,
        String legend,
        String add,
        String none,
        boolean specific,
        List<Chosen> chosen,
        String find,
        List<Choice> options,
        boolean more) {

    public Picker {
        chosen = List.copyOf(chosen);
        options = List.copyOf(options);
    }

    /** @param url of its page */
    public record Chosen(String id, String name, Optional<String> url, List<Badge> badges) {

        public Chosen {
            badges = List.copyOf(badges);
        }
    }
}
