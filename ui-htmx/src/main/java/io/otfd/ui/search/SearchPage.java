package io.otfd.ui.search;

import io.otfd.ui.Frame;
import java.util.List;
import java.util.Optional;

/**
 * What was found.
 *
 * @param text what is looked for; empty before anything is
 * @param organization where; empty for everywhere
 * @param note what was left out
 */
public record SearchPage(
        Frame frame, String text, Optional<String> organization, List<Section> sections, Optional<String> note) {

    public SearchPage {
        sections = List.copyOf(sections);
    }

    /** @param more all of them; empty when these are all */
    public record Section(String title, List<Hit> hits, Optional<String> more) {

        public Section {
            hits = List.copyOf(hits);
        }
    }

    /** @param where it is, or what it is like */
    public record Hit(String name, String url, String where) {}
}
